"""The letters with results, to those who may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.review.lists import LETTERS
from banso.review.queries.letters import letter_for, letters_for
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request


@require_safe
def letters(request: Request) -> HttpResponseBase:
    """List letters to the viewer's teams and institutions, and of calls that they run."""
    return answer_list(
        request,
        LETTERS,
        letters_for(request.actor),
        template="review/letters/letters.html",
        audience=_("You alone. Each letter is open to those whom its own page names."),
        at=request.at,
    )


@require_safe
def letter(request: Request, letter_id: UUID) -> HttpResponse:
    """Show one letter: the result and its reasons (K8)."""
    audience = _(
        "The proposal's team, its institution's officers, and those who run the call and"
        " have no conflict of interest."
    )
    context = {"letter": letter_for(request.actor, letter_id)}
    return page(request, "review/letters/letter.html", context, audience=audience)
