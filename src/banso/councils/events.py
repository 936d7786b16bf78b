"""What is told about councils: an invitation to whom it is for, the rest to current members.

Nothing is told about joining, declining or leaving (C5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from banso.councils.links import answering_address
from banso.councils.models import AgreedItem, Council, CouncilMeeting, Membership, Response
from banso.councils.permissions import (
    ACCEPT_INVITATION,
    AGREE_ITEM,
    ANSWER_ITEM,
    CONSENT_TO_REPRESENT,
    DECLINE_INVITATION,
    ESTABLISH_COUNCIL,
    HOLD_MEETING,
    INVITE_MEMBER,
    LEAVE_COUNCIL,
    NAME_REPRESENTATIVE,
    PREPARE_COUNCIL,
    RECORD_CONSULTATION,
    SHOW_EVIDENCE,
)
from banso.people.actors import NOBODY
from banso.web.fronts.events import Deadlines, Due, Event, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor
    from banso.web.fronts import Titled
    from banso.web.fronts.events import Happened

COUNCIL, MEMBERSHIP = "councils.council", "councils.membership"
MEETING, ITEM = "councils.councilmeeting", "councils.agreeditem"


def meeting_titles(viewer: Actor, keys: Iterable[str]) -> Iterator[Titled]:
    """Name the meetings of the viewer's rooms."""
    readable = CouncilMeeting.objects.visible_to(viewer).filter(pk__in=list(keys))
    for meeting in readable.select_related("council__concept"):
        yield (
            meeting.pk,
            *_numbered(_("Meeting %(number)s of the council of %(concept)s"), meeting),
        )


def item_titles(viewer: Actor, keys: Iterable[str]) -> Iterator[Titled]:
    """Name the agreed items that the viewer may read."""
    readable = AgreedItem.objects.visible_to(viewer).filter(pk__in=list(keys))
    words = _("Agreed item %(number)s of the council of %(concept)s")
    for item in readable.select_related("council__concept").distinct():
        yield item.pk, *_numbered(words, item)


def _numbered(words: object, thing: CouncilMeeting | AgreedItem) -> tuple[str, str]:
    concept = thing.council.concept
    with override("ja"):
        japanese = str(words) % {"number": thing.number, "concept": concept.title}
    with override("en"):
        title = concept.title_en or concept.title
        english = str(words) % {"number": thing.number, "concept": title}
    return japanese, english


def _members(council_id: UUID) -> list[UUID]:
    members = Membership.objects.in_office().filter(council_id=council_id)
    return sorted(members.values_list("person_id", flat=True))


def _invited(happened: Happened) -> Iterator[Telling]:
    invited = Membership.objects.waiting().filter(
        council_id=happened.subject_id, person_id=happened.details.get("person", NOBODY)
    )
    for membership in invited:
        yield Telling(
            person_id=membership.person_id, subject_type=MEMBERSHIP, subject_id=membership.pk
        )


def _representative(happened: Happened) -> Iterator[Telling]:
    named = Council.objects.filter(
        pk=happened.subject_id, representative_id=happened.details.get("person", NOBODY)
    )
    for council in named:
        if council.representative_id:
            yield Telling(
                person_id=council.representative_id, subject_type=COUNCIL, subject_id=council.pk
            )


def _room(happened: Happened) -> Iterator[Telling]:
    for person_id in _members(happened.subject_id):
        yield Telling(person_id=person_id, subject_type=COUNCIL, subject_id=happened.subject_id)


def _members_of_meeting(happened: Happened) -> Iterator[Telling]:
    meeting = CouncilMeeting.objects.get(pk=happened.subject_id)
    is_to_come = meeting.held_at > happened.at
    for person_id in _members(meeting.council_id):
        yield Telling(
            person_id=person_id,
            subject_type=MEETING,
            subject_id=meeting.pk,
            deadline_at=meeting.held_at if is_to_come else None,
        )


def _leads(happened: Happened) -> Iterator[Telling]:
    """Tell the projects that an item names, whether their people are members or not (C7)."""
    item = AgreedItem.objects.get(pk=happened.subject_id)
    for person_id in sorted(set(item.projects.values_list("lead_id", flat=True))):
        yield Telling(person_id=person_id, subject_type=ITEM, subject_id=item.pk)


def _members_of_response(happened: Happened) -> Iterator[Telling]:
    item = Response.objects.select_related("agreed_item").get(pk=happened.subject_id).agreed_item
    for person_id in _members(item.council_id):
        yield Telling(person_id=person_id, subject_type=ITEM, subject_id=item.pk)


def _to_come(start: datetime, end: datetime, person_id: UUID | None) -> Iterator[Due]:
    seats = Membership.objects.in_office()
    if person_id is not None:
        seats = seats.filter(person_id=person_id)
    rooms: dict[UUID, list[Membership]] = {}
    for seat in seats.order_by("person_id"):
        rooms.setdefault(seat.council_id, []).append(seat)
    meetings = CouncilMeeting.objects.filter(
        Q(held_at__gte=start, held_at__lte=end), council_id__in=rooms
    )
    for meeting in meetings.order_by("held_at", "pk"):
        for seat in rooms[meeting.council_id]:
            yield Due(
                person_id=seat.person_id,
                subject_type=MEETING,
                subject_id=meeting.pk,
                deadline_at=meeting.held_at,
                since=seat.accepted_at or start,
            )


def _by_letter(key: str) -> str:
    """Lead from a mail to the question itself, which its person answers without an account."""
    waiting = Membership.objects.waiting().filter(pk=key).first()
    return answering_address(waiting) if waiting else reverse("councils:own_record")


def _invitation(key: str) -> str:
    """Lead to the question while it waits, afterwards to its person's own record of answers."""
    if Membership.objects.waiting().filter(pk=key).exists():
        return reverse("councils:invitation", args=[key])
    return reverse("councils:own_record")


def _representation(key: str) -> str:
    """Lead to the question while it waits, afterwards to the list of one's councils."""
    if Council.objects.filter(pk=key, representative_consented_at=None).exists():
        return reverse("councils:representation", args=[key])
    return reverse("councils:councils")


def _room_page(key: str) -> str:
    return reverse("councils:room", args=[key])


def _meeting_page(key: str) -> str:
    meeting = CouncilMeeting.objects.values_list("council_id", "number").get(pk=key)
    return reverse("councils:meeting", args=meeting)


def _item_page(key: str) -> str:
    return reverse("councils:agreed_item", args=[key])


TOLD = Told(
    kinds={
        "invitations": NoticeKind(place=60, label=_("Invitations to councils"), must_reach=True),
        "councils": NoticeKind(place=61, label=_("Councils: meetings and answers")),
        "agreed-items": NoticeKind(
            place=62, label=_("Agreed items for your project"), must_reach=True
        ),
    },
    events={
        INVITE_MEMBER.name: (
            Event(
                name="councils.invited",
                kind="invitations",
                words=_("You are invited to join, as you like: %(title)s"),
                tell=_invited,
                page=_invitation,
                page_in_mail=_by_letter,
                shows_reach=True,
            ),
        ),
        NAME_REPRESENTATIVE.name: (
            Event(
                name="councils.named_representative",
                kind="invitations",
                words=_("You are asked to represent the R&D, as you like: %(title)s"),
                tell=_representative,
                page=_representation,
                shows_reach=True,
            ),
        ),
        ESTABLISH_COUNCIL.name: (
            Event(
                name="councils.established",
                kind="councils",
                words=_("It was established: %(title)s"),
                tell=_room,
                page=_room_page,
            ),
        ),
        HOLD_MEETING.name: (
            Event(
                name="councils.meeting",
                kind="councils",
                words=_("A meeting is on record: %(title)s"),
                tell=_members_of_meeting,
                page=_meeting_page,
            ),
        ),
        AGREE_ITEM.name: (
            Event(
                name="councils.agreed",
                kind="agreed-items",
                words=_("A council asks your project to adopt, in part or not: %(title)s"),
                tell=_leads,
                page=_item_page,
            ),
        ),
        ANSWER_ITEM.name: (
            Event(
                name="councils.answered",
                kind="councils",
                words=_("A project answered: %(title)s"),
                tell=_members_of_response,
                page=_item_page,
            ),
        ),
        SHOW_EVIDENCE.name: (
            Event(
                name="councils.evidence",
                kind="councils",
                words=_("A project showed evidence: %(title)s"),
                tell=_members_of_response,
                page=_item_page,
            ),
        ),
    },
    deadlines=(
        Deadlines(
            name="councils.meeting_to_come",
            kind="reminders",
            words=_("A meeting of your council: %(title)s"),
            calendar_words=_("Council meeting"),
            find=_to_come,
            page=_meeting_page,
        ),
    ),
    silent={
        ACCEPT_INVITATION.name: "nothing is told about joining (C5)",
        DECLINE_INVITATION.name: "nothing is told about declining (C5)",
        LEAVE_COUNCIL.name: "nothing is told about leaving (C5)",
        CONSENT_TO_REPRESENT.name: "whether somebody consents is seen where it is needed (C5)",
        PREPARE_COUNCIL.name: "the organiser's own step, which nobody else sees yet",
        RECORD_CONSULTATION.name: "the organiser's own step, which nobody else sees yet",
    },
)
