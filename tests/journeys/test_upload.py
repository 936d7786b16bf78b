import re

from tests.journeys.steps import submit_here

from banso.rehearsal.sample_files import sample_pdf

PROPOSAL = 'main tbody th a[href^="/en/my/proposals/"]'
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
