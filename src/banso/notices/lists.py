"""The lists of mail."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.notices.queries.mailbox import mails_matching
from banso.web.formats import active_language, person_name
from banso.web.lists.columns import Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from typing import Any

TONES = {
    "waiting": "info",
    "handed-over": "info",
    "sent": "success",
    "in-doubt": "warning",
    "refused": "error",
    "bounced": "error",
    "given-up": "error",
}


def state_of(message: Any) -> Status:  # noqa: ANN401 - a row of a list
    """Name what became of a mail."""
    return Status(message.get_state_display(), TONES[message.state])


def _reader(message: Any) -> str:  # noqa: ANN401 - as above
    return person_name(message.family_name or "", message.given_name or "", active_language())


MAILBOX = Listing(
    name="mail",
    caption=_("Mail that was sent"),
    columns=(
        Column(
            "subject",
            _("Subject"),
            lambda mail: mail.subject,
            address=lambda mail: reverse("notices:mail", args=[mail.pk]),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "recipient",
            _("To"),
            lambda mail: mail.recipient,
            address=lambda mail: f"?{urlencode({'q': mail.recipient})}",
        ),
        Column("reader", _("Person"), _reader),
        Column("state", _("State"), state_of, Kind.STATUS),
        Column(
            "queued_at",
            _("Sent on"),
            lambda mail: mail.queued_at,
            Kind.INSTANT,
            order=("queued_at",),
        ),
    ),
    order=("-queued_at",),
    search=mails_matching,
    search_label=_("Search by person, address or subject"),
    empty=_("No mail was sent yet."),
)
