"""What councils give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from banso.councils import queries
from banso.councils.events import ITEM, MEETING, TOLD, item_titles, meeting_titles
from banso.councils.messages import REFUSALS
from banso.councils.models import Council, CouncilMeeting, Membership, Response
from banso.councils.permissions import (
    ACCEPT_INVITATION,
    CONSENT_TO_REPRESENT,
    DECLINE_INVITATION,
    LEAVE_COUNCIL,
    RECORD_CONSULTATION,
)
from banso.projects.front import researches
from banso.projects.models import Project, ProjectMember
from banso.web.formats import active_language, date_text
from banso.web.fronts import (
    Applies,
    Front,
    MenuEntry,
    Receipted,
    ReceiptKind,
    TaskSource,
    in_language,
)
from banso.web.fronts.concepts import Followed, Reached, Stage, Step
from banso.web.fronts.tasks import Task, joined, tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from banso.catalogue.queries import ConceptPage
    from banso.people.actors import Actor
    from banso.web.fronts import Asked, Titled
    from banso.web.fronts.tasks import Tasks


def sits(_on: date) -> Exists:
    """Ask whether the person is a member of a council today."""
    return Exists(Membership.objects.in_office().filter(person_id=OuterRef("pk")))


def _has_councils(_on: date) -> Asked:
    asked = Exists(Membership.objects.filter(person_id=OuterRef("pk")))
    represents = Exists(Council.objects.filter(representative_id=OuterRef("pk")))
    return asked | represents


def _is_asked(_on: date) -> Asked:
    invited = Membership.objects.waiting().filter(person_id=OuterRef("pk"))
    named = Council.objects.filter(representative_consented_at=None)
    return Exists(invited) | Exists(named.filter(representative_id=OuterRef("pk")))


def _questions(viewer: Actor, _at: datetime) -> Tasks:
    """List invitations to join and to represent; those who asked learn nothing finer (C3)."""
    heading, list_address = _("Councils"), "councils:councils"
    invitations = tasks_of(
        queries.invitations_for(viewer),
        lambda membership: Task(
            title=_("Invitation to the council of %(concept)s")
            % {"concept": _concept(membership.council)},
            address=reverse("councils:invitation", args=[membership.pk]),
            note=_("Join or not, as you like; nobody is told why"),
            is_sample=membership.council.is_sample,
        ),
        heading=heading,
        list_address=list_address,
    )
    representations = tasks_of(
        queries.representations_for(viewer),
        lambda council: Task(
            title=_("Represent the R&D in the council of %(concept)s")
            % {"concept": _concept(council)},
            address=reverse("councils:representation", args=[council.pk]),
            note=_("Consent or not"),
            is_sample=council.is_sample,
        ),
        heading=heading,
        list_address=list_address,
    )
    return joined(invitations, representations)


def _to_establish(viewer: Actor, _at: datetime) -> Tasks:
    """List councils that the viewer's ministry prepares and has not established (C1)."""
    return tasks_of(
        queries.organised_councils(viewer).filter(established_at=None),
        lambda council: Task(
            title=_("Council of %(concept)s") % {"concept": _concept(council)},
            address=reverse("councils:secretariat", args=[council.pk]),
            note=_("See what is still missing before it can be established"),
            is_sample=council.is_sample,
        ),
        heading=_("Councils to establish"),
        list_address="councils:councils",
    )


def _leads_a_project(_on: date) -> Exists:
    return Exists(Project.objects.filter(lead_id=OuterRef("pk")))


def _agreed_items(viewer: Actor, _at: datetime) -> Tasks:
    """List agreed items that the projects the viewer leads have not answered (C7)."""
    return tasks_of(
        queries.agreed_items_to_answer(viewer),
        lambda item: Task(
            title=_("Agreed item %(number)s of the council of %(concept)s")
            % {"number": item.number, "concept": _concept(item.council)},
            address=reverse("councils:agreed_item", args=[item.pk]),
            note=_("Adopt, adopt in part or do not adopt, with your reason"),
        ),
        heading=_("Agreed items to answer"),
        list_address="councils:agreed_items",
    )


def _concept(council: Council) -> str:
    return in_language(council.concept.title, council.concept.title_en)


def _memberships(viewer: Actor, keys: Sequence[str]) -> Iterator[Titled]:
    own = Membership.objects.own(viewer).filter(pk__in=keys)
    return _named(own.values_list("pk", "council__concept__title", "council__concept__title_en"))


def _councils(viewer: Actor, keys: Sequence[str]) -> Iterator[Titled]:
    known = Council.objects.known_to(viewer) | Council.objects.represented_by(viewer)
    found = known.filter(pk__in=keys)
    return _named(found.values_list("pk", "concept__title", "concept__title_en"))


def _named(found: Iterable[tuple[Any, str, str]]) -> Iterator[Titled]:
    for key, japanese, english in found:
        with override("ja"):
            in_japanese = _("Council of %(concept)s") % {"concept": japanese}
        with override("en"):
            in_english = _("Council of %(concept)s") % {"concept": english or japanese}
        yield key, in_japanese, in_english


def _of_concept(page: ConceptPage, at: datetime) -> Followed:
    concept_id, language = page.concept.pk, active_language()
    established = [
        Step(
            title=_("Council established"),
            state=Reached.DONE,
            when=date_text(council.established_at, language),
            note=in_language(council.organiser.name_ja, council.organiser.name_en),
        )
        for council in queries.public_councils(concept_id)
    ]
    meetings = [
        Step(
            title=_("Council meeting %(number)s") % {"number": meeting.number},
            state=Reached.DONE if meeting.held_at <= at else Reached.AHEAD,
            when=date_text(meeting.held_at, language),
            note=_("Sample") if meeting.is_sample else "",
        )
        for meeting in reversed(queries.public_meetings(concept_id))
    ]
    none = Step(title=_("Council established"), state=Reached.AHEAD)
    return Followed(steps=[*(established or [none]), *meetings])


def _kept_in_the_team() -> QuerySet[ProjectMember]:
    """Find who left a council and is in the team as before, without a request to change it."""
    return ProjectMember.objects.filter(
        project__concept__councils__memberships__person=F("person"),
        project__concept__councils__memberships__left_at__isnull=False,
        until_on=None,
        changes=None,
    )


FRONT = Front(
    refusals=REFUSALS,
    menu=(
        MenuEntry(
            place=70,
            label=gettext_lazy("Councils"),
            address="councils:councils",
            applies=Applies(role=lambda viewer: bool(viewer.ministries), record=_has_councils),
        ),
        MenuEntry(
            place=80,
            label=gettext_lazy("Agreed items"),
            address="councils:agreed_items",
            applies=Applies(record=lambda on: sits(on) | researches(on)),
        ),
    ),
    tasks=(
        TaskSource(applies=Applies(record=_is_asked), gather=_questions),
        TaskSource(
            applies=Applies(role=lambda viewer: bool(viewer.ministries)), gather=_to_establish
        ),
        TaskSource(applies=Applies(record=_leads_a_project), gather=_agreed_items),
    ),
    told=TOLD,
    titles={
        "councils.membership": _memberships,
        "councils.council": _councils,
        MEETING: meeting_titles,
        ITEM: item_titles,
    },
    receipt_kinds={
        "consent": ReceiptKind(40, gettext_lazy("Joining, leaving and consents")),
        "consultation": ReceiptKind(50, gettext_lazy("Consultations")),
    },
    receipts={
        ACCEPT_INVITATION.name: Receipted("consent", gettext_lazy("Joined a council")),
        DECLINE_INVITATION.name: Receipted("consent", gettext_lazy("Declined to join a council")),
        LEAVE_COUNCIL.name: Receipted("consent", gettext_lazy("Left the council")),
        CONSENT_TO_REPRESENT.name: Receipted(
            "consent", gettext_lazy("Consented to represent the R&D")
        ),
        RECORD_CONSULTATION.name: Receipted(
            "consultation", gettext_lazy("Recorded that a council was consulted on")
        ),
    },
    of_concept=_of_concept,
    stages={
        "council-consents": Stage(
            rows=lambda: Membership.objects.filter(accepted_at__isnull=False),
            concept="council__concept",
        ),
        "meetings": Stage(rows=CouncilMeeting.objects.all, concept="council__concept"),
        "agreed-items-answered": Stage(
            rows=lambda: Response.objects.filter(evidence_at__isnull=False),
            concept="agreed_item__council__concept",
        ),
        "left-the-council": Stage(
            rows=lambda: Membership.objects.filter(left_at__isnull=False),
            concept="council__concept",
        ),
        "kept-in-the-team": Stage(
            rows=_kept_in_the_team, concept="project__concept", counted="person"
        ),
    },
)
