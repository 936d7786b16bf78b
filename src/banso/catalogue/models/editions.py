"""What public records said before, and the number of the public data."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import connection, models
from django.db.models import Q


class PublicEdition(models.Model):
    """What a public record said until it was changed (E1)."""

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=30)
    record_key = models.CharField(max_length=320, help_text="What its source names it by.")
    number = models.PositiveIntegerField()
    replaced_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_kind", "record_key", "number"],
                name="one_earlier_content_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_key} {self.number}"


class PublicVersionManager(models.Manager["PublicVersion"]):
    """How the number of the public data is read and raised."""

    def current(self) -> int:
        """Read the number, by one plain statement; 0 until something public was written."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(version), 0) FROM catalogue_publicversion")
            [version] = cursor.fetchone()
        return int(version)

    def bump(self) -> None:
        """Raise the number: the last statement of every command whose change is public."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO catalogue_publicversion AS stored (id, version) VALUES (1, 1)"
                " ON CONFLICT (id) DO UPDATE SET version = stored.version + 1"
            )


class PublicVersion(models.Model):
    """The number of the public data, by which whole public pages are cached: one row."""

    is_public: ClassVar[bool] = True

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.BigIntegerField(default=0)

    objects: ClassVar[PublicVersionManager] = PublicVersionManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_public_version")]

    def __str__(self) -> str:
        return str(self.version)
