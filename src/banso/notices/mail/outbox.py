"""The outbox: a mail enters in the transaction of whatever causes it, and leaves later."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from banso.ledger.clock import read_clock
from banso.ledger.record import running_act
from banso.notices.mail.lines import header_line
from banso.notices.models import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.core.mail import EmailMessage

# Headers that a caller of Django's interface may add; everything else is ours.
ALLOWED_HEADERS: Final = frozenset({"List-Unsubscribe", "List-Unsubscribe-Post"})
KEY_HEADER: Final = "X-Banso-Key"


@dataclass(frozen=True, slots=True)
class Cause:
    """Whose act a mail is about, so that they learn whom it did not reach."""

    person_id: UUID
    act: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail as it is asked for; under one key it leaves once."""

    to: str
    subject: str
    text: str
    key: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    cause: Cause | None = None


def queue_for(to: str, *, key: str, cause: Cause | None, at: datetime) -> Message | None:
    """Keep a mail whose words its notices give as it leaves; nothing if the key is known."""
    message = _message(Mail(to=to, subject="", text="", key=key, cause=cause), at)
    message.is_of_notices = True
    if Message.objects.filter(key=key).exists():
        return None
    message.save(force_insert=True)
    return message


def put(mails: Sequence[Mail], *, at: datetime) -> int:
    """Keep mails in the caller's transaction, and tell how many of their keys are new."""
    messages = [_message(mail, at) for mail in mails]
    keys = [message.key for message in messages]
    known = set(Message.objects.filter(key__in=keys).values_list("key", flat=True))
    new = [message for message in messages if message.key not in known]
    Message.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


def _message(mail: Mail, at: datetime) -> Message:
    message_id = uuid.uuid4()
    if foreign := mail.headers.keys() - ALLOWED_HEADERS:
        raise ValueError(f"a mail cannot have the headers {sorted(foreign)}")
    validate_email(mail.to)
    return Message(
        id=message_id,
        key=mail.key or str(message_id),
        recipient=mail.to,
        sender=settings.DEFAULT_FROM_EMAIL,
        subject=header_line(mail.subject),
        text=mail.text,
        headers={name: header_line(value, 2000) for name, value in mail.headers.items()},
        caused_by_id=mail.cause.person_id if mail.cause else None,
        act=mail.cause.act if mail.cause else "",
        acted_at=mail.cause.at if mail.cause else None,
        queued_at=at,
        due_at=at,
    )


class OutboxBackend(BaseEmailBackend):
    """Django's interface to the outbox: whoever sends mail through it needs to know no more.

    Within a command the mail is of its actor's act. Each recipient gets a mail of their own and
    sees no other address.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Put every mail into the outbox, in the transaction that is open."""
        at, cause = read_clock(), _cause()
        for message in email_messages:
            if message.attachments or getattr(message, "alternatives", None):
                raise ValueError("the outbox takes plain text alone")
        return put(
            [
                Mail(
                    to=recipient,
                    subject=str(message.subject),
                    text=str(message.body),
                    key=str(message.extra_headers.get(KEY_HEADER, "")),
                    headers={
                        name: str(value)
                        for name, value in message.extra_headers.items()
                        if name != KEY_HEADER
                    },
                    cause=cause,
                )
                for message in email_messages
                for recipient in message.recipients()
            ],
            at=at,
        )


def _cause() -> Cause | None:
    running = running_act()
    return Cause(*running) if running else None
