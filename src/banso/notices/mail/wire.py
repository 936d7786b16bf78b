"""A mail as its bytes on the wire, and how a carrier says that it did not take one."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.message import EmailMessage as Built
from email.policy import SMTP
from typing import TYPE_CHECKING, Protocol

from banso.notices.mail.lines import header_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from banso.notices.models import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The words of a mail that are written as it leaves."""

    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


class NotNow(Exception):  # noqa: N818 - an answer that we foresee
    """This mail was not taken, and may be later."""


class Never(Exception):  # noqa: N818 - an answer that we foresee
    """This mail was refused for good."""


class Doubt(Exception):  # noqa: N818 - an answer that we foresee
    """The connection broke between handing the mail over and the answer."""


class Away(Exception):  # noqa: N818 - an answer that we foresee
    """Nobody takes any mail just now."""


class Carrier(Protocol):
    """Whoever takes mail away from us."""

    def open(self) -> None:
        """Connect, or say that nobody takes mail now."""

    def send(self, message: Message, at: datetime, hand_over: Callable[[], None]) -> None:
        """Send one mail; `hand_over` is called once, just before it cannot be taken back."""

    def close(self) -> None:
        """Say goodbye."""


def message_id(message: Message) -> str:
    """Name the mail as the world will, so that a bounce can be told apart."""
    return f"<{message.pk}@{message.sender.rpartition('@')[2].strip('> ') or 'localhost'}>"


def built(message: Message, at: datetime) -> Built:
    """Build the mail: plain text, and no header but those named here."""
    mail = Built(policy=SMTP)
    mail["From"] = message.sender
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    mail["Date"] = at
    mail["Message-ID"] = message_id(message)
    # No vacation notice answers it.
    mail["Auto-Submitted"] = "auto-generated"
    for name, value in message.headers.items():
        mail[name] = value
    mail.set_content(message.text, charset="utf-8", cte="base64")
    return mail


def answer_text(code: int | None, reply: bytes | str) -> str:
    """Write what a server said as one short line."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return header_line(f"{code or ''} {text}".strip(), 300)
