"""C5: the tree's public size tells nothing of a single act."""

import datetime

import pytest
from django.conf import settings
from django.db import connection
from tests.acting import database_role

from banso.ledger.models import Checkpoint, Leaf, Pending
from banso.ledger.signing.keys import Keyring
from banso.ledger.signing.pace import (
    BEAT_TICKS,
    FEWEST,
    MOST,
    PLACES,
    SMALLEST_BURST,
    TICK_SECONDS,
    Growth,
    class_of,
    drawn_crowd,
    growth_at,
)
from banso.ledger.signing.sequencing import LogChanged, Sequencer
from banso.ledger.tree import TILE

MINUTE = 60
FIRST = datetime.datetime(2027, 5, 31, 3, tzinfo=datetime.UTC)


@pytest.mark.parametrize("crowd", range(FEWEST, MOST + 1))
@pytest.mark.parametrize("tick", range(BEAT_TICKS))
def test_in_a_quiet_hour_one_act_more_never_changes_the_growth(tick, crowd):
    sizes = {
        growth_at(tick, waiting, sealed, crowd=crowd).leaves
        for waiting in range(FEWEST)
        for sealed in range(FEWEST)
    }

    assert len(sizes) == 1


def test_what_waits_at_rest_has_its_place_within_a_minute():
    beats = -(-(FEWEST - 1) // PLACES)

    assert beats * BEAT_TICKS * TICK_SECONDS <= MINUTE


def test_a_crowd_is_placed_at_once_and_its_size_is_a_class():
    assert growth_at(1, 800, 0, crowd=MOST) == Growth(800, 0, 1024 + SMALLEST_BURST)
    assert growth_at(1, 10_000, 20, crowd=MOST) == Growth(4096, 20, 4096 + 32)
    assert {class_of(entries) for entries in range(1, 17)} == {SMALLEST_BURST}


@pytest.mark.parametrize("waiting", [0, 2, 4, 15, 16, 800, 10_000])
@pytest.mark.parametrize("crowd", [FEWEST, MOST])
@pytest.mark.parametrize("tick", [0, 1])
def test_sealed_entries_never_make_another_wait_and_never_show_in_the_size(tick, crowd, waiting):
    seen = {
        (growth.entries, growth.leaves)
        for sealed in range(FEWEST)
        for growth in [growth_at(tick, waiting, sealed, crowd=crowd)]
    }

    assert len(seen) == 1


def test_where_a_crowd_begins_is_drawn_anew():
    drawn = {drawn_crowd() for _ in range(400)}

    assert min(drawn) >= FEWEST
    assert max(drawn) <= MOST
    assert len(drawn) > 1


def beat_at(tmp_path, clock, tick, crowd=MOST):
    """Let the worker beat at a tick, in its own role, with keys of this test."""
    clock.set(FIRST + datetime.timedelta(seconds=tick * TICK_SECONDS))
    with database_role(settings.DATABASE_ROLES["sequencer"]):
        keyring = Keyring.open(tmp_path / "ledger-keys", settings.LEDGER_ORIGIN, at=FIRST)
        return Sequencer(keyring).beat(crowd=crowd)


def as_owner(statement):
    with database_role(settings.DATABASE_ROLES["owner"]), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_tree_grows_alike_whether_somebody_acted_or_nobody_did(
    transactional_db, tmp_path, clock, act
):
    def grown_from(tick):
        return [
            (beat_at(tmp_path, clock, tick + later), Leaf.objects.count(), tree_sizes())
            for later in range(BEAT_TICKS)
        ]

    quiet = grown_from(0)
    act()
    with_an_act = grown_from(BEAT_TICKS)

    assert sum(placed for placed, _, _ in quiet) == 0
    assert sum(placed for placed, _, _ in with_an_act) == 1
    assert [size for _, size, _ in quiet] == [2 * PLACES] * BEAT_TICKS
    assert [size - 2 * PLACES for _, size, _ in with_an_act] == [2 * PLACES] * BEAT_TICKS
    assert with_an_act[-1][-1] == [2 * PLACES, 4 * PLACES]
    assert Pending.objects.count() == 0


def tree_sizes():
    return list(Checkpoint.objects.order_by("size").values_list("size", flat=True))


def test_a_crowd_has_its_places_at_the_next_tick_and_no_tick_grows_twice(
    transactional_db, tmp_path, clock, act
):
    for _ in range(20):
        act()

    assert beat_at(tmp_path, clock, 1) == 20
    assert beat_at(tmp_path, clock, 1) == 0
    assert Leaf.objects.count() == 32 + SMALLEST_BURST
    assert Leaf.objects.filter(entry__isnull=False).count() == 20


def test_the_sequencer_refuses_to_sign_past_a_changed_leaf_of_a_finished_tile(
    transactional_db, tmp_path, clock, act
):
    for _ in range(130):
        act()
    beat_at(tmp_path, clock, 1)
    assert Leaf.objects.count() == TILE + SMALLEST_BURST
    as_owner("UPDATE ledger_leaf SET hash = sha256('other') WHERE index = 100")

    with pytest.raises(LogChanged, match="not those that were signed"):
        beat_at(tmp_path, clock, BEAT_TICKS)
