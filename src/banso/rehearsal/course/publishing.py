"""Results are published; a request to withhold ends; leaving a council costs nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from banso.councils.commands.membership.leave_council import leave_council
from banso.projects.commands.request_team_change import request_team_change
from banso.rehearsal.course.accompanying import PREPARED_AFTER_DAYS
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.plan_result import plan_result
from banso.results.commands.publish_result import publish_result
from banso.results.commands.request_withholding import request_withholding

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.models import Person
    from banso.projects.models import Project
    from banso.rehearsal.course.accompanying import Room
    from banso.rehearsal.course.proposing import Proposed
    from banso.rehearsal.scene import Scene
    from banso.results.models import Result
    from banso.rulebook.verdicts import Verdict

SUMMARY = (
    "見本の成果です。海面の動きを観測し、計算と組み合わせて位置を求めました。"
    "位置の精度は二センチメートルで、三年目の実証で確かめました。"
)
PUBLISHED_AFTER_DAYS = PREPARED_AFTER_DAYS + 200


def play_publication(scene: Scene, project: Project, lead: Person) -> None:
    """Plan a paper and publish it; nothing stands between (R2)."""
    at = scene.on_day(PUBLISHED_AFTER_DAYS)
    paper = plan_sample_result(scene, project, lead, "paper", at=at - timedelta(days=60))
    scene.stage.act(
        scene.step("publish"),
        publish_result,
        lead,
        at,
        result_id=paper.pk,
        doi=f"10.0000/sample.{scene.concept.slug}",
    )


def plan_sample_result(
    scene: Scene, project: Project, author: Person, kind: str, *, at: datetime, step: str = ""
) -> Result:
    """Plan a result that the team presents to its council."""
    names = {"paper": "論文", "data": "データ"}
    return scene.stage.act(
        scene.step(f"plan {kind} {step}".strip()),
        plan_result,
        author,
        at,
        project_id=project.pk,
        kind=kind,
        title_ja=f"【見本】{scene.concept.title}の{names[kind]}",
        title_en=f"[Sample] A {kind} of {project.code}",
        summary=SUMMARY,
        author_ids=[author.pk],
        presented_to_council=True,
        is_sample=True,
    )


def play_withholding(scene: Scene, room: Room, project: Project, adopted: Proposed) -> None:
    """Have a ministry ask to withhold a part; one member's refusal ends it (R5)."""
    at = scene.on_day(PUBLISHED_AFTER_DAYS + 30)
    data = plan_sample_result(scene, project, adopted.lead, "data", at=at)
    withholding = scene.stage.act(
        scene.step("ask to withhold"),
        request_withholding,
        scene.cast.people["user-officer"],
        at + timedelta(days=10),
        result_id=data.pk,
        council_id=room.council.pk,
        part="位置の精度は二センチメートル",
        reason="見本の理由: 海外での懸念される用途に転用されることが明らかで、影響が重大です。",
        clear_diversion="見本の記述: この精度を使う懸念される用途が海外にあり、転用は明らかです。",
        grave_effect="見本の記述: 公表されると、海上の安全に取り返しのつかない影響が生じます。",
        ends_on=(at + timedelta(days=365)).date(),
        review_on=(at + timedelta(days=180)).date(),
    )
    scene.stage.act(
        scene.step("refuse to withhold"),
        answer_withholding,
        adopted.lead,
        at + timedelta(days=12),
        withholding_id=withholding.pk,
        stance="refuse",
    )


def play_leaving(scene: Scene, room: Room, project: Project, adopted: Proposed) -> Verdict:
    """Let the member leave the council, and see that the team cannot be changed for it (C5)."""
    at = scene.on_day(PUBLISHED_AFTER_DAYS + 60)
    scene.stage.act(
        scene.step("leave"),
        leave_council,
        adopted.member,
        at,
        membership_id=room.memberships["member"].pk,
    )
    return scene.stage.refused(
        request_team_change,
        scene.officer,
        at + timedelta(days=5),
        project_id=project.pk,
        member_id=project.team.get(person_id=adopted.member.pk).pk,
        ground="left-council",
        explanation="見本の申請: 協議会を離れたため。",
    )
