"""Pages of councils: my rooms and invitations, the room, its secretariat, agreed items."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from banso.councils import queries
from banso.councils.commands.accept_invitation import accept_invitation
from banso.councils.commands.agree_item import agree_item
from banso.councils.commands.answer_item import answer_item
from banso.councils.commands.consent_to_represent import consent_to_represent
from banso.councils.commands.decline_invitation import decline_invitation
from banso.councils.commands.establish_council import establish_council
from banso.councils.commands.hold_meeting import hold_meeting
from banso.councils.commands.invite_member import invite_member
from banso.councils.commands.leave_council import leave_council
from banso.councils.commands.name_representative import name_representative
from banso.councils.commands.prepare_council import prepare_council
from banso.councils.commands.record_consultation import record_consultation
from banso.councils.commands.show_evidence import show_evidence
from banso.councils.forms import (
    ActForm,
    AgendaFormSet,
    AgreeForm,
    AnswerForm,
    ConsultationForm,
    EstablishForm,
    EvidenceForm,
    InviteForm,
    MeetingForm,
    PrepareForm,
    RepresentativeForm,
    SearchForm,
)
from banso.councils.messages import REFUSALS
from banso.rulebook.clauses import source_clause
from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.pages import page, see_other

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.http import HttpResponse

    from banso.councils.queries import Part
    from banso.people.actors import Request

READ_OR_SEND = ["GET", "HEAD", "POST"]
ANSWERS = {"accept": accept_invitation, "decline": decline_invitation}


@require_safe
def councils(request: Request) -> HttpResponse:
    """Show my rooms, what waits for my own consent, my record, and what I organise."""
    viewer = request.actor
    context = {
        "audience": _("You alone."),
        "invitations": queries.invitations_for(viewer),
        "representations": queries.representations_for(viewer),
        "rooms": queries.rooms_for(viewer),
        "record": queries.own_memberships(viewer),
        "organised": queries.organised_councils(viewer),
        "organises": bool(viewer.ministries),
    }
    return page(request, "councils/councils.html", context)


@require_http_methods(READ_OR_SEND)
def invitation(request: Request, membership_id: UUID) -> HttpResponse:
    """Ask a person to join, with the law's words of the day; both answers weigh the same."""
    answer, refusal = ANSWERS.get(request.POST.get("answer", "")), NOTHING_REFUSED
    if answer:
        refusal = _try(partial(answer, actor=request.actor, membership_id=membership_id))
        if not refusal:
            return see_other(reverse("councils:councils"))
    context = {
        "audience": _("You alone."),
        "invitation": queries.invitation_for(request.actor, membership_id),
        "duty": queries.duty_of_today(),
        "refusal": refusal,
    }
    return page(request, "councils/invitation.html", context, status=_status_again(request))


@require_http_methods(READ_OR_SEND)
def representation(request: Request, council_id: UUID) -> HttpResponse:
    """Ask a person who was named whether they represent the R&D; silence is no consent."""
    if request.method == "POST":
        consent_to_represent(actor=request.actor, council_id=council_id)
        return see_other(reverse("councils:councils"))
    context = {
        "audience": _("You alone."),
        "council": queries.representation_for(request.actor, council_id),
    }
    return page(request, "councils/representation.html", context)


@require_safe
def room(request: Request, council_id: UUID) -> HttpResponse:
    """Show a council to its members of today."""
    viewer = request.actor
    context = {
        "audience": _("The members of this council as of today."),
        "restricted": True,
        "council": queries.room_for(viewer, council_id),
        "next_meeting": queries.next_meeting_of(viewer, council_id),
        "members": queries.members_of(viewer, council_id),
        "meetings": queries.meetings_of(viewer, council_id),
        "agreed_items": queries.agreed_items_of(viewer, council_id),
        "bylaws": queries.bylaws_of(viewer, council_id),
        "organised": queries.organised_councils(viewer).filter(pk=council_id).exists(),
    }
    return page(request, "councils/room.html", context)


@require_http_methods(READ_OR_SEND)
def leave(request: Request, council_id: UUID) -> HttpResponse:
    """Let a member leave in two steps, after the words of Q6; no reason is asked (C4)."""
    refusal = NOTHING_REFUSED
    if request.method == "POST":
        last = queries.last_membership(request.actor, council_id)
        refusal = _try(partial(leave_council, actor=request.actor, membership_id=last.pk))
        if not refusal:
            messages.success(request, _("You have left the council. Nobody was notified."))
            return see_other(reverse("councils:councils"))
    context = {
        "audience": _("You alone."),
        "council": queries.room_for(request.actor, council_id),
        "question": source_clause("qa 6", on=queries.today()),
        "is_last_step": request.method == "POST" or request.GET.get("step") == "2",
        "refusal": refusal,
    }
    return page(request, "councils/leave.html", context, status=_status_again(request))


@require_safe
def secretariat(request: Request, council_id: UUID) -> HttpResponse:
    """Show the organiser what a council still needs, and who has joined: nothing finer."""
    viewer = request.actor
    context = {
        **_of_secretariat(request, council_id),
        "asked": queries.people_asked(viewer, council_id),
        "meetings": queries.meeting_dates_of(viewer, council_id),
        "is_member": queries.is_member(viewer, council_id),
    }
    return page(request, "councils/secretariat.html", context)


@require_http_methods(READ_OR_SEND)
def prepare(request: Request) -> HttpResponse:
    """Prepare a council for a concept."""
    form = PrepareForm(request.POST or None, viewer=request.actor)
    act = partial(prepare_council, actor=request.actor)
    context = {"audience": _("Officers of the ministry that organises the council.")}
    then = reverse("councils:councils")
    return _act_page(request, form, act, "councils/prepare.html", context, then=then)


@require_http_methods(READ_OR_SEND)
def representative(request: Request, council_id: UUID) -> HttpResponse:
    """Name who represents the R&D."""
    context = _of_secretariat(request, council_id)
    form = RepresentativeForm(request.POST or None, council=context["council"])
    act = partial(name_representative, actor=request.actor, council_id=council_id)
    return _act_page(request, form, act, "councils/representative.html", context)


@require_http_methods(READ_OR_SEND)
def consultation(request: Request, council_id: UUID) -> HttpResponse:
    """Record the prior consultation."""
    context = _of_secretariat(request, council_id)
    form = ConsultationForm(request.POST or None)
    act = partial(record_consultation, actor=request.actor, council_id=council_id)
    return _act_page(request, form, act, "councils/consultation.html", context)


@require_http_methods(READ_OR_SEND)
def establish(request: Request, council_id: UUID) -> HttpResponse:
    """Establish the council with its first bylaws."""
    context = _of_secretariat(request, council_id)
    form = EstablishForm(request.POST or None, council=context["council"])
    act = partial(establish_council, actor=request.actor, council_id=council_id)
    return _act_page(request, form, act, "councils/establish.html", context)


@require_http_methods(READ_OR_SEND)
def invite(request: Request, council_id: UUID) -> HttpResponse:
    """Search for a person and invite them; the answer is theirs and is not shown."""
    context = _of_secretariat(request, council_id)
    search = SearchForm(request.GET)
    words = search.cleaned_data["words"] if search.is_valid() else ""
    found = queries.affiliations_matching(words)
    form = InviteForm(request.POST or None, found=found)
    act = partial(invite_member, actor=request.actor, council_id=council_id)
    context |= {"search": search, "words": words, "has_matches": bool(found)}
    return _act_page(request, form, act, "councils/invite.html", context)


@require_http_methods(READ_OR_SEND)
def meeting(request: Request, council_id: UUID) -> HttpResponse:
    """Record a meeting with its agenda."""
    context = _of_secretariat(request, council_id)
    agenda = AgendaFormSet(request.POST or None, prefix="agenda")
    form = MeetingForm(request.POST or None)

    def act(**facts: Any) -> object:  # noqa: ANN401 - the form's facts, as they are
        matters = [matter.cleaned_data for matter in agenda if matter.has_changed()]
        return hold_meeting(
            actor=request.actor,
            council_id=council_id,
            agenda=[(matter["kind"], matter["title"]) for matter in matters],
            **facts,
        )

    return _act_page(
        request, form, act, "councils/meeting.html", context | {"agenda": agenda}, also=agenda
    )


@require_http_methods(READ_OR_SEND)
def agreement(request: Request, council_id: UUID) -> HttpResponse:
    """Record what the council agreed; the officer is a member of it."""
    queries.room_for(request.actor, council_id)
    context = _of_secretariat(request, council_id)
    form = AgreeForm(request.POST or None, council=context["council"], viewer=request.actor)
    act = partial(agree_item, actor=request.actor)
    return _act_page(request, form, act, "councils/agreement.html", context)


@require_safe
def agreed_items(request: Request) -> HttpResponse:
    """List the agreed items that concern me, and which of them my projects have not answered."""
    viewer = request.actor
    context = {
        "audience": _audience_of_agreed_items(),
        "agreed_items": queries.agreed_items_for(viewer),
        "to_answer": {item.pk for item in queries.agreed_items_to_answer(viewer)},
    }
    return page(request, "councils/agreed_items.html", context)


@require_http_methods(READ_OR_SEND)
def agreed_item(request: Request, agreed_item_id: UUID) -> HttpResponse:
    """Show an agreed item; the lead of a project that it names answers it here."""
    viewer = request.actor
    item = queries.agreed_item_for(viewer, agreed_item_id)
    parts = queries.parts_of(viewer, item)
    mine = next((part for part in parts if part.is_mine), None)
    form, act = _answer_or_evidence(request, item.pk, mine)
    context = {
        "audience": _audience_of_agreed_items(),
        "item": item,
        "parts": parts,
        "mine": mine,
    }
    return _act_page(request, form, act, "councils/agreed_item.html", context, then=request.path)


def _answer_or_evidence(
    request: Request, agreed_item_id: UUID, mine: Part | None
) -> tuple[ActForm, Callable[..., object]]:
    """Take what was sent; a repeated answer stays an answer although one is on record."""
    sent, response = request.POST or None, mine and mine.response
    if response and "answer" not in request.POST:
        initial = {"evidence": response.evidence}
        return EvidenceForm(sent, initial=initial), partial(
            show_evidence, actor=request.actor, response_id=response.pk
        )
    return AnswerForm(sent), partial(
        answer_item,
        actor=request.actor,
        agreed_item_id=agreed_item_id,
        project_id=mine.project.pk if mine else None,
    )


def _of_secretariat(request: Request, council_id: UUID) -> dict[str, Any]:
    return {
        "audience": _("Officers of the ministry that organises the council."),
        "restricted": True,
        "council": queries.organised_council(request.actor, council_id),
    }


def _audience_of_agreed_items() -> str:
    return _(
        "For each agreed item: the projects that it names, their institutions and agencies,"
        " the ministry that organises the council, and the council's members."
    )


def _act_page(  # noqa: PLR0917 - what every act's page needs, in the order in which it is shown
    request: Request,
    form: ActForm,
    act: Callable[..., object],
    template: str,
    context: dict[str, Any],
    *,
    also: Any = None,  # noqa: ANN401 - a formset, or nothing
    then: str = "",
) -> HttpResponse:
    """Answer a form: done and on, or the same form with what is to be put right."""
    is_sent, refusal = request.method == "POST", NOTHING_REFUSED
    is_complete = is_sent and form.is_valid() and (also is None or also.is_valid())
    if is_complete:
        refusal = _try(lambda: act(**form.facts()))
        if not refusal:
            return see_other(then or reverse("councils:secretariat", args=[context["council"].pk]))
    shown = {**context, "form": form, "refusal": refusal}
    return page(request, template, shown, status=_status_again(request))


def _try(act: Callable[[], object]) -> Explanation:
    try:
        act()
    except RuleRefused as refused:
        return explain(refused.verdict, REFUSALS)
    return NOTHING_REFUSED


def _status_again(request: Request) -> HTTPStatus:
    """Choose the status: a form that is shown again was not taken."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
