"""From the announcement of a call to receipts, for one concept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from banso.calls.commands.announce_call import announce_call
from banso.calls.commands.open_call import open_call
from banso.people.actors import PROGRAM_OFFICER
from banso.people.commands.registry.appoint import appoint
from banso.proposals.commands.drafting.attach_file import attach_file
from banso.proposals.commands.drafting.draft_proposal import draft_proposal
from banso.proposals.commands.drafting.edit_proposal import edit_proposal
from banso.proposals.commands.institution.approve_proposal import approve_proposal
from banso.proposals.commands.institution.send_to_institution import send_to_institution
from banso.proposals.commands.submission.submit_proposal import submit_proposal
from banso.rehearsal.sample_files import sample_pdf
from banso.web.file_store import store

if TYPE_CHECKING:
    from datetime import datetime

    from banso.calls.models import Call
    from banso.people.models import Person
    from banso.proposals.models import Proposal
    from banso.rehearsal.scene import Scene

MILLION_YEN = 1_000_000
OPENS_AFTER_DAYS, CLOSES_AFTER_DAYS = 14, 74


@dataclass(frozen=True, slots=True)
class Proposed:
    """A submitted proposal with the people behind it."""

    proposal: Proposal
    lead: Person
    member: Person


def play_call(scene: Scene) -> Call:
    """Announce the call, appoint the PO without whom it may not open (G1), and open it."""
    title = scene.concept.title
    call = scene.stage.act(
        scene.step("announce"),
        announce_call,
        scene.officer,
        scene.on_day(0),
        concept_id=scene.concept.pk,
        slug=f"sample-{scene.concept.slug}-1",
        fiscal_year=scene.on_day(-90).year,
        round=1,
        type="project" if scene.number % 3 else "individual-research",
        slots=1,
        title_ja=f"【見本】{title} 第1回公募",
        title_en=f"[Sample] First call for {scene.concept.slug.upper()}",
        summary_ja="見本の公募です。構想に沿う研究開発の提案を募集します。",
        summary_en="A sample call for R&D proposals under this concept.",
        guidelines_ja="見本の公募要領です。提案書(PDF)一つを、所属機関の承認を得て提出します。",
        guidelines_en="Sample guidelines: one proposal (PDF), approved by the institution.",
        ceiling_yen=scene.dice("ceiling").randrange(10, 80) * 100 * MILLION_YEN,
        opens_at=scene.on_day(OPENS_AFTER_DAYS),
        closes_at=scene.on_day(CLOSES_AFTER_DAYS),
        is_sample=True,
    )
    appoint_program_officer(scene, scene.on_day(7))
    return scene.stage.act(
        scene.step("open"), open_call, scene.officer, scene.on_day(10), call_id=call.pk
    )


def appoint_program_officer(scene: Scene, at: datetime) -> None:
    """Let the agency's officer appoint the PO of the concept."""
    scene.stage.act(
        scene.step("appoint PO"),
        appoint,
        scene.officer,
        at,
        person_id=scene.program_officer.pk,
        role=PROGRAM_OFFICER,
        organisation_id=scene.agency.pk,
        scope_id=scene.concept.pk,
        from_on=at.date(),
    )


def play_proposal(scene: Scene, call: Call, number: int) -> Proposed:
    """Draft, approve and submit one proposal in the weeks before closing."""
    body, institution_officer = scene.institution(number)
    lead = scene.researcher(f"lead {number}", number, body)
    member = scene.researcher(f"member {number}", number + 90, body)
    day = OPENS_AFTER_DAYS + 5 + scene.dice("day", number).randrange(30)
    step, act = f"proposal {number}", scene.stage.act
    proposal = write_proposal(scene, call, step, lead=lead, member=member, at=scene.on_day(day))
    at = scene.on_day(day + 3)
    proposal = act(
        scene.step(f"{step} send"), send_to_institution, lead, at, proposal_id=proposal.pk
    )
    proposal = act(
        scene.step(f"{step} approve"),
        approve_proposal,
        institution_officer,
        at + timedelta(hours=3),
        proposal_id=proposal.pk,
        version=proposal.version,
    )
    act(
        scene.step(f"{step} submit"),
        submit_proposal,
        lead,
        at + timedelta(hours=4),
        proposal_id=proposal.pk,
    )
    return Proposed(proposal, lead, member)


def write_proposal(
    scene: Scene, call: Call, step: str, *, lead: Person, member: Person, at: datetime
) -> Proposal:
    """Write a draft with its content and its PDF."""
    act, title = scene.stage.act, f"【見本】{scene.concept.title}に関する提案"
    wanted_yen = scene.dice(step).randrange(200, 2000) * MILLION_YEN
    proposal = act(
        scene.step(f"{step} draft"),
        draft_proposal,
        lead,
        at,
        call_id=call.pk,
        institution_id=lead.affiliations.get().organisation_id,
        title_ja=title,
        is_sample=True,
    )
    act(
        scene.step(f"{step} edit"),
        edit_proposal,
        lead,
        at + timedelta(hours=1),
        proposal_id=proposal.pk,
        title_ja=title,
        title_en=f"[Sample] A proposal for {scene.concept.slug.upper()}",
        abstract="見本の提案です。観測と計算を組み合わせ、使う側と早い段階から確かめながら進めます。",
        core_technology="コア重要技術: 見本の信号処理手法。措置: 保管場所と閲覧者を限ります。",
        requested_yen=min(wanted_yen, call.ceiling_yen or wanted_yen),
        member_ids=(member.pk,),
        effort_percent=30,
    )
    pdf = store([sample_pdf(scene.step(step))])
    act(
        scene.step(f"{step} attach"),
        attach_file,
        lead,
        at + timedelta(hours=2),
        proposal_id=proposal.pk,
        part="proposal",
        name="sample-proposal.pdf",
        sha256=pdf.sha256,
        size=pdf.size,
    )
    return proposal
