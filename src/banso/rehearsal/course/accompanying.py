"""The council beside a project: consents, a meeting, an agreed item, an item in confidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from banso.councils.commands.agreement.agree_item import agree_item
from banso.councils.commands.agreement.answer_item import answer_item
from banso.councils.commands.agreement.show_evidence import show_evidence
from banso.councils.commands.meetings.hold_meeting import hold_meeting
from banso.councils.commands.membership.accept_invitation import accept_invitation
from banso.councils.commands.membership.decline_invitation import decline_invitation
from banso.councils.commands.membership.invite_member import invite_member
from banso.councils.commands.preparation.consent_to_represent import consent_to_represent
from banso.councils.commands.preparation.establish_council import establish_council
from banso.councils.commands.preparation.name_representative import name_representative
from banso.councils.commands.preparation.prepare_council import prepare_council
from banso.councils.commands.preparation.record_consultation import record_consultation
from banso.protected.commands.accept_offer import accept_offer
from banso.protected.commands.decline_offer import decline_offer
from banso.protected.commands.offer_item import offer_item
from banso.protected.commands.open_item import open_item
from banso.rehearsal.course.proposing import CLOSES_AFTER_DAYS

if TYPE_CHECKING:
    from datetime import datetime

    from banso.councils.models import Council, Membership
    from banso.people.models import Person
    from banso.projects.models import Project
    from banso.protected.models import ProtectedItem
    from banso.rehearsal.course.proposing import Proposed
    from banso.rehearsal.scene import Scene

RESEARCH, NEEDS = "research-side", "needs-side"
PREPARED_AFTER_DAYS = CLOSES_AFTER_DAYS + 140


@dataclass(frozen=True, slots=True)
class Room:
    """An established council with its memberships by the code of who sits in it."""

    council: Council
    memberships: dict[str, Membership]


@dataclass(frozen=True, slots=True)
class Played:
    """A concept whose life cycle has been played to its end."""

    scene: Scene
    adopted: Proposed
    project: Project
    room: Room


def play_council(scene: Scene, adopted: Proposed, outsider: Person) -> Room:
    """Establish the council with its representative, and invite; the outsider declines."""
    council = _establish(scene, adopted)
    people = scene.cast.people
    invited = {
        "program-officer": (scene.program_officer, RESEARCH),
        "lead": (adopted.lead, RESEARCH),
        "member": (adopted.member, RESEARCH),
        "outsider": (outsider, RESEARCH),
        "ministry-officer": (people["ministry-officer"], NEEDS),
        "user-officer": (people["user-officer"], NEEDS),
        "company-member": (people["company-member"], NEEDS),
    }
    memberships = {
        code: _invite(scene, council, code, person=person, side=side)
        for code, (person, side) in invited.items()
    }
    return Room(council, memberships)


def _establish(scene: Scene, adopted: Proposed) -> Council:
    organiser, at = scene.cast.people["ministry-officer"], scene.on_day(PREPARED_AFTER_DAYS)
    representative = adopted.lead if scene.number % 2 else scene.program_officer
    act = scene.stage.act
    council = act(
        scene.step("prepare council"),
        prepare_council,
        organiser,
        at,
        concept_id=scene.concept.pk,
        kind="62-1" if scene.number % 2 else "63-4",
        organiser_id=scene.cast.bodies["ministry"].pk,
        fund_minister_id=None if scene.number % 2 else scene.cast.bodies["fund-ministry"].pk,
        is_sample=True,
    )
    act(
        scene.step("name representative"),
        name_representative,
        organiser,
        at,
        council_id=council.pk,
        person_id=representative.pk,
    )
    act(
        scene.step("consent to represent"),
        consent_to_represent,
        representative,
        at + timedelta(days=2),
        council_id=council.pk,
    )
    act(
        scene.step("consult"),
        record_consultation,
        organiser,
        at + timedelta(days=3),
        council_id=council.pk,
    )
    return act(
        scene.step("establish"),
        establish_council,
        organiser,
        at + timedelta(days=7),
        council_id=council.pk,
        bylaws_text="見本の規約です。座長は互選とし、議事は出席者の合意で決めます。",
    )


def _invite(scene: Scene, council: Council, code: str, *, person: Person, side: str) -> Membership:
    at = scene.on_day(PREPARED_AFTER_DAYS + 8)
    membership = scene.stage.act(
        scene.step(f"invite {code}"),
        invite_member,
        scene.cast.people["ministry-officer"],
        at,
        council_id=council.pk,
        person_id=person.pk,
        organisation_id=person.affiliations.get().organisation_id,
        side=side,
    )
    answer = decline_invitation if code == "outsider" else accept_invitation
    return scene.stage.act(
        scene.step(f"answer invitation {code}"),
        answer,
        person,
        at + timedelta(days=2),
        membership_id=membership.pk,
    )


def play_agreed_item(scene: Scene, room: Room, project: Project, lead: Person) -> None:
    """Hold a meeting, agree on one matter, and have the project answer and show evidence."""
    organiser, act = scene.cast.people["ministry-officer"], scene.stage.act
    at = scene.on_day(PREPARED_AFTER_DAYS + 30)
    meeting = act(
        scene.step("meet"),
        hold_meeting,
        organiser,
        at,
        council_id=room.council.pk,
        held_at=at,
        agenda=[("promotion", "実証の場所と時期"), ("information", "利用者から見た課題")],
        minutes="見本の議事です。実証の場所について意見を交わしました。",
    )
    item = act(
        scene.step("agree"),
        agree_item,
        organiser,
        at + timedelta(hours=2),
        agenda_item_id=meeting.agenda.get(number=1).pk,
        project_ids=[project.pk],
        text="見本の合意事項: 実証の一部を、利用者の設備で行うことを検討する。",
        research_side_took_part=True,
    )
    response = act(
        scene.step("answer"),
        answer_item,
        lead,
        at + timedelta(days=20),
        agreed_item_id=item.pk,
        project_id=project.pk,
        answer="adopt-in-part",
        reason="見本の理由: 二年目の試作は自らの設備で、三年目の実証は利用者の設備で行います。",
    )
    act(
        scene.step("evidence"),
        show_evidence,
        lead,
        at + timedelta(days=60),
        response_id=response.pk,
        evidence="見本の根拠: 実証計画の第2版に、利用者の設備での実施を加えました。",
    )


def play_confidence(scene: Scene, room: Room, adopted: Proposed) -> None:
    """Offer an item in confidence: the lead accepts and opens it, the member declines."""
    at, act = scene.on_day(PREPARED_AFTER_DAYS + 45), scene.stage.act
    provider = scene.cast.people["user-officer"]
    recipients = {"lead": adopted.lead, "member": adopted.member, "PO": scene.program_officer}
    item = offer_sample_item(scene, room, list(recipients.values()), provider=provider, at=at)
    offers = {offer.person_id: offer for offer in item.offers.all()}
    act(
        scene.step("accept item"),
        accept_offer,
        adopted.lead,
        at + timedelta(days=3),
        offer_id=offers[adopted.lead.pk].pk,
    )
    act(
        scene.step("decline item"),
        decline_offer,
        adopted.member,
        at + timedelta(days=4),
        offer_id=offers[adopted.member.pk].pk,
    )
    act(
        scene.step("open item"),
        open_item,
        adopted.lead,
        at + timedelta(days=5),
        item_id=item.pk,
    )


def offer_sample_item(
    scene: Scene,
    room: Room,
    recipients: list[Person],
    *,
    provider: Person,
    at: datetime,
    step: str = "offer",
) -> ProtectedItem:
    """Offer a sample item to the persons."""
    return scene.stage.act(
        scene.step(step),
        offer_item,
        provider,
        at,
        council_id=room.council.pk,
        title="【見本】利用者の運用条件",
        card="見本の説明です。運用条件の一部を、研究の設計に役立てていただくためにお渡しします。",
        origin="見本庁の運用記録",
        scope="運用条件の数値のうち三項目",
        silence_until=None,
        answers_until=at + timedelta(days=30),
        recipient_ids=[person.pk for person in recipients],
        is_sample=True,
        content="見本の内容です。稼働率は九割以上、応答は二秒以内、再起動は三分以内。",
    )
