"""Delivery through a mail provider's own interface, by Django's: django-anymail and its like."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.mail import EmailMessage, get_connection

from banso.notices.mail.wire import Doubt, Never, NotNow, answer_text, message_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from banso.notices.models import Message


@dataclass(slots=True, kw_only=True)
class ProviderCarrier:
    """A provider, by the path of its backend."""

    backend: str

    def open(self) -> None:
        """Nothing is kept open: each mail is a request of its own."""

    def send(self, message: Message, _at: datetime, hand_over: Callable[[], None]) -> None:
        """Send one mail; what the provider answers says whether it was taken."""
        mail = EmailMessage(
            message.subject,
            message.text,
            message.sender,
            [message.recipient],
            headers={**message.headers, "Message-ID": message_id(message)},
            connection=get_connection(self.backend),
        )
        hand_over()
        try:
            mail.send()
        except OSError as fault:
            raise Doubt(answer_text(None, str(fault))) from fault
        except Exception as fault:
            # A provider's package has faults of its own kinds; those that carry an answer say it.
            status = getattr(fault, "status_code", None)
            if status is None:
                raise Never(answer_text(None, type(fault).__name__)) from fault
            is_passing = status == HTTPStatus.TOO_MANY_REQUESTS or status >= FOR_ALL
            raise (NotNow if is_passing else Never)(answer_text(status, str(fault))) from fault

    def close(self) -> None:
        """Nothing was kept open."""


FOR_ALL = HTTPStatus.INTERNAL_SERVER_ERROR
