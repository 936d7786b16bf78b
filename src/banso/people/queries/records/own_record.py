"""Everything that the registry keeps about a person, as one file that they take away."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

from banso.ledger.queries import own_entries
from banso.people.models import Account, Person, SignIn
from banso.people.models.persons import NAMES, NUMBERS
from banso.people.queries.records.history import history_of, openings_of
from banso.people.queries.registry import places_of, roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from banso.people.actors import Actor
    from banso.people.queries.records.history import Step

_README = """banso: 自分の記録 / my record

record.json    氏名、番号、所属、任命、履歴、記録を開いた人、ログインの記録
               names, numbers, affiliations, appointments, history, who opened the record, sign-ins
entries.json   自分が行った操作の記録簿の記録。salt と text から commitment を確かめられます
               your own entries of the ledger; salt and text show what the commitment binds
               commitment = SHA-256(salt + text), in hexadecimal; see docs/ledger.md

記録証（PDF・テキスト）は「記録証」のページで一件ずつ保存できます。
Record certificates (PDF, text) can be saved one by one on the page of receipts.
"""


def zip_of(viewer: Actor, at: datetime) -> bytes:
    """Write the file: what is kept, how it became so, who read it, and one's own entries."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("README.txt", _README),
            ("record.json", _json(_record(viewer, at))),
            ("entries.json", _json(list(_entries(viewer)))),
        ):
            part = zipfile.ZipInfo(name, at.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(part, content)
    return whole.getvalue()


def _record(viewer: Actor, at: datetime) -> dict[str, Any]:
    person = Person.objects.select_related("kept_by").get(pk=viewer.person_id)
    account = Account.objects.filter(person=person).first()
    return {
        "as_of": at.isoformat(),
        "record": str(person.pk),
        "merged_records": sorted(map(str, viewer.formerly)),
        **{name: getattr(person, name) for name in (*NAMES, *NUMBERS, "language")},
        "kept_by": person.kept_by.name_ja if person.kept_by else "",
        "sign_in_address": account.email if account else "",
        "affiliations": [
            {
                "organisation": place.organisation.name_ja,
                "unit": place.unit,
                "from_on": place.from_on.isoformat(),
                "until_on": place.until_on.isoformat() if place.until_on else None,
            }
            for place in places_of(person)
        ],
        "appointments": [
            {
                "role": role.role,
                "organisation": role.organisation.name_ja if role.organisation else "",
                "from_on": role.from_on.isoformat(),
                "until_on": role.until_on.isoformat() if role.until_on else None,
            }
            for role in roles_of(person)
        ],
        "history": _steps(history_of(person)),
        "opened_by": _steps(openings_of(person.pk)),
        "sign_ins": [
            {"at": one.at.isoformat(), "outcome": str(one)}
            for one in SignIn.objects.visible_to(viewer).order_by("-at", "pk")
        ],
    }


def _steps(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [
        {
            "at": step.at.isoformat(),
            "act": str(step.act),
            "by": step.by.name_ja if step.by else "",
            "changed": [
                {"field": str(one.label), "before": one.before, "after": one.after}
                for one in step.changed
            ],
        }
        for step in steps
    ]


def _entries(viewer: Actor) -> Iterable[dict[str, Any]]:
    for entry in own_entries(*viewer.selves).select_related("detail"):
        detail = getattr(entry, "detail", None)
        yield {
            "id": str(entry.id),
            "act": entry.act,
            "subject_type": entry.subject_type,
            "subject_id": entry.subject_id,
            "clause": entry.clause,
            "at": entry.at.isoformat(),
            "commitment": bytes(entry.commitment).hex(),
            "salt": bytes(detail.salt).hex() if detail else None,
            "text": detail.text if detail else None,
        }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)
