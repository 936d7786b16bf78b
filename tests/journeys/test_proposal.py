import hashlib
import re

from tests.journeys.steps import submit, submit_here

from banso.rehearsal.sample_files import sample_pdf

HAS_ITS_OWN_SITE = True

CONTENT = sample_pdf("the proposal of this journey")
SHA256 = hashlib.sha256(CONTENT).hexdigest()
PROPOSAL = 'main tbody th a[href^="/en/my/proposals/"]'


def test_a_draft_is_approved_and_submitted_and_its_receipt_names_the_bytes_uploaded(site):
    applicant = site.step_in("applicant")
    proposal = finish_and_send(applicant)
    approve(site.step_in("institution-officer"), proposal)

    applicant.goto(f"{proposal}check/")
    other_tab = applicant.context.new_page()
    other_tab.goto(f"{proposal}check/")
    applicant.locator('main form[method="post"]:not([action]) button').dblclick()
    applicant.wait_for_url("**/receipt/*/")
    receipt = receipt_on(applicant)
    assert re.search(r"\d", receipt["number"])
    assert re.search(r"\d\d:\d\d:\d\d", receipt["time"])
    assert receipt["hashes"] == [SHA256]

    applicant.reload()
    assert receipt_on(applicant) == receipt
    submit_here(other_tab)
    other_tab.wait_for_load_state()
    applicant.goto(proposal)
    [only] = applicant.locator('main a[href*="/receipt/"]').all()
    only.click()
    applicant.wait_for_url("**/receipt/*/")
    assert receipt_on(applicant) == receipt


def finish_and_send(page):
    page.goto("/en/my/proposals/")
    page.locator(PROPOSAL).first.click()
    page.wait_for_url("**/en/my/proposals/*-*/")
    proposal = page.url
    page.goto(f"{proposal}edit/")
    page.fill('[name="abstract"]', "見本の要旨です。この文を書き足しました。")
    submit_here(page)
    page.wait_for_url(proposal)
    page.goto(f"{proposal}file/")
    file = {"name": "proposal.pdf", "mimeType": "application/pdf", "buffer": CONTENT}
    page.set_input_files('input[type="file"]', file)
    submit_here(page)
    page.wait_for_url(proposal)
    submit(page, "/send/")
    page.locator('main form[action$="/send/"]').wait_for(state="detached")
    return proposal


def approve(page, proposal):
    address = f"/en/my/approvals/{proposal.rstrip('/').rpartition('/')[2]}/"
    page.goto("/en/my/approvals/")
    page.locator(f'#approvals a[href="{address}"]').click()
    submit(page, address)
    page.locator(f'main form[action="{address}"]').wait_for(state="detached")


def receipt_on(page):
    return {
        "number": page.locator(".receipt__number").inner_text(),
        "time": page.locator(".receipt__time").inner_text(),
        "hashes": page.locator(".receipt__hash").all_inner_texts(),
    }
