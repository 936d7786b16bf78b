"""Who chooses how a person is told, and who opens their calendar feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.people.models import Person


def _is_the_person(actor: Actor, person: Person) -> bool:
    return person.pk == actor.person_id


CHOOSE_NOTICES = Permission["Person"](
    "notices.choose_notices", _is_the_person, _("Everybody chooses for themselves.")
)
OPEN_FEED = Permission["Person"](
    "notices.open_feed", _is_the_person, _("Everybody opens their own calendar feed.")
)
END_FEED = Permission["Person"](
    "notices.end_feed", _is_the_person, _("Everybody ends their own calendar feed.")
)
