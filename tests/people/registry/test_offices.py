"""An office that gives power over others is given by two people (O1)."""

import datetime

import pytest
from tests.people.factories import AffiliationFactory, OrganisationFactory, PersonFactory
from tests.people.registry.conftest import DAY, NOON, officer_of

from banso.ledger.models import Entry
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.people.commands.offices.confirm_appointment import confirm_appointment
from banso.people.commands.offices.end_appointment import end_appointment
from banso.people.commands.offices.propose_appointment import propose_appointment
from banso.people.commands.offices.withdraw_proposed_appointment import (
    withdraw_proposed_appointment,
)
from banso.people.commands.registry.appoint import appoint
from banso.people.models import Appointment, ProposedAppointment
from banso.people.queries.actors import actor_for
from banso.rulebook.verdicts import NotPermitted, RuleRefused


def proposed_by(actor, person, body, role="agency-officer"):
    return propose_appointment(
        actor=actor, person_id=person.pk, role=role,
        organisation_id=body.pk if body else None, from_on=DAY, at=NOON,
    )  # fmt: skip


def test_an_office_holds_once_another_person_confirms_it(
    agency_officer, other_agency_officer, agency
):
    newcomer = PersonFactory()

    proposed = proposed_by(agency_officer, newcomer, agency)
    assert actor_for(newcomer.pk, on=DAY).agencies == set()
    confirm_appointment(actor=other_agency_officer, proposed_id=proposed.pk, at=NOON)

    assert actor_for(newcomer.pk, on=DAY).agencies == {agency.pk}
    assert list(Entry.objects.order_by("number").values_list("act", "actor_id", "clause")) == [
        ("people.propose_appointment", agency_officer.person_id, "O1"),
        ("people.confirm_appointment", other_agency_officer.person_id, "O1"),
    ]


def test_nobody_confirms_what_they_proposed(agency_officer, agency):
    proposed = proposed_by(agency_officer, PersonFactory(), agency)
    before = Appointment.objects.count()

    with pytest.raises(RuleRefused, match="appointment-needs-two-people"):
        confirm_appointment(actor=agency_officer, proposed_id=proposed.pk, at=NOON)

    proposed.refresh_from_db()
    assert (proposed.closed_at, Appointment.objects.count()) == (None, before)


def test_nobody_proposes_or_confirms_themselves(agency_officer, other_agency_officer, agency):
    own = Appointment.objects.get(person_id=agency_officer.person_id).person
    with pytest.raises(RuleRefused, match="appointed-by-oneself"):
        proposed_by(agency_officer, own, agency)

    proposed = proposed_by(other_agency_officer, own, agency)
    with pytest.raises(RuleRefused, match="appointed-by-oneself"):
        confirm_appointment(actor=agency_officer, proposed_id=proposed.pk, at=NOON)


def test_one_person_alone_gives_no_power_over_others(agency_officer, agency):
    before = Appointment.objects.count()

    with pytest.raises(RuleRefused, match="appointment-needs-two-people"):
        appoint(actor=agency_officer, person_id=PersonFactory().pk, role="agency-officer",
                organisation_id=agency.pk, from_on=DAY, at=NOON)  # fmt: skip

    assert (Appointment.objects.count(), Entry.objects.exists()) == (before, False)


def test_the_operator_at_the_console_appoints_the_very_first(agency):
    first = appoint(actor=OPERATOR_AT_CONSOLE, person_id=PersonFactory().pk, role="agency-officer",
                    organisation_id=agency.pk, from_on=DAY, at=NOON)  # fmt: skip

    assert first.role == "agency-officer"


@pytest.mark.parametrize(
    ("role", "kind"),
    [("agency-officer", "institution"), ("ministry-officer", "company"), ("reviewer", "ministry")],
)
def test_a_role_is_held_for_a_body_of_its_kind(operator, role, kind):
    body = OrganisationFactory(kind=kind)

    with pytest.raises(RuleRefused, match="role-not-of-this-body"):
        proposed_by(operator, PersonFactory(), body, role)

    assert not ProposedAppointment.objects.exists()


def test_a_body_gives_its_own_roles_and_no_others(
    officer, agency_officer, university, agency, college
):
    newcomer = PersonFactory()
    for actor, body, role in (
        (officer, college, "institution-officer"),
        (officer, agency, "agency-officer"),
        (officer, university, "auditor"),
        (agency_officer, agency, "auditor"),
        (agency_officer, OrganisationFactory(kind="funding-agency"), "reviewer"),
        (agency_officer, None, "operator"),
    ):
        with pytest.raises(NotPermitted):
            proposed_by(actor, newcomer, body, role)

    assert proposed_by(officer, newcomer, university, "institution-officer")
    assert (
        proposed_by(agency_officer, newcomer, college, "institution-officer").proposed_for
        == agency
    )


def test_a_proposal_elsewhere_does_not_exist(agency_officer, officer, agency):
    proposed = proposed_by(agency_officer, PersonFactory(), agency)

    for command in (confirm_appointment, withdraw_proposed_appointment):
        with pytest.raises(ProposedAppointment.DoesNotExist):
            command(actor=officer, proposed_id=proposed.pk, at=NOON)


def test_a_withdrawn_proposal_is_confirmed_by_nobody(agency_officer, other_agency_officer, agency):
    proposed = proposed_by(agency_officer, PersonFactory(), agency)
    withdraw_proposed_appointment(actor=agency_officer, proposed_id=proposed.pk, at=NOON)

    with pytest.raises(ProposedAppointment.DoesNotExist):
        confirm_appointment(actor=other_agency_officer, proposed_id=proposed.pk, at=NOON)


def test_whoever_gives_a_role_ends_it_and_so_does_its_holder(agency_officer, agency):
    until = DAY + datetime.timedelta(days=1)
    person = PersonFactory()
    AffiliationFactory(person=person)
    ended = []
    for actor in (agency_officer, actor_for(person.pk, on=DAY)):
        held = appoint(actor=agency_officer, person_id=person.pk, role="reviewer",
                       organisation_id=agency.pk, from_on=DAY, at=NOON)  # fmt: skip
        ended.append(end_appointment(actor=actor, appointment_id=held.pk, until_on=until, at=NOON))

    assert [one.until_on for one in ended] == [until, until]


def test_nobody_else_ends_a_role(agency_officer, officer, agency, researcher):
    held = appoint(actor=agency_officer, person_id=researcher.pk, role="reviewer",
                   organisation_id=agency.pk, from_on=DAY, at=NOON)  # fmt: skip

    with pytest.raises(Appointment.DoesNotExist):
        end_appointment(actor=officer, appointment_id=held.pk, until_on=DAY, at=NOON)


def test_an_officer_of_two_bodies_proposes_for_either(agency, university):
    person = PersonFactory()
    for body, role in ((agency, "agency-officer"), (university, "institution-officer")):
        officer_of(body, role, person)

    assert actor_for(person.pk, on=DAY).desks == {agency.pk, university.pk}
