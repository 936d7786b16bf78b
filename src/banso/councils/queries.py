"""Reading councils: one's own rooms and invitations, the secretariat's list, the public part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from banso.catalogue.models import Concept
from banso.councils.models import (
    AgendaItem,
    AgreedItem,
    BylawsEdition,
    Council,
    CouncilMeeting,
    Membership,
    Response,
)
from banso.ledger import clock
from banso.people.models import Affiliation, Appointment, Organisation, Person
from banso.projects.models import Project
from banso.rulebook.clauses import duty_text
from banso.rulebook.councils import DIRECTOR_ROLES
from banso.rulebook.japan import day_in_japan

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from banso.people.actors import Actor
    from banso.rulebook.clauses import DutyText

MOST_MATCHES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A person whom the secretariat asked: joined or not joined, nothing finer (C5)."""

    person: Person
    organisation: Organisation
    side: str
    has_joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A project that an agreed item names, with its answer if there is one."""

    project: Project
    response: Response | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCouncil:
    """What everybody may know of a council: that it exists, who organises it, since when."""

    concept_id: UUID
    kind: str
    organiser: Organisation
    established_at: datetime
    meetings_held: int
    is_sample: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMeeting:
    """What everybody may know of a council's meeting: its number and when it is held."""

    concept_id: UUID
    number: int
    held_at: datetime
    is_sample: bool


def duty_of_today() -> DutyText:
    """Give the law's words and the penalty in force today, for a screen that asks consent (S4)."""
    return duty_text(on=today())


def today() -> date:
    """Name the day that it is in Japan, by the database's clock."""
    return day_in_japan(clock.read_clock())


def rooms_for(viewer: Actor) -> QuerySet[Council]:
    """List the councils of which the viewer is a member today."""
    return _with_names(Council.objects.visible_to(viewer))


def room_for(viewer: Actor, council_id: UUID) -> Council:
    """Find a council of which the viewer is a member today."""
    return rooms_for(viewer).get(pk=council_id)


def last_membership(viewer: Actor, council_id: UUID) -> Membership:
    """Find what the viewer last was in a council, a member or one who has left."""
    own = Membership.objects.visible_to(viewer).own(viewer).filter(accepted_at__isnull=False)
    return own.filter(council_id=council_id).latest("accepted_at")


def members_of(viewer: Actor, council_id: UUID) -> QuerySet[Membership]:
    """List the members of today, for a viewer who is one; the order tells nothing of when."""
    readable = Membership.objects.visible_to(viewer).in_office().filter(council_id=council_id)
    return readable.select_related("person", "organisation").order_by(
        "side", "organisation__name_ja", "person__family_name_kana", "person__family_name", "pk"
    )


def meetings_of(viewer: Actor, council_id: UUID) -> QuerySet[CouncilMeeting]:
    """List the meetings of a viewer's room with their agendas, newest first."""
    agenda = Prefetch("agenda", AgendaItem.objects.order_by("number"))
    readable = CouncilMeeting.objects.visible_to(viewer).filter(council_id=council_id)
    return readable.prefetch_related(agenda).order_by("-held_at", "-number")


def next_meeting_of(viewer: Actor, council_id: UUID) -> CouncilMeeting | None:
    """Find the meeting that comes next, if one is on record."""
    ahead = meetings_of(viewer, council_id).filter(held_at__gte=clock.read_clock())
    return ahead.order_by("held_at", "number").first()


def bylaws_of(viewer: Actor, council_id: UUID) -> BylawsEdition | None:
    """Find the edition of the bylaws in force in a viewer's room."""
    readable = BylawsEdition.objects.visible_to(viewer).filter(council_id=council_id)
    return readable.order_by("-number").first()


def agenda_items_of(viewer: Actor, council_id: UUID) -> QuerySet[AgendaItem]:
    """List the matters that a viewer's room took up, newest first."""
    meetings = CouncilMeeting.objects.visible_to(viewer).filter(council_id=council_id)
    items = AgendaItem.objects.filter(meeting__in=meetings).select_related("meeting")
    return items.order_by("-meeting__number", "number")


def invitations_for(viewer: Actor) -> QuerySet[Membership]:
    """List what waits for the viewer's own consent, oldest first."""
    waiting = Membership.objects.visible_to(viewer).own(viewer).waiting()
    related = waiting.select_related("council__concept", "council__organiser", "organisation")
    return related.order_by("invited_at", "pk")


def invitation_for(viewer: Actor, membership_id: UUID) -> Membership:
    """Find an invitation of the viewer's own that waits for an answer."""
    return invitations_for(viewer).get(pk=membership_id)


def own_memberships(viewer: Actor) -> QuerySet[Membership]:
    """List what the viewer was asked, answered and left; nobody else reads this."""
    own = (
        Membership.objects.visible_to(viewer)
        .own(viewer)
        .exclude(accepted_at=None, declined_at=None)
    )
    return own.select_related("council__concept").order_by("-invited_at", "pk")


def representations_for(viewer: Actor) -> QuerySet[Council]:
    """List councils that ask the viewer to represent the R&D and have no answer yet."""
    named = Council.objects.represented_by(viewer).filter(representative_consented_at=None)
    return _with_names(named)


def representation_for(viewer: Actor, council_id: UUID) -> Council:
    """Find a council that asks the viewer to represent the R&D."""
    return representations_for(viewer).get(pk=council_id)


def organised_councils(viewer: Actor) -> QuerySet[Council]:
    """List the councils whose secretariat the viewer keeps."""
    return _with_names(Council.objects.organised_by(viewer))


def organised_council(viewer: Actor, council_id: UUID) -> Council:
    """Find a council whose secretariat the viewer keeps."""
    return organised_councils(viewer).get(pk=council_id)


def is_member(viewer: Actor, council_id: UUID) -> bool:
    """Tell whether the viewer sits in the council today."""
    return Council.objects.visible_to(viewer).filter(pk=council_id).exists()


def people_asked(viewer: Actor, council_id: UUID) -> list[Asked]:
    """List whom the viewer's secretariat asked, each once, with the last invitation's body.

    Pending, declined and left are one thing here, in what is read as in what is shown.
    """
    asked = Membership.objects.of_secretariat(viewer).filter(council_id=council_id)
    seats = Membership.objects.in_office().filter(
        council_id=OuterRef("council_id"), person_id=OuterRef("person_id")
    )
    latest = (
        asked.annotate(has_joined=Exists(seats))
        .select_related("person", "organisation")
        .order_by("person_id", "-invited_at", "-pk")
        .distinct("person_id")
    )
    found = [
        Asked(
            person=membership.person,
            organisation=membership.organisation,
            side=membership.get_side_display(),
            has_joined=membership.has_joined,  # type: ignore[attr-defined]  # annotated by the query
        )
        for membership in latest
    ]
    return sorted(found, key=lambda one: (one.organisation.name_ja, one.person.name_ja))


def meeting_dates_of(viewer: Actor, council_id: UUID) -> QuerySet[CouncilMeeting]:
    """List number and date of the meetings for the secretariat; the rest is the room's."""
    organised = Council.objects.organised_by(viewer).filter(pk=council_id)
    dates = CouncilMeeting.objects.filter(council__in=organised).only("number", "held_at")
    return dates.order_by("-number")


def has_other_council(council: Council) -> bool:
    """Tell whether the concept has another council; that one exists is public (C1)."""
    others = Council.objects.established().filter(concept_id=council.concept_id, dissolved_at=None)
    return others.exclude(pk=council.pk).exists()


def possible_representatives(council: Council) -> QuerySet[Person]:
    """List the PD, the PO and the leads of the concept's projects (C2)."""
    directors = Appointment.objects.on(today()).filter(
        role__in=DIRECTOR_ROLES, scope_id=council.concept_id
    )
    leads = Project.objects.filter(concept_id=council.concept_id)
    people = Person.objects.filter(
        Q(pk__in=directors.values("person_id")) | Q(pk__in=leads.values("lead_id"))
    )
    return people.order_by("family_name_kana", "family_name", "pk")


def affiliations_matching(words: str) -> QuerySet[Affiliation]:
    """Search today's affiliations by name of person or body; a few at a time."""
    found = affiliations_of_today()
    for word in words.split():
        found = found.filter(_names_contain(word))
    ordered = found.order_by("organisation__name_ja", "person__family_name", "pk")
    return ordered[:MOST_MATCHES] if words.strip() else found.none()


def affiliations_of_today() -> QuerySet[Affiliation]:
    """List who belongs where today."""
    return Affiliation.objects.on(today()).select_related("person", "organisation")


def concepts_to_choose() -> QuerySet[Concept]:
    """List the concepts for which a council can be prepared."""
    return Concept.objects.order_by("title", "pk")


def ministries_of(viewer: Actor) -> QuerySet[Organisation]:
    """List the ministries that the viewer serves as an officer."""
    return Organisation.objects.filter(pk__in=viewer.ministries).order_by("name_ja")


def ministries() -> QuerySet[Organisation]:
    """List every ministry; their names are public."""
    return Organisation.objects.filter(kind=Organisation.Kind.MINISTRY).order_by("name_ja")


def projects_of_concept(council: Council) -> QuerySet[Project]:
    """List the projects that a council's agreed item can name."""
    return Project.objects.filter(concept_id=council.concept_id).order_by("code")


def agreed_items_for(viewer: Actor) -> QuerySet[AgreedItem]:
    """List the agreed items that the viewer may read, newest first, with every answer."""
    answers = Prefetch("responses", Response.objects.select_related("project"))
    readable = AgreedItem.objects.visible_to(viewer).select_related("council__concept")
    related = readable.prefetch_related("projects", answers)
    return related.order_by("-agreed_at", "-number", "pk")


def agreed_item_for(viewer: Actor, agreed_item_id: UUID) -> AgreedItem:
    """Find an agreed item that the viewer may read."""
    return agreed_items_for(viewer).get(pk=agreed_item_id)


def agreed_items_of(viewer: Actor, council_id: UUID) -> QuerySet[AgreedItem]:
    """List the agreed items of a viewer's room."""
    return agreed_items_for(viewer).filter(council_id=council_id)


def agreed_items_to_answer(viewer: Actor) -> QuerySet[AgreedItem]:
    """List what the projects that the viewer leads have not answered yet."""
    led = Project.objects.filter(lead_id=viewer.person_id, agreed_items=OuterRef("pk"))
    unanswered = led.exclude(responses__agreed_item=OuterRef("pk"))
    waiting = AgreedItem.objects.visible_to(viewer).filter(Exists(unanswered))
    return waiting.select_related("council__concept").order_by("-agreed_at", "-number", "pk")


def parts_of(viewer: Actor, item: AgreedItem) -> list[Part]:
    """List the projects that a readable agreed item names, each with its answer."""
    answers = {response.project_id: response for response in item.responses.all()}
    return [
        Part(
            project=project,
            response=answers.get(project.pk),
            is_mine=project.lead_id == viewer.person_id,
        )
        for project in sorted(item.projects.all(), key=lambda project: project.code)
    ]


def public_councils(concept_id: UUID) -> list[PublicCouncil]:
    """List the established councils of a concept, without any name of a person."""
    councils = (
        Council.objects.established()
        .filter(concept_id=concept_id)
        .select_related("organiser")
        .annotate(meetings_held=Count("meetings"))
        .order_by("established_at", "pk")
    )
    return [
        PublicCouncil(
            concept_id=council.concept_id,
            kind=council.kind,
            organiser=council.organiser,
            established_at=council.established_at,
            meetings_held=council.meetings_held,  # type: ignore[attr-defined]  # annotated by the query
            is_sample=council.is_sample,
        )
        for council in councils
        if council.established_at is not None
    ]


def public_meetings(concept_id: UUID | None = None) -> list[PublicMeeting]:
    """List number and date of the meetings of one concept's councils, or of all, newest first."""
    meetings = CouncilMeeting.objects.filter(council__established_at__isnull=False)
    if concept_id is not None:
        meetings = meetings.filter(council__concept_id=concept_id)
    return [
        PublicMeeting(
            concept_id=meeting.council.concept_id,
            number=meeting.number,
            held_at=meeting.held_at,
            is_sample=meeting.council.is_sample,
        )
        for meeting in meetings.select_related("council").order_by("-held_at", "-number")
    ]


def _with_names(councils: QuerySet[Council]) -> QuerySet[Council]:
    related = councils.select_related("concept", "organiser", "fund_minister", "representative")
    return related.order_by("concept__title", "prepared_at", "pk")


def _names_contain(word: str) -> Q:
    names = (
        *("person__family_name", "person__given_name"),
        *("person__family_name_en", "person__given_name_en"),
        *("organisation__name_ja", "organisation__name_en", "organisation__short_name"),
    )
    contains = Q()
    for name in names:
        contains |= Q((f"{name}__icontains", word))
    return contains
