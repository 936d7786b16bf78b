"""What review tells a person whom a rule refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REFUSALS: dict[str, StrOrPromise] = {
    "ground-is-nationality-or-race": _(
        "Security is never examined on the ground of nationality or race. Remove that ground."
    ),
    "has-conflict": _(
        "This person has a conflict of interest with the proposal and does not judge it."
        " Choose another reviewer."
    ),
    "conflict-not-resolved": _(
        "A possible conflict of interest of this person is still open."
        " Settle it first, or choose another reviewer."
    ),
    "not-pledged": _(
        "The proposal opens after your pledge of secrecy about it. Make the pledge first."
    ),
    "not-declared": _(
        "The proposal opens after you have declared whether you have a conflict of interest"
        " with it. Declare that first."
    ),
    "merit-not-judged-yet": _(
        "Nobody has submitted an assessment of this proposal yet. Merit is judged first;"
        " security and the decision follow."
    ),
    "not-about-to-be-adopted": _(
        "This proposal has been decided. Measures are asked only before a proposal is adopted."
    ),
    "security-not-examined": _(
        "A proposal is adopted after its security and leak measures were examined."
        " Record the examination first."
    ),
    "no-recommendation": _(
        "The decision has no recommendation of the panel. Enter the recommendation."
    ),
    "departure-has-no-reason": _(
        "The decision departs from the panel's recommendation, and no reason for that is given."
        " Write why it departs."
    ),
    "result-has-no-reasons": _(
        "Everybody who proposed is told the result with its reasons, and none are written yet."
        " Write the reasons."
    ),
}
