"""A-37, A-102: acts that lock the same rows at once end, all of them, without a deadlock."""

import pytest
from tests.councils.factories import AgendaItemFactory, MembershipFactory
from tests.people.factories import PersonFactory
from tests.results.factories import CLEAR, ENDS_ON, GRAVE, NOW, REVIEW_ON, ResultFactory

from banso.councils.commands.agreement.agree_item import agree_item
from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.decline_invitation import decline_invitation
from banso.councils.commands.membership.invite_member import invite_member
from banso.councils.commands.membership.leave_council import leave_council
from banso.councils.commands.preparation.name_representative import name_representative
from banso.councils.models import Membership
from banso.people.queries.actors import actor_for
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.publish_result import publish_result
from banso.results.commands.request_withholding import request_withholding
from banso.results.commands.take_back_request import take_back_request
from banso.results.models import Result, Withholding


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

    def take_back(self, _dice):
        asked = Withholding.objects.exclude(state="ended").order_by("requested_at", "pk").first()
        take_back_request(
            actor=acting(self.world.official.pk),
            withholding_id=(asked or Withholding()).pk,
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
            *(self.withhold, self.publish, self.agree, self.represent, self.take_back),
        ]


@pytest.mark.assurance("A-37", "A-102")
def test_inviting_and_answering_at_once_never_stop_each_other(world, act_at_once):
    room = Room(world)
    room.guests = room.guests[:1]
    MembershipFactory(council=world.council, person_id=room.guests[0], accepted_at=None)
    room.withhold(None)

    act_at_once(
        [room.invite, room.answer],
        recorded={"councils.invite_member", "results.answer_withholding"},
    )


@pytest.mark.assurance("A-37", "A-102")
def test_many_who_act_on_one_room_at_once_never_stop_each_other(world, act_at_once):
    room = Room(world)
    MembershipFactory(council=world.council, person_id=room.guests[0])
    for _ in range(5):
        room.withhold(None)

    act_at_once(
        room.everything(), recorded={"councils.invite_member", "results.request_withholding"}
    )
