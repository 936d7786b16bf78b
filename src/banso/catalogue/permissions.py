"""Who may change the public record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.actors import OPERATOR
from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor


def _operates(actor: Actor, _subject: object) -> bool:
    return actor.holds({OPERATOR})


LOAD_PROGRAM = Permission[object](
    "catalogue.load_program", _operates, _("The operator loads the program's data.")
)
