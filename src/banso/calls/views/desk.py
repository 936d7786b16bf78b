"""The desk of a funding agency: announce a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from banso.calls import queries
from banso.calls.commands.announce_call import announce_call
from banso.calls.forms import AnnounceForm
from banso.calls.views.answers import status_of, try_act
from banso.web.explanations import NOTHING_REFUSED
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from banso.people.actors import Request


@require_http_methods(["GET", "POST"])
def announce(request: Request) -> HttpResponse:
    """Announce a call of one's own agency."""
    concepts = queries.concepts_to_call(request.actor)
    form = AnnounceForm(request.POST or None, concepts=concepts)
    refusal, then = NOTHING_REFUSED, ""
    if form.is_valid() and _is_new(form, concepts):
        slug = _slug(form, concepts)
        refusal, made = try_act(
            lambda: announce_call(actor=request.actor, slug=slug, **form.cleaned_data)
        )
        then = reverse("proposals:desk_call", args=[made.slug]) if made else ""
    context = {"form": form, "refusal": refusal}
    return page(
        request, "calls/announce.html", context, status=status_of(request, then), then=then
    )


def _is_new(form: AnnounceForm, concepts: Any) -> bool:  # noqa: ANN401 - a queryset
    entered = form.cleaned_data
    concept = concepts.get(pk=entered["concept_id"])
    is_known = queries.is_call_known(
        concept_id=concept.pk, fiscal_year=entered["fiscal_year"], number=entered["round"]
    )
    if is_known:
        form.add_error(
            "round", _("This concept already has a call in this year and round. Enter the next.")
        )
    return not is_known


def _slug(form: AnnounceForm, concepts: Any) -> str:  # noqa: ANN401 - a queryset
    entered = form.cleaned_data
    concept = concepts.get(pk=entered["concept_id"])
    return f"{concept.slug}-{entered['fiscal_year']}-{entered['round']}"
