import datetime
import uuid

import pytest
from tests.people.factories import AffiliationFactory, AppointmentFactory, PersonFactory

from banso.people.actors import VISITOR, Actor, Appointed
from banso.people.queries.actors import actor_for

DAY = datetime.date(2027, 4, 1)
BEFORE = DAY - datetime.timedelta(days=1)
AFTER = DAY + datetime.timedelta(days=1)


def test_an_actor_holds_what_is_in_force_on_the_day(db):
    person = PersonFactory()
    affiliation = AffiliationFactory(person=person)
    appointment = AppointmentFactory(person=person, scope_id=uuid.uuid4())
    AppointmentFactory()

    actor = actor_for(person.pk, on=DAY)

    assert actor == Actor(
        person_id=person.pk,
        on=DAY,
        affiliations=frozenset({affiliation.organisation_id}),
        appointments=frozenset(
            {Appointed("institution-officer", appointment.organisation_id, appointment.scope_id)}
        ),
    )


@pytest.mark.parametrize(
    ("from_on", "until_on", "holds"),
    [
        pytest.param(BEFORE, None, True, id="since-yesterday"),
        pytest.param(DAY, None, True, id="from-today"),
        pytest.param(AFTER, None, False, id="from-tomorrow"),
        pytest.param(BEFORE, AFTER, True, id="up-to-tomorrow"),
        pytest.param(BEFORE, DAY, False, id="up-to-today"),
    ],
)
def test_an_appointment_holds_from_its_first_day_up_to_its_end(db, from_on, until_on, holds):
    appointment = AppointmentFactory(from_on=from_on, until_on=until_on)

    actor = actor_for(appointment.person_id, on=DAY)

    assert actor.institutions == ({appointment.organisation_id} if holds else set())


def test_loading_an_actor_takes_one_statement(db, django_assert_num_queries):
    person = PersonFactory()
    AffiliationFactory.create_batch(3, person=person)
    AppointmentFactory.create_batch(3, person=person)

    with django_assert_num_queries(1):
        actor_for(person.pk, on=DAY)


def test_whoever_directs_a_concept_directs_no_other(db):
    concept_id = uuid.uuid4()
    appointment = AppointmentFactory(role="program-officer", scope_id=concept_id)

    actor = actor_for(appointment.person_id, on=DAY)

    assert (actor.directs, actor.agencies, actor.ministries) == ({concept_id}, set(), set())


def test_a_visitor_is_nobody():
    assert (VISITOR.is_visitor, VISITOR.roles, VISITOR.affiliations) == (True, set(), set())
