"""Reading councils; what the apps on the left read is named here."""

from banso.councils.queries.agreement import agreed_items_to_answer
from banso.councils.queries.councils import organised_councils, representations_for
from banso.councils.queries.membership import invitations_for
from banso.councils.queries.public import (
    PublicCouncil,
    PublicMeeting,
    public_councils,
    public_meetings,
)

__all__ = [
    "PublicCouncil",
    "PublicMeeting",
    "agreed_items_to_answer",
    "invitations_for",
    "organised_councils",
    "public_councils",
    "public_meetings",
    "representations_for",
]
