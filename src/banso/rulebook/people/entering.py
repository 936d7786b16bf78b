"""Who invites whom, how long a link lasts, and who confirms where a person belongs."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from banso.rulebook.offices import PEOPLE_FOR_AN_OFFICE, TAKES_TWO
from banso.rulebook.verdicts import Clause, Verdict

INVITING = Clause("O4")

RESEARCHER: Final = "researcher"
COUNCIL_MEMBER: Final = "council-member"

LINK_LASTS: Final = timedelta(days=14)
SIGN_UP_LASTS: Final = timedelta(days=1)
# For what the officers of a body invite to it; the operator invites for everything.
INVITED_BY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "agency-officer": ("reviewer", "program-officer", "program-director", "agency-officer"),
        "ministry-officer": (COUNCIL_MEMBER, "ministry-officer"),
        "institution-officer": (RESEARCHER, "institution-officer"),
    }
)


def invited_by(offices: AbstractSet[str]) -> tuple[str, ...]:
    """List for what somebody with these offices of a body may invite to it.

    >>> invited_by({"ministry-officer"})
    ('council-member', 'ministry-officer')
    """
    return tuple(
        purpose
        for office, purposes in INVITED_BY.items()
        if office in offices
        for purpose in purposes
    )


def may_invite(*, purpose: str, offices: AbstractSet[str], is_operator: bool = False) -> Verdict:
    """Let an agency, a ministry and an institution invite their own people and no other's."""
    if not is_operator and purpose not in invited_by(offices):
        return INVITING.refuse("not-invited-by-this-office")
    return INVITING.allow()


def may_renew_invitation(
    *, accepted_at: datetime | None, withdrawn_at: datetime | None
) -> Verdict:
    """Send another letter, or withdraw it, while nobody has come in by it."""
    if accepted_at is not None:
        return INVITING.refuse("invitation-accepted", accepted_at=accepted_at)
    if withdrawn_at is not None:
        return INVITING.refuse("invitation-withdrawn", withdrawn_at=withdrawn_at)
    return INVITING.allow()


def may_use_invitation(
    *,
    accepted_at: datetime | None,
    withdrawn_at: datetime | None,
    ends_at: datetime,
    is_latest_letter: bool,
    at: datetime,
) -> Verdict:
    """Let the link of the latest letter be used once, up to, not at, its end."""
    if accepted_at is not None:
        return INVITING.refuse("invitation-accepted", accepted_at=accepted_at)
    if withdrawn_at is not None:
        return INVITING.refuse("invitation-withdrawn", withdrawn_at=withdrawn_at)
    if not is_latest_letter:
        return INVITING.refuse("invitation-replaced")
    if at >= ends_at:
        return INVITING.refuse("invitation-expired", ends_at=ends_at)
    return INVITING.allow()


def may_confirm_invitation(
    *, purpose: str, is_confirmed: bool, decided_by: AbstractSet[object]
) -> Verdict:
    """Give an office that decides over others only by two people, and confirm it once."""
    if is_confirmed or purpose not in TAKES_TWO:
        return INVITING.refuse("invitation-needs-no-confirmation")
    if len(decided_by) < PEOPLE_FOR_AN_OFFICE:
        return INVITING.refuse("invitation-needs-two-people")
    return INVITING.allow()


def may_decide_affiliation(
    *, confirmed_at: datetime | None, refused_at: datetime | None, is_own: bool
) -> Verdict:
    """Let an officer answer once where somebody else belongs, never for themselves."""
    if is_own:
        return INVITING.refuse("affiliation-of-oneself")
    if confirmed_at is not None or refused_at is not None:
        return INVITING.refuse("affiliation-already-answered")
    return INVITING.allow()


def may_make_account(*, has_account: bool) -> Verdict:
    """Let an address have one account."""
    if has_account:
        return INVITING.refuse("address-has-an-account")
    return INVITING.allow()
