"""Natural persons, by their names."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Person(models.Model):
    """A natural person; names are kept exactly as given, never normalised."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family_name = models.CharField(max_length=100)
    given_name = models.CharField(max_length=100, blank=True)
    family_name_kana = models.CharField(max_length=100, blank=True)
    given_name_kana = models.CharField(max_length=100, blank=True)
    family_name_en = models.CharField(max_length=100, blank=True)
    given_name_en = models.CharField(max_length=100, blank=True)
    language = models.CharField(
        max_length=2,
        choices=settings.LANGUAGES,
        default="ja",
        db_default="ja",
        help_text="In which language mail is written to the person.",
    )
    is_sample = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def name_ja(self) -> str:
        """The name in Japanese order."""
        return f"{self.family_name} {self.given_name}".strip()

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
