"""Letters about getting in, in the reader's language: one safe line as subject, plain text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import override

from banso.web.formats import active_language, instant_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is sent: its subject and its paragraphs."""

    subject: str
    paragraphs: tuple[str, ...]


def send(to: str, language: str, write: Callable[[], Letter]) -> None:
    """Write the letter in a language and hand it to the outbox."""
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        letter = write()
        closing = _(
            "This letter was sent by banso, the service of K Program. It asks for no password"
            " and no code."
        )
        body = "\n\n".join((*letter.paragraphs, closing)) + "\n"
        EmailMessage(subject=letter.subject, body=body, to=[to]).send()


def reset(address: str) -> Letter:
    """Lead to a new password; the link works once and for an hour."""
    return Letter(
        _("Set a new password"),
        (
            _("A new password was asked for, for the account of this address."),
            _("Open this page within an hour to set it:") + f"\n{address}",
            _("If you did not ask for it, do nothing: your password stays as it is."),
        ),
    )


def no_account(sign_up_address: str) -> Letter:
    """Tell whoever reads the mailbox that no account has this address."""
    return Letter(
        _("There is no account with this address"),
        (
            _(
                "A new password was asked for, for this address. No account has this address:"
                " perhaps you are registered with another one."
            ),
            _("Applicants can make an account here:") + f"\n{sign_up_address}",
            _("If you did not ask for it, do nothing."),
        ),
    )


def new_device(*, at: datetime, client: str, program: str, address: str) -> Letter:
    """Tell a person that somebody signed in from where nobody did before."""
    return Letter(
        _("Sign-in from a new device"),
        (
            _("Your account was used from a device that has not signed in before."),
            "\n".join(_facts(at=at, client=client, program=program)),
            _("If it was you, there is nothing to do."),
            _("If not, end the device and change your password here:") + f"\n{address}",
        ),
    )


def changed(what: str, *, at: datetime, client: str, program: str, address: str) -> Letter:
    """Tell a person that the way in which they sign in has changed."""
    return Letter(
        _("Your sign-in has changed"),
        (
            what,
            "\n".join(_facts(at=at, client=client, program=program)),
            _("If it was not you, look at your sign-ins and set a new password here:")
            + f"\n{address}",
        ),
    )


def _facts(*, at: datetime, client: str, program: str) -> list[str]:
    from_where = client or _("not known")
    return [
        _("When: %(at)s") % {"at": instant_text(at, active_language())},
        _("From: %(client)s") % {"client": from_where},
        _("Browser: %(program)s") % {"program": " ".join(program.split()) or _("not known")},
    ]
