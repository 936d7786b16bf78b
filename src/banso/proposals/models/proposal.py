"""A proposal to a call, and who may read it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from banso.calls.models import Call
from banso.ledger.doubt import closed_until
from banso.people.models import Organisation, Person
from banso.proposals.models.conflicts import run_by, without_conflict
from banso.proposals.models.team import TeamMember

if TYPE_CHECKING:
    from datetime import datetime

    from banso.people.actors import Actor


LONG_TEXTS = ("abstract", "core_technology", "return_comment")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Queries over proposals."""

    def listed(self) -> Self:
        """Leave the long texts where they are; a list shows none of them."""
        return self.defer(*LONG_TEXTS)

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
            call__closes_at__lte=closed_until(at),
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
        indexes = [
            # A call's received proposals in their order; lists are counted from it alone.
            models.Index(
                fields=["call", "submitted_at", "id"],
                include=["institution"],
                condition=Q(submitted_at__isnull=False),
                name="proposals_as_received",
            )
        ]
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
