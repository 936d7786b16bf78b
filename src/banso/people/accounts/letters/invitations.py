"""Letters of invitations, of sign-up, and about an affiliation that was not confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from banso.people.accounts.letters import Letter, send
from banso.people.accounts.links import TOKEN, invitation_token, sign_up_token
from banso.web.formats import active_language, instant_text
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from banso.people.models import AffiliationClaim, Invitation


def send_invitation(invitation: Invitation, link: str) -> None:
    """Write to the address, with the link of this letter; the same to whoever has an account."""
    address = link.replace(TOKEN, invitation_token(invitation))
    send(invitation.email, invitation.language, lambda: _invitation(invitation, address))


def send_sign_up(email: str, language: str, link: str) -> None:
    """Write the link with which an account is made."""
    address = link.replace(TOKEN, sign_up_token(email))
    send(email, language, lambda: _sign_up(address))


def send_already_here(email: str, language: str, sign_in_address: str) -> None:
    """Tell the owner of an account that somebody, perhaps they, wanted to make another."""
    send(email, language, lambda: _already_here(sign_in_address))


def send_refused_affiliation(claim: AffiliationClaim) -> None:
    """Tell a person that where they belong was not confirmed, and why."""
    account = claim.person.account
    send(account.email, claim.person.language, lambda: _refused(claim))


def _invitation(invitation: Invitation, address: str) -> Letter:
    body = invitation.organisation
    name = in_language(body.name_ja, body.name_en)
    as_what = str(invitation.get_purpose_display())
    return Letter(
        _("Invitation to banso"),
        (
            _("%(body)s invites you to banso, the service of K Program, as: %(purpose)s.")
            % {"body": name, "purpose": as_what},
            _("Open this page to read what it is about and to accept:") + f"\n{address}",
            _("The link works once, until %(ends_at)s. Do not pass it on: it is for you alone.")
            % {"ends_at": instant_text(invitation.ends_at, active_language())},
            _("If you do not want to accept, you need not do anything."),
        ),
    )


def _sign_up(address: str) -> Letter:
    return Letter(
        _("Make your account"),
        (
            _("An account of banso, the service of K Program, was asked for with this address."),
            _("Open this page within a day to make it:") + f"\n{address}",
            _("If you did not ask for it, do nothing."),
        ),
    )


def _already_here(address: str) -> Letter:
    return Letter(
        _("You have an account already"),
        (
            _("An account was asked for with this address, which has one already."),
            _("Sign in, or set a new password, here:") + f"\n{address}",
            _("If you did not ask for it, do nothing."),
        ),
    )


def _refused(claim: AffiliationClaim) -> Letter:
    body = claim.organisation
    name = in_language(body.name_ja, body.name_en) if body else claim.body_name_ja
    return Letter(
        _("Your affiliation was not confirmed"),
        (
            _("That you belong to %(body)s was not confirmed.") % {"body": name},
            _("Reason: %(reason)s") % {"reason": claim.reason},
            _("You can name where you belong anew on your page."),
        ),
    )
