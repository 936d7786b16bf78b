"""Writing notices, and the mail of those who want it at once, for whoever may read the thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from banso.notices.mail.outbox import Cause, queue_for
from banso.notices.models import Choice, Notice
from banso.notices.telling.declared import kinds
from banso.notices.telling.words import words_to
from banso.people.models import Account
from banso.web.fronts.events import How

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from banso.web.fronts.events import Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One telling with what its notice keeps of it."""

    telling: Telling
    key: str
    name: str
    kind: str
    at: datetime
    stage: str = ""
    by: UUID | None = None
    act: str = ""
    is_news: bool = True
    is_past: bool = False


def tell(asked: Sequence[Asked], *, at: datetime) -> int:
    """Tell each person once under each key, in the caller's transaction, if they may read it."""
    new = _new(asked)
    if not new:
        return 0
    people = {one.telling.person_id for one in new}
    chosen = _chosen(people)
    addresses = dict(
        Account.objects.filter(person__in=people, is_active=True).values_list("person", "email")
    )
    told = 0
    for one in new:
        notice = _notice(one, _how(one, chosen))
        notice.seen_at = at if one.is_past else None
        if not words_to([notice], at=at):
            continue
        address = addresses.get(one.telling.person_id)
        if notice.how == How.AT_ONCE and one.is_news and address:
            cause = Cause(one.by, one.act, one.at) if one.by else None
            notice.message = queue_for(address, key=f"notice:{one.key}", cause=cause, at=at)
        notice.save(force_insert=True)
        told += 1
    return told


def _new(asked: Sequence[Asked]) -> list[Asked]:
    by_key = {one.key: one for one in asked}
    known = set(Notice.objects.filter(key__in=by_key).values_list("key", flat=True))
    return [one for key, one in by_key.items() if key not in known]


def _chosen(people: set[UUID]) -> Mapping[tuple[UUID, str], str]:
    choices = Choice.objects.filter(person__in=people).values_list("person", "kind", "how")
    return {(person, kind): how for person, kind, how in choices}


def _how(one: Asked, chosen: Mapping[tuple[UUID, str], str]) -> str:
    usual = kinds()[one.kind].usually
    return chosen.get((one.telling.person_id, one.kind), usual)


def _notice(one: Asked, how: str) -> Notice:
    return Notice(
        key=one.key,
        person_id=one.telling.person_id,
        name=one.name,
        kind=one.kind,
        stage=one.stage,
        subject_type=one.telling.subject_type,
        subject_id=str(one.telling.subject_id),
        at=one.at,
        deadline_at=one.telling.deadline_at,
        how=how,
    )
