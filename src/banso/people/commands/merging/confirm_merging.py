"""A second person confirms: everything that refers to one record leads to the other from then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from banso.ledger.locks import locked
from banso.ledger.record import command
from banso.people.models import Account, Merging, Organisation, Person
from banso.people.models.organisations import NUMBERS as BODY_NUMBERS
from banso.people.models.persons import NUMBERS
from banso.people.permissions import CONFIRM_MERGING
from banso.people.records.changes import record_change, set_values
from banso.people.records.following import (
    BEFORE_BODIES,
    BEFORE_PERSONS,
    TO_BODIES,
    TO_PERSONS,
    follow,
    shared_places,
)
from banso.rulebook.offices import ONE_RECORD, may_merge
from banso.rulebook.verdicts import enforce

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from banso.people.actors import Actor


@command
def confirm_merging(*, actor: Actor, merging_id: UUID, at: datetime) -> Merging:
    """Merge as it was proposed; the record that goes points to the one that stays (O3)."""
    merging = locked(Merging.objects.visible_to(actor).waiting()).get(pk=merging_id)
    CONFIRM_MERGING.require(actor, merging.both)
    references = TO_PERSONS if merging.kept_id else TO_BODIES
    before = BEFORE_PERSONS if merging.kept_id else BEFORE_BODIES
    follow(references[:before], *merging.both)
    kept, gone = _locked_both(merging)
    enforce(
        may_merge(
            kept=kept.pk,
            gone=gone.pk,
            is_merged_already=bool(kept.merged_into_id or gone.merged_into_id),
            decided_by={merging.proposed_by_id, actor.person_id},
            shared_places=tuple(shared_places(references, kept, gone)),
        )
    )
    changed = _become_one(kept, gone, merging.values)
    if isinstance(kept, Person):
        _keep_one_account(kept, gone)
    follow(references[before:], kept, gone)
    merging.confirmed_by_id, merging.confirmed_at = actor.person_id, at
    merging.save(update_fields=["confirmed_by", "confirmed_at"])
    record_change(
        subject=merging,
        clause=ONE_RECORD,
        of=[(kept, changed), (gone, {})],
        details={"kept": kept.pk, "gone": gone.pk},
    )
    return merging


def _locked_both(merging: Merging) -> tuple[Any, Any]:
    model: Any = Person if merging.kept_id else Organisation
    kept_id = merging.kept_id or merging.kept_body_id
    gone_id = merging.gone_id or merging.gone_body_id
    rows = {row.pk: row for row in locked(model.objects.filter(pk__in=(kept_id, gone_id)))}
    return rows[kept_id], rows[gone_id]


def _become_one(kept: Any, gone: Any, values: dict[str, Any]) -> dict[str, tuple[object, object]]:  # noqa: ANN401 - two of a kind
    """Point from the one to the other; its numbers are free for the one that stays."""
    type(gone).objects.filter(merged_into=gone).update(merged_into=kept)
    for number in NUMBERS if isinstance(gone, Person) else BODY_NUMBERS:
        setattr(gone, number, "")
    if values.get("name_ja") == getattr(gone, "name_ja", ""):
        # A body's name stands once; the one that goes gives it up.
        _give_up_name(gone)
    gone.merged_into = kept
    gone.save()
    changed = set_values(kept, values)
    kept.save()
    return changed


def _give_up_name(gone: Any) -> None:  # noqa: ANN401 - a person's is no field
    if isinstance(gone, Organisation):
        gone.name_ja = f"{gone.name_ja} #{gone.pk.hex[:8]}"


def _keep_one_account(kept: Person, gone: Person) -> None:
    """Let the account of the record that stays stay; where it has none, the other comes along."""
    account = Account.objects.filter(person=gone).first()
    if account is None:
        return
    if Account.objects.filter(person=kept).exists():
        account.is_active = False
    else:
        account.person = kept
    account.save(update_fields=["is_active", "person"])
