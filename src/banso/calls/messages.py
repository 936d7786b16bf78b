"""What we say when a rule about calls refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from banso.web.fronts import Sentence

REFUSALS: dict[str, Sentence] = {
    "call-has-no-round": gettext_lazy("A call has a round. Enter 1 for the first one."),
    "call-has-no-slot": gettext_lazy("A call has at least one slot. Enter how many there are."),
    "call-has-no-type": gettext_lazy("A call has one of the two types. Choose one."),
    "call-not-announced": gettext_lazy(
        "This call has not been announced yet. Announce it first, then open it."
    ),
    "extension-has-no-reason": gettext_lazy(
        "An extension needs a reason that every applicant can read. Write it."
    ),
    "extension-needs-two-people": gettext_lazy(
        "Two people decide on an extension together. A second person has to agree."
    ),
    "extension-not-after-closing": gettext_lazy(
        "The new closing instant is not later than the present one. Enter a later one."
    ),
    "no-unfilled-slot": gettext_lazy(
        "Every slot of the call is filled, so there is nothing to call for again."
    ),
    "no-director-appointed": gettext_lazy(
        "No PD or PO is appointed for this concept today, so the call cannot open. "
        "Appoint one first."
    ),
}
