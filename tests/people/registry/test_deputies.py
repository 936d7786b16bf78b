"""A deputy acts in an office under their own name, and does nothing that is another's own (O2)."""

import datetime
import json

import pytest
from django.urls import reverse
from tests.people.factories import AffiliationFactory, PersonFactory
from tests.people.registry.conftest import DAY, FIRST, NOON

from banso.ledger.models import Detail, Entry
from banso.ledger.record import COMMANDS
from banso.people.actors import Actor
from banso.people.commands.offices.end_deputy import end_deputy
from banso.people.commands.offices.name_deputy import name_deputy
from banso.people.commands.offices.propose_appointment import propose_appointment
from banso.people.commands.persons.correct_person import correct_person
from banso.people.models import Deputy
from banso.people.permissions import CORRECT_PERSON, PROPOSE_APPOINTMENT
from banso.people.queries.actors import actor_for
from banso.people.queries.records.deputies import done_for
from banso.rulebook.offices import DONE_BY_ONESELF
from banso.rulebook.verdicts import NotPermitted, RuleRefused

UNTIL = DAY + datetime.timedelta(days=30)
BEFORE, AFTER = DAY - datetime.timedelta(days=1), UNTIL


@pytest.fixture
def substitute(university):
    person = PersonFactory(family_name="代理")
    AffiliationFactory(person=person, organisation=university)
    return person


def named(actor, person_id, deputy, body, **facts):
    period = {"from_on": DAY, "until_on": UNTIL, **facts}
    return name_deputy(
        actor=actor,
        person_id=person_id,
        deputy_id=deputy.pk,
        organisation_id=body.pk,
        at=NOON,
        **period,
    )


def test_a_deputy_holds_the_office_in_the_period_and_not_outside(officer, university, substitute):
    named(officer, officer.person_id, substitute, university)

    desks = {on: actor_for(substitute.pk, on=on).desks for on in (BEFORE, DAY, AFTER)}

    assert desks == {BEFORE: set(), DAY: {university.pk}, AFTER: set()}
    assert actor_for(substitute.pk, on=DAY).alone.desks == set()


def test_an_act_of_a_deputy_is_their_own_and_says_for_whom(
    officer, university, researcher, substitute
):
    named(officer, officer.person_id, substitute, university)
    deputy = actor_for(substitute.pk, on=DAY)

    correct_person(actor=deputy, person_id=researcher.pk, values={"given_name": "二郎"}, at=NOON)

    entry = Entry.objects.get(act="people.correct_person")
    details = json.loads(Detail.objects.get(entry=entry).text)["details"]
    assert (entry.actor_id, details["for"]) == (substitute.pk, [str(officer.person_id)])
    assert done_for(officer) == [entry]
    assert done_for(deputy) == []


def test_what_somebody_may_do_alone_is_done_for_nobody(officer, university, substitute):
    named(officer, officer.person_id, substitute, university)
    deputy = actor_for(substitute.pk, on=DAY)

    correct_person(actor=deputy, person_id=substitute.pk, values={"given_name": "三郎"}, at=NOON)

    details = json.loads(Detail.objects.get(entry__act="people.correct_person").text)["details"]
    assert "for" not in details


def test_what_is_ones_own_is_refused_to_a_deputy_with_the_rule(officer, university, substitute):
    named(officer, officer.person_id, substitute, university)
    deputy = actor_for(substitute.pk, on=DAY)

    with pytest.raises(RuleRefused, match="not-done-for-another") as refused:
        propose_appointment(
            actor=deputy, person_id=PersonFactory().pk, role="institution-officer",
            organisation_id=university.pk, from_on=DAY, at=NOON,
        )  # fmt: skip

    assert str(refused.value.verdict.clause) == "O2"
    assert PROPOSE_APPOINTMENT.name in DONE_BY_ONESELF


def test_every_act_that_is_ones_own_exists():
    assert set(DONE_BY_ONESELF) <= set(COMMANDS)


def test_a_button_is_not_shown_to_a_deputy_who_may_not_press_it(
    officer, university, researcher, substitute
):
    named(officer, officer.person_id, substitute, university)
    deputy = actor_for(substitute.pk, on=DAY)

    assert CORRECT_PERSON.allows(deputy, researcher)
    assert not CORRECT_PERSON.allows(deputy.alone, researcher)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"until_on": DAY + datetime.timedelta(days=400)}, "deputy-for-too-long"),
        (
            {"from_on": datetime.date(2020, 1, 1), "until_on": datetime.date(2020, 2, 1)},
            "no-office-to-deputise",
        ),
    ],
)
def test_a_deputy_who_cannot_be_is_refused(officer, university, substitute, facts, reason):
    with pytest.raises(RuleRefused, match=reason):
        named(officer, officer.person_id, substitute, university, **facts)

    assert (Deputy.objects.exists(), Entry.objects.exists()) == (False, False)


def test_nobody_is_their_own_deputy_nor_one_from_elsewhere(
    officer, university, stranger, substitute
):
    own = substitute.__class__.objects.get(pk=officer.person_id)
    for deputy, reason in ((own, "deputy-for-oneself"), (stranger, "deputy-of-another-body")):
        with pytest.raises(RuleRefused, match=reason):
            named(officer, officer.person_id, deputy, university)
    with pytest.raises(RuleRefused, match="no-office-to-deputise"):
        named(officer, stranger.pk, substitute, university)


def test_nobody_else_names_a_deputy(officer, agency_officer, university, researcher, substitute):
    for actor in (agency_officer, Actor(person_id=researcher.pk, on=DAY)):
        with pytest.raises(NotPermitted):
            named(actor, officer.person_id, substitute, university)


def test_a_deputy_names_no_deputy(officer, university, researcher, substitute):
    named(officer, officer.person_id, substitute, university)

    with pytest.raises((RuleRefused, NotPermitted)):
        named(actor_for(substitute.pk, on=DAY), officer.person_id, researcher, university)


@pytest.mark.parametrize("who", ["officer", "deputy"])
def test_either_of_the_two_ends_it(officer, university, substitute, who):
    deputy = named(officer, officer.person_id, substitute, university)
    actor = officer if who == "officer" else actor_for(substitute.pk, on=DAY)

    end_deputy(actor=actor, deputy_id=deputy.pk, at=NOON)

    assert actor_for(substitute.pk, on=DAY).desks == set()


def test_a_deputy_is_named_and_ended_on_pages(client_for, clock, officer, university, substitute):
    clock.set(NOON)
    browser = client_for(officer.person_id)
    form = {
        "person": str(officer.person_id), "deputy": str(substitute.pk), "organisation": str(university.pk),
        **FIRST, "last_on_year": "2027", "last_on_month": "4", "last_on_day": "30",
    }  # fmt: skip

    browser.post(reverse("registry:name_deputy"), form)
    listed = browser.get(reverse("registry:deputies")).text
    deputy = Deputy.objects.get()
    too_long = browser.post(reverse("registry:name_deputy"), {**form, "last_on_year": "2030"})
    browser.post(reverse("registry:end_deputy", args=[deputy.pk]))

    deputy.refresh_from_db()
    assert ("代理" in listed, "代理中" in listed, deputy.until_on <= DAY) == (True, True, True)
    assert "1年以内" in too_long.text


def test_a_deputy_finds_the_desk(client_for, clock, officer, university, substitute, researcher):
    clock.set(NOON)
    named(officer, officer.person_id, substitute, university)

    assert "髙橋" in client_for(substitute).get(reverse("registry:persons")).text
