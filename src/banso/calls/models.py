"""Calls for proposals, the proposals they receive, and the receipts they give."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from banso.catalogue.models import Concept
from banso.people.models import Organisation, Person

if TYPE_CHECKING:
    from banso.people.actors import Actor

NEVER: Final = datetime.max.replace(tzinfo=UTC)


class CallQuerySet(models.QuerySet["Call"]):
    """Queries over calls."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep announced calls, and the drafts of the viewer's own agency."""
        return self.filter(Q(announced_at__isnull=False) | Q(agency_id__in=viewer.agencies))


class Call(models.Model):
    """A funding agency asks for proposals on a concept: a year, a round, a type, slots (K9)."""

    class Type(models.TextChoices):
        """How the call wants the R&D organised."""

        PROJECT = "project", _("Project type")
        INDIVIDUAL = "individual-research", _("Individual research type")

    class State(models.TextChoices):
        """Where a call stands at an instant."""

        DRAFT = "draft", _("Draft")
        ANNOUNCED = "announced", _("Announced")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        DECIDED = "decided", _("Decided")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="calls")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calls")
    fiscal_year = models.PositiveSmallIntegerField()
    round = models.PositiveSmallIntegerField(default=1)
    type = models.CharField(max_length=20, choices=Type)
    slots = models.PositiveSmallIntegerField()
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    summary_ja = models.TextField()
    summary_en = models.TextField(blank=True)
    ceiling_yen = models.BigIntegerField(null=True, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    announced_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "fiscal_year", "round"], name="one_call_per_year_and_round"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(announced_at__isnull=False),
                name="call_opens_once_announced",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def receives_from(self) -> datetime:
        """The instant from which it receives: never, until its agency has opened it (G1, K1)."""
        return NEVER if self.opened_at is None else self.opens_at

    def state_at(self, at: datetime) -> State:
        """Tell where the call stands: opening needs the agency's act and the instant."""
        if self.announced_at is None:
            return self.State.DRAFT
        if self.decided_at is not None:
            return self.State.DECIDED
        if at >= self.closes_at:
            return self.State.CLOSED
        if at < self.receives_from:
            return self.State.ANNOUNCED
        return self.State.OPEN


class CallEdition(models.Model):
    """The guidelines as published on an instant; every edition is kept (E1)."""

    is_public = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    text_ja = models.TextField()
    text_en = models.TextField(blank=True)
    changes_ja = models.TextField(blank=True)
    changes_en = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_call_edition_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} edition {self.number}"


def run_by(viewer: Actor, *, path: str = "") -> Q:
    """Rows of proposals to calls that the viewer runs: the agency's officers, PD and PO."""
    officers = Q((f"{path}call__agency_id__in", viewer.agencies))
    directors = Q((f"{path}call__concept_id__in", viewer.directs))
    return officers | directors


def without_conflict(viewer: Actor, *, path: str = "") -> Q:
    """Rows of proposals with which the viewer has no conflict, declared or known (V1, V2).

    Every reading of a proposal, and of what is derived from it, asks this and nothing else.
    Known is a place in the team, or an organisation that the viewer shares today with the
    proposal or with its team since it was submitted. Each part lists the viewer's conflicts by
    themselves, once for a query, so that no row is asked one by one.
    """
    declared = Exclusion.objects.filter(person_id=viewer.person_id)
    in_team = TeamMember.objects.filter(person_id=viewer.person_id)
    since = F("proposal__submitted_at__date")
    beside_team = TeamMember.objects.filter(
        Q(person__affiliations__until_on=None) | Q(person__affiliations__until_on__gt=since),
        person__affiliations__organisation_id__in=viewer.affiliations,
    )
    return ~(
        Q((f"{path}institution_id__in", viewer.affiliations))
        | Q((f"{path}pk__in", declared.values("proposal")))
        | Q((f"{path}pk__in", in_team.values("proposal")))
        | Q((f"{path}pk__in", beside_team.values("proposal")))
    )


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Queries over proposals."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what the viewer may read; a conflict bars whoever runs the call (V2).

        Reviewers read through their assignments, in the app `review` (V3).
        """
        own = Q(pk__in=TeamMember.objects.filter(person_id=viewer.person_id).values("proposal"))
        sent = Q(institution_id__in=viewer.institutions, sent_to_institution_at__isnull=False)
        received = Q(submitted_at__isnull=False)
        return self.filter(own | sent | (run_by(viewer) & received & without_conflict(viewer)))

    def to_judge(self, viewer: Actor, *, at: datetime) -> Self:
        """Keep what calls that the viewer runs received until they closed, without a conflict."""
        return self.filter(
            run_by(viewer) & without_conflict(viewer),
            submitted_at__isnull=False,
            call__closes_at__lte=at,
        )


class Proposal(models.Model):
    """What a team proposes to a call, from the first draft to the decision."""

    class State(models.TextChoices):
        """Where a proposal stands."""

        DRAFT = "draft", _("Draft")
        WITH_INSTITUTION = "with-institution", _("With the institution")
        APPROVED = "approved", _("Approved by the institution")
        SUBMITTED = "submitted", _("Submitted")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="led_proposals")
    institution = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="proposals"
    )
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    abstract = models.TextField(blank=True)
    core_technology = models.TextField(
        blank=True,
        help_text="Core technology and measures against leaks, or that there is none (G4).",
    )
    requested_yen = models.BigIntegerField(null=True, blank=True)
    drafted_at = models.DateTimeField()
    version = models.CharField(max_length=64, help_text="SHA-256 of the content and its files.")
    sent_to_institution_at = models.DateTimeField(null=True, blank=True)
    approved_version = models.CharField(max_length=64, blank=True)
    approved_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    return_comment = models.TextField(
        blank=True, help_text="Why the institution returned it; until it is sent again."
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["call", "submitted_at"], name="proposals_by_submission")]
        constraints = [
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(approved_version=F("version")),
                name="submitted_as_approved",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def state(self) -> State:
        """Tell where the proposal stands; an edit voids the approval (K3)."""
        if self.submitted_at is not None:
            return self.State.SUBMITTED
        if self.approved_version and self.approved_version == self.version:
            return self.State.APPROVED
        if self.sent_to_institution_at is not None:
            return self.State.WITH_INSTITUTION
        return self.State.DRAFT

    def become_version(self, version: str) -> None:
        """Take the hash of a new content; an approval of another one is void (K3)."""
        if version != self.version:
            self.version = version
            self.void_approval()

    def void_approval(self) -> None:
        """Take the institution's approval away, as if it had never been given."""
        self.approved_version, self.approved_by, self.approved_at = "", None, None


class TeamMember(models.Model):
    """A person in a proposal's team, with the effort planned for it; read with the proposal."""

    is_read_with = "proposal"

    class Role(models.TextChoices):
        """What a person is in the team."""

        LEAD = "lead", _("Principal investigator")
        MEMBER = "member", _("Co-investigator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposal_roles")
    role = models.CharField(max_length=10, choices=Role)
    effort_percent = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "person"], name="one_place_in_a_proposal_team"
            ),
            models.CheckConstraint(
                condition=Q(effort_percent__lte=100), name="proposal_effort_at_most_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.proposal_id}"


class ProposalFile(models.Model):
    """A file of a proposal: which part it is, and what its bytes hash to."""

    is_read_with = "proposal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="files")
    part = models.CharField(max_length=30)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    attached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "part"], name="one_file_per_part")
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.proposal_id}"


class Receipt(models.Model):
    """Proof that a proposal was received: number, instant, and the hash of each file (K2)."""

    is_read_with = "proposal"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=40, unique=True)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="receipts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    version = models.CharField(max_length=64)
    files = models.JSONField(help_text="Part, name, size and SHA-256 of each file.")
    entry_id = models.UUIDField()
    commitment = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.number


class Exclusion(models.Model):
    """A person who has a conflict with a proposal and learns nothing of it; filled by `review`."""

    is_read_with = "proposal"

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_exclusion_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.proposal_id}"
