"""Councils: who is a member, what was agreed, and what became of it."""

from banso.councils.models.agreement import AgreedItem, Response
from banso.councils.models.council import Council
from banso.councils.models.meetings import AgendaItem, BylawsEdition, CouncilMeeting
from banso.councils.models.membership import Membership, sits_with

__all__ = [
    "AgendaItem",
    "AgreedItem",
    "BylawsEdition",
    "Council",
    "CouncilMeeting",
    "Membership",
    "Response",
    "sits_with",
]
