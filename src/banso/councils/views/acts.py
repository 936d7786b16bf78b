"""What a secretariat does: prepare, establish, invite, record meetings and agreed items."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.urls import reverse
from django.utils.translation import gettext as _

from banso.councils.commands.agreement.agree_item import agree_item
from banso.councils.commands.meetings.hold_meeting import hold_meeting
from banso.councils.commands.membership.invite_member import invite_member
from banso.councils.commands.preparation.establish_council import establish_council
from banso.councils.commands.preparation.name_representative import name_representative
from banso.councils.commands.preparation.prepare_council import prepare_council
from banso.councils.commands.preparation.record_consultation import record_consultation
from banso.councils.forms.agreement import AgreeForm
from banso.councils.forms.meetings import AgendaFormSet, MeetingForm
from banso.councils.forms.membership import InviteForm
from banso.councils.forms.preparation import (
    ConsultationForm,
    EstablishForm,
    PrepareForm,
    RepresentativeForm,
)
from banso.councils.messages import THE_SECRETARIAT
from banso.councils.queries.councils import organised_council, room_for
from banso.kept.keeping import keep
from banso.rulebook.japan import day_in_japan
from banso.web.answering import Answer, answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.fronts import in_language
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.forms import BaseFormSet
    from django.http import HttpResponse

    from banso.councils.models import Council
    from banso.people.actors import Request

CouncilForm = TypeVar("CouncilForm", bound=ActForm)


@shows_and_takes
def prepare(request: Request) -> HttpResponse:
    """Prepare a council for a concept."""
    form = PrepareForm(sent(request), viewer=request.actor)
    answered = answer(request, form, partial(prepare_council, actor=request.actor))
    if answered.made:
        address = reverse("councils:secretariat", args=[answered.made.pk])
        return done(request, address, _("The council is prepared."))
    return page(
        request,
        "councils/secretariat/prepare.html",
        answered.shown,
        audience=THE_SECRETARIAT,
        status=answered.status,
    )


@shows_and_takes
def representative(request: Request, council_id: UUID) -> HttpResponse:
    """Name who represents the R&D."""
    council = organised_council(request.actor, council_id)
    form = RepresentativeForm(sent(request), council=council, at=request.at)
    act = partial(name_representative, actor=request.actor, council_id=council_id)
    said = _("The representative is named. They find the question on their own page.")
    return _answered(
        request, council, answer(request, form, act), template="representative", said=said
    )


@shows_and_takes
def consultation(request: Request, council_id: UUID) -> HttpResponse:
    """Record the prior consultation."""
    council = organised_council(request.actor, council_id)
    act = partial(record_consultation, actor=request.actor, council_id=council_id)
    answered = answer(request, ConsultationForm(sent(request)), act)
    said = _("The prior consultation is recorded.")
    return _answered(request, council, answered, template="consultation", said=said)


@shows_and_takes
def establish(request: Request, council_id: UUID) -> HttpResponse:
    """Establish the council with its first bylaws."""
    council = organised_council(request.actor, council_id)
    form = _kept(request, council, EstablishForm(sent(request), council=council))
    act = partial(establish_council, actor=request.actor, council_id=council_id)
    said = _("The council is established.")
    return _answered(request, council, answer(request, form, act), template="establish", said=said)


@shows_and_takes
def invite(request: Request, council_id: UUID) -> HttpResponse:
    """Search for a person and invite them; the answer is theirs and is not shown."""
    council = organised_council(request.actor, council_id)
    form = InviteForm(sent(request), on=day_in_japan(request.at))
    act = partial(invite_member, actor=request.actor, council_id=council_id)
    said = _("The invitation is sent.")
    return _answered(request, council, answer(request, form, act), template="invite", said=said)


@shows_and_takes
def record_meeting(request: Request, council_id: UUID) -> HttpResponse:
    """Record a meeting with its agenda."""
    council = organised_council(request.actor, council_id)
    agenda = AgendaFormSet(sent(request), prefix="agenda")

    def act(**facts: Any) -> object:  # noqa: ANN401 - the form's facts, as they are
        matters = [matter.cleaned_data for matter in agenda if matter.has_changed()]
        return hold_meeting(
            actor=request.actor,
            council_id=council_id,
            agenda=[(matter["kind"], matter["title"]) for matter in matters],
            **facts,
        )

    form = _kept(request, council, MeetingForm(sent(request)), also=agenda)
    answered = answer(request, form, act, also=agenda)
    said = _("The meeting is recorded.")
    return _answered(
        request, council, answered, template="record_meeting", said=said, agenda=agenda
    )


@shows_and_takes
def agreement(request: Request, council_id: UUID) -> HttpResponse:
    """Record what the council agreed; the officer is a member of it."""
    room_for(request.actor, council_id)
    council = organised_council(request.actor, council_id)
    form = AgreeForm(sent(request), council=council, viewer=request.actor)
    _kept(request, council, form)
    said = _("The agreed item is recorded. The projects that it names answer it.")
    answered = answer(request, form, partial(agree_item, actor=request.actor))
    return _answered(request, council, answered, template="agreement", said=said)


def _kept(
    request: Request, council: Council, form: CouncilForm, *, also: BaseFormSet[Any] | None = None
) -> CouncilForm:
    """Let what the secretariat writes be kept until it is sent."""
    title = in_language(council.concept.title, council.concept.title_en)
    return keep(request, form, subject=council.pk, about=title, also=also)


def _answered(
    request: Request,
    council: Council,
    answered: Answer[Any, Any],
    *,
    template: str,
    said: str,
    **further: object,
) -> HttpResponse:
    """Go back to the secretariat with what was done, or show the form again."""
    if answered.is_done:
        return done(request, reverse("councils:secretariat", args=[council.pk]), said)
    return page(
        request,
        f"councils/secretariat/{template}.html",
        {"council": council, **answered.shown, **further},
        audience=THE_SECRETARIAT,
        is_restricted=True,
        status=answered.status,
    )
