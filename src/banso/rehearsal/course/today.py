"""What is left to do today, so that whoever steps into a role finds work of that role."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from banso.calls.commands.announce_call import announce_call
from banso.calls.commands.open_call import open_call
from banso.councils.commands.agreement.agree_item import agree_item
from banso.councils.commands.meetings.hold_meeting import hold_meeting
from banso.councils.commands.membership.invite_member import invite_member
from banso.people.actors import AGENCY_OFFICER
from banso.people.commands.offices.propose_appointment import propose_appointment
from banso.people.commands.persons.enter_person import enter_person
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.rehearsal.cast import researcher
from banso.rehearsal.course.accompanying import RESEARCH, offer_sample_item
from banso.rehearsal.course.proposing import MILLION_YEN, write_proposal
from banso.rehearsal.course.publishing import plan_sample_result
from banso.rehearsal.scene import NOON, TOKYO
from banso.review.commands.assign_reviewer import assign_reviewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.calls.models import Call
    from banso.people.models import Person
    from banso.rehearsal.course.accompanying import Played
    from banso.rehearsal.scene import Scene


def play_today(played: Sequence[Played], now: datetime) -> None:
    """Open a call, close another, and leave a question with each of the others."""
    room, open_scene, closed_scene = played[0], played[1].scene, played[2].scene
    _leave_proposals_in_progress(open_scene, now)
    _leave_a_review_to_do(closed_scene, now)
    _leave_questions_in_the_room(room, now)
    _leave_records_to_settle(room.scene, now)


def _noon(now: datetime, days: int) -> datetime:
    return datetime.combine((now.astimezone(TOKYO) + timedelta(days=days)).date(), NOON)


def _call(scene: Scene, now: datetime, *, opens: int, closes: int) -> Call:
    announced_at = _noon(now, opens - 10)
    call = scene.stage.act(
        scene.step("announce today's call"),
        announce_call,
        scene.officer,
        announced_at,
        concept_id=scene.concept.pk,
        slug=f"sample-{scene.concept.slug}-2",
        fiscal_year=(announced_at - timedelta(days=90)).year,
        round=2,
        type="project",
        slots=1,
        title_ja=f"【見本】{scene.concept.title} 第2回公募",
        title_en=f"[Sample] Second call for {scene.concept.slug.upper()}",
        summary_ja="見本の公募です。埋まらなかった公募枠について、もう一度提案を募集します。",
        summary_en="A sample second call, for a slot that was not filled.",
        guidelines_ja="見本の公募要領です。提案書(PDF)一つを、所属機関の承認を得て提出します。",
        guidelines_en="Sample guidelines: one proposal (PDF), approved by the institution.",
        ceiling_yen=1_000 * MILLION_YEN,
        opens_at=_noon(now, opens),
        closes_at=_noon(now, closes),
        is_sample=True,
    )
    return scene.stage.act(
        scene.step("open today's call"),
        open_call,
        scene.officer,
        announced_at + timedelta(days=1),
        call_id=call.pk,
    )


def _newcomer(scene: Scene, code: str, number: int) -> Person:
    """Register a researcher whom only today's work knows."""
    return researcher(scene.stage, code, number, scene.cast.bodies["university"])


def _leave_proposals_in_progress(scene: Scene, now: datetime) -> None:
    """Leave one draft with its applicant and one proposal with its institution."""
    call = _call(scene, now, opens=-20, closes=25)
    member = _newcomer(scene, "today-member", 61)
    for number, code in ((62, "today-applicant"), (63, "today-sender")):
        lead = _newcomer(scene, code, number)
        proposal = write_proposal(scene, call, code, lead=lead, member=member, at=_noon(now, -5))
        if code == "today-sender":
            scene.stage.act(
                scene.step(f"{code} send"),
                send_to_institution,
                lead,
                _noon(now, -2),
                proposal_id=proposal.pk,
            )


def _leave_a_review_to_do(scene: Scene, now: datetime) -> None:
    """Leave a received proposal with a reviewer who has not pledged yet."""
    call, act = _call(scene, now, opens=-60, closes=-3), scene.stage.act
    lead, member = _newcomer(scene, "today-proposer", 64), _newcomer(scene, "today-partner", 65)
    proposal = write_proposal(scene, call, "recent", lead=lead, member=member, at=_noon(now, -20))
    proposal = act(
        scene.step("recent send"),
        send_to_institution,
        lead,
        _noon(now, -15),
        proposal_id=proposal.pk,
    )
    act(
        scene.step("recent approve"),
        approve_proposal,
        scene.cast.people["university-officer"],
        _noon(now, -14),
        proposal_id=proposal.pk,
        version=proposal.version,
    )
    act(
        scene.step("recent submit"),
        submit_proposal,
        lead,
        _noon(now, -10),
        proposal_id=proposal.pk,
    )
    act(
        scene.step("recent assign"),
        assign_reviewer,
        scene.officer,
        _noon(now, -2),
        proposal_id=proposal.pk,
        person_id=scene.cast.people["reviewer"].pk,
    )


def _leave_questions_in_the_room(played: Played, now: datetime) -> None:
    """Leave an agreed item to answer, an offer, an invitation, and a result to publish."""
    scene, room, act = played.scene, played.room, played.scene.stage.act
    organiser = scene.cast.people["ministry-officer"]
    meeting = act(
        scene.step("meet today"),
        hold_meeting,
        organiser,
        _noon(now, -12),
        council_id=room.council.pk,
        held_at=_noon(now, -12),
        agenda=[("promotion", "実証の結果の伝え方")],
        minutes="見本の議事です。実証の結果を利用者へ伝える方法について意見を交わしました。",
    )
    act(
        scene.step("agree today"),
        agree_item,
        organiser,
        _noon(now, -11),
        agenda_item_id=meeting.agenda.get(number=1).pk,
        project_ids=[played.project.pk],
        text="見本の合意事項: 実証の結果を、年に二回、利用者に説明することを検討する。",
        research_side_took_part=True,
    )
    offer_sample_item(
        scene,
        room,
        [played.adopted.lead, scene.program_officer, scene.cast.people["company-member"]],
        provider=scene.cast.people["user-officer"],
        at=_noon(now, -4),
        step="offer today",
    )
    invited = _newcomer(scene, "today-invited", 66)
    act(
        scene.step("invite today"),
        invite_member,
        organiser,
        _noon(now, -3),
        council_id=room.council.pk,
        person_id=invited.pk,
        organisation_id=scene.cast.bodies["university"].pk,
        side=RESEARCH,
    )
    plan_sample_result(
        scene, played.project, played.adopted.lead, "paper", at=_noon(now, -6), step="today"
    )


def _leave_records_to_settle(scene: Scene, now: datetime) -> None:
    """Propose an officer whom another one confirms, and enter somebody a second time."""
    people, bodies = scene.cast.people, scene.cast.bodies
    scene.stage.act(
        "propose an officer of the agency",
        propose_appointment,
        people["JST-registrar"],
        now,
        person_id=people["reviewer"].pk,
        role=AGENCY_OFFICER,
        organisation_id=bodies["JST"].pk,
        from_on=now.astimezone(TOKYO).date(),
    )
    for step, values in (
        ("once", {"erad_number": "12345678", "family_name_kana": "ミホンバシ"}),
        ("again", {"orcid": "0000-0002-1825-0097", "family_name_en": "Mihombashi"}),
    ):
        scene.stage.act(
            f"enter a person {step}",
            enter_person,
            people["university-registrar"],
            now,
            values={"family_name": "見本橋", "given_name": "渚", **values},
            organisation_id=bodies["university"].pk,
            unit="工学部",
            from_on=now.astimezone(TOKYO).date(),
        )
