"""The post: an institution approves, the applicant is told on the page and by mail, and goes on."""

import re

from tests.journeys.test_accessibility import violations
from tests.waiting import until

HAS_ITS_OWN_SITE = True

OWN = ["my/notices/", "my/notices/choices/", "my/notices/reach/", "my/jobs/", "demo/mail/"]
# At rest the ledger grows every 20 seconds, and acts are told in its order.
TOLD_WITHIN = 90.0


def open_mail(page, words):
    """Wait until a mail is in the mailbox, and open it."""
    found = page.locator("th a", has_text=words)

    def has_come():
        page.goto("/demo/mail/")
        return found.count() > 0

    until(has_come, f"mail: {words}", within=TOLD_WITHIN)
    # The oldest one is of the sample program; other journeys send their own.
    found.last.click()
    return page.locator("pre.letter")


def test_who_is_told_finds_the_mail_and_comes_to_its_page(site):
    officer = site.step_in("institution-officer")
    open_mail(officer, "承認が必要な提案").locator("a").first.click()
    officer.get_by_role("button", name="この版を承認する").click()
    officer.wait_for_url("**/my/approvals/")

    letter = open_mail(officer, "所属機関が提案を承認しました").inner_text()

    assert re.search(r"期限：\d{4}年\d+月\d+日", letter)
    assert "/my/proposals/" in letter


def test_the_pages_of_notices_have_no_serious_or_critical_violation(site):
    page = site.step_in("applicant")

    assert {root: violations(page, [root + one for one in OWN]) for root in ("/", "/en/")} == {
        "/": [],
        "/en/": [],
    }
