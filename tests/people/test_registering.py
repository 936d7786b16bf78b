import datetime
from datetime import UTC

import pytest
from tests.people.factories import OrganisationFactory, PersonFactory

from banso.ledger.models import Entry
from banso.people.actors import OPERATOR_AT_CONSOLE, Actor, Appointed
from banso.people.commands.registry.appoint import appoint
from banso.people.commands.registry.register_person import register_person
from banso.people.models import Account, Affiliation, Appointment, Organisation, Person
from banso.rulebook.verdicts import NotPermitted

DAY = datetime.date(2027, 4, 1)
NOON = datetime.datetime(2027, 4, 1, 3, tzinfo=UTC)


def officer_of(agency):
    return Actor(
        person_id=PersonFactory().pk,
        appointments=frozenset({Appointed("agency-officer", agency.pk)}),
    )


def test_a_person_is_registered_with_an_account_and_a_place(db):
    body = OrganisationFactory()

    person = register_person(
        actor=OPERATOR_AT_CONSOLE,
        family_name="髙﨑",
        given_name="𠮷乃",
        email="Takasaki@Example.JP",
        organisation_id=body.pk,
        from_on=DAY,
        at=NOON,
    )

    account, affiliation = Account.objects.get(), Affiliation.objects.get()
    assert (person.name_ja, account.email, account.has_usable_password()) == (
        "髙﨑 𠮷乃",
        "takasaki@example.jp",
        False,
    )
    assert (affiliation.person, affiliation.organisation, affiliation.from_on) == (
        person,
        body,
        DAY,
    )
    assert Entry.objects.values_list("act", flat=True).get() == "people.register_person"


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(
            lambda actor: register_person(
                actor=actor, family_name="見本", given_name="", email="a@b.jp", from_on=DAY
            ),
            id="person",
        ),
        pytest.param(
            lambda actor: appoint(
                actor=actor, person_id=actor.person_id, role="auditor", from_on=DAY
            ),
            id="appointment",
        ),
    ],
)
def test_nobody_but_the_operator_registers(db, attempt):
    someone = PersonFactory()
    officer = officer_of(OrganisationFactory(kind="funding-agency"))

    for actor in (Actor(person_id=someone.pk), officer):
        with pytest.raises(NotPermitted):
            attempt(actor)

    assert (Appointment.objects.count(), Entry.objects.count()) == (0, 0)
    assert (Organisation.objects.count(), Person.objects.count()) == (1, 2)


def test_the_agency_appoints_its_program_officer(db):
    agency = OrganisationFactory(kind="funding-agency")
    person = PersonFactory()

    appointment = appoint(
        actor=officer_of(agency),
        person_id=person.pk,
        role="program-officer",
        organisation_id=agency.pk,
        from_on=DAY,
        at=NOON,
    )

    assert (appointment.person, appointment.role) == (person, "program-officer")
    assert Entry.objects.values_list("act", "subject_id").get() == (
        "people.appoint",
        str(appointment.pk),
    )


def test_an_agency_appoints_nobody_for_another(db):
    agency, other = OrganisationFactory.create_batch(2, kind="funding-agency")

    with pytest.raises(NotPermitted) as refused:
        appoint(
            actor=officer_of(agency),
            person_id=PersonFactory().pk,
            role="program-officer",
            organisation_id=other.pk,
            from_on=DAY,
        )

    assert refused.value.permission == "people.appoint"
    assert not Appointment.objects.exists()
