import pytest
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.review.factories import CallFactory, ProposalFactory, TeamMemberFactory


@pytest.fixture
def call(db):
    return CallFactory()


@pytest.fixture
def officer(call, actor_of):
    """An officer of the agency that holds the call."""
    return actor_of(AppointmentFactory(role="agency-officer", organisation=call.agency).person)


@pytest.fixture
def director(call, actor_of):
    """The PD of the call's concept."""
    appointment = AppointmentFactory(
        role="program-director", organisation=call.agency, scope_id=call.concept_id
    )
    return actor_of(appointment.person)


@pytest.fixture
def reviewer(call, actor_of):
    """A reviewer of the agency, who belongs nowhere."""
    person = PersonFactory(family_name="評", given_name="者", family_name_en="Hyo")
    AppointmentFactory(person=person, role="reviewer", organisation=call.agency)
    return actor_of(person)


@pytest.fixture
def proposal(call):
    """A received proposal with its lead in the team."""
    received = ProposalFactory(call=call, title_ja="海を測る", title_en="Measuring the sea")
    TeamMemberFactory(proposal=received, person=received.lead, role="lead")
    return received


@pytest.fixture(autouse=True)
def _plain_delivery(settings):
    """Static files and whole pages are kept elsewhere; here every answer comes from its view."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    kept = ("whitenoise.", "banso.site.middleware.public_cache.")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(kept)]
