from types import SimpleNamespace

import pytest
from tests.councils.factories import CouncilFactory, MembershipFactory
from tests.people.factories import PersonFactory
from tests.projects.factories import ProjectFactory
from tests.protected.factories import ItemFactory, OfferFactory, VersionFactory


@pytest.fixture
def world(db, actor_of):
    """A council in which a provider offered one item to three members; a fourth sits by."""
    project = ProjectFactory()
    council = CouncilFactory(concept=project.concept)
    names = ("provider", "first", "second", "third", "bystander")
    people = {name: PersonFactory(family_name_en=name.title()) for name in names}
    seats = {
        name: MembershipFactory(council=council, person=person) for name, person in people.items()
    }
    item = ItemFactory(council=council, provider=people["provider"])
    version = VersionFactory(item=item)
    offers = {
        name: OfferFactory(item=item, person=people[name]) for name in ("first", "second", "third")
    }
    outsider = PersonFactory()
    return SimpleNamespace(
        project=project,
        council=council,
        people=people | {"outsider": outsider},
        seats=seats,
        item=item,
        version=version,
        offers=offers,
        **{name: actor_of(person) for name, person in people.items()},
        outsider=actor_of(outsider),
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
