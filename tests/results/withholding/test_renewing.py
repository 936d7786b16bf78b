"""At a review everyone in office is asked anew, and only all of them renew (R7)."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from tests.councils.factories import MembershipFactory
from tests.results.factories import ENDS_ON, NOW, REVIEW_ON

from banso.councils.models import BylawsEdition
from banso.ledger import clock as ledger_clock
from banso.ledger.models import Entry
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.publish_result import publish_result
from banso.results.models import Consent, Withholding
from banso.results.queries.results import published_result
from banso.results.queries.withholdings import withholding_for
from banso.rulebook.verdicts import RuleRefused

DAY = datetime.timedelta(days=1)
EVERYONE = ("official", "researcher", "company")
REVIEW = NOW.replace(year=REVIEW_ON.year)
OPENS = REVIEW - 30 * DAY
LAST = REVIEW - DAY


@pytest.fixture
def in_force(world, ask, actor_of, clock):
    clock.set(NOW)
    asked = ask()
    for name in ("researcher", "company"):
        answer_withholding(
            actor=actor_of(getattr(world, name)), withholding_id=asked.pk, stance="consent", at=NOW
        )
    return asked


@pytest.fixture
def say(world, in_force, actor_of):
    def run(at, *answers):
        for name, stance in answers:
            answer_withholding(
                actor=actor_of(getattr(world, name)),
                withholding_id=in_force.pk,
                stance=stance,
                at=at,
            )
        in_force.refresh_from_db()

    return run


@pytest.fixture
def seen(world, in_force, actor_of, clock):
    def run(at, name="author"):
        clock.set(at)
        return withholding_for(
            actor_of(getattr(world, name)), in_force.pk, at=ledger_clock.read_clock()
        )

    return run


def all_consent(*names):
    return [(name, "consent") for name in names]


def test_before_the_review_opens_nobody_answers(seen, say):
    with pytest.raises(RuleRefused, match=r"request-is-closed \(R5\)"):
        say(OPENS - DAY, *all_consent("official"))

    assert not seen(OPENS - DAY, "official").takes_answers


def test_the_review_asks_everyone_anew_and_hears_no_earlier_answer(seen):
    for name in EVERYONE:
        before, during = seen(OPENS - DAY, name), seen(OPENS, name)
        assert (before.own.stance, before.takes_answers) == ("consent", False)
        assert (during.own.stance, during.takes_answers) == ("", True)
        assert during.waits_for_viewer


def test_it_lapses_unless_all_consent_anew(seen, say):
    say(LAST, *all_consent("official", "researcher"))

    assert seen(LAST).state == "in-force"
    assert seen(REVIEW).state == "ended"


def test_when_everyone_consented_anew_it_stays_in_force_until_its_end(in_force, seen, say):
    say(OPENS, *all_consent("official", "researcher"))
    say(LAST, *all_consent("company"))

    assert (in_force.renewed_at, in_force.next_review_on) == (LAST, ENDS_ON)
    assert seen(LAST).state == seen(REVIEW).state == "in-force"
    assert not seen(LAST, "company").takes_answers
    assert seen(REVIEW.replace(year=ENDS_ON.year)).state == "ended"


def test_longer_bylaws_are_reviewed_again_and_renewed_again(world, ask, actor_of, clock):
    BylawsEdition.objects.create(
        council=world.council, number=1, text="会則", adopted_at=NOW, withholding_end_months=60
    )
    asked = ask(ends_on=datetime.date(2033, 6, 1))
    for at in (NOW, REVIEW - DAY, REVIEW.replace(year=2030) - DAY):
        for name in EVERYONE:
            answer_withholding(
                actor=actor_of(getattr(world, name)),
                withholding_id=asked.pk,
                stance="consent",
                at=at,
            )

    asked.refresh_from_db()
    assert asked.next_review_on == datetime.date(2031, 6, 1)
    clock.set(REVIEW.replace(year=2031) - DAY)
    assert (
        withholding_for(actor_of(world.author), asked.pk, at=ledger_clock.read_clock()).state
        == "in-force"
    )
    clock.set(REVIEW.replace(year=2031))
    assert (
        withholding_for(actor_of(world.author), asked.pk, at=ledger_clock.read_clock()).state
        == "ended"
    )


def test_one_refusal_at_the_review_ends_it_at_once(in_force, seen, say):
    say(OPENS, ("official", "consent"), ("researcher", "refuse"))

    assert (seen(OPENS).state, in_force.ended_at) == ("ended", OPENS)
    assert str(seen(OPENS).state_label) == "終了（成果は公開に戻りました）"


def test_consent_at_the_review_is_taken_back_until_all_have_consented(in_force, seen, say):
    say(OPENS, *all_consent("official", "researcher"), ("official", "take-back"))
    say(LAST, *all_consent("company"))
    assert in_force.renewed_at is None

    say(LAST, *all_consent("official"))

    assert in_force.renewed_at == LAST
    with pytest.raises(RuleRefused, match="request-is-closed"):
        say(LAST, ("official", "take-back"))


def test_who_joined_after_it_took_effect_is_asked_at_the_review(world, in_force, seen, say):
    later = NOW + DAY
    world.newcomer = MembershipFactory(council=world.council, accepted_at=later).person
    assert not seen(OPENS - DAY, "newcomer").own.is_asked
    assert seen(OPENS, "newcomer").takes_answers

    say(LAST, *all_consent(*EVERYONE))
    assert in_force.renewed_at is None
    say(LAST, *all_consent("newcomer"))

    assert in_force.renewed_at == LAST


def test_leaving_during_the_review_completes_nothing(world, in_force, seen, say):
    say(OPENS, *all_consent("official", "researcher"))
    seat = world.seats["company"]
    seat.left_at = OPENS
    seat.save()
    assert seen(OPENS, "official").own.is_void

    say(LAST, *all_consent("official"))
    assert in_force.renewed_at is None
    say(LAST, *all_consent("researcher"))

    assert in_force.renewed_at == LAST


def test_without_a_representative_nothing_is_renewed(world, in_force, seen, say):
    world.council.representative = None
    world.council.save()

    say(LAST, *all_consent(*EVERYONE))

    assert in_force.renewed_at is None
    assert seen(REVIEW).state == "ended"


def test_a_review_on_the_day_of_the_end_asks_nobody(world, ask, actor_of, clock):
    asked = ask(review_on=REVIEW_ON, ends_on=REVIEW_ON)
    for name in ("researcher", "company"):
        answer_withholding(
            actor=actor_of(getattr(world, name)), withholding_id=asked.pk, stance="consent", at=NOW
        )
    clock.set(LAST)

    assert not withholding_for(
        actor_of(world.company), asked.pk, at=ledger_clock.read_clock()
    ).takes_answers


def test_an_answer_at_a_review_is_sealed_like_any_other(world, say):
    say(OPENS, *all_consent("company"))

    entry = Entry.objects.filter(act="results.answer_withholding").latest("at")
    assert (entry.actor_id, entry.clause, entry.is_sealed) == (world.company.pk, "R5", True)


def test_nobody_sees_at_a_review_what_another_answered(seen, say):
    before = seen(LAST, "researcher")

    say(OPENS, *all_consent("official", "company"))

    assert seen(LAST, "researcher") == before


@pytest.mark.parametrize(("renews", "is_open"), [(True, False), (False, True)])
def test_what_is_published_without_the_part_opens_unless_it_is_renewed(
    world, in_force, say, actor_of, clock, renews, is_open
):
    publish_result(
        actor=actor_of(world.author),
        result_id=world.result.pk,
        leaves_withheld_part_out=True,
        at=NOW,
    )
    say(LAST, *all_consent(*(EVERYONE if renews else EVERYONE[1:])))
    clock.set(REVIEW)

    assert (
        in_force.part in published_result(world.result.pk, at=ledger_clock.read_clock()).summary
    ) is is_open


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"renewed_at": LAST, "next_review_on": None}, id="without-another-review"),
        pytest.param({"renewed_at": NOW, "next_review_on": ENDS_ON}, id="as-it-took-effect"),
        pytest.param({"renewed_at": None, "next_review_on": ENDS_ON}, id="by-nobody"),
        pytest.param({"renewed_at": LAST, "next_review_on": ENDS_ON + DAY}, id="past-the-end"),
    ],
)
def test_the_database_keeps_no_renewal_that_cannot_be(in_force, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Withholding.objects.filter(pk=in_force.pk).update(**facts)


def test_every_answer_of_every_round_is_kept(say):
    say(LAST, *all_consent(*EVERYONE))

    assert Consent.objects.count() == 2 * len(EVERYONE)
