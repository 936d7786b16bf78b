"""A mail of notices, written when it leaves: what its reader may not read by then is not in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from banso.notices.mail.wire import Letter
from banso.notices.stopping import stop_address
from banso.notices.telling.declared import kinds
from banso.notices.telling.words import words_to

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from banso.notices.models import Message, Notice
    from banso.notices.telling.words import Words
    from banso.people.models import Person

PREFIX: Final = "[banso] "


def letter_of(message: Message, *, at: datetime) -> Letter | None:
    """Write the mail in its reader's language; nothing where they may read none of it any more."""
    notices = list(message.notices.select_related("person").order_by("at", "pk"))
    if not notices:
        return None
    person = notices[0].person
    with override(person.language):
        words = words_to(notices, at=at, in_mail=True)
        if not words:
            return None
        return _letter(person, notices, words)


def _letter(person: Person, notices: Sequence[Notice], words: Sequence[Words]) -> Letter:
    codes = {one.kind for one in notices}
    stoppable = len(codes) == 1 and not kinds()[next(iter(codes))].must_reach
    stop = settings.SITE_ADDRESS + stop_address(person.pk, next(iter(codes))) if stoppable else ""
    headers = (
        {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
        if stop
        else {}
    )
    greeting = _("Dear %(name)s,") % {"name": _name(person)}
    parts = [greeting, *(_paragraph(one) for one in words), _footer(stop)]
    return Letter(subject=_subject(words), text="\n\n".join(parts) + "\n", headers=headers)


def _subject(words: Sequence[Words]) -> str:
    if len(words) == 1:
        return PREFIX + words[0].sentence
    count = len(words)
    told = ngettext("%(count)s notice", "%(count)s notices", count) % {"count": count}
    return PREFIX + told


def _paragraph(words: Words) -> str:
    lines = [words.sentence]
    if words.deadline:
        lines.append(_("Until: %(deadline)s") % {"deadline": words.deadline})
    return "\n".join([*lines, settings.SITE_ADDRESS + words.address])


def _footer(stop: str) -> str:
    lines = [
        "-- ",
        _("banso sent this mail. Nobody reads answers to it."),
        _("Choose how you are told: %(address)s")
        % {"address": settings.SITE_ADDRESS + reverse("notices:choices")},
    ]
    if stop:
        lines.append(_("No more mail of this kind: %(address)s") % {"address": stop})
    return "\n".join(lines)


def _name(person: Person) -> str:
    return person.name_en if person.language == "en" else person.name_ja
