from types import SimpleNamespace

import pytest
from tests.councils.factories import NOW, MinistryFactory, PreparedCouncilFactory
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.projects.factories import ProjectFactory, ProjectMemberFactory


@pytest.fixture(autouse=True)
def _today(clock):
    clock.set(NOW)


@pytest.fixture
def world(db, actor_of):
    """A ministry that prepares a council for a concept with one project, its lead and a PO."""
    ministry = MinistryFactory(name_ja="見本省", name_en="Sample Ministry")
    officer = AppointmentFactory(organisation=ministry, role="ministry-officer").person
    project = ProjectFactory()
    ProjectMemberFactory(project=project, person=project.lead, role="lead")
    program_officer = AppointmentFactory(
        role="program-officer", organisation=project.agency, scope_id=project.concept_id
    ).person
    council = PreparedCouncilFactory(concept=project.concept, organiser=ministry)
    stranger = PersonFactory()
    return SimpleNamespace(
        ministry=ministry,
        officer=actor_of(officer),
        project=project,
        concept=project.concept,
        lead=actor_of(project.lead),
        program_officer=actor_of(program_officer),
        council=council,
        stranger=actor_of(stranger),
    )


@pytest.fixture(autouse=True)
def _plain_delivery(settings):
    """Static files and whole pages are kept elsewhere; here every answer comes from its view."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    kept = ("whitenoise.", "banso.site.middleware.public_cache.")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(kept)]
