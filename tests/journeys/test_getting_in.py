"""People come in by a letter, with a passkey; a lost second factor is recovered."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe

PASSWORD = "海とともに歩む研究の日々"
CODE = re.compile(r"\b\d{8}\b")


@pytest.fixture
def here(address):
    """Passkeys belong to a name, so this browser comes by the machine's name and not its number."""
    return address.replace("127.0.0.1", "localhost")


def letter_to(site, recipient):
    """Read the latest letter in the mailbox of the demo, and give its link."""
    reader = site.visitor()
    reader.goto(f"/en/demo/mail/?q={recipient}")
    reader.locator("main tbody a").first.click()
    return reader.locator("main a[href*='/accounts/']").first.get_attribute("href")


def with_authenticator(page):
    """Give the browser a device that keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def invited(site, recipient):
    officer = site.step_in("agency-officer")
    officer.goto("/en/my/invitations/new/")
    officer.get_by_label("Reviewer", exact=True).check()
    officer.get_by_label("English", exact=True).check()
    officer.locator("textarea[name=people]").fill(recipient)
    officer.get_by_role("button", name="Send the invitations").click()
    officer.wait_for_url("**/en/my/invitations/")
    return letter_to(site, recipient)


def path_of(link):
    return re.sub(r"^https?://[^/]+", "", link)


def enter(page, name):
    page.locator("input[name=family_name]").fill(name)
    page.locator("input[name=language][value=en]").check()


def no_barriers(page):
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_an_agency_invites_a_reviewer_who_comes_in_by_mail_and_passkey(site, here):
    path = path_of(invited(site, "passkey@reviewer.example"))
    page = site.visitor()
    with_authenticator(page)
    page.goto(here + path)
    no_barriers(page)
    enter(page, "Sasaki")
    page.get_by_role("button", name="Accept and set up a passkey").click()
    page.wait_for_url("**/accounts/factors/passkeys/set-up/**")
    no_barriers(page)
    page.get_by_role("button", name="Set up the passkey").click()
    page.wait_for_url("**/accounts/factors/codes/")
    assert len(CODE.findall(page.locator("main").inner_text())) == 10
    page.get_by_role("link", name="Go on to the page that you wanted").click()
    page.wait_for_url("**/my/")

    page.goto(f"{here}/en/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{here}/en/accounts/login/?next=/en/my/sign-in/")
    no_barriers(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(f"{here}/en/my/sign-in/")

    text = page.locator("main").inner_text()
    assert "passkey@reviewer.example" in text
    assert "Second factor added" in text
    page.goto(here + path)
    assert "was accepted on" in page.locator("main").inner_text() or page.url.endswith("/my/")


def test_a_lost_second_factor_is_recovered_by_a_code_that_works_once(site, here):
    path = path_of(invited(site, "lost@reviewer.example"))
    page = site.visitor()
    page.goto(here + path)
    enter(page, "Tamura")
    page.get_by_role("button", name="Accept and set a password").click()
    page.wait_for_url("**/accounts/password/set/**")
    for name in ("password1", "password2"):
        page.locator(f"input[name={name}]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Set the password").click()
    page.wait_for_url("**/my/")
    page.goto(f"{here}/en/accounts/factors/app/set-up/")
    secret = page.locator("main dd").first.inner_text().strip()
    page.locator("input[name=code]").fill(
        format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    )
    page.get_by_role("button", name="Set up the app").click()
    page.wait_for_url("**/accounts/factors/codes/")
    codes = CODE.findall(page.locator("main").inner_text())

    answers = []
    for _ in range(2):
        other = site.visitor()
        other.goto(f"{here}/en/accounts/login/")
        other.locator("input[name=login]").fill("lost@reviewer.example")
        other.locator("input[name=password]").fill(PASSWORD)
        other.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        other.wait_for_url("**/accounts/factors/show/")
        other.locator("input[name=code]").fill(codes[0])
        other.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        other.wait_for_load_state()
        answers.append("This code or passkey is not right" in other.locator("main").inner_text())

    assert answers == [False, True]
    page.goto(f"{here}/en/my/sign-in/")
    assert "Recovery code used" in page.locator("main").inner_text()
