from tests.people.factories import AppointmentFactory, PersonFactory
from tests.results.factories import NOW


def appointed(role, organisation=None, scope_id=None):
    person = PersonFactory()
    AppointmentFactory(
        person=person,
        role=role,
        organisation=organisation,
        scope_id=scope_id,
        from_on=NOW.date(),
    )
    return person
