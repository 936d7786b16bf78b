"""Who may take what away from the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.people.models import Person


def _is_the_person(actor: Actor, person: Person) -> bool:
    return actor.person_id == person.pk


EXPORT_BUNDLE = Permission["Person"](
    "proofs.export_bundle",
    _is_the_person,
    _("Everyone takes their own records; an auditor also takes those that rule C5 leaves open."),
)
