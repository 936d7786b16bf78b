import uuid

import pytest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from banso.web.addresses import address_of


@pytest.fixture(autouse=True)
def _whole_site(settings):
    settings.ROOT_URLCONF = "banso.site.urls"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("proposals:proposal", uuid.UUID(int=1)),
        ("proposals:proposal", uuid.UUID("ffffffff-0000-4000-8000-000000000000")),
        ("portal:concept", "v1-r15"),
        ("proposals:desk_call", "00000000-0000-0000-0000-000000000000"),
    ],
)
def test_an_address_of_one_part_is_what_reverse_gives(language, name, part):
    with override(language):
        assert address_of(name, part) == reverse(name, args=[part])


def test_an_address_of_another_part_or_language_is_another():
    name, parts = "proposals:proposal", [uuid.uuid4(), uuid.uuid4()]
    addresses = set()

    for language in ("ja", "en"):
        with override(language):
            addresses |= {address_of(name, part) for part in parts}

    assert len(addresses) == 4


def test_an_address_that_does_not_exist_is_refused():
    with pytest.raises(NoReverseMatch):
        address_of("proposals:nothing", uuid.uuid4())
