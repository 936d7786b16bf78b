"""What answers without signing in to whoever has the address: stopping mail, and the calendar."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from banso.notices.calendar import calendar_of, feed_at
from banso.notices.commands.choose_notices import choose_notices
from banso.notices.stopping import read_stop
from banso.notices.telling.declared import kinds
from banso.people.queries.actors import actor_for
from banso.web.answering import shows_and_takes
from banso.web.fronts.events import How
from banso.web.pages import page

if TYPE_CHECKING:
    from banso.people.actors import Request


# A mail program sends the form by itself and has no cookie; the address is the right to do it.
@csrf_exempt
@shows_and_takes
def stop(request: Request, token: str) -> HttpResponse:
    """Ask whether to stop one kind of mail; a POST stops it (RFC 8058)."""
    try:
        person_id, code = read_stop(token)
    except BadSignature:
        raise Http404 from None
    kind = kinds().get(code)
    if kind is None or kind.must_reach:
        raise Http404
    is_stopped = request.method == "POST"
    if is_stopped:
        person = actor_for(person_id, on=localdate(request.at))
        choose_notices(actor=person, chosen={code: How.PAGE})
    context = {"kind": kind.label, "is_stopped": is_stopped}
    # The answer itself says what was done: whoever has no session has no next page to say it.
    status = HTTPStatus.ACCEPTED if is_stopped else HTTPStatus.OK
    return page(request, "notices/stop.html", context, status=status)


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """Give a person's calendar to whoever has its address."""
    found = feed_at(token)
    if found is None:
        raise Http404
    response = HttpResponse(
        calendar_of(found, at=request.at), content_type="text/calendar; charset=utf-8"
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Disposition"] = 'attachment; filename="banso.ics"'
    return response
