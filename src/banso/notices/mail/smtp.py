"""Delivery by SMTP, in steps small enough to know at each kill whether a mail can have left."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from banso.notices.mail.wire import Away, Doubt, Never, NotNow, answer_text, built

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from banso.notices.models import Message

SECONDS: Final = 20.0
TAKEN: Final = 250
GO_ON: Final = 354
FOR_GOOD: Final = 500
BROKEN: Final = (OSError, smtplib.SMTPServerDisconnected)
_DOT_AT_START: Final = re.compile(rb"(?m)^\.")


@dataclass(slots=True, kw_only=True)
class SmtpCarrier:
    """One conversation with a mail server, kept open from mail to mail."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = "starttls"  # or "at-once", or "none" to this machine
    _server: smtplib.SMTP | None = None

    def open(self) -> None:
        """Connect, encrypt and sign in."""
        try:
            if self.tls == "at-once":
                context = ssl.create_default_context()
                self._server = smtplib.SMTP_SSL(
                    self.host, self.port, timeout=SECONDS, context=context
                )
            else:
                self._server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
            _send_at_once(self._server)
            self._server.ehlo_or_helo_if_needed()
            if self.tls == "starttls":
                self._server.starttls(context=ssl.create_default_context())
            if self.user:
                self._server.login(self.user, self.password)
        except smtplib.SMTPResponseException as refused:
            raise Away(answer_text(refused.smtp_code, refused.smtp_error)) from refused
        except (OSError, smtplib.SMTPException) as fault:
            raise Away(answer_text(None, str(fault))) from fault

    def send(self, message: Message, at: datetime, hand_over: Callable[[], None]) -> None:
        """Send one mail; only the last dot makes the server take it, and before it we say so."""
        content = built(message, at).as_bytes()
        try:
            self._say(self._connected.mail(_address(message.sender)))
            self._say(self._connected.rcpt(message.recipient))
            self._say(self._connected.docmd("DATA"), GO_ON)
            self._connected.send(_DOT_AT_START.sub(b"..", content))
        except BROKEN as fault:
            raise Away(answer_text(None, str(fault))) from fault
        hand_over()
        try:
            end = b"" if content.endswith(b"\r\n") else b"\r\n"
            self._connected.send(end + b".\r\n")
            answer = self._connected.getreply()
        except BROKEN as fault:
            raise Doubt(answer_text(None, str(fault))) from fault
        self._say(answer)

    def close(self) -> None:
        """Say goodbye, if anybody is there."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
            self._server = None

    @property
    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            raise smtplib.SMTPServerDisconnected("not connected")
        return self._server

    def _say(self, answer: tuple[int, bytes], expected: int = TAKEN) -> None:
        """Go on if the server does; else begin this conversation anew with the next mail."""
        code, reply = answer
        # 251: it is taken and will be forwarded.
        if code in {expected, 251}:
            return
        self._connected.rset()
        text = answer_text(code, reply)
        if code == 421:  # noqa: PLR2004 - the server ends the conversation
            raise Away(text)
        raise (Never if code >= FOR_GOOD else NotNow)(text)


def _send_at_once(server: smtplib.SMTP) -> None:
    """Let the last dot go alone; it would wait for the other kernel each time."""
    if server.sock is not None:
        server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _address(sender: str) -> str:
    """Take the address out of `name <address>`."""
    return sender.rpartition("<")[2].rstrip("> ")
