"""How many requests to withhold were made, ended and in force, year by year (R7)."""

import csv
import datetime
import io

import pytest
from tests.councils.factories import MembershipFactory
from tests.results.factories import ENDS_ON, NOW, REVIEW_ON, WithholdingFactory

from banso.ledger import clock as ledger_clock
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.queries.withholdings import withheld_by_year

DAY = datetime.timedelta(days=1)
AFTER = NOW.replace(year=2031, month=5)


def figures():
    return {
        one.fiscal_year: (one.asked, one.ended, one.in_force)
        for one in withheld_by_year(ledger_clock.read_clock())
    }


def test_a_request_that_nobody_answers_ends_in_its_year(world, ask, clock):
    ask()
    clock.set(NOW.replace(year=2029, month=4, day=1))

    assert figures() == {2028: (1, 1, 0)}


def test_the_running_year_is_not_published_yet(world, ask, clock):
    ask()
    clock.set(NOW.replace(year=2029, month=3, day=31))

    assert figures() == {}


def test_a_withholding_is_counted_in_force_until_its_review_or_its_end(
    world, ask, actor_of, clock
):
    asked = ask()
    for member in (world.researcher, world.company):
        answer_withholding(
            actor=actor_of(member), withholding_id=asked.pk, stance="consent", at=NOW
        )
    clock.set(AFTER)

    assert figures() == {2030: (0, 0, 0), 2029: (0, 1, 0), 2028: (1, 0, 1)}


def test_one_that_was_renewed_is_in_force_a_year_longer(world, ask, actor_of, clock):
    asked = ask()
    for at in (NOW, NOW.replace(year=REVIEW_ON.year) - DAY):
        for member in (world.official, world.researcher, world.company):
            answer_withholding(
                actor=actor_of(member), withholding_id=asked.pk, stance="consent", at=at
            )
    clock.set(AFTER)

    assert figures() == {2030: (0, 1, 0), 2029: (0, 0, 1), 2028: (1, 0, 1)}


def test_a_refusal_ends_it_on_its_day(world, ask, actor_of, clock):
    asked = ask()
    answer_withholding(
        actor=actor_of(world.company), withholding_id=asked.pk, stance="refuse", at=NOW
    )
    clock.set(AFTER)

    assert figures()[2028] == (1, 1, 0)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("", "まだ終わっていません。"), ("/en", "No fiscal year with a request is over yet.")],
)
def test_before_the_first_year_is_over_the_page_says_so(client, db, language, sentence):
    assert sentence in client.get(f"{language}/results/withheld/").text


def test_everybody_reads_the_figures_on_a_page_and_in_a_file(client, db, clock):
    MembershipFactory()
    WithholdingFactory.create_batch(2, ends_on=ENDS_ON)
    clock.set(AFTER)

    text = client.get("/en/results/withheld/").text
    written = client.get("/en/results/withheld.csv").getvalue().decode("utf-8-sig")

    assert "Fiscal years that are over" in text
    assert "/en/results/withheld.xlsx" in text
    assert list(csv.DictReader(io.StringIO(written)))[-1] == {
        "fiscal_year": "2028",
        "asked": "2",
        "ended": "0",
        "in_force": "0",
    }
    assert "/en/results/withheld/" in client.get("/en/results/").text
