"""A-37: acts that lock the same rows at once end, all of them, without a deadlock."""

import logging
import threading
import time
from random import Random

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.db.models import ObjectDoesNotExist
from tests.councils.factories import AgendaItemFactory, MembershipFactory
from tests.people.factories import PersonFactory
from tests.results.factories import CLEAR, ENDS_ON, GRAVE, NOW, REVIEW_ON, ResultFactory

from banso.councils.commands.accept_invitation import accept_invitation
from banso.councils.commands.agree_item import agree_item
from banso.councils.commands.decline_invitation import decline_invitation
from banso.councils.commands.invite_member import invite_member
from banso.councils.commands.leave_council import leave_council
from banso.councils.commands.name_representative import name_representative
from banso.councils.models import Membership
from banso.ledger.models import Entry
from banso.people.queries import actor_for
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.publish_result import publish_result
from banso.results.commands.request_withholding import request_withholding
from banso.results.models import Result, Withholding
from banso.rulebook.verdicts import Refused

WRITERS = 8
SECONDS = 6.0
# What an act meets when another one came first, and what the pages answer with words.
ANSWERS = (Refused, ObjectDoesNotExist, IntegrityError)


def acting(person_id):
    return actor_for(person_id, on=NOW.date())


class Room:
    """A council with everybody who acts on it at once."""

    def __init__(self, world):
        self.world = world
        self.guests = [PersonFactory().pk for _ in range(4)]
        self.agenda_item = AgendaItemFactory(meeting__council=world.council)

    def invite(self, dice):
        invite_member(
            actor=acting(self.world.official.pk),
            council_id=self.world.council.pk,
            person_id=dice.choice(self.guests),
            organisation_id=self.world.ministry.pk,
            side="needs-side",
            at=NOW,
        )

    def reply(self, dice):
        person = dice.choice(self.guests)
        seat = Membership.objects.filter(person_id=person).latest("invited_at", "pk")
        act = dice.choice([accept_invitation, decline_invitation, leave_council])
        act(actor=acting(person), membership_id=seat.pk, at=NOW)

    def withhold(self, _dice):
        result = ResultFactory(
            project=self.world.project, authors=[self.world.author], is_presented_to_council=True
        )
        request_withholding(
            actor=acting(self.world.official.pk),
            result_id=result.pk,
            council_id=self.world.council.pk,
            part="第三節の加工条件",
            reason="兵器の製造に使われることが明らかです。",
            clear_diversion=CLEAR,
            grave_effect=GRAVE,
            ends_on=ENDS_ON,
            review_on=REVIEW_ON,
            at=NOW,
        )

    def answer(self, dice):
        asked = Withholding.objects.exclude(state="ended").order_by("-requested_at", "pk")[:5]
        answer_withholding(
            actor=acting(dice.choice([*self.guests, self.world.company.pk])),
            withholding_id=dice.choice(list(asked) or [Withholding()]).pk,
            stance=dice.choice(["consent", "take-back"]),
            at=NOW,
        )

    def publish(self, dice):
        planned = list(Result.objects.filter(published_at=None)[5:10]) or [Result()]
        publish_result(
            actor=acting(self.world.author.pk), result_id=dice.choice(planned).pk, at=NOW
        )

    def agree(self, _dice):
        agree_item(
            actor=acting(self.world.official.pk),
            agenda_item_id=self.agenda_item.pk,
            project_ids=[self.world.project.pk],
            text="夜間の試験を加えます。",
            research_side_took_part=False,
            at=NOW,
        )

    def represent(self, _dice):
        name_representative(
            actor=acting(self.world.official.pk),
            council_id=self.world.council.pk,
            person_id=self.world.project.lead_id,
            at=NOW,
        )

    def everything(self):
        return [
            *[self.invite] * 6,
            *[self.answer] * 6,
            *[self.reply] * 3,
            *(self.withhold, self.publish, self.agree, self.represent),
        ]


def dawdle(execute, sql, params, many, context):
    """Stay a while with each lock, so that others come in between."""
    found = execute(sql, params, many, context)
    if sql.startswith("SELECT") and "UPDATE" in sql:
        time.sleep(0.03)
    return found


class Writer(threading.Thread):
    """One who acts again and again, at random."""

    def __init__(self, acts, seed, until):
        super().__init__()
        self.dice, self.until, self.faults = Random(seed), until, []  # noqa: S311 - no secret
        self.acts, self.tried = acts, 0

    def run(self):
        try:
            with connection.execute_wrapper(dawdle):
                while time.monotonic() < self.until and not self.faults:
                    self.act()
        finally:
            connection.close()

    def act(self):
        self.tried += 1
        try:
            self.dice.choice(self.acts)(self.dice)
        except ANSWERS:
            pass
        except OperationalError as fault:
            self.faults.append(fault)


@pytest.fixture(autouse=True)
def _a_connection_for_each(transactional_db, monkeypatch):
    """A process keeps few connections; here every writer has to hold one at the same time."""
    options = connection.settings_dict["OPTIONS"]
    size = WRITERS + 2
    pool = {**options["pool"], "min_size": size, "max_size": size}
    connection.close()
    connection.close_pool()
    with monkeypatch.context() as patch:
        patch.setitem(options, "pool", pool)
        yield
        connection.close()
        connection.close_pool()


def each_acts_at_once(room, acts, caplog):
    until = time.monotonic() + SECONDS
    writers = [Writer(acts, seed, until) for seed in range(WRITERS)]
    with caplog.at_level(logging.WARNING, logger="banso.ledger.record"):
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(SECONDS + 60)
    assert not [writer for writer in writers if writer.is_alive()]
    assert [fault for writer in writers for fault in writer.faults] == []
    assert [line.getMessage() for line in caplog.records if "gave way" in line.getMessage()] == []
    assert all(writer.tried > 1 for writer in writers)
    return set(Entry.objects.values_list("act", flat=True))


@pytest.mark.assurance("A-37")
@pytest.mark.django_db(transaction=True)
def test_inviting_and_answering_at_once_never_stop_each_other(world, caplog):
    room = Room(world)
    room.guests = room.guests[:1]
    MembershipFactory(council=world.council, person_id=room.guests[0], accepted_at=None)
    room.withhold(None)

    acts = each_acts_at_once(room, [room.invite, room.answer], caplog)

    assert acts >= {"councils.invite_member", "results.answer_withholding"}


@pytest.mark.assurance("A-37")
@pytest.mark.django_db(transaction=True)
def test_many_who_act_on_one_room_at_once_never_stop_each_other(world, caplog):
    room = Room(world)
    MembershipFactory(council=world.council, person_id=room.guests[0])
    for _ in range(5):
        room.withhold(None)

    acts = each_acts_at_once(room, room.everything(), caplog)

    assert acts >= {"councils.invite_member", "results.request_withholding"}
