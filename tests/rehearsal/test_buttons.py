"""Each button is shown to exactly those whom the permission of its act allows."""

import re
from collections import defaultdict
from contextlib import suppress
from urllib.parse import urljoin

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve
from lxml import html
from tests.acting import show_second_factor

from banso.people.models import Account
from banso.people.permissions import Permission
from banso.rehearsal.program import concepts_to_rehearse, load_sample_program, rehearse

CONCEPTS = 4
PAGES = 60
STARTS = ("/my/", "/my/desk/", "/my/projects/", "/my/results/", "/my/councils/", "/my/receipts/")
# The registry's buttons are held to their permissions in tests/people/registry, with people who
# keep no desk; here its lists would leave no room for anything else.
FOLLOWED = re.compile(r"^/(my(?!/registry|/record)|ledger/bundle)")
KEYS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|v\d-r\d+[\w-]*")
# What stands in a form for a person, when a test has to fill it.
TEXT = "見本の文です。"
# Forms that come back before their act is asked for, however plausibly they are filled here:
# they wait for a choice that only a person can make, or for words of the right kind.
REFUSED_BEFORE = {
    *("/my/councils/prepare/ ", "/my/councils/…/offer/ "),
    "/my/councils/…/secretariat/invite/ affiliation",
    *("/my/desk/calls/new/ ", "/my/invitations/new/ ", "/my/second-factors/ "),
    "/my/sign-in/address/ ",
    *("/my/affiliations/ ", "/my/affiliations/ organisation"),
    *("/my/councils/…/secretariat/invite/ ", "/my/councils/…/secretariat/invite/ affiliation"),
}
# Acts whose buttons somebody is shown in the sample program.
ACTS = {
    *("proposals.approve_proposal", "proposals.attach_file", "proposals.draft_proposal"),
    *("proposals.edit_proposal", "proposals.return_proposal", "proposals.send_to_institution"),
    *("councils.accept_invitation", "councils.agree_item", "councils.answer_item"),
    *("councils.decline_invitation", "councils.hold_meeting", "councils.leave_council"),
    *("councils.name_representative", "councils.show_evidence"),
    *("projects.request_team_change", "protected.accept_offer", "protected.decline_offer"),
    *("protected.offer_item", "protected.open_item", "results.plan_result"),
    *("results.request_withholding", "review.assign_reviewer", "review.decide_proposal"),
    *("review.examine_security", "review.pledge_secrecy"),
}
# Forms that no act of ours answers.
NO_ACT = {"account_logout", "account_login", "account_change_password", "rehearsal:step_in"}


class Stopped(Exception):  # noqa: N818 - named for what happened
    """The permission was asked; nothing else is to happen."""


@pytest.fixture
def program(db):
    load_sample_program()
    rehearse(concepts_to_rehearse()[:CONCEPTS], seed=1, scale=2, report=lambda _slug: None)


class Asked:
    """Notes the permission that an act asks, and lets nothing happen after it."""

    def __init__(self, monkeypatch):
        self.monkeypatch, self.found = monkeypatch, None

    def require(self, permission, actor, subject):
        self.found = (permission.name, permission.is_held(actor, subject))
        raise Stopped

    def by(self, browser, address, values):
        """Send a form; tell whether the act's permission allowed it, or that none was asked."""
        self.found = None
        with self.monkeypatch.context() as patch:
            # A plain function, so that the permission itself comes as its first argument.
            patch.setattr(Permission, "require", lambda *facts: self.require(*facts))  # noqa: PLW0108
            with suppress(Stopped):
                browser.post(address, values)
        return self.found


@pytest.fixture
def asked(monkeypatch):
    return Asked(monkeypatch)


def browsers():
    """Sign in everybody who has a role today, and two who have none of theirs."""
    accounts = Account.objects.filter(
        email__in=[
            *("today-applicant@sample.example", "university-officer@sample.example"),
            *("reviewer@sample.example", "jst-officer@sample.example"),
            *("jst-program-officer@sample.example", "v1-r01-lead-0@sample.example"),
            *("today-invited@sample.example", "ministry-officer@sample.example"),
            *("user-officer@sample.example", "company-member@sample.example"),
            *("auditor@sample.example", "v1-r02-lead-0@sample.example"),
        ]
    )
    found = {}
    for account in accounts:
        found[account.email] = Client(raise_request_exception=True)
        found[account.email].force_login(account)
        show_second_factor(found[account.email], account)
    return found


def forms_of(path, response):
    """Read the forms of a page that send something, as whom they go to and what they hold."""
    if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
        return []
    page = html.fromstring(response.content.decode())
    return [
        (urljoin(path, form.get("action") or path), form)
        for form in page.xpath("//form[translate(@method, 'POST', 'post')='post']")
    ]


def links_of(path, response):
    if response.status_code != 200 or "text/html" not in response.get("Content-Type", ""):
        return []
    found = html.fromstring(response.content.decode()).xpath("//main//a/@href")
    return [one for one in (urljoin(path, link) for link in found) if FOLLOWED.match(one)]


def crawled(browser):
    """Read a person's pages, at most two of each kind, and keep those with a form."""
    waiting, seen, kinds, kept = list(STARTS), set(), defaultdict(int), {}
    while waiting and len(seen) < PAGES:
        path = waiting.pop(0).split("#")[0]
        kind = resolve(path.split("?")[0]).view_name
        if path in seen or kinds[kind] >= 2:
            continue
        seen.add(path)
        kinds[kind] += 1
        response = browser.get(path)
        waiting += links_of(path, response)
        if forms := forms_of(path, response):
            kept[path] = forms
    return kept


def filled(form):
    """Fill a form as a person might: what is offered is chosen, what is empty is written."""
    values = {}
    for field in form.xpath(".//input[@name]|.//textarea[@name]|.//select[@name]"):
        name, kind = field.get("name"), field.get("type", field.tag)
        if kind in {"hidden", "search"}:
            values[name] = field.get("value", "")
        elif kind == "file":
            values[name] = SimpleUploadedFile("見本.pdf", b"%PDF-1.7\n...\n%%EOF\n")
        elif kind in {"radio", "checkbox"}:
            values.setdefault(name, field.get("value", "on"))
        elif kind == "select":
            offered = [one.get("value") for one in field.xpath(".//option") if one.get("value")]
            values[name] = offered[0] if offered else ""
        else:
            given = field.get("value") or (field.text or "").strip()
            values[name] = given or written(name, field)
    return values


def written(name, field):
    """Write what a field of this name takes."""
    later = {"year": "2099", "month": "4", "day": "1", "time": "12:00"}
    for part, text in later.items():
        if name.endswith(f"_{part}"):
            return text
    return "1" if field.get("inputmode") == "numeric" else TEXT


def buttons_of(action, form):
    """Name each way to send a form: by its address, and the button that was pressed."""
    pressed = form.xpath(".//button")
    return [(action, one.get("name", ""), one.get("value", "")) for one in pressed]


def test_each_button_is_shown_exactly_where_its_permission_allows(program, asked):
    people = browsers()
    shown, samples = defaultdict(set), {}
    for person, browser in people.items():
        for path, forms in crawled(browser).items():
            for action, form in forms:
                if resolve(action.split("?")[0]).view_name in NO_ACT:
                    continue
                for button in buttons_of(action, form):
                    shown[path, button].add(person)
                    samples.setdefault((path, button), filled(form))

    wrong, acts, unasked = [], set(), set()
    for (path, button), seen_by in shown.items():
        action, name, value = button
        for person, browser in people.items():
            values = {**samples[path, button], **({name: value} if name else {})}
            answered = asked.by(browser, action, values)
            if person in seen_by:
                acts |= {answered[0]} if answered else set()
                unasked |= set() if answered else {KEYS.sub("…", f"{action} {value}")}
            sees = person in seen_by or is_shown(browser, path, button)
            if answered and answered[1] != sees:
                wrong.append((person, KEYS.sub("…", path), answered, sees))

    assert wrong == []
    assert unasked == REFUSED_BEFORE
    assert acts >= ACTS


def is_shown(browser, path, button):
    """Look whether the same page shows this person the same button."""
    forms = forms_of(path, browser.get(path))
    return any(button in buttons_of(action, form) for action, form in forms)
