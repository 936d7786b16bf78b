"""The mailbox of the demo: every mail that was sent, to step through what people are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.notices.lists import MAILBOX, state_of
from banso.notices.queries import mailbox as queries
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request


@require_safe
def mailbox(request: Request) -> HttpResponseBase:
    """List every mail, newest first."""
    return answer_list(
        request,
        MAILBOX,
        queries.mails(),
        template="notices/mailbox.html",
        audience=_("Everybody who tries the demo."),
        at=request.at,
    )


@require_safe
def mail(request: Request, message_id: UUID) -> HttpResponse:
    """Show one mail; its links can be followed."""
    found = queries.mail(message_id)
    context = {"mail": found, "pieces": queries.pieces(found.text), "state": state_of(found)}
    audience = _("Everybody who tries the demo.")
    return page(request, "notices/mail.html", context, audience=audience)
