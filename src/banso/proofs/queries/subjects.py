"""What a record was about, in a title that its person may still read; never protected content."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import Value
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from banso.councils.models import Council, Membership
from banso.proposals.models import Proposal
from banso.protected.models import Delivery, Offer, ProtectedItem
from banso.results.models import Result, Withholding
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from banso.ledger.models import Entry
    from banso.people.actors import Actor

Subject: TypeAlias = tuple[str, str]
Found: TypeAlias = "Iterable[tuple[Any, str, str]]"
ONE_LANGUAGE = Value("")


def titles_of(viewer: Actor, entries: Iterable[Entry]) -> Mapping[Subject, str]:
    """Find the titles of what these entries were about, in one query for each kind of thing."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        asked[entry.subject_type].append(entry.subject_id)
    return {
        (kind, str(key)): title
        for kind, keys in asked.items()
        if kind in _READERS
        for key, title in _titled(_READERS[kind](viewer, keys), is_council=kind in _COUNCILS)
    }


def _titled(found: Found, *, is_council: bool) -> Iterable[tuple[Any, str]]:
    for key, japanese, english in found:
        yield key, _title(japanese, english, is_council)


def _title_now(japanese: str, english: str, is_council: bool) -> str:  # noqa: FBT001 - `lazy` passes by place
    title = in_language(japanese, english)
    return _("Council of %(concept)s") % {"concept": title} if is_council else title


# A receipt's file says it in both languages, so it is written when it is shown.
_title = lazy(_title_now, str)


def _proposals(viewer: Actor, keys: Sequence[str]) -> Found:
    return _rows(Proposal.objects.visible_to(viewer), keys, "title_ja", "title_en")


def _memberships(viewer: Actor, keys: Sequence[str]) -> Found:
    own = Membership.objects.own(viewer)
    return _rows(own, keys, "council__concept__title", "council__concept__title_en")


def _councils(viewer: Actor, keys: Sequence[str]) -> Found:
    known = Council.objects.known_to(viewer) | Council.objects.represented_by(viewer)
    return _rows(known, keys, "concept__title", "concept__title_en")


def _offers(viewer: Actor, keys: Sequence[str]) -> Found:
    items = ProtectedItem.objects.visible_to(viewer)
    own = Offer.objects.visible_to(viewer).filter(item__in=items)
    return _rows(own, keys, "item__title", ONE_LANGUAGE)


def _deliveries(viewer: Actor, keys: Sequence[str]) -> Found:
    own = Delivery.objects.visible_to(viewer)
    return _rows(own, keys, "version__item__title", ONE_LANGUAGE)


def _withholdings(viewer: Actor, keys: Sequence[str]) -> Found:
    readable = Withholding.objects.visible_to(viewer)
    return _rows(readable, keys, "result__title_ja", "result__title_en")


def _results(viewer: Actor, keys: Sequence[str]) -> Found:
    return _rows(Result.objects.visible_to(viewer), keys, "title_ja", "title_en")


def _rows(
    readable: QuerySet[Any], keys: Sequence[str], japanese: str, english: str | Value
) -> Found:
    return readable.filter(pk__in=keys).values_list("pk", japanese, english)


_COUNCILS = frozenset({"councils.membership", "councils.council"})
_READERS: Mapping[str, Callable[[Actor, Sequence[str]], Found]] = {
    "proposals.proposal": _proposals,
    "councils.membership": _memberships,
    "councils.council": _councils,
    "protected.offer": _offers,
    "protected.delivery": _deliveries,
    "results.withholding": _withholdings,
    "results.result": _results,
}
