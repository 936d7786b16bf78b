import json
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from tests.journeys.steps import submit
from tests.journeys.test_accessibility import NARROW, TOO_WIDE, violations, visit

PLACED_WITHIN = 60_000


def verify(folder, *files):
    """Run the script as its reader does: alone, in isolated mode, in a network of nothing."""
    alone = [sys.executable, "-I", "verify.py", "--lang", "en", *files]
    return subprocess.run(alone, cwd=folder, env={}, capture_output=True, text=True, check=False)


def take(page, link, folder, name):
    with page.expect_download() as download:
        page.locator(link).click()
    download.value.save_as(folder / name)


def wait_for_place(page):
    """Look again until the record is in the ledger, as the page asks for."""
    for _ in range(PLACED_WITHIN // 1000):
        if page.locator("main .status[data-type=success]").count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    pytest.fail("the record did not come into the ledger within 60 seconds")


def open_receipt(page, kind):
    page.goto(f"/en/my/receipts/?kind={kind}")
    page.locator("main tbody th a").first.click()
    page.wait_for_url("**/my/receipts/*-*/")


def test_an_applicant_verifies_the_receipt_of_a_submission_with_the_script_alone(site, tmp_path):
    applicant = site.step_in("researcher")
    open_receipt(applicant, "submission")
    assert applicant.locator(".receipt__number").inner_text() == "Submitted a proposal"
    assert applicant.locator(".receipt__hash").count() == 1

    take(applicant, 'main a[href$=".txt"]', tmp_path, "receipt.txt")
    take(applicant, 'main a[href$=".pdf"]', tmp_path, "receipt.pdf")
    applicant.goto("/en/ledger/")
    take(applicant, 'main a[href$="/verify.py"]', tmp_path, "verify.py")
    applicant.goto("/en/ledger/bundle")
    with applicant.expect_download() as bundle:
        submit(applicant, "/ledger/bundle")
    bundle.value.save_as(tmp_path / "bundle.zip")

    for files in (["receipt.txt"], ["receipt.pdf"], ["receipt.txt", "bundle.zip"]):
        verified = verify(tmp_path, *files)
        assert (verified.returncode, verified.stderr) == (0, ""), verified.stdout
    change_one_byte(tmp_path / "receipt.txt")
    assert verify(tmp_path, "receipt.txt").returncode == 1


def test_what_was_done_just_now_has_its_place_within_a_minute(site):
    researcher = site.step_in("researcher")
    researcher.goto("/en/my/received/")
    researcher.locator("#received-items tbody th a").first.click()
    submit(researcher, "/content/")
    researcher.locator("main article").wait_for()

    open_receipt(researcher, "delivery")

    wait_for_place(researcher)


def witness(*words):
    command = [sys.executable, "-m", "banso.site.command_line", "witness", *words, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, json.loads(done.stdout)


def test_another_organisation_witnesses_the_ledger_from_its_address_alone(site, tmp_path):
    state = ["--state", str(tmp_path / "witness")]
    witness("new-key", "witness.example.jp", *state)
    member = site.step_in("reviewer")
    status, first = witness("check", site.address, *state)
    assert (status, first["outcome"]) == (1, "key-needed")
    [*_, key] = first["keys_told"]

    status, cosigned = witness("check", site.address, *state, "--log-key", key)
    assert (status, cosigned["outcome"]) == (0, "cosigned")
    member.goto("/en/ledger/bundle")
    with member.expect_download():
        submit(member, "/ledger/bundle")
    wait_for_growth(member, cosigned["presented"]["size"])
    status, grown = witness("check", site.address, *state)

    assert (status, grown["outcome"]) == (0, "cosigned")
    assert grown["seen"] == cosigned["presented"]


def wait_for_growth(page, size):
    for _ in range(PLACED_WITHIN // 1000):
        if int(page.request.get("/ledger/checkpoint").text().splitlines()[1]) > size:
            return
        page.wait_for_timeout(1000)
    pytest.fail("what was done did not come into the ledger within 60 seconds")


def change_one_byte(receipt):
    content = receipt.read_bytes()
    place = content.index(b"proposals.submit_proposal")
    receipt.write_bytes(content[:place] + b"b" + content[place + 1 :])


def test_the_pages_of_the_ledger_and_of_receipts_are_accessible_and_narrow_enough(site):
    researcher = site.step_in("researcher")
    researcher.set_viewport_size(NARROW)
    open_receipt(researcher, "publication")
    receipt = urlsplit(researcher.url).path
    english = ["/en/ledger/", "/en/ledger/bundle", "/en/my/receipts/", receipt]
    addresses = [*english, *(one.removeprefix("/en") for one in english)]

    assert violations(researcher, addresses) == []
    assert [one for one in addresses if visit(researcher, one).evaluate(TOO_WIDE)] == []
