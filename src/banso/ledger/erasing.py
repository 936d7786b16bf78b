"""Erasing details: salt and text go, the entry and its leaf stay, and the erasure is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from banso.ledger.models import Detail, Entry, Erasure

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet


def details_about(person_id: UUID) -> QuerySet[Entry]:
    """List the entries whose details a person's erasure covers: by them, about them, naming them.

    What an earlier erasure said of itself stays. The search through the texts reads them all,
    which an act of maintenance may.
    """
    about = Q(subject_type="people.person", subject_id=str(person_id))
    named = Q(detail__text__contains=str(person_id))
    covered = Entry.objects.filter(Q(actor_id=person_id) | about | named, detail__isnull=False)
    return covered.exclude(pk__in=Erasure.objects.values("erased_by"))


def erase(numbers: list[int]) -> None:
    """Delete salts and texts; without the salt, nobody can show what a commitment bound."""
    Detail.objects.filter(entry__in=numbers).delete()


def name_erased(numbers: list[int], *, erased_by: int, at: datetime) -> None:
    """Keep with each entry that its details were erased, when, and by which act."""
    Erasure.objects.bulk_create(
        Erasure(entry_id=number, erased_at=at, erased_by_id=erased_by) for number in numbers
    )
