"""The job that empties the outbox; one at a time, because the job has a lease."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.conf import settings

from banso.ledger.clock import read_clock
from banso.notices.mail.lines import header_line
from banso.notices.mail.providers import ProviderCarrier
from banso.notices.mail.smtp import SmtpCarrier
from banso.notices.mail.wire import Away, Doubt, Never, NotNow
from banso.notices.models import Message
from banso.web.fronts.jobs import Later

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.db.models import QuerySet

    from banso.notices.mail.wire import Carrier, Letter
    from banso.web.fronts.jobs import Work

AT_ONCE: Final = 50
# So long one run sends at most, so that other jobs need not wait for ten thousand mails.
TURN: Final = timedelta(seconds=15)
# After these waits a mail that was not taken is tried again; the last one repeats.
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
# What was not taken by then says something that is not true any more.
GIVEN_UP_AFTER: Final = timedelta(days=3)
AWAY_WAIT: Final = timedelta(seconds=30)
KEPT: Final = timedelta(days=180)
ENDED_BETWEEN: Final = "banso ended between handing it over and the server's answer."
TOO_LATE: Final = "It could not be sent within three days."
State = Message.State


class Write(Protocol):
    """Whoever writes the words of a mail of notices; nothing if its reader may read none."""

    def __call__(self, message: Message, *, at: datetime) -> Letter | None:
        """Write the words as of an instant."""


def mail_waits() -> bool:
    """Tell whether a mail is due, and whether there is any way out for it."""
    if settings.MAIL is None and not settings.IS_DEMO:
        return False
    return _due(read_clock()).exists()


def deliver(work: Work, write: Write) -> None:
    """Send what is due, each mail at most once; `write` gives the words of a mail of notices."""
    # Only the job's holder hands mail over, so what stands so now is of a run that ended.
    _end(Message.objects.filter(state=State.HANDED_OVER), State.IN_DOUBT, ENDED_BETWEEN)
    late = Message.objects.filter(state=State.WAITING, queued_at__lt=work.at - GIVEN_UP_AFTER)
    _end(late, State.GIVEN_UP, TOO_LATE)
    carrier = _carrier()
    try:
        carrier.open()
        while batch := _next_batch(work.at):
            work.progressed(0, 0)
            for message in batch:
                _send(message, carrier, write)
    except Away as away:
        raise Later(f"The mail server takes no mail: {away}", wait=AWAY_WAIT) from away
    finally:
        carrier.close()


def _next_batch(began_at: datetime) -> list[Message]:
    """Take the next mails, unless others' turn has come; a second later it is this job's again."""
    at = read_clock()
    if at - began_at > TURN:
        return []
    return list(_due(at).order_by("due_at", "queued_at", "pk")[:AT_ONCE])


def delete_old_mail(work: Work) -> None:
    """Delete what ended long ago; its text went when it ended."""
    Message.objects.filter(state__in=Message.ENDED, ended_at__lt=work.at - KEPT).delete()


def _due(at: datetime) -> QuerySet[Message]:
    return Message.objects.filter(state__in=[State.WAITING, State.HANDED_OVER], due_at__lte=at)


def _send(message: Message, carrier: Carrier, write: Write) -> None:
    ours = Message.objects.filter(pk=message.pk)
    if message.is_of_notices and not _write(message, write):
        _end(ours, State.WITHDRAWN, "")
        return
    try:
        carrier.send(message, read_clock(), lambda: _hand_over(message))
    except Never as refused:
        _end(ours, State.REFUSED, str(refused))
    except Doubt as doubt:
        _end(ours, State.IN_DOUBT, str(doubt))
    except NotNow as later:
        _put_off(message, str(later))
    except Away as away:
        # Should this mail be what drives the server away, the others need not wait behind it.
        _put_off(message, str(away))
        raise
    else:
        _end(ours, State.SENT, "")


def _write(message: Message, write: Write) -> bool:
    """Put the words of this moment into a mail of notices, and tell whether there are any.

    They are kept in the demo alone, where its page shows them.
    """
    letter = write(message, at=read_clock())
    if letter is None:
        return False
    message.subject, message.text = header_line(letter.subject), letter.text
    message.headers = dict(letter.headers)
    if settings.IS_DEMO:
        message.save(update_fields=["subject", "text", "headers"])
    return True


def _put_off(message: Message, reason: str) -> None:
    """Let a mail that was not taken wait longer each time."""
    wait = WAITS[min(message.attempts, len(WAITS) - 1)]
    Message.objects.filter(pk=message.pk).update(
        state=State.WAITING,
        attempts=message.attempts + 1,
        due_at=read_clock() + wait,
        reason=reason,
    )


def _hand_over(message: Message) -> None:
    """Write down, before it cannot be taken back, that the mail may have left."""
    waiting = Message.objects.filter(pk=message.pk, state=State.WAITING)
    if not waiting.update(state=State.HANDED_OVER):
        raise Later("Another worker has the mail.")


def _end(messages: QuerySet[Message], state: str, reason: str) -> None:
    """End mails; their text is of no more use, but in the demo, where it is read on a page."""
    emptied: dict[str, Any] = {} if settings.IS_DEMO else {"text": "", "headers": {}}
    messages.update(state=state, reason=reason, ended_at=read_clock(), **emptied)


class DemoCarrier:
    """In the demo mail goes nowhere: the mailbox page shows it."""

    def open(self) -> None:
        """Nothing to connect to."""

    def send(self, _message: Message, _at: datetime, hand_over: Callable[[], None]) -> None:
        """Take it."""
        hand_over()

    def close(self) -> None:
        """Nothing to close."""


def _carrier() -> Carrier:
    match settings.MAIL:
        case None:
            return DemoCarrier()
        case {"backend": backend}:
            return ProviderCarrier(backend=backend)
        case server:
            return SmtpCarrier(**server)
