"""Natural persons, by their names and numbers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from banso.engines.names.keys import key_of, pieces_of, sort_key
from banso.people.actors import OPERATOR
from banso.people.models.keys import FoundByWords

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from banso.people.actors import Actor

NAMES = (
    *("family_name", "given_name", "family_name_kana", "given_name_kana"),
    *("family_name_en", "given_name_en"),
)
NUMBERS = ("erad_number", "orcid", "researchmap_id")


class PersonQuerySet(FoundByWords["Person"]):
    """Queries over persons."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the records that the viewer's desk keeps, those of its people, and their own.

        A name travels with whatever names it; this is about the record.
        """
        current = self.filter(merged_into=None)
        if viewer.holds({OPERATOR}):
            return current
        own = Q(pk=viewer.person_id)
        known = _known_at(viewer.desks, viewer.on) if viewer.desks else Q()
        return current.filter(own | known)

    def kept_at(self, viewer: Actor) -> Self:
        """Keep the records that the viewer's desks may correct: their own, and their people's."""
        belongs = _in_place("affiliations", viewer.desks, viewer.on)
        return self.filter(Q(kept_by_id__in=viewer.desks) | belongs, merged_into=None)


class Person(models.Model):
    """A natural person; names are kept exactly as given, never normalised.

    What is not normalised is found by keys, which are made anew with every change of a name.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family_name = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100, blank=True)
    family_name_kana = models.CharField(max_length=100, blank=True)
    given_name_kana = models.CharField(max_length=100, blank=True)
    family_name_en = models.CharField(max_length=100, blank=True)
    given_name_en = models.CharField(max_length=100, blank=True)
    erad_number = models.CharField(max_length=8, blank=True, default="", db_default="")
    orcid = models.CharField(max_length=19, blank=True, default="", db_default="")
    researchmap_id = models.CharField(max_length=100, blank=True, default="", db_default="")
    kept_by = models.ForeignKey(
        "people.Organisation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="kept_persons",
        help_text="The body whose desk entered the record.",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    language = models.CharField(
        max_length=2,
        choices=settings.LANGUAGES,
        default="ja",
        db_default="ja",
        help_text="In which language mail is written to the person.",
    )
    is_sample = models.BooleanField(default=False)
    search_key = models.TextField(editable=False, default="", db_default="")
    search_pieces = ArrayField(models.TextField(), editable=False, null=True)
    sort_key = models.TextField(editable=False, default="", db_default="")

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search_pieces"], name="persons_by_pieces"),
            models.Index(fields=["sort_key", "id"], name="persons_in_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=[number], condition=~Q((number, "")), name=f"one_person_per_{number}"
            )
            for number in NUMBERS
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def save(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        """Make the keys anew with whatever of the name or the numbers is saved."""
        self.make_keys()
        changed = options.get("update_fields")
        if changed is not None:
            options["update_fields"] = [*changed, "search_key", "search_pieces", "sort_key"]
        super().save(**options)

    def make_keys(self) -> Self:
        """Make the keys by which the person is found and sorted; saving many calls it for each."""
        family, given = self.family_name, self.given_name
        kana = (self.family_name_kana, self.given_name_kana)
        roman = (self.family_name_en, self.given_name_en)
        joined = (f"{family}{given}", "".join(kana), "".join(roman))
        self.search_key = key_of(
            *(family, given, *kana, *roman, *joined),
            *(getattr(self, number) for number in NUMBERS),
        )
        self.search_pieces = pieces_of(self.search_key)
        self.sort_key = sort_key(kana, roman, (family, given))
        return self

    @property
    def number(self) -> str:
        """What tells the person from another of the same name: the e-Rad number, else our own."""
        return self.erad_number or f"#{self.pk.hex[:8].upper()}"

    @property
    def name_ja(self) -> str:
        """The name in Japanese order."""
        return f"{self.family_name} {self.given_name}".strip()

    @property
    def name_kana(self) -> str:
        """The name in kana."""
        return f"{self.family_name_kana} {self.given_name_kana}".strip()

    @property
    def name_en(self) -> str:
        """The name in English order, or the Japanese one where no other is known."""
        if not self.family_name_en:
            return self.name_ja
        return f"{self.given_name_en} {self.family_name_en.upper()}".strip()

    @property
    def names(self) -> list[str]:
        """Every part of the name, in every script in which it is known."""
        parts = (
            *(self.family_name, self.given_name, self.family_name_kana, self.given_name_kana),
            *(self.family_name_en, self.given_name_en),
        )
        return [part for part in parts if part]


def _known_at(desks: frozenset[UUID], on: date) -> Q:
    """Ask whether a desk keeps the record, or the person belongs to the body or serves it."""
    return (
        Q(kept_by_id__in=desks)
        | _in_place("affiliations", desks, on)
        | _in_place("appointments", desks, on)
    )


def _in_place(places: str, desks: frozenset[UUID], on: date) -> Q:
    """Ask for an affiliation or an appointment with a desk that is not over.

    As a set that is found once: asked for each person, a search over many took seconds.
    """
    held: Any = Person._meta.get_field(places).related_model
    not_over = Q(until_on=None) | Q(until_on__gt=on)
    found = held._base_manager.filter(not_over, organisation_id__in=desks)
    return Q(pk__in=found.values("person_id"))
