"""Whoever asked to withhold takes the request back; nobody else can tell (R6)."""

import datetime

import pytest
from tests.people.factories import PersonFactory
from tests.results.factories import NOW

from banso.ledger import clock as ledger_clock
from banso.ledger.models import Entry
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.take_back_request import take_back_request
from banso.results.models import Withholding
from banso.results.queries.withholdings import withholding_for
from banso.rulebook.verdicts import NotPermitted, RuleRefused

LATER = NOW + datetime.timedelta(days=1)


@pytest.fixture
def asked(ask, clock):
    clock.set(NOW)
    return ask()


def take_back(actor, asked):
    return take_back_request(actor=actor, withholding_id=asked.pk, at=LATER)


@pytest.mark.parametrize("consenting", [(), ("researcher", "company")], ids=["open", "in-force"])
def test_the_asker_ends_the_request_with_one_sealed_entry(world, asked, actor_of, consenting):
    for name in consenting:
        answer_withholding(
            actor=actor_of(getattr(world, name)), withholding_id=asked.pk, stance="consent", at=NOW
        )

    taken = take_back(actor_of(world.official), asked)

    assert (taken.state, taken.ended_at) == ("ended", LATER)
    assert (
        withholding_for(actor_of(world.author), asked.pk, at=ledger_clock.read_clock()).state
        == "ended"
    )
    entry = Entry.objects.get(act="results.take_back_request")
    assert (entry.actor_id, entry.clause, entry.is_sealed, entry.subject_id) == (
        world.official.pk,
        "R6",
        True,
        str(asked.pk),
    )


def test_a_request_taken_back_looks_like_one_that_a_member_refused(
    world, asked, ask, actor_of, clock
):
    clock.set(LATER)
    take_back(actor_of(world.official), asked)
    taken = withholding_for(actor_of(world.company), asked.pk, at=ledger_clock.read_clock())
    another = ask()
    answer_withholding(
        actor=actor_of(world.researcher), withholding_id=another.pk, stance="refuse", at=LATER
    )
    refused = withholding_for(actor_of(world.company), another.pk, at=ledger_clock.read_clock())

    assert (taken.state, taken.state_label, taken.own) == (
        refused.state,
        refused.state_label,
        refused.own,
    )


def test_after_that_another_request_can_be_made(world, asked, ask, actor_of):
    take_back(actor_of(world.official), asked)

    assert ask(at=LATER).state == "open"


@pytest.mark.parametrize("who", ["researcher", "author"])
def test_nobody_else_takes_it_back(world, asked, actor_of, who):
    with pytest.raises(NotPermitted, match=r"results\.take_back_request"):
        take_back(actor_of(getattr(world, who)), asked)

    assert Withholding.objects.get(pk=asked.pk).state == "open"


def test_who_may_not_read_it_finds_none(asked, actor_of):
    with pytest.raises(Withholding.DoesNotExist):
        take_back(actor_of(PersonFactory()), asked)


def test_what_has_ended_is_not_taken_back(world, asked, actor_of):
    take_back(actor_of(world.official), asked)

    with pytest.raises(RuleRefused, match=r"request-has-ended \(R6\)"):
        take_back(actor_of(world.official), asked)

    assert Entry.objects.filter(act="results.take_back_request").count() == 1
