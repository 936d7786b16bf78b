"""The operator loads the program's files: all of them or nothing, in one entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max

from banso.catalogue.models import ProgramText, PublicEdition, PublicVersion
from banso.catalogue.permissions import LOAD_PROGRAM
from banso.catalogue.program.changes import Change, changes_between
from banso.catalogue.program.shelves import SHELVES, stored_program
from banso.ledger.locks import locked
from banso.ledger.record import command, record
from banso.rulebook.editions import EDITION, may_replace
from banso.rulebook.japan import day_in_japan
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from banso.catalogue.program.rows import ProgramFiles, StoredProgram
    from banso.people.actors import Actor


@command
def load_program(*, actor: Actor, files: ProgramFiles, at: datetime) -> ProgramText:
    """Bring the catalogue to what the files say; what a record said before is kept (E1)."""
    locked(ProgramText.objects.all()).first()  # one load at a time
    stored = stored_program()
    changes = changes_between(stored, files)

    LOAD_PROGRAM.require(actor, None)
    enforce(
        may_replace(
            previous_dated=_last_replaced_on(),
            new_dated=day_in_japan(at),
            has_content_changed=bool(changes),
        )
    )
    for kind in SHELVES:
        of_kind = [change for change in changes if change.kind == kind]
        _keep_earlier_contents(stored, of_kind, at)
        _write(files, of_kind, at)
    program = ProgramText.objects.get()
    record(
        subject=program,
        clause=EDITION,
        details={"changes": [_named(change) for change in changes]},
    )
    PublicVersion.objects.bump()
    return program


def _last_replaced_on() -> date | None:
    newest = PublicEdition.objects.aggregate(newest=Max("replaced_at"))["newest"]
    return newest and day_in_japan(newest)


def _keep_earlier_contents(stored: StoredProgram, changes: Sequence[Change], at: datetime) -> None:
    """Keep what each record said before it changes; a restored one too, if it says anew."""
    changed = {change.key: change.kind for change in changes if change.is_rewritten}
    if not changed:
        return
    [kind] = set(changed.values())
    newest = dict(
        PublicEdition.objects.filter(record_kind=kind, record_key__in=changed)
        .values_list("record_key")
        .annotate(newest=Max("number"))
    )
    PublicEdition.objects.bulk_create(
        PublicEdition(
            record_kind=kind,
            record_key=row.key,
            number=newest.get(row.key, 0) + 1,
            replaced_at=at,
            content=row.content,
        )
        for row in stored.rows[kind]
        if row.key in changed
    )


def _write(files: ProgramFiles, changes: Sequence[Change], at: datetime) -> None:
    if not changes:
        return
    [kind] = {change.kind for change in changes}
    shelf, rows = SHELVES[kind], files.rows[kind]
    written = {change.key for change in changes if change.act == "added" or change.is_rewritten}
    shelf.write([row for row in rows if row.key in written], rows)
    shelf.mark_withdrawn({change.key for change in changes if change.act == "withdrawn"}, at)
    shelf.mark_withdrawn({change.key for change in changes if change.act == "restored"}, None)
    shelf.put_in_order(rows)


def _named(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "key": change.key,
        "act": change.act,
        "fields": [difference.field for difference in change.differences],
    }
