"""A notice in words, for its own reader and at the moment of reading: nothing else is kept."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from banso.notices.telling.declared import kinds, wordings
from banso.people.queries.actors import actor_for
from banso.web.formats import active_language, instant_text
from banso.web.fronts import fronts, in_language
from banso.web.fronts.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from banso.notices.models import Notice
    from banso.people.actors import Actor
    from banso.web.fronts import Titled

Title = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A notice as it is read: a sentence, its page, its deadline in words."""

    notice: Notice
    sentence: str
    address: str
    deadline: str
    kind: str

    @property
    def is_seen(self) -> bool:
        """Whether its reader has opened it."""
        return self.notice.seen_at is not None


def words_of(viewer: Actor, notices: Sequence[Notice], *, in_mail: bool = False) -> list[Words]:
    """Write those notices that the viewer may still read; the others do not exist any more."""
    titles = _titles(viewer, notices)
    written = (
        _written(notice, titles[notice.subject_type, notice.subject_id], in_mail=in_mail)
        for notice in notices
        if notice.name in wordings() and (notice.subject_type, notice.subject_id) in titles
    )
    return list(written)


def words_to(notice_s: Iterable[Notice], *, at: datetime, in_mail: bool = False) -> list[Words]:
    """Write notices of one person as that person may read them now."""
    notices = list(notice_s)
    if not notices:
        return []
    viewer = actor_for(notices[0].person_id, on=localdate(at))
    return words_of(viewer, notices, in_mail=in_mail)


def _written(notice: Notice, title: Title, *, in_mail: bool) -> Words:
    wording = wordings()[notice.name]
    shown = in_language(*title)
    if wording.is_title_protected and in_mail:
        shown = _("(the title is shown on the page)")
    sentence = str(wording.words) % {"title": shown}
    if notice.stage:
        sentence = _staged(notice.stage) % {"sentence": sentence}
    deadline = instant_text(notice.deadline_at, active_language()) if notice.deadline_at else ""
    kind = kinds().get(notice.kind)
    in_letter = wording.page_in_mail if in_mail and isinstance(wording, Event) else None
    page = in_letter or wording.page
    return Words(
        notice=notice,
        sentence=sentence,
        address=page(notice.subject_id),
        deadline=deadline,
        kind=str(kind.label) if kind else "",
    )


def _staged(stage: str) -> str:
    match stage:
        case "7d":
            return _("Within 7 days: %(sentence)s")
        case "1d":
            return _("Within 24 hours: %(sentence)s")
        case "3h":
            return _("Within 3 hours: %(sentence)s")
        case "over":
            return _("Overdue: %(sentence)s")
        case _ended:
            return "%(sentence)s"


def _titles(viewer: Actor, notices: Sequence[Notice]) -> Mapping[tuple[str, str], Title]:
    """Ask each kind of thing once for the titles that the viewer may read."""
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for notice in notices:
        asked[notice.subject_type].add(notice.subject_id)
    readers: dict[str, Callable[[Actor, Sequence[str]], Iterable[Titled]]] = {
        kind: reader for front in fronts().values() for kind, reader in front.titles.items()
    }
    return {
        (kind, str(key)): (japanese, english)
        for kind, keys in asked.items()
        if kind in readers
        for key, japanese, english in readers[kind](viewer, sorted(keys))
    }
