import pytest
from tests.results.factories import NOW

from banso.ledger import clock as ledger_clock
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.queries.withholdings import withholding_for


@pytest.fixture
def asked(ask, clock):
    clock.set(NOW)
    return ask()


@pytest.fixture
def answer(world, asked, actor_of):
    def run(*answers):
        for member, stance in answers:
            answer_withholding(
                actor=actor_of(getattr(world, member)),
                withholding_id=asked.pk,
                stance=stance,
                at=NOW,
            )

    return run


@pytest.fixture
def state(world, asked, actor_of):
    return lambda: (
        withholding_for(actor_of(world.author), asked.pk, at=ledger_clock.read_clock()).state
    )
