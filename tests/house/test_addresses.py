"""Every address answers whom its route says, and nobody else (A-01)."""

import uuid

import pytest
from django.urls import reverse
from django.utils.translation import override

from banso.site.surface import audiences, is_public, routed, surface_of
from banso.web.addresses import Surface

SAMPLES = {"slug": "no-such-thing", "str": "no-such-thing", "uuid": uuid.UUID(int=7), "int": 7}
SIGN_IN = {"ja": "/accounts/login/", "en": "/en/accounts/login/"}
# These exist in demo mode alone; a test of the rehearsal proves that they are gone without it.
DEMO_ONLY = {name for name in audiences() if surface_of(name) is Surface.DEMO}


def every_pattern():
    return dict(routed())


def address(name, pattern, language):
    converters = pattern.pattern.converters
    kinds = {argument: type(found).__name__ for argument, found in converters.items()}
    sample = {
        "SlugConverter": "slug",
        "StringConverter": "str",
        "PathConverter": "str",
        "UUIDConverter": "uuid",
        "IntConverter": "int",
    }
    with override(language):
        return reverse(name, kwargs={one: SAMPLES[sample[kind]] for one, kind in kinds.items()})


@pytest.mark.assurance("A-01")
def test_every_address_is_classified_and_nothing_else_is():
    assert set(every_pattern()) | DEMO_ONLY == set(audiences())


@pytest.mark.assurance("A-01")
def test_an_address_that_was_forgotten_asks_for_sign_in():
    assert surface_of("calls:forgotten") is Surface.SIGNED_IN


@pytest.mark.assurance("A-01")
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_signed_in_addresses_send_a_visitor_to_sign_in(client, db, language, method):
    answers = {}
    for name, pattern in every_pattern().items():
        if surface_of(name) is Surface.SIGNED_IN:
            response = getattr(client, method)(address(name, pattern, language))
            answers[name] = (response.status_code, response.get("Location", "").split("?")[0])

    assert set(answers.values()) == {(302, SIGN_IN[language])}


@pytest.mark.assurance("A-05")
def test_a_visitor_cannot_tell_what_exists_behind_sign_in(client, db):
    there, nowhere = uuid.uuid4(), uuid.uuid4()

    answers = {
        client.get(reverse("results:my_result", args=[one])).content for one in (there, nowhere)
    }

    assert answers == {b""}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_public_addresses_answer_a_visitor_without_a_session(client, db, language):
    answers = {}
    for name, pattern in every_pattern().items():
        if surface_of(name) is Surface.PUBLIC:
            response = client.get(address(name, pattern, language))
            answers[name] = (response.status_code, dict(response.cookies))

    expected = {
        name: (404 if pattern.pattern.converters else 200, {})
        for name, pattern in every_pattern().items()
        if name in answers
    }
    assert answers == expected


# What the ledger answers while nothing is in it.
OF_AN_EMPTY_LEDGER = {
    "proofs:ledger": 200,
    "proofs:keys": 200,
    "proofs:verify_script": 200,
    "proofs:inclusion": 400,
    "proofs:consistency": 400,
    "proofs:checkpoint": 404,
    "proofs:checkpoint_of_size": 404,
    "proofs:tile": 404,
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_ledger_answers_a_visitor_without_a_session_and_is_never_kept_whole(
    client, db, language
):
    answers, kept = {}, set()
    for name, pattern in every_pattern().items():
        if surface_of(name) is Surface.LEDGER:
            path = address(name, pattern, language)
            response = client.get(path)
            answers[name] = (response.status_code, dict(response.cookies))
            kept |= {path} if is_public(path) else set()

    assert answers == {name: (status, {}) for name, status in OF_AN_EMPTY_LEDGER.items()}
    assert kept == set()


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", True),
        ("/en/", True),
        ("/results/", True),
        ("/en/results.csv", True),
        ("/my/", False),
        ("/en/my/results/", False),
        ("/accounts/login/", False),
        ("/healthz", False),
        ("/nothing-here/", False),
        ("/fr/results/", False),
    ],
)
def test_a_path_is_public_in_both_languages_or_in_none(path, expected):
    assert is_public(path) is expected


def test_whoever_signs_in_comes_back_to_the_address(client, db):
    response = client.get("/en/my/results/?page=2")

    assert response["Location"] == "/en/accounts/login/?next=/en/my/results/%3Fpage%3D2"


def test_a_part_of_a_page_is_not_replaced_by_the_sign_in_page(client, db):
    response = client.get("/my/results/", headers={"HX-Request": "true"})

    assert response["HX-Redirect"] == "/accounts/login/?next=/my/results/"


def test_a_visitors_act_goes_to_sign_in_and_does_nothing(client, db):
    response = client.post(f"/my/results/{uuid.uuid4()}/publish/")

    assert response["Location"].startswith("/accounts/login/?next=/my/results/")
