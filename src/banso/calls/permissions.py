"""Who may announce and open calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.calls.models import Call
    from banso.people.actors import Actor


def _serves_the_agency(actor: Actor, call: Call) -> bool:
    return call.agency_id in actor.agencies


_OFFICERS = _("The officers of the funding agency announce and open its calls.")

ANNOUNCE_CALL = Permission["Call"]("calls.announce_call", _serves_the_agency, _OFFICERS)
OPEN_CALL = Permission["Call"]("calls.open_call", _serves_the_agency, _OFFICERS)
