"""Two records of one person or body: compared, proposed to be merged, confirmed by another."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from banso.people.commands.merging.confirm_merging import confirm_merging
from banso.people.commands.merging.propose_merging import propose_merging
from banso.people.commands.merging.withdraw_merging import withdraw_merging
from banso.people.forms.registry.merging import MergeForm, OtherRecordForm
from banso.people.permissions import PROPOSE_MERGING
from banso.people.queries import registry
from banso.people.queries.records import merging as queries
from banso.people.queries.records.history import LABELS
from banso.people.views.registry.answers import answered, require_desk
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from banso.people.actors import Request

WITHDRAW = "withdraw"


@shows_and_takes
def choose_other(request: Request, person_id: UUID) -> HttpResponse:
    """Choose the record that may be of the same person, and go on to compare them."""
    require_desk(request)
    found = registry.person_on_record(request.actor, person_id)
    people = registry.registered_persons(request.actor).order_by("sort_key", "pk")
    form = OtherRecordForm(sent(request), people=people, on=request.actor.on)
    result = answer(request, form, lambda person: person)
    if result.is_done and result.made:
        return done(request, reverse("registry:merge_persons", args=[person_id, result.made.pk]))
    return answered(
        request,
        result,
        heading=_("Merge with another record"),
        button=_("Compare the two records"),
        back=reverse("registry:person", args=[person_id]),
        said="",
        about=found,
    )


@shows_and_takes
def persons(request: Request, kept_id: UUID, gone_id: UUID) -> HttpResponse:
    """Compare two persons, and propose which values stay."""
    require_desk(request)
    kept, gone = queries.two_persons(request.actor, kept_id, gone_id)
    back = reverse("registry:person", args=[kept_id])
    return _proposed(request, kept, gone, back=back, swap="registry:merge_persons")


@shows_and_takes
def bodies(request: Request, kept_id: UUID, gone_id: UUID) -> HttpResponse:
    """Compare two bodies, and propose which values stay."""
    require_desk(request)
    kept, gone = queries.two_bodies(kept_id, gone_id)
    back = reverse("registry:body", args=[kept_id])
    return _proposed(request, kept, gone, back=back, swap="registry:merge_bodies", are_bodies=True)


@shows_and_takes
def merging(request: Request, merging_id: UUID) -> HttpResponse:
    """Confirm what another person proposed, or leave both records as they are."""
    require_desk(request)
    found = queries.waiting_mergings(request.actor).get(pk=merging_id)
    kept, gone = found.both
    PROPOSE_MERGING.require(request.actor, found.both)
    is_withdrawn = request.POST.get("act") == WITHDRAW
    command = withdraw_merging if is_withdrawn else confirm_merging
    act = partial(command, actor=request.actor, merging_id=merging_id)
    return answered(
        request,
        answer(request, ActForm(sent(request)), act),
        heading=_("Confirm that two records become one"),
        button=_("Merge the two records"),
        back=reverse("registry:desk"),
        said=_("Both records stay as they are.")
        if is_withdrawn
        else _("The two records are one now."),
        template="people/merging/merging.html",
        merging=found,
        kept=kept,
        gone=gone,
        chosen=[(LABELS[name], value) for name, value in found.values.items()],
        is_own=found.proposed_by_id == request.actor.person_id,
    )


def _proposed(
    request: Request,
    kept: Any,  # noqa: ANN401 - two of a kind
    gone: Any,  # noqa: ANN401 - two of a kind
    *,
    back: str,
    swap: str,
    are_bodies: bool = False,
) -> HttpResponse:
    PROPOSE_MERGING.require(request.actor, (kept, gone))
    act = partial(
        propose_merging,
        actor=request.actor,
        kept_id=kept.pk,
        gone_id=gone.pk,
        are_bodies=are_bodies,
    )
    return answered(
        request,
        answer(request, MergeForm(sent(request), kept=kept, gone=gone), act),
        heading=_("Two records of one"),
        button=_("Propose to merge them"),
        back=back,
        said=_("The merging is proposed. It is done once another person has confirmed it."),
        then=reverse("registry:desk"),
        template="people/merging/merge.html",
        kept=kept,
        gone=gone,
        rows=[(LABELS[name], ours, theirs) for name, ours, theirs in queries.compared(kept, gone)],
        swapped=reverse(swap, args=[gone.pk, kept.pk]),
    )
