import pytest
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.projects.factories import RUNNING, ProjectFactory, ProjectMemberFactory


@pytest.fixture(autouse=True)
def _while_it_runs(clock):
    clock.set(RUNNING)


@pytest.fixture
def project(db):
    """A running project with its lead in the team."""
    running = ProjectFactory(code="SAMPLE-A", title_ja="海を測る", title_en="Measuring the sea")
    ProjectMemberFactory(project=running, person=running.lead, role="lead")
    return running


@pytest.fixture
def lead(project, actor_of):
    return actor_of(project.lead)


@pytest.fixture
def place(project):
    """A co-investigator's place in the team."""
    person = PersonFactory(family_name="分担", given_name="者", family_name_en="Buntan")
    return ProjectMemberFactory(project=project, person=person)


@pytest.fixture
def member(place, actor_of):
    return actor_of(place.person)


@pytest.fixture
def officer(project, actor_of):
    """An officer of the project's funding agency."""
    return actor_of(AppointmentFactory(role="agency-officer", organisation=project.agency).person)


@pytest.fixture
def director(project, actor_of):
    """The PO of the project's concept."""
    appointment = AppointmentFactory(
        role="program-officer", organisation=project.agency, scope_id=project.concept_id
    )
    return actor_of(appointment.person)


@pytest.fixture
def institution_officer(project, actor_of):
    return actor_of(AppointmentFactory(organisation=project.institution).person)


@pytest.fixture(autouse=True)
def _plain_delivery(settings):
    """Static files and whole pages are kept elsewhere; here every answer comes from its view."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    kept = ("whitenoise.", "banso.site.middleware.public_cache.")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(kept)]
