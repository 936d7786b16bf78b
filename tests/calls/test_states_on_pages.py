"""What pages say of a call in each of its states, in its own words."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.calls.factories import CLOSES, OPENS, WRITING, CallFactory

from banso.calls.models import Call
from banso.calls.queries import calls, narrowed, next_change_of_calls

BEFORE = OPENS - timedelta(days=1)
STATES = {
    "not-opened-by-its-agency": {"opened_at": None},
    "opened": {"opened_at": BEFORE},
    "decided": {"opened_at": BEFORE, "decided_at": BEFORE},
}


def address_of(name, *arguments, language=""):
    with override("ja"):
        return f"{language}{reverse(f'calls:{name}', args=arguments)}"


@pytest.mark.parametrize("at", [BEFORE, OPENS, WRITING, CLOSES])
def test_the_list_and_the_call_agree_on_every_state_at_every_instant(db, at):
    for slug, facts in STATES.items():
        CallFactory(slug=slug, **facts)

    everything = list(calls(at))

    assert {call.slug: call.state_code for call in everything} == {
        call.slug: call.state_at(at) for call in everything
    }
    assert {call.slug for call in everything} == set(STATES)
    for state in Call.State:
        chosen = {call.slug for call in narrowed(calls(at), state=state)}
        assert chosen == {call.slug for call in everything if call.state_at(at) == state}


def test_a_file_of_the_list_says_where_each_call_stands(db, client, clock):
    clock.set(WRITING)
    CallFactory(slug="running", opened_at=BEFORE)
    CallFactory(slug="waiting", opened_at=None)

    response = client.get(address_of("calls_csv"))

    rows = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert {row["call"]: row["state"] for row in rows} == {
        "running": "open",
        "waiting": "announced",
    }


@pytest.mark.parametrize(
    ("at", "change"),
    [(BEFORE, OPENS), (OPENS, CLOSES), (CLOSES - timedelta(seconds=1), CLOSES), (CLOSES, None)],
)
def test_the_next_change_by_the_clock_is_an_opening_or_a_closing(db, at, change):
    CallFactory(announced_at=BEFORE)
    CallFactory(announced_at=None, opened_at=None, closes_at=CLOSES + timedelta(days=9))

    assert next_change_of_calls(at) == change
