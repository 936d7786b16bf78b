import csv
import io


def test_a_visitor_finds_a_concept_reads_its_timeline_and_takes_the_table_away(site):
    page = site.visitor()
    page.goto("/en/concepts/")
    page.select_option("select[name=vision]", "1")
    page.select_option("select[name=agency]", "NEDO")
    page.locator("main form.filters button[type=submit]").click()
    page.wait_for_url("**/en/concepts/?*agency=NEDO*")

    shown = rows_on_screen(page)
    assert shown
    assert taken_away(page) == shown
    assert {agency for _, agency in shown} == {"NEDO"}

    page.locator('main tbody a[href="/en/concepts/v1-r15/"]').first.click()
    page.wait_for_url("**/en/concepts/v1-r15/")
    steps = page.locator(".timeline__item")
    assert steps.first.locator('a[href="/en/about/"]').count() == 1
    last = steps.last
    assert last.get_attribute("data-state") == "done"
    last.locator('a[href^="/en/results/"]').click()
    page.wait_for_url("**/en/results/*/")
    assert page.locator("main").get_by_text("SAMPLE-V1-R15").count() > 0


def test_the_whole_table_of_concepts_is_the_file_of_concepts(site):
    page = site.visitor()
    page.goto("/en/concepts/")

    assert taken_away(page) == rows_on_screen(page)


def rows_on_screen(page):
    rows = page.locator("main tbody tr")
    return [
        (
            row.locator("th a").inner_text().strip(),
            row.locator("td").last.inner_text().strip(),
        )
        for row in rows.all()
    ]


def taken_away(page):
    with page.expect_download() as download:
        page.locator(".downloads").get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "concepts.csv"
    text = download.value.path().read_text("utf-8-sig")
    return [(row["title"], row["funding_agency"]) for row in csv.DictReader(io.StringIO(text))]
