"""What uploaded rows of bodies would do, found against the bodies that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from banso.ledger.locks import locked
from banso.people.models import Organisation
from banso.people.models.organisations import NUMBERS
from banso.people.permissions import CORRECT_ORGANISATION
from banso.people.records.judging import Judged, State, differing, repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from banso.people.actors import Actor
    from banso.people.records.judging import CleanRow

_KEYS = ("name_ja", *NUMBERS)


def judge_bodies(actor: Actor, rows: Sequence[CleanRow], *, lock: bool = False) -> list[Judged]:
    """Judge every row; the records that change are locked where they are about to be changed."""
    asked = Q(pk__in={key for row in rows if (key := _uuid(row.record))})
    for name in _KEYS:
        asked |= Q((f"{name}__in", {row.values[name] for row in rows if row.values.get(name)}))
    found = Organisation.objects.standing().filter(asked)
    bodies = {body.pk: body for body in (locked(found) if lock else found)}
    by_key = {
        (name, getattr(body, name)): body
        for body in bodies.values()
        for name in _KEYS
        if getattr(body, name)
    }
    judged = [_judge(actor, row, bodies, by_key) for row in rows]
    for name in _KEYS:
        again = repeated((one.number, one.row.values.get(name, "")) for one in judged)
        for one in judged:
            if one.number in again:
                one.refuse(
                    _("The same body or number is in row %(row)d. Leave one of them.")
                    % {"row": again[one.number]}
                )
    return judged


def _judge(
    actor: Actor,
    row: CleanRow,
    bodies: dict[UUID, Organisation],
    by_key: dict[tuple[str, str], Organisation],
) -> Judged:
    values = row.values
    judged = Judged(
        number=row.number, name=values.get("name_ja", ""), state=State.UNCHANGED, row=row
    )
    for fault in row.faults:
        judged.refuse(fault)
    key = _uuid(row.record)
    meant = {body.pk: body for name in _KEYS if (body := by_key.get((name, values.get(name, ""))))}
    if key:
        meant |= {key: bodies[key]} if key in bodies else {}
    if len(meant) > 1:
        judged.refuse(_("Name and numbers of this row are of different bodies. Compare them."))
    if judged.is_refused:
        return judged
    if not meant:
        return _entered(judged)
    [judged.record] = meant.values()
    changed = differing(judged.record, values)
    judged.changes = [
        (name, str(getattr(judged.record, name)), value) for name, value in changed.items()
    ]
    if changed and not CORRECT_ORGANISATION.allows(actor, judged.record):
        judged.refuse(_("This body's own officers correct its record. Leave it as it is."))
    elif changed:
        judged.state = State.CHANGED
    return judged


def _entered(judged: Judged) -> Judged:
    if not judged.row.values.get("name_ja"):
        judged.refuse(_("The name in Japanese is missing."))
    elif not judged.row.values.get("kind"):
        judged.refuse(_("The kind of the body is missing."))
    else:
        judged.state = State.NEW
    return judged


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
