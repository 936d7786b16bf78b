"""From assignment to letters and the project, for one concept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from banso.projects.commands.start_project import start_project
from banso.rehearsal.course.proposing import CLOSES_AFTER_DAYS, MILLION_YEN
from banso.review.commands.assign_reviewer import assign_reviewer
from banso.review.commands.decide_proposal import decide_proposal
from banso.review.commands.declare_conflict import declare_conflict
from banso.review.commands.examine_security import examine_security
from banso.review.commands.pledge_secrecy import pledge_secrecy
from banso.review.commands.submit_assessment import submit_assessment

if TYPE_CHECKING:
    from banso.projects.models import Project
    from banso.rehearsal.course.proposing import Proposed
    from banso.rehearsal.scene import Scene

OUTCOMES = ("adopt", "reserve", "not-adopt")
REASONS = {
    "adopt": "見本の理由です。成果の使い道が具体的で、体制も計画に見合っています。",
    "reserve": "見本の理由です。内容は優れていますが、公募枠の数により次点とします。",
    "not-adopt": "見本の理由です。実施計画の一部に、実現の道筋が示されていません。",
}
DECIDED_AFTER_DAYS, STARTED_AFTER_DAYS = 60, 120


def outcome_of(number: int) -> str:
    """Tell what becomes of a proposal: one is adopted, one in reserve, the others are not."""
    return OUTCOMES[min(number, len(OUTCOMES) - 1)]


def play_assessment(scene: Scene, proposed: Proposed, number: int) -> None:
    """Have one reviewer declare a tie and step aside, and another judge the merit."""
    people, at = scene.cast.people, scene.on_day(CLOSES_AFTER_DAYS + 7)
    proposal_id, act, step = proposed.proposal.pk, scene.stage.act, f"review {number}"
    for code, conflict in (("reviewer-with-tie", "joint-author"), ("reviewer", "")):
        assignment = act(
            scene.step(f"{step} assign {code}"),
            assign_reviewer,
            scene.officer,
            at,
            proposal_id=proposal_id,
            person_id=people[code].pk,
        )
        at += timedelta(days=1)
        act(
            scene.step(f"{step} pledge {code}"),
            pledge_secrecy,
            people[code],
            at,
            assignment_id=assignment.pk,
        )
        act(
            scene.step(f"{step} declare {code}"),
            declare_conflict,
            people[code],
            at + timedelta(minutes=5),
            assignment_id=assignment.pk,
            conflict=conflict,
        )
    dice = scene.dice(step)
    act(
        scene.step(f"{step} assess"),
        submit_assessment,
        people["reviewer"],
        at + timedelta(days=14),
        assignment_id=assignment.pk,
        feasibility=dice.randint(4, 5) if number == 0 else dice.randint(2, 4),
        soundness=dice.randint(4, 5) if number == 0 else dice.randint(2, 4),
        comment="見本の講評です。研究の内容と使い道を、公募要領の観点に沿って評価しました。",
    )


def play_decision(scene: Scene, proposed: Proposed, number: int) -> None:
    """Examine what is about to be adopted, after merit (V4), and tell everyone (K8)."""
    at, outcome = scene.on_day(CLOSES_AFTER_DAYS + DECIDED_AFTER_DAYS), outcome_of(number)
    if outcome == "adopt":
        scene.stage.act(
            scene.step(f"examine {number}"),
            examine_security,
            scene.officer,
            at - timedelta(days=7),
            proposal_id=proposed.proposal.pk,
            measures="見本の措置: 試料の保管場所を施錠し、閲覧者を半年ごとに見直してください。",
        )
    scene.stage.act(
        scene.step(f"decide {number}"),
        decide_proposal,
        scene.officer,
        at,
        proposal_id=proposed.proposal.pk,
        recommendation=outcome,
        outcome=outcome,
        reasons=REASONS[outcome],
    )


def play_project(scene: Scene, adopted: Proposed) -> Project:
    """Start the adopted project with its team and its first plan."""
    at = scene.on_day(CLOSES_AFTER_DAYS + STARTED_AFTER_DAYS)
    start = at.date()
    return scene.stage.act(
        scene.step("start project"),
        start_project,
        scene.officer,
        at,
        proposal_id=adopted.proposal.pk,
        code=f"SAMPLE-{scene.concept.slug.upper()}",
        summary_ja="見本の課題です。観測と計算を組み合わせた手法を開発し、実証します。",
        summary_en="A sample project: develops and demonstrates a method of observation.",
        amount_yen=scene.dice("amount").randrange(200, 2000) * MILLION_YEN,
        starts_on=start,
        ends_on=start.replace(year=start.year + 5, day=1),
        plan_text="見本の計画です。一年目に設計、二年目に試作、三年目に実証を行います。",
    )
