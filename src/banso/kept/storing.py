"""Keeping typed text, and forgetting it: no act of anybody's, so nothing of it is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.db import transaction

from banso.kept.models import KeptText
from banso.kept.opening import TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from banso.kept.opening import Opening
    from banso.ledger.record import Acting

KEPT_FOR: Final = timedelta(days=30)
ENDED_FOR: Final = timedelta(days=1)
MOST_CHARACTERS: Final = 1_000_000
MOST_OF_A_FORM: Final = 20
_NOT_TYPED: Final = frozenset({TOKEN, "csrfmiddlewaretoken", "idempotency_key", "search"})


class NotKept(Exception):  # noqa: N818 - an answer that we foresee
    """The text is not kept; the reason is a code for the page's words."""

    class Why(StrEnum):
        """Why it is not kept."""

        ENDED = "ended"
        TOO_LONG = "too-long"

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


def typed_in(data: QueryDict) -> dict[str, list[str]]:
    """Take what was typed from a form, without what pages add of themselves."""
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in data.lists()
        if name not in _NOT_TYPED
    }


def keep_text(opening: Opening, typed: dict[str, list[str]], at: datetime) -> Opening:
    """Keep what stands in the form now, and give the opening with which the page goes on.

    Text that another page has kept under the same opening is left alone.
    """
    if _length(typed.values()) > MOST_CHARACTERS:
        raise NotKept(NotKept.Why.TOO_LONG)
    with transaction.atomic():
        known = KeptText.objects.select_for_update().filter(pk=opening.key).first()
        if known is not None and known.ended_at is not None:
            raise NotKept(NotKept.Why.ENDED)
        is_behind = known is not None and known.revision != opening.revision
        if known is not None and is_behind and known.fields != typed:
            opening, known = opening.anew(), None
        revision = known.revision + 1 if known else 1
        KeptText(
            id=opening.key,
            person_id=opening.person_id,
            form=opening.form,
            subject=opening.subject,
            about=opening.about[:300],
            address=opening.address[:500],
            fields=typed,
            opened_on=opening.opened_on,
            revision=revision,
            kept_at=at,
        ).save(force_insert=known is None, force_update=known is not None)
        _drop_the_oldest(opening)
    return replace(opening, revision=revision)


def end_text(opening: Opening, at: datetime) -> None:
    """Forget the text of an opening that was sent; what is still on its way is not kept either."""
    KeptText.objects.update_or_create(
        pk=opening.key,
        defaults={"fields": {}, "ended_at": at, "kept_at": at},
        create_defaults={
            "person_id": opening.person_id,
            "form": opening.form,
            "subject": opening.subject,
            "address": opening.address[:500],
            "opened_on": opening.opened_on,
            "ended_at": at,
            "kept_at": at,
        },
    )


def throw_away(viewer: Acting, kept: KeptText, at: datetime) -> None:
    """Throw away what its person no longer wants."""
    mine = KeptText.objects.visible_to(viewer).filter(pk=kept.pk)
    mine.update(fields={}, about="", ended_at=at)


def forget_old(at: datetime) -> int:
    """Delete what was kept for 30 days, and what has ended for a day; tell how many."""
    old, _each = KeptText.objects.filter(kept_at__lt=at - KEPT_FOR).delete()
    ended, _each = KeptText.objects.filter(ended_at__lt=at - ENDED_FOR).delete()
    return old + ended


def _length(values: Iterable[list[str]]) -> int:
    return sum(len(text) for several in values for text in several)


def _drop_the_oldest(opening: Opening) -> None:
    of_the_form = KeptText.objects.filter(
        person_id=opening.person_id, form=opening.form, subject=opening.subject, ended_at=None
    ).order_by("-kept_at")
    too_many = list(of_the_form.values_list("pk", flat=True)[MOST_OF_A_FORM:])
    if too_many:
        KeptText.objects.filter(pk__in=too_many).delete()
