"""The officers' list of invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.web.lists.columns import Bilingual, Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from banso.people.models import Invitation


def state_of(invitation: Invitation, at: datetime) -> Status:
    """Name the state of an invitation."""
    if invitation.withdrawn_at:
        return Status(_("Withdrawn"), "neutral")
    if invitation.accepted_at and invitation.awaits_confirmation:
        return Status(_("Accepted; a second officer has to confirm"), "warning")
    if invitation.accepted_at:
        return Status(_("Invitation accepted"), "success")
    if invitation.has_ended(at):
        return Status(_("The link has ended"), "warning")
    return Status(_("Waiting for an answer"), "info")


def invitations_list(at: datetime) -> Listing:
    """Declare the list as of an instant, which decides what has ended."""
    return Listing(
        name="invitations",
        caption=_("Invitations"),
        columns=(
            Column(
                "email",
                _("Mail address"),
                lambda row: row.email,
                address=lambda row: reverse("people:one_invitation", args=[row.pk]),
                order=("email",),
                is_heading=True,
            ),
            Column("name", _("Name"), lambda row: f"{row.family_name} {row.given_name}".strip()),
            Column("purpose", _("Invited as"), lambda row: row.get_purpose_display()),
            Column(
                "body",
                _("Body that invites"),
                lambda row: Bilingual(row.organisation.name_ja, row.organisation.name_en),
                Kind.BILINGUAL,
                order=("organisation__name_ja",),
            ),
            Column("state", _("State"), lambda row: state_of(row, at), Kind.STATUS),
            Column(
                "invited_at",
                _("Invited at"),
                lambda row: row.invited_at,
                Kind.INSTANT,
                order=("invited_at",),
            ),
            Column("ends_at", _("Link works until"), lambda row: row.ends_at, Kind.INSTANT),
        ),
        order=("-invited_at",),
        search=_matching,
        empty=_("Nobody has been invited yet."),
    )


def _matching(invitations: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        named = Q(family_name__icontains=word) | Q(given_name__icontains=word)
        invitations = invitations.filter(named | Q(email__icontains=word))
    return invitations
