"""Who is in the team of a proposal."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.people.models import Person


class TeamMember(models.Model):
    """A person in a proposal's team, with the effort planned for it; read with the proposal."""

    is_read_with = "proposal"

    class Role(models.TextChoices):
        """What a person is in the team."""

        LEAD = "lead", _("Principal investigator")
        MEMBER = "member", _("Co-investigator")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="team"
    )
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
