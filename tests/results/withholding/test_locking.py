"""Nobody joins or leaves between counting consents and committing them (A-37)."""

import threading
import time

import pytest
from django.db import connection, transaction
from tests.councils.factories import MembershipFactory
from tests.results.factories import NOW

from banso.people.queries.actors import actor_for
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.models import Withholding

WITHIN = 30.0


def answer(world, asked, *members):
    for member in members:
        answer_withholding(
            actor=actor_for(getattr(world, member).pk, on=NOW.date()),
            withholding_id=asked.pk,
            stance="consent",
            at=NOW,
        )


def answer_in_the_background(world, asked, member):
    def run():
        try:
            answer(world, asked, member)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def wait_until_someone_waits():
    deadline = time.monotonic() + WITHIN
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waits for the room")


def leave(world):
    seat = world.seats["company"]
    seat.left_at = NOW
    seat.save()


def accept(world):
    seat = world.invited
    seat.accepted_at = NOW
    seat.save()


@pytest.mark.assurance("A-37")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [leave, accept])
def test_the_last_consent_waits_for_who_is_just_joining_or_leaving(world, ask, change):
    world.invited = MembershipFactory(council=world.council, accepted_at=None)
    asked = ask()
    answer(world, asked, "official", "company")

    with transaction.atomic():
        change(world)
        last = answer_in_the_background(world, asked, "researcher")
        wait_until_someone_waits()
    last.join(WITHIN)

    assert Withholding.objects.get(pk=asked.pk).state == "open"
