"""Who may do what; each app declares its own permissions with this one class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.people.actors import OPERATOR
from banso.people.permissions.addresses import (
    ASK_ADDRESS_CHANGE,
    CONFIRM_ADDRESS_CHANGE,
    STOP_ADDRESS_CHANGE,
    WITHDRAW_ADDRESS_CHANGE,
)
from banso.people.permissions.entering import (
    AGREE_TO_INVITATION,
    CLAIM_AFFILIATION,
    CONFIRM_AFFILIATION,
    CONFIRM_INVITATION,
    ENTER_BY_INVITATION,
    INVITE_PEOPLE,
    REFUSE_AFFILIATION,
    RENEW_INVITATION,
    SIGN_UP,
    WITHDRAW_INVITATION,
    offices_for,
)
from banso.people.permissions.factors import (
    ASK_FACTOR_RESET,
    CONFIRM_FACTOR_RESET,
    WITHDRAW_FACTOR_RESET,
)
from banso.people.permissions.permission import Permission
from banso.people.permissions.registry import (
    AFFILIATE_PERSON,
    APPOINT,
    CONFIRM_APPOINTMENT,
    CONFIRM_MERGING,
    CORRECT_AFFILIATION,
    CORRECT_ORGANISATION,
    CORRECT_PERSON,
    DROP_TABLE,
    END_AFFILIATION,
    END_APPOINTMENT,
    END_DEPUTY,
    ENTER_PERSON,
    IMPORT_BODIES,
    IMPORT_PERSONS,
    NAME_DEPUTY,
    OPEN_RECORD,
    PROPOSE_APPOINTMENT,
    PROPOSE_MERGING,
    REGISTER_ORGANISATION,
    UPLOAD_TABLE,
    WITHDRAW_MERGING,
    WITHDRAW_PROPOSED_APPOINTMENT,
)

if TYPE_CHECKING:
    from banso.people.actors import Actor

__all__ = [
    "AFFILIATE_PERSON",
    "AGREE_TO_INVITATION",
    "APPOINT",
    "ASK_ADDRESS_CHANGE",
    "ASK_FACTOR_RESET",
    "CLAIM_AFFILIATION",
    "CONFIRM_ADDRESS_CHANGE",
    "CONFIRM_AFFILIATION",
    "CONFIRM_APPOINTMENT",
    "CONFIRM_FACTOR_RESET",
    "CONFIRM_INVITATION",
    "CONFIRM_MERGING",
    "CORRECT_AFFILIATION",
    "CORRECT_ORGANISATION",
    "CORRECT_PERSON",
    "DROP_TABLE",
    "END_AFFILIATION",
    "END_APPOINTMENT",
    "END_DEPUTY",
    "END_DEVICE",
    "END_OTHER_SESSIONS",
    "END_SESSION",
    "ENTER_BY_INVITATION",
    "ENTER_PERSON",
    "ERASE_DETAILS",
    "IMPORT_BODIES",
    "IMPORT_PERSONS",
    "INVITE_PEOPLE",
    "NAME_DEPUTY",
    "OPEN_RECORD",
    "PROPOSE_APPOINTMENT",
    "PROPOSE_MERGING",
    "REFUSE_AFFILIATION",
    "REGISTER_ORGANISATION",
    "REGISTER_PERSON",
    "REGISTER_WITNESS",
    "RENEW_INVITATION",
    "SIGN_UP",
    "STOP_ADDRESS_CHANGE",
    "UPLOAD_TABLE",
    "WITHDRAW_ADDRESS_CHANGE",
    "WITHDRAW_FACTOR_RESET",
    "WITHDRAW_INVITATION",
    "WITHDRAW_MERGING",
    "WITHDRAW_PROPOSED_APPOINTMENT",
    "Permission",
    "offices_for",
]


def _operates(actor: Actor, _subject: object) -> bool:
    return actor.holds({OPERATOR})


REGISTER_PERSON = Permission[object](
    "people.register_person", _operates, _("The operator registers persons.")
)
ERASE_DETAILS = Permission[object](
    "people.erase_details", _operates, _("The operator erases details of the ledger.")
)
REGISTER_WITNESS = Permission[object](
    "people.register_witness", _operates, _("The operator registers witnesses of the ledger.")
)


def _is_somebody(actor: Actor, _subject: object) -> bool:
    return not actor.is_visitor


_OWN = _("Each person does this with their own account alone.")
END_SESSION = Permission[object]("people.end_session", _is_somebody, _OWN)
END_OTHER_SESSIONS = Permission[object]("people.end_other_sessions", _is_somebody, _OWN)
END_DEVICE = Permission[object]("people.end_device", _is_somebody, _OWN)
