"""allauth's pages that set up a factor; what they change is kept and told in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.db import transaction

from banso.people.accounts.adapter import tell_change
from banso.people.accounts.second_factor import mark_enrolled

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpResponse


class SetUpApp(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types
    """An authenticator app is set up by its first code."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Keep the app; who has just shown its code has shown a second factor."""
        response: HttpResponse = super().form_valid(form)
        tell_change(self.request, "mfa/email/totp_activated", self.request.user)
        mark_enrolled(self.request, self.request.user, "totp")
        return response


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]  # as above
    """A passkey is set up by what the browser signed."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Keep the passkey; who has just used it has shown a second factor."""
        response: HttpResponse = super().form_valid(form)
        mark_enrolled(self.request, self.request.user, "webauthn")
        return response


class MakeCodes(GenerateRecoveryCodesView):  # type: ignore[misc]  # as above
    """Recovery codes are made anew."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Make them, and tell of it."""
        response: HttpResponse = super().form_valid(form)
        tell_change(self.request, "mfa/email/recovery_codes_generated", self.request.user)
        return response


set_up_app = SetUpApp.as_view()
add_passkey = AddPasskey.as_view()
make_codes = MakeCodes.as_view()
