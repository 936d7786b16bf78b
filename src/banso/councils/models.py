"""Councils: who is in the room today, what was agreed, and what became of it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from banso.catalogue.models import Concept
from banso.people.models import Organisation, Person
from banso.projects.models import Project, inside

if TYPE_CHECKING:
    from banso.people.actors import Actor


def sits_with(viewer: Actor, council: str) -> Exists:
    """Whether the viewer is a member today of the council that the path names."""
    return Exists(
        Membership.objects.in_office().filter(
            council_id=OuterRef(council), person_id=viewer.person_id
        )
    )


class CouncilQuerySet(models.QuerySet["Council"]):
    """Queries over councils."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the rooms of which the viewer is a member today."""
        return self.filter(sits_with(viewer, "pk"))

    def organised_by(self, viewer: Actor) -> Self:
        """Keep councils whose secretariat the viewer serves: joined or not, nothing finer."""
        return self.filter(organiser_id__in=viewer.ministries)

    def represented_by(self, viewer: Actor) -> Self:
        """Keep councils whose organiser named the viewer the representative of the R&D (C2)."""
        return self.filter(representative_id=viewer.person_id)

    def known_to(self, viewer: Actor) -> Self:
        """Keep councils that the viewer sits in or organises; being asked is not enough."""
        organised = Q(organiser_id__in=viewer.ministries)
        return self.filter(organised | Q(sits_with(viewer, "pk")))

    def established(self) -> Self:
        """Keep councils whose existence is public."""
        return self.filter(established_at__isnull=False)


class Council(models.Model):
    """An exchange between the research side and the needs side about one concept (C1)."""

    class Kind(models.TextChoices):
        """The paragraph of the Act under which a council is organised."""

        DESIGNATED_FUND = "63-4", _("Council of a designated fund (Article 63(4))")
        REPRESENTATIVE = "62-1", _("Council with the representative's consent (Article 62(1))")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="councils")
    kind = models.CharField(max_length=4, choices=Kind)
    organiser = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Keeps the secretariat; for a fund's council the Prime Minister's side.",
    )
    fund_minister = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The ministry of the designated fund, for a council under Article 63(4).",
    )
    representative = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    representative_consented_at = models.DateTimeField(null=True, blank=True)
    consulted_at = models.DateTimeField(null=True, blank=True)
    prepared_at = models.DateTimeField()
    established_at = models.DateTimeField(null=True, blank=True)
    dissolved_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = CouncilQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def has_representative_in_office(self) -> bool:
        """Whether somebody represents the R&D; under 62(1) naming is not enough (C1, C2)."""
        if self.representative_id is None:
            return False
        return (
            self.kind == self.Kind.DESIGNATED_FUND or self.representative_consented_at is not None
        )


class BylawsQuerySet(models.QuerySet["BylawsEdition"]):
    """Queries over editions of bylaws."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of rooms of which the viewer is a member today."""
        return self.filter(sits_with(viewer, "council_id"))


class BylawsEdition(models.Model):
    """The rules that a council gave itself, in editions (C9)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="bylaws")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    adopted_at = models.DateTimeField()
    withholding_end_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Longest term of a withholding (R7); empty where silent."
    )
    withholding_review_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Longest time to its review (R7); empty where silent."
    )
    withholding_answer_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Time to answer a request (R7); empty where silent."
    )

    objects = BylawsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="one_bylaws_per_number")
        ]

    def __str__(self) -> str:
        return f"bylaws {self.number} of {self.council_id}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Queries over memberships; never deleted, so that what was received stays provable."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the members of today of the viewer's rooms, and the viewer's own rows."""
        today = Q(accepted_at__isnull=False, left_at=None) & Q(sits_with(viewer, "council_id"))
        return self.filter(Q(person_id=viewer.person_id) | today)

    def own(self, viewer: Actor) -> Self:
        """Keep what the viewer was asked, answered and left."""
        return self.filter(person_id=viewer.person_id)

    def in_office(self) -> Self:
        """Keep the members of today."""
        return self.filter(accepted_at__isnull=False, left_at=None)

    def waiting(self) -> Self:
        """Keep invitations that stand without an answer."""
        return self.filter(accepted_at=None, declined_at=None)

    def of_secretariat(self, viewer: Actor) -> Self:
        """Keep whom the viewer's ministry asked; its pages show joined or not, no more (C5)."""
        return self.filter(council__organiser_id__in=viewer.ministries)


class Membership(models.Model):
    """A person was asked to join; what they answered, and when they left, is theirs alone."""

    class Side(models.TextChoices):
        """The side of the exchange that a member belongs to."""

        RESEARCH = "research-side", _("Research side")
        NEEDS = "needs-side", _("Needs side")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=15, choices=Side)
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "person"],
                condition=Q(declined_at=None, left_at=None),
                name="one_standing_membership",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="accepted_or_declined_not_both",
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(accepted_at__isnull=False),
                name="only_a_member_leaves",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def stands(self) -> bool:
        """Whether the person was asked and has neither declined nor left."""
        return self.declined_at is None and self.left_at is None

    @property
    def is_in_office(self) -> bool:
        """Whether the person is a member today."""
        return self.accepted_at is not None and self.left_at is None


class CouncilMeetingQuerySet(models.QuerySet["CouncilMeeting"]):
    """Queries over meetings."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of rooms of which the viewer is a member today."""
        return self.filter(sits_with(viewer, "council_id"))


class CouncilMeeting(models.Model):
    """A meeting of a council; its date is public, what was said is not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    held_at = models.DateTimeField()
    minutes = models.TextField(blank=True)

    objects = CouncilMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="one_meeting_per_number")
        ]

    def __str__(self) -> str:
        return f"meeting {self.number} of {self.council_id}"


class AgendaItem(models.Model):
    """One matter of a meeting, of a kind that the Act lists (C10)."""

    is_read_with = "meeting"

    class Kind(models.TextChoices):
        """What a council may take up."""

        INFORMATION = "information", _("Gathering and analysing information")
        PROMOTION = "promotion", _("Promoting the R&D")
        RESULTS = "results", _("Content and handling of results")
        INFORMATION_MANAGEMENT = "information-management", _("Information management")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(CouncilMeeting, on_delete=models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=25, choices=Kind)
    title = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="one_agenda_item_per_number"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=(
                        "information",
                        "promotion",
                        "results",
                        "information-management",
                        "other",
                    )
                ),
                name="agenda_item_of_a_kind_in_the_act",
            ),
        ]

    def __str__(self) -> str:
        return f"agenda item {self.number} of {self.meeting_id}"


class AgreedItemQuerySet(models.QuerySet["AgreedItem"]):
    """Queries over agreed items."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of the viewer's rooms, projects, bodies, agencies and ministries (C7)."""
        named = inside(viewer, path="projects__")
        ministry = Q(council__organiser_id__in=viewer.ministries)
        room = Q(sits_with(viewer, "council_id"))
        readable = self.model._base_manager.filter(named | ministry | room).values("pk")
        return self.filter(pk__in=readable)


class AgreedItem(models.Model):
    """What a council agreed, for the projects that it names; it carries no label (C7, S6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="agreed_items")
    agenda_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="agreed_items"
    )
    projects = models.ManyToManyField(Project, related_name="agreed_items")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    research_side_took_part = models.BooleanField()
    agreed_at = models.DateTimeField()

    objects = AgreedItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["council", "number"], name="one_agreed_item_per_number"
            )
        ]

    def __str__(self) -> str:
        return f"agreed item {self.number} of {self.council_id}"


class Response(models.Model):
    """A project's answer to an agreed item, with its reason and later its evidence (C7)."""

    is_read_with = "agreed_item"

    class Answer(models.TextChoices):
        """What the research side does about an agreed item."""

        ADOPT = "adopt", _("Adopt")
        ADOPT_IN_PART = "adopt-in-part", _("Adopt in part")
        NOT_ADOPT = "not-adopt", _("Do not adopt")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreed_item = models.ForeignKey(AgreedItem, on_delete=models.PROTECT, related_name="responses")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=15, choices=Answer)
    reason = models.TextField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()
    evidence = models.TextField(blank=True)
    evidence_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreed_item", "project"], name="one_answer_per_project"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)
