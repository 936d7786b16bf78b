"""Who runs the call of a proposal, and whom a conflict keeps from reading it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from banso.people.models import Person
from banso.proposals.models.team import TeamMember

if TYPE_CHECKING:
    from banso.people.actors import Actor


class Exclusion(models.Model):
    """A person who has a conflict with a proposal and learns nothing of it; filled by `review`."""

    is_read_with = "proposal"

    proposal = models.ForeignKey(
        "proposals.Proposal", on_delete=models.CASCADE, related_name="exclusions"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person"], name="one_exclusion_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} from {self.proposal_id}"


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
