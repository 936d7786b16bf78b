"""Reading bodies; their names are public."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.db.models import Q

from banso.people.models import Organisation

if TYPE_CHECKING:
    from django.db.models import QuerySet


def organisations_of_kind(kind: str) -> QuerySet[Organisation]:
    """List organisations of a kind by name; their names are public."""
    return Organisation.objects.standing().of_kind(kind).order_by("sort_key", "pk")


def organisation_with_short_name(short_name: str) -> Organisation:
    """Find the body that everyone calls by these letters."""
    return Organisation.objects.get(short_name=short_name)


def organisation_named(name: str) -> Organisation | None:
    """Find a body by its Japanese name or its short one, in whatever width it is typed."""
    folded = unicodedata.normalize("NFKC", name).strip()
    for text in (name, folded):
        exact = Organisation.objects.filter(Q(name_ja=text) | Q(short_name=text))
        if found := exact.first():
            return found
    return Organisation.objects.filter(short_name__iexact=folded).first()
