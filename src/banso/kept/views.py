"""Keeping typed text, what is kept of oneself, and staying signed in."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from banso.kept.asking import asking
from banso.kept.opening import TOKEN, opening_of
from banso.kept.queries import kept_text_of, kept_texts_of
from banso.kept.storing import KEPT_FOR, NotKept, keep_text, throw_away, typed_in
from banso.ledger.clock import read_clock
from banso.web.answering import done, shows_and_takes
from banso.web.formats import JAPAN
from banso.web.pages import page

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@csrf_exempt
@require_POST
def keep_typed(request: HttpRequest) -> JsonResponse:
    """Keep what stands in a form now; the page's signed opening says whose it is."""
    opening = opening_of(request.POST.get(TOKEN, ""))
    if opening is None:
        said = _("Not saved: this page was open for too long. Copy your text and load it again.")
        return JsonResponse({"said": said}, status=HTTPStatus.FORBIDDEN)
    at = read_clock()
    try:
        kept = keep_text(opening, typed_in(request.POST), at)
    except NotKept as refused:
        return JsonResponse({"said": _why(refused)}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"said": saved_at(at), "token": kept.token})


def saved_at(at: datetime) -> str:
    """Say when text was kept, to the second."""
    return _("Saved %(clock)s") % {"clock": f"{at.astimezone(JAPAN):%H:%M:%S}"}


@require_safe
def kept_texts(request: HttpRequest) -> HttpResponse:
    """List what is kept of the person, and until when."""
    kept = [(one, one.kept_at + KEPT_FOR) for one in kept_texts_of(asking(request).actor)]
    return page(request, "kept/kept_texts.html", {"kept": kept}, audience=_audience())


@shows_and_takes
def kept_text(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """Show one kept text; a POST throws it away."""
    actor, at = asking(request).actor, asking(request).at
    kept = kept_text_of(actor, kept_id)
    if request.method == "POST":
        throw_away(actor, kept, at)
        return done(request, reverse("kept:kept_texts"), _("The unsent text is deleted."))
    texts = [text for values in kept.fields.values() for text in values if text.strip()]
    context = {"kept": kept, "texts": texts, "until": kept.kept_at + KEPT_FOR}
    return page(request, "kept/kept_text.html", context, audience=_audience())


@csrf_exempt
@require_POST
def extend_session(request: HttpRequest) -> JsonResponse:
    """Let the session last as long again from now.

    It changes nothing else, and no other site's form brings the session's cookie.
    """
    request.session.modified = True
    return JsonResponse({"said": _("You stay signed in.")})


def _audience() -> str:
    return _("You alone.")


def _why(refused: NotKept) -> str:
    if refused.why == NotKept.Why.TOO_LONG:
        return _("Not saved: the form holds more than 1,000,000 characters. Shorten it.")
    return _("Not saved: this form was already sent. Load the page again to go on.")
