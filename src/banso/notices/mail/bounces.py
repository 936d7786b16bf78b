"""A mail that came back: the report of a mail server, read for which mail it is and why."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Final
from uuid import UUID

from banso.ledger.clock import read_clock
from banso.notices.mail.wire import answer_text
from banso.notices.models import Message

if TYPE_CHECKING:
    from email.message import EmailMessage

MOST_BYTES: Final = 1_000_000
_OURS: Final = re.compile(rb"^Message-ID:\s*<([0-9a-f-]{36})@", re.IGNORECASE | re.MULTILINE)
_WORDS: Final = re.compile(r"^\s*smtp\s*;\s*", re.IGNORECASE)


def take_bounce(raw: bytes) -> bool:
    """Note that a mail of ours came back for good, and tell whether that is what it was."""
    report = message_from_bytes(raw[:MOST_BYTES], policy=default)
    reason, found = _reason(report), _OURS.findall(raw[:MOST_BYTES])
    if not reason or not found:
        return False
    left = [Message.State.SENT, Message.State.IN_DOUBT]
    message = Message.objects.filter(pk=UUID(found[-1].decode()), state__in=left)
    return bool(message.update(state=Message.State.BOUNCED, reason=reason, ended_at=read_clock()))


def _reason(report: EmailMessage) -> str:
    """Find why it came back; nothing if it is only late, or no report at all."""
    for part in report.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload():
            if isinstance(fields, str):
                continue
            if str(fields.get("Action", "")).strip().lower() == "failed":
                told = str(fields.get("Diagnostic-Code") or fields.get("Status") or "")
                return answer_text(None, _WORDS.sub("", told)) or "It came back without a reason."
    return ""
