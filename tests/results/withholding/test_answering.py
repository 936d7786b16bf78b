import datetime

import pytest
from django.db import DatabaseError, connection, transaction
from tests.people.factories import PersonFactory
from tests.results.factories import ENDS_ON, NOW, REVIEW_ON
from tests.results.withholding.answers import EVERYONE, consents, leave

from banso.ledger import clock as ledger_clock
from banso.ledger.models import Entry
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.models import Consent, Withholding
from banso.results.queries.withholdings import withholding_for
from banso.rulebook.verdicts import NotPermitted, RuleRefused


def test_an_answer_is_kept_and_sealed_for_its_person(world, asked, answer):
    answer(("researcher", "consent"))

    [_of_the_asker, consent] = Consent.objects.order_by("pk").values_list(
        "person_id", "stance", "text_sha256", "at"
    )
    assert consent == (world.researcher.pk, "consent", asked.text_sha256, NOW)
    entry = Entry.objects.get(act="results.answer_withholding")
    assert (entry.actor_id, entry.clause, entry.is_sealed, entry.subject_id) == (
        world.researcher.pk,
        "R5",
        True,
        str(asked.pk),
    )


def test_it_takes_effect_when_everyone_in_office_consented(asked, answer, state):
    answer(*consents(*EVERYONE[:2]))
    assert state() == "open"

    answer(*consents(EVERYONE[2]))

    asked.refresh_from_db()
    assert (state(), asked.state, asked.in_force_at) == ("in-force", "in-force", NOW)


def test_one_refusal_ends_it_for_good(asked, answer, state):
    answer(*consents("official", "company"), ("researcher", "refuse"))

    asked.refresh_from_db()
    assert (state(), asked.ended_at) == ("ended", NOW)
    with pytest.raises(RuleRefused, match="request-is-closed"):
        answer(("researcher", "consent"))
    assert Consent.objects.count() == 4


def test_consent_is_taken_back_until_it_takes_effect(answer, state):
    answer(*consents("official", "researcher"), ("official", "take-back"), ("company", "consent"))
    assert state() == "open"

    answer(("official", "consent"))

    assert state() == "in-force"
    assert Consent.objects.count() == 6


def test_nothing_is_taken_back_once_it_is_in_force(answer):
    answer(*consents(*EVERYONE))

    with pytest.raises(RuleRefused, match="request-is-closed"):
        answer(("official", "take-back"))

    assert Consent.objects.count() == 4


@pytest.mark.parametrize("reading", ["another-text", "the-text-was-edited"])
def test_nobody_answers_a_text_that_they_have_not_read(world, asked, actor_of, state, reading):
    if reading == "the-text-was-edited":
        Withholding.objects.update(part="全体")

    with pytest.raises(RuleRefused, match="text-has-changed"):
        answer_withholding(
            actor=actor_of(world.company),
            withholding_id=asked.pk,
            stance="consent",
            read_sha256="" if reading == "the-text-was-edited" else "0" * 64,
            at=NOW,
        )

    assert state() == "open"
    assert not Consent.objects.exclude(person=world.official).exists()


def test_there_is_nothing_to_take_back_before_consent(world, answer):
    with pytest.raises(RuleRefused, match="no-consent-to-take-back"):
        answer(("company", "take-back"))

    assert not Consent.objects.exclude(person=world.official).exists()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(REVIEW_ON - datetime.timedelta(days=1), "in-force", id="before-the-review"),
        pytest.param(REVIEW_ON, "ended", id="at-a-review-without-consents"),
        pytest.param(ENDS_ON, "ended", id="at-the-end"),
    ],
)
def test_it_lapses_to_open_without_anyone_acting(answer, state, clock, day, expected):
    answer(*consents(*EVERYONE))

    clock.set(NOW.replace(year=day.year, month=day.month, day=day.day))

    assert state() == expected


def test_a_request_that_lapsed_takes_no_answer(world, asked, actor_of):
    after = NOW.replace(year=REVIEW_ON.year, month=REVIEW_ON.month, day=REVIEW_ON.day)

    with pytest.raises(RuleRefused, match="request-is-closed"):
        answer_withholding(
            actor=actor_of(world.company), withholding_id=asked.pk, stance="consent", at=after
        )


def test_an_author_outside_the_council_reads_but_does_not_answer(world, asked, actor_of):
    with pytest.raises(NotPermitted, match=r"results\.answer_withholding"):
        answer_withholding(
            actor=actor_of(world.author), withholding_id=asked.pk, stance="refuse", at=NOW
        )

    assert not Consent.objects.exclude(person=world.official).exists()


@pytest.mark.parametrize("who", ["stranger", "leaver"])
def test_others_find_no_request(world, asked, actor_of, who):
    world.stranger = PersonFactory()
    world.leaver = world.company
    leave(world.seats["company"])

    with pytest.raises(Withholding.DoesNotExist):
        answer_withholding(
            actor=actor_of(getattr(world, who)), withholding_id=asked.pk, stance="refuse", at=NOW
        )


def test_the_web_role_cannot_rewrite_an_answer(answer):
    answer(*consents("official"))

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE results_consent SET stance = 'refuse'")

    assert set(Consent.objects.values_list("stance", flat=True)) == {"consent"}


def test_after_the_last_day_to_answer_an_open_request_has_ended(world, ask, actor_of, clock):
    asked = ask()
    clock.set(NOW + datetime.timedelta(days=30))
    assert (
        withholding_for(actor_of(world.company), asked.pk, at=ledger_clock.read_clock()).state
        == "open"
    )

    clock.set(NOW + datetime.timedelta(days=31))

    assert (
        withholding_for(actor_of(world.company), asked.pk, at=ledger_clock.read_clock()).state
        == "ended"
    )
    with pytest.raises(RuleRefused, match=r"request-is-closed \(R5\)"):
        answer_withholding(
            actor=actor_of(world.company),
            withholding_id=asked.pk,
            stance="consent",
            at=NOW + datetime.timedelta(days=31),
        )
