"""What is told about reviews: to reviewers, to officers, and to everybody who proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from banso.people.actors import AGENCY_OFFICER, INSTITUTION_OFFICER
from banso.people.queries.serving import officers_of
from banso.proposals.models import TeamMember
from banso.review.models import Assessment, Assignment, Letter
from banso.review.permissions import (
    ASSIGN_REVIEWER,
    DECIDE_PROPOSAL,
    DECLARE_CONFLICT,
    EXAMINE_SECURITY,
    PLEDGE_SECRECY,
    SUBMIT_ASSESSMENT,
)
from banso.web.fronts.events import Event, How, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from banso.people.actors import Actor
    from banso.web.fronts import Titled
    from banso.web.fronts.events import Happened

ASSIGNMENT, LETTER = "review.assignment", "review.letter"


def assignment_titles(viewer: Actor, keys: Iterable[str]) -> Iterable[Titled]:
    """Name the proposals of the assignments that the viewer may read."""
    readable = Assignment.objects.visible_to(viewer).filter(pk__in=list(keys))
    return readable.values_list("pk", "proposal__title_ja", "proposal__title_en")


def letter_titles(viewer: Actor, keys: Iterable[str]) -> Iterable[Titled]:
    """Name the proposals of the letters that the viewer may read."""
    readable = Letter.objects.visible_to(viewer).filter(pk__in=list(keys))
    return readable.values_list("pk", "proposal__title_ja", "proposal__title_en")


def _reviewer(happened: Happened) -> Iterator[Telling]:
    assignment = Assignment.objects.get(pk=happened.subject_id)
    yield Telling(
        person_id=assignment.person_id, subject_type=ASSIGNMENT, subject_id=assignment.pk
    )


def _officers(assignment: Assignment, happened: Happened) -> Iterator[Telling]:
    agency_id = assignment.proposal.call.agency_id
    for person_id in officers_of(AGENCY_OFFICER, agency_id, on=localdate(happened.at)):
        yield Telling(person_id=person_id, subject_type=ASSIGNMENT, subject_id=assignment.pk)


def _officers_of_a_conflict(happened: Happened) -> Iterator[Telling]:
    if happened.details.get("conflict"):
        found = Assignment.objects.select_related("proposal__call")
        yield from _officers(found.get(pk=happened.subject_id), happened)


def _officers_of_an_assessment(happened: Happened) -> Iterator[Telling]:
    found = Assessment.objects.select_related("assignment__proposal__call")
    yield from _officers(found.get(pk=happened.subject_id).assignment, happened)


def _proposers(happened: Happened) -> Iterator[Telling]:
    """Tell the whole team and the institution, whatever the outcome (K8)."""
    # The act's subject is the decision, which its proposal shares with the letter.
    letter = Letter.objects.select_related("proposal").get(proposal__decision=happened.subject_id)
    team = TeamMember.objects.filter(proposal=letter.proposal)
    people = {
        *team.values_list("person_id", flat=True),
        letter.proposal.lead_id,
        *officers_of(
            INSTITUTION_OFFICER, letter.proposal.institution_id, on=localdate(happened.at)
        ),
    }
    for person_id in sorted(people):
        yield Telling(person_id=person_id, subject_type=LETTER, subject_id=letter.pk)


def _assignment_page(key: str) -> str:
    return reverse("review:assignment", args=[key])


def _letter_page(key: str) -> str:
    return reverse("review:letter", args=[key])


def _desk_page(key: str) -> str:
    proposal = Assignment.objects.values_list("proposal_id", flat=True).get(pk=key)
    return reverse("review:desk_proposal", args=[proposal])


TOLD = Told(
    kinds={
        "review": NoticeKind(place=40, label=_("Reviews"), must_reach=True),
        "review-progress": NoticeKind(place=41, label=_("Progress of reviews"), usually=How.DAILY),
        "letters": NoticeKind(place=42, label=_("Letters with the result"), must_reach=True),
    },
    events={
        ASSIGN_REVIEWER.name: (
            Event(
                name="review.assigned",
                kind="review",
                words=_("You were asked to review a proposal: %(title)s"),
                tell=_reviewer,
                page=_assignment_page,
                shows_reach=True,
            ),
        ),
        DECLARE_CONFLICT.name: (
            Event(
                name="review.conflict_declared",
                kind="review-progress",
                words=_("A reviewer declared a conflict of interest: %(title)s"),
                tell=_officers_of_a_conflict,
                page=_desk_page,
            ),
        ),
        SUBMIT_ASSESSMENT.name: (
            Event(
                name="review.assessed",
                kind="review-progress",
                words=_("An assessment was submitted: %(title)s"),
                tell=_officers_of_an_assessment,
                page=_desk_page,
            ),
        ),
        DECIDE_PROPOSAL.name: (
            Event(
                name="review.letter",
                kind="letters",
                words=_("The result of a proposal has arrived with its reasons: %(title)s"),
                tell=_proposers,
                page=_letter_page,
                shows_reach=True,
            ),
        ),
    },
    silent={
        PLEDGE_SECRECY.name: "a step of the reviewer's own, which the desk shows",
        EXAMINE_SECURITY.name: "a step of the agency's own, which the desk shows",
    },
)
