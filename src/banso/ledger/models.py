"""What the ledger keeps: entries, their details, and the requests that made them."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from uuid import UUID


class EntryQuerySet(models.QuerySet["Entry"]):
    """Queries over entries."""

    def of_person(self, *records: UUID) -> Self:
        """Keep what the person did, under whichever of their records."""
        return self.filter(actor_id__in=records)

    def opened_to(self, person_id: UUID, *, is_auditor: bool) -> Self:
        """Keep what the person may open: their own, and as an auditor what C5 does not seal."""
        own = Q(actor_id=person_id)
        return self.filter(own | Q(is_sealed=False)) if is_auditor else self.filter(own)


class Entry(models.Model):
    """One act of one person; the web role can add entries and never change them."""

    number = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    actor_id = models.UUIDField(db_index=True)
    act = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    clause = models.CharField(max_length=10, blank=True)
    at = models.DateTimeField()
    is_sealed = models.BooleanField(
        help_text="Opened only to its person: membership, replies, consultations, answers (C5)."
    )
    commitment = models.BinaryField(max_length=32)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="ledger_by_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"


class Detail(models.Model):
    """The text that an entry's commitment binds; erasable, while the entry stays.

    There is no constraint on the entry, since one statement writes both, and it would cost
    every act.
    """

    entry = models.OneToOneField(
        Entry,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="detail",
    )
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.entry_id)


class Pending(models.Model):
    """An entry that has no place in the tree yet; the statement that adds it adds this too."""

    entry = models.OneToOneField(
        Entry,
        primary_key=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="pending",
    )

    def __str__(self) -> str:
        return str(self.entry_id)


class Leaf(models.Model):
    """A place in the tree, an entry's or nobody's, counted from 0; the sequencer gives it."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(
        Entry,
        on_delete=models.DO_NOTHING,
        null=True,
        related_name="leaf",
        help_text="Nothing for a leaf that only fills a place.",
    )
    hash = models.BinaryField(max_length=32, unique=True)
    filler = models.BinaryField(
        max_length=32,
        null=True,
        help_text="What shows that a leaf never stood for an entry; no page gives it out.",
    )

    is_public = True

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(index__gte=0), name="a_leaf_is_counted_from_0"),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(filler__isnull=True),
                name="a_leaf_is_an_entrys_or_a_filler",
            ),
        ]

    def __str__(self) -> str:
        return str(self.index)


class Subtree(models.Model):
    """The root of a complete subtree of 2**level leaves; level 8, 16, 24 and so on."""

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)

    is_public = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="one_root_a_subtree")
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The signed root of the tree at one size: a C2SP checkpoint in a signed note."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    signed_at = models.DateTimeField()
    note = models.TextField()

    is_public = True

    def __str__(self) -> str:
        return str(self.size)


class LogKey(models.Model):
    """A key that signs checkpoints, by its public half; the private one never comes here."""

    verifier_key = models.CharField(max_length=300, unique=True)
    added_at = models.DateTimeField()
    overlap_until = models.DateTimeField(
        null=True, help_text="Until when the key before it signs as well; the first has none."
    )
    succession = models.TextField(
        blank=True, help_text="Note by which the key before it names this one; the first has none."
    )

    is_public = True

    def __str__(self) -> str:
        return self.verifier_key


class Witness(models.Model):
    """An organisation that checks our checkpoints and signs what it found consistent."""

    name = models.CharField(max_length=200, unique=True, help_text="The name in its key.")
    organisation_ja = models.CharField(max_length=200)
    organisation_en = models.CharField(max_length=200, blank=True)
    verifier_key = models.CharField(max_length=300, unique=True)
    added_at = models.DateTimeField()

    is_public = True

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness's signature under one of our checkpoints, with the instant that it states."""

    checkpoint = models.ForeignKey(
        Checkpoint, on_delete=models.DO_NOTHING, related_name="cosignatures"
    )
    witness = models.ForeignKey(Witness, on_delete=models.DO_NOTHING, related_name="cosignatures")
    line = models.TextField(help_text="The signature line, as it stands in the note.")
    at = models.DateTimeField()

    is_public = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "witness"], name="one_cosignature_a_witness"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} {self.witness_id}"


class Erasure(models.Model):
    """That an entry's details were erased, when, and by which recorded act."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.DO_NOTHING, related_name="erasure"
    )
    erased_at = models.DateTimeField()
    erased_by = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="+")

    def __str__(self) -> str:
        return str(self.entry_id)


class Request(models.Model):
    """A request that a person made once, so that a repetition gives the first result."""

    person_id = models.UUIDField()
    key = models.UUIDField()
    act = models.CharField(max_length=100)
    digest = models.BinaryField(max_length=32)
    entry = models.ForeignKey(Entry, on_delete=models.DO_NOTHING, related_name="+")
    result_type = models.CharField(max_length=100, blank=True)
    result_id = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "key"], name="one_request_per_key"),
            models.CheckConstraint(
                condition=Q(result_type="") | ~Q(result_id=""), name="a_result_has_its_id"
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)
