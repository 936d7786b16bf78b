import re

from tests.journeys.steps import submit_here
from tests.people.registry.tables import csv_of, row

HAS_ITS_OWN_SITE = True

UPLOAD = "/en/my/registry/tables/persons/upload/"
ALL_TRIES = 45_000
ROWS = "[data-upload-outcomes] li"
KEY = re.compile(rb'name="idempotency_key"\r\n\r\n([0-9a-f-]+)')


def table_named(name, content=None):
    content = csv_of(row(name)) if content is None else content
    return {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": content}


def uploading(site, *files, **options):
    page = site.step_in("agency-registrar", **options)
    page.goto(UPLOAD)
    page.set_input_files('input[type="file"]', list(files))
    return page


def outcomes(page, timeout=15_000):
    """Wait for the end, and read what became of each file."""
    page.get_by_text("All are sent:").wait_for(timeout=timeout)
    return {
        one.locator("[data-upload-name]").inner_text(): one.get_attribute("data-became")
        for one in page.locator(ROWS).all()
    }


def break_lines(page, is_broken):
    """Cut the line of those sendings, counted from one, for which this is so; give their keys."""
    sendings = []

    def cut(route):
        if route.request.method != "POST":
            route.continue_()
            return
        sendings.append(KEY.search(route.request.post_data_buffer)[1])
        if is_broken(len(sendings)):
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route(f"**{UPLOAD}", cut)
    return sendings


def test_one_refused_file_costs_one_file_and_each_outcome_is_told(site):
    page = uploading(site, table_named("first"), table_named("web", b""), table_named("third"))

    submit_here(page)

    assert outcomes(page) == {"first.csv": "taken", "web.csv": "refused", "third.csv": "taken"}
    refused = page.locator(ROWS).nth(1).inner_text()
    assert re.search(r"Not taken: .*empty", refused)
    assert page.get_by_text("2 of 3 files have arrived.").is_visible()
    links = [page.locator(ROWS).nth(place).locator("a") for place in (0, 2)]
    assert len({link.get_attribute("href") for link in links}) == len(links)
    for link, name in zip(links, ("first.csv", "third.csv"), strict=True):
        with page.context.expect_page() as opened:
            link.click()
        opened.value.get_by_text(name).first.wait_for()
    assert page.evaluate("document.querySelector('input[type=file]').files.length") == 0


def test_a_line_that_breaks_in_the_middle_is_taken_up_by_itself(site):
    page = uploading(site, table_named("one"), table_named("two"))
    keys = break_lines(page, lambda number: number == 2)

    submit_here(page)

    page.get_by_text("It is tried again by itself").wait_for()
    assert outcomes(page) == {"one.csv": "taken", "two.csv": "taken"}
    assert keys[1] == keys[2] != keys[0]


def test_a_file_whose_line_stays_broken_is_alone_still_chosen(site):
    page = uploading(site, table_named("one"), table_named("two"), table_named("three"))
    keys = break_lines(page, lambda number: 2 <= number <= 6)

    submit_here(page)

    became = outcomes(page, ALL_TRIES)
    assert became == {"one.csv": "taken", "two.csv": "broken", "three.csv": "taken"}
    assert page.locator(ROWS).nth(1).get_by_text("The file is still chosen").is_visible()
    names = "[...document.querySelector('input[type=file]').files].map((one) => one.name)"
    assert page.evaluate(names) == ["two.csv"]

    submit_here(page)

    page.get_by_text("1 of 1 files have arrived.").wait_for()
    # The server may have taken it before the line broke, so it comes under its first key.
    assert (len(keys), set(keys[1:6])) == (8, {keys[7]})
    assert len(set(keys)) == len(became)


def test_a_lost_session_is_not_told_as_a_file_that_was_taken(site):
    page = uploading(site, table_named("one"), table_named("two"))
    page.context.clear_cookies(name="sessionid")

    submit_here(page)

    assert outcomes(page) == {"one.csv": "signed-out", "two.csv": "signed-out"}
    assert page.get_by_text("0 of 2 files have arrived.").is_visible()
    assert page.locator(ROWS).first.get_by_role("link", name="Sign in").is_visible()


def test_one_file_leads_on_to_its_page_as_before(site):
    page = uploading(site, table_named("alone"))

    submit_here(page)

    page.wait_for_url(re.compile(r"/my/registry/tables/[0-9a-f-]{36}/"))


def test_a_place_of_one_file_and_a_browser_without_scripts_take_one(site):
    applicant = site.step_in("applicant")
    applicant.goto("/en/my/proposals/")
    applicant.locator('main tbody th a[href^="/en/my/proposals/"]').first.click()
    applicant.wait_for_url("**/en/my/proposals/*-*/")
    applicant.goto(f"{applicant.url}file/")
    assert applicant.locator('input[type="file"]').get_attribute("multiple") is None

    without = site.step_in("agency-registrar", java_script_enabled=False)
    without.goto(UPLOAD)
    assert without.locator('input[type="file"]').get_attribute("multiple") is None
    assert not without.get_by_text("You can choose several files at once").is_visible()
    without.set_input_files('input[type="file"]', table_named("plain"))
    submit_here(without)
    without.wait_for_url(re.compile(r"/my/registry/tables/[0-9a-f-]{36}/"))
