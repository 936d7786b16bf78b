"""Reading calls and proposals: the public list, one's own, an institution's, an agency's."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from django.db.models import Case, Count, F, Min, Q, Value, When
from django.utils.timezone import localdate

from banso.calls.models import Call, CallEdition, Proposal, ProposalFile, Receipt, TeamMember
from banso.catalogue.models import Concept, ProgramBody
from banso.ledger.commitments import canonical_json
from banso.people.models import Affiliation, Organisation, Person
from banso.rulebook.calls import may_receive, may_submit_version, missing_parts
from banso.web.file_store import verify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model, QuerySet

    from banso.people.actors import Actor
    from banso.rulebook.verdicts import Verdict

REQUIRED_CONTENT: Final = ("abstract", "core-technology", "requested-amount")
REQUIRED_PARTS: Final = frozenset({"proposal"})
# Where a proposal stands; every other field is content, which an approval covers (K3).
STANDING: Final = frozenset(
    {
        "id",
        "drafted_at",
        "version",
        "sent_to_institution_at",
        "approved_version",
        "approved_by",
        "approved_at",
        "returned_at",
        "return_comment",
        "submitted_at",
        "is_sample",
    }
)


def calls(at: datetime, *, state: str = "", agency: str = "") -> QuerySet[Call]:
    """List announced calls: those still to close by their deadline, then the latest closed.

    `standing` is the code of each one's state at the instant, for files of the list.
    """
    chosen = Q(announced_at__isnull=False)
    if state:
        chosen &= _standing(at).get(state, Q(pk=None))
    if agency:
        chosen &= Q(agency__short_name=agency)
    running = When(closes_at__gt=at, then=F("closes_at"))
    standing = [When(meant, then=Value(code)) for code, meant in _standing(at).items()]
    return (
        Call.objects.filter(chosen)
        .annotate(standing=Case(*standing, default=Value(Call.State.DRAFT)))
        .select_related("concept", "agency")
        .order_by(Case(running).asc(nulls_last=True), "-closes_at", "slug")
    )


def open_calls(at: datetime) -> QuerySet[Call]:
    """List the calls that receive proposals at an instant, by their deadline."""
    return calls(at, state=Call.State.OPEN)


def calls_of_concept(concept_id: UUID) -> QuerySet[Call]:
    """List the announced calls of a concept, oldest first, with their agency."""
    announced = Call.objects.filter(concept_id=concept_id, announced_at__isnull=False)
    return announced.select_related("agency").order_by("opens_at", "slug")


def call_for(viewer: Actor, slug: str) -> Call:
    """Find a call that the viewer may read."""
    return Call.objects.visible_to(viewer).select_related("concept", "agency").get(slug=slug)


def editions_of(call: Call) -> QuerySet[CallEdition]:
    """List the editions of a call's guidelines, newest first (E1)."""
    return CallEdition.objects.filter(call=call).order_by("-number")


def agency_calls_page(call: Call) -> str:
    """Find the address of the agency's own page of calls; empty where it is not known (E3)."""
    body = ProgramBody.objects.filter(organisation_id=call.agency_id).first()
    return body.calls_page if body else ""


def agencies_with_calls() -> list[str]:
    """Name the agencies that have announced calls, for the filter of the public list."""
    announced = Call.objects.filter(announced_at__isnull=False)
    names = announced.order_by("agency__short_name").values_list("agency__short_name", flat=True)
    return [name for name in names.distinct() if name]


def next_change_of_calls(at: datetime) -> datetime | None:
    """Tell when a call next opens or closes by the clock: until then a kept page is true."""
    announced = Call.objects.filter(announced_at__isnull=False)
    opens = announced.filter(opens_at__gt=at).aggregate(at=Min("opens_at"))
    closes = announced.filter(closes_at__gt=at).aggregate(at=Min("closes_at"))
    return min((found["at"] for found in (opens, closes) if found["at"]), default=None)


def calls_to_run(viewer: Actor) -> QuerySet[Call]:
    """List the calls of the viewer's agencies and directed concepts, latest closing first."""
    run = Q(agency_id__in=viewer.agencies) | Q(concept_id__in=viewer.directs)
    calls_run = Call.objects.visible_to(viewer).filter(run)
    return calls_run.select_related("concept", "agency").order_by("-closes_at", "slug")


def calls_to_open(viewer: Actor, at: datetime) -> QuerySet[Call]:
    """List calls of the viewer's agencies whose opening instant has come and nobody opened."""
    announced = calls_to_run(viewer).filter(
        agency_id__in=viewer.agencies, announced_at__isnull=False, opened_at=None
    )
    return announced.filter(opens_at__lte=at, closes_at__gt=at)


def call_to_run(viewer: Actor, slug: str) -> Call:
    """Find a call that the viewer runs as an officer, PD or PO."""
    return calls_to_run(viewer).get(slug=slug)


def received_counts(viewer: Actor, calls_shown: list[Call]) -> Mapping[UUID, int]:
    """Count the received proposals that the viewer may read, for each of these calls (V2)."""
    received = _received(viewer).filter(call__in=calls_shown).order_by()
    return dict(received.values_list("call_id").annotate(Count("pk")))


def received_proposals(viewer: Actor, call: Call) -> QuerySet[Proposal]:
    """List what a call received and the viewer may read, in the order in which it came."""
    received = _received(viewer).filter(call=call).select_related("lead", "institution")
    return received.order_by("submitted_at", "pk")


def concepts_to_call(viewer: Actor) -> QuerySet[Concept]:
    """List the concepts of the agencies that the viewer serves, for a new call."""
    return Concept.objects.filter(agency_id__in=viewer.agencies).order_by("slug")


def is_call_known(*, concept_id: UUID, fiscal_year: int, number: int) -> bool:
    """Tell whether a concept already has a call in this year and round (K9)."""
    same = Call.objects.filter(concept_id=concept_id, fiscal_year=fiscal_year, round=number)
    return same.exists()


def proposals_for(viewer: Actor) -> QuerySet[Proposal]:
    """List everything that the viewer may read, latest submission first, drafts last."""
    return (
        Proposal.objects.visible_to(viewer)
        .select_related("call", "lead", "institution")
        .order_by(F("submitted_at").desc(nulls_last=True), "pk")
    )


def my_proposals(viewer: Actor) -> QuerySet[Proposal]:
    """List the proposals in whose team the viewer is, the nearest deadline first."""
    own = Proposal.objects.visible_to(viewer).filter(team__person_id=viewer.person_id)
    return own.select_related("call", "lead", "institution").order_by("-call__closes_at", "pk")


def proposals_to_approve(viewer: Actor, at: datetime) -> QuerySet[Proposal]:
    """List what waits for the viewer's approval, by deadline; after closing nothing waits."""
    waiting = Q(sent_to_institution_at__isnull=False, submitted_at=None, call__closes_at__gt=at)
    return (
        _of_institutions(viewer)
        .filter(waiting & ~Q(approved_version=F("version")))
        .order_by("call__closes_at", "sent_to_institution_at", "pk")
    )


def proposals_to_submit(viewer: Actor, at: datetime) -> QuerySet[Proposal]:
    """List what the viewer leads and has not submitted while its call still takes it."""
    unsent = my_proposals(viewer).filter(lead_id=viewer.person_id, submitted_at=None)
    return unsent.filter(call__closes_at__gt=at)


def approved_proposals(viewer: Actor) -> QuerySet[Proposal]:
    """List what the viewer's institutions approved, the latest first."""
    approved = _of_institutions(viewer).filter(approved_version=F("version"))
    return approved.order_by("-approved_at", "pk")


def proposal_for(viewer: Actor, proposal_id: UUID) -> Proposal:
    """Find a proposal that the viewer may read, with its team, files and receipts."""
    return (
        Proposal.objects.visible_to(viewer)
        .select_related("call__concept", "call__agency", "lead", "institution", "approved_by")
        .prefetch_related("team__person", "files", "receipts")
        .get(pk=proposal_id)
    )


def receipt_for(viewer: Actor, proposal_id: UUID, number: str) -> Receipt:
    """Find a receipt of a proposal that the viewer may read."""
    readable = Proposal.objects.visible_to(viewer).filter(pk=proposal_id)
    return Receipt.objects.select_related("proposal__call__agency").get(
        proposal__in=readable, number=number
    )


def institutions_of(viewer: Actor) -> QuerySet[Organisation]:
    """List the bodies that the viewer belongs to today, from which they may propose."""
    return Organisation.objects.filter(pk__in=viewer.affiliations).order_by("name_ja", "pk")


def possible_members(proposal: Proposal, at: datetime) -> QuerySet[Person]:
    """List whom the lead can name: people of the institution today, and who is in the team."""
    colleagues = Affiliation.objects.on(localdate(at)).filter(
        organisation_id=proposal.institution_id
    )
    known = Q(pk__in=colleagues.values("person_id")) | Q(proposal_roles__proposal=proposal)
    people = Person.objects.filter(known).exclude(pk=proposal.lead_id)
    return people.order_by("family_name", "given_name", "pk").distinct()


def version_of(proposal: Proposal) -> str:
    """Hash everything that an approval covers: the content, the team and each file's hash (K3)."""
    content = {name: getattr(proposal, column) for name, column in _facts_of(Proposal, STANDING)}
    team = [column for _, column in _facts_of(TeamMember, {"id", "proposal"})]
    files = [column for _, column in _facts_of(ProposalFile, {"id", "proposal", "attached_at"})]
    content["team"] = list(proposal.team.order_by("person_id").values_list(*team))
    content["files"] = list(proposal.files.order_by("part").values_list(*files))
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _facts_of(model: type[Model], left_out: AbstractSet[str]) -> list[tuple[str, str]]:
    fields = model._meta.concrete_fields
    return [(field.name, field.attname) for field in fields if field.name not in left_out]


def drafting_of(proposal: Proposal, at: datetime) -> Verdict:
    """Judge whether a proposal may still be changed: neither submitted nor closed (K1)."""
    return may_receive(
        opens_at=proposal.drafted_at,
        closes_at=proposal.call.closes_at,
        submitted_at=proposal.submitted_at,
        at=at,
    )


def receiving_of(proposal: Proposal, at: datetime) -> Verdict:
    """Judge whether its call receives the proposal at an instant (K1)."""
    return may_receive(
        opens_at=proposal.call.receives_from,
        closes_at=proposal.call.closes_at,
        submitted_at=proposal.submitted_at,
        at=at,
    )


def approval_of(proposal: Proposal) -> Verdict:
    """Judge whether the institution approved the very version that there is now (K3)."""
    return may_submit_version(
        approved_version=proposal.approved_version or None, current_version=proposal.version
    )


def completeness_of(proposal: Proposal, *required: str) -> Verdict:
    """Judge whether the parts are there, reading every file back from the store (K2)."""
    return missing_parts(
        required=frozenset(required),
        present=_present_parts(proposal),
        unverified=frozenset(
            file.part for file in proposal.files.all() if not verify(file.sha256, file.size)
        ),
    )


def checks_of(proposal: Proposal, at: datetime) -> list[Verdict]:
    """Judge, one by one, all that a submission at an instant has to pass (P7)."""
    present = _present_parts(proposal)
    parts = [
        missing_parts(required={part}, present=present, unverified=frozenset())
        for part in (*REQUIRED_CONTENT, *sorted(REQUIRED_PARTS))
    ]
    return [
        *parts,
        completeness_of(proposal),
        approval_of(proposal),
        receiving_of(proposal, at),
    ]


def _present_parts(proposal: Proposal) -> frozenset[str]:
    written = {
        "abstract": proposal.abstract.strip(),
        "core-technology": proposal.core_technology.strip(),
        "requested-amount": proposal.requested_yen is not None,
    }
    attached = {file.part for file in proposal.files.all()}
    return frozenset(part for part, is_there in written.items() if is_there) | attached


def _received(viewer: Actor) -> QuerySet[Proposal]:
    return Proposal.objects.visible_to(viewer).filter(submitted_at__isnull=False)


def _of_institutions(viewer: Actor) -> QuerySet[Proposal]:
    sent = Proposal.objects.visible_to(viewer).filter(
        institution_id__in=viewer.institutions, sent_to_institution_at__isnull=False
    )
    return sent.select_related("call", "lead", "institution")


def _standing(at: datetime) -> dict[str, Q]:
    """Say in SQL what `Call.state_at` says of one call."""
    undecided = Q(decided_at=None)
    begun = Q(opened_at__isnull=False, opens_at__lte=at)
    before_closing = undecided & Q(closes_at__gt=at)
    return {
        Call.State.ANNOUNCED: before_closing & ~begun,
        Call.State.OPEN: before_closing & begun,
        Call.State.CLOSED: undecided & Q(closes_at__lte=at),
        Call.State.DECIDED: Q(decided_at__isnull=False),
    }


def call_states() -> list[tuple[str, str]]:
    """List the states that a public call can be in, with their names."""
    return [(state.value, str(state.label)) for state in Call.State if state != Call.State.DRAFT]


def call_types() -> list[tuple[str, str]]:
    """List the types of a call, with their names (K9)."""
    return [(one.value, str(one.label)) for one in Call.Type]
