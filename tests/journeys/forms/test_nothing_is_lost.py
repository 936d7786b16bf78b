import re

from tests.journeys.steps import submit_here

from banso.rehearsal.sample_files import sample_pdf

HAS_ITS_OWN_SITE = True

PROPOSAL = 'main tbody th a[href^="/en/my/proposals/"]'
SAID = "[data-keep-said]"
SAVED = re.compile(r"Saved \d\d:\d\d:\d\d")


def writing(page):
    """Open the form of the first proposal that may still be written."""
    page.goto("/en/my/proposals/")
    page.locator(PROPOSAL).first.click()
    page.wait_for_url("**/en/my/proposals/*-*/")
    page.goto(f"{page.url}edit/")
    return page.url


def wait_until_saved(page):
    page.locator(SAID).filter(has_text=SAVED).wait_for()


def type_and_leave(page, text):
    page.locator('[name="abstract"]').press_sequentially(text)
    page.locator('[name="core_technology"]').focus()
    wait_until_saved(page)


def end_session(page):
    page.context.clear_cookies(name="sessionid")


def sign_in_again(page):
    page.goto("/en/demo/")
    page.locator('form:has(input[name="role"][value="applicant"]) button').click()
    page.wait_for_url("**/en/my/")


def test_an_applicant_loses_the_session_in_mid_sentence_and_finds_the_text(site):
    page = site.step_in("applicant")
    edit = writing(page)
    type_and_leave(page, " One half of a sen")
    end_session(page)
    page.locator('[name="abstract"]').press_sequentially("tence, and the other.")
    submit_here(page)
    page.wait_for_url("**/accounts/login/**")
    assert page.get_by_text("What you typed is kept").is_visible()

    sign_in_again(page)
    page.goto(edit)

    assert "One half of a sen" in page.input_value('[name="abstract"]')
    assert "tence, and the other." in page.input_value('[name="abstract"]')
    assert page.get_by_text("It is not sent yet.").is_visible()
    submit_here(page)
    page.wait_for_url("**/my/proposals/*-*/")
    page.goto(edit)
    assert page.get_by_text("It is not sent yet.").count() == 0


def test_two_tabs_show_both_texts_and_overwrite_nothing(site):
    first = site.step_in("applicant")
    edit = writing(first)
    second = first.context.new_page()
    second.goto(edit)
    first.fill('[name="abstract"]', "Text of the first tab.")
    submit_here(first)
    first.wait_for_url("**/my/proposals/*-*/")

    second.fill('[name="abstract"]', "Text of the second tab.")
    submit_here(second)

    notice = second.locator(".refusal")
    notice.wait_for()
    assert "Text of the first tab." in notice.inner_text()
    assert "Text of the second tab." in notice.inner_text()
    assert second.input_value('[name="abstract"]') == "Text of the second tab."
    first.goto(edit)
    assert first.input_value('[name="abstract"]') == "Text of the first tab."


def test_leaving_with_text_that_is_not_kept_yet_asks(site):
    page = site.step_in("applicant")
    writing(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator('[name="abstract"]').press_sequentially(" Not kept yet")

    page.reload()

    assert asked == ["beforeunload"]


def test_the_end_of_the_session_is_announced_and_put_off(site):
    page = site.step_in("applicant")
    writing(page)
    soon = page.evaluate("Math.floor(Date.now() / 1000) + 200")
    page.evaluate(f"document.cookie = 'session_end={soon}; path=/'")
    notice = page.locator("#session-end")
    notice.wait_for()
    assert "In about 4 minutes" in notice.inner_text()

    notice.get_by_role("button").click()

    notice.wait_for(state="hidden")


PDF = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": sample_pdf("sent twice")}
PAGE = {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"<html>no PDF</html>"}


def attaching(page):
    page.goto("/en/my/proposals/")
    page.locator(PROPOSAL).first.click()
    page.wait_for_url("**/en/my/proposals/*-*/")
    proposal = page.url
    page.goto(f"{proposal}file/")
    return proposal


def test_a_broken_line_costs_no_second_choice_of_the_file(site):
    page = site.step_in("applicant")
    proposal = attaching(page)
    page.set_input_files('input[type="file"]', PDF)
    page.context.set_offline(True)

    submit_here(page)
    page.get_by_text("It is tried again by itself").wait_for()
    page.context.set_offline(False)

    page.wait_for_url(proposal)
    assert page.get_by_text("The file is attached.").is_visible()
    assert page.get_by_text("plan.pdf").is_visible()


def test_a_file_that_is_not_taken_is_told_why_without_losing_the_page(site):
    page = site.step_in("applicant")
    attaching(page)
    page.set_input_files('input[type="file"]', PAGE)

    submit_here(page)

    page.locator(".error-summary").wait_for()
    told = page.locator(".error-summary").inner_text()
    assert re.search("web page or an SVG drawing", told)
    assert "Save the document as PDF" in told
