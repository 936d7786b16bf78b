"""Bodies that take part in the program."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from banso.engines.names.keys import key_of, pieces_of, sort_key
from banso.people.models.keys import FoundByWords

if TYPE_CHECKING:
    from collections.abc import Collection

NUMBERS = ("corporate_number", "ror", "erad_code")


class OrganisationQuerySet(FoundByWords["Organisation"]):
    """Queries over bodies, whose names are public."""

    def standing(self) -> Self:
        """Keep the bodies that are not merged into another."""
        return self.filter(merged_into=None)

    def of_kind(self, *kinds: str) -> Self:
        """Keep what is of one of the kinds, first of all or besides."""
        return self.filter(Q(kind__in=kinds) | Q(further_kinds__overlap=list(kinds)))


class Organisation(models.Model):
    """A body that takes part in the program; its name is public."""

    class Kind(models.TextChoices):
        """What an organisation is to the program."""

        MINISTRY = "ministry", _("Ministry or agency")
        FUNDING_AGENCY = "funding-agency", _("Funding agency")
        INSTITUTION = "institution", _("Research institution")
        COMPANY = "company", _("Company")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20, choices=Kind)
    further_kinds = ArrayField(
        models.CharField(max_length=20, choices=Kind), null=True, blank=True
    )
    short_name = models.CharField(max_length=40, blank=True)
    name_ja = models.CharField(max_length=200)
    name_kana = models.CharField(max_length=200, blank=True, default="", db_default="")
    name_en = models.CharField(max_length=200, blank=True)
    corporate_number = models.CharField(max_length=13, blank=True, default="", db_default="")
    ror = models.CharField(max_length=9, blank=True, default="", db_default="")
    erad_code = models.CharField(max_length=20, blank=True, default="", db_default="")
    units = ArrayField(models.CharField(max_length=200), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    is_sample = models.BooleanField(default=False)
    search_key = models.TextField(editable=False, default="", db_default="")
    search_pieces = ArrayField(models.TextField(), editable=False, null=True)
    sort_key = models.TextField(editable=False, default="", db_default="")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search_pieces"], name="bodies_by_pieces"),
            models.Index(fields=["sort_key", "id"], name="bodies_in_order"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["name_ja"], name="one_organisation_per_name"),
            *(
                models.UniqueConstraint(
                    fields=[number], condition=~Q((number, "")), name=f"one_body_per_{number}"
                )
                for number in NUMBERS
            ),
        ]

    def __str__(self) -> str:
        return self.name_ja

    def save(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        """Make the keys anew with whatever of the names or the numbers is saved."""
        self.make_keys()
        changed = options.get("update_fields")
        if changed is not None:
            options["update_fields"] = [*changed, "search_key", "search_pieces", "sort_key"]
        super().save(**options)

    def make_keys(self) -> Self:
        """Make the keys by which the body is found and sorted; saving many calls it for each."""
        names = (self.name_ja, self.name_kana, self.short_name, self.name_en)
        self.search_key = key_of(*names, *(getattr(self, number) for number in NUMBERS))
        self.search_pieces = pieces_of(self.search_key)
        self.sort_key = sort_key([self.name_kana], [], [self.name_ja])
        return self

    @property
    def kinds(self) -> Collection[str]:
        """Everything that the body is to the program."""
        return (self.kind, *(self.further_kinds or ()))

    @property
    def kind_names(self) -> str:
        """Everything that the body is to the program, in words."""
        labels = dict(Organisation.Kind.choices)
        return " / ".join(str(labels[kind]) for kind in self.kinds)
