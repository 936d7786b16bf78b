"""What we say when a rule about proposals refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banso.web.fronts import Sentence

# A call that its agency has still to open has no instant to name.
NOT_OPENED = gettext_lazy(
    "The agency has not opened this call yet. You can prepare everything until it does."
)
MISSING = {
    "abstract": gettext_lazy("The summary is not written yet."),
    "core-technology": gettext_lazy(
        "The proposal does not yet name its core technology and the measures against leaks, "
        "or state that there is none."
    ),
    "requested-amount": gettext_lazy("The amount that you ask for is not entered yet."),
    "proposal": gettext_lazy("The proposal (PDF) is not attached yet."),
}


def _parts_missing(facts: Mapping[str, object]) -> str:
    missing = facts["missing"]
    if not isinstance(missing, tuple):
        raise TypeError(f"missing parts are a tuple of codes, not {missing!r}")
    if len(missing) == 1 and missing[0] in MISSING:
        return str(MISSING[missing[0]])
    return ngettext(
        "%(count)d required part is missing. Add it, and submit again.",
        "%(count)d required parts are missing. Add them, and submit again.",
        len(missing),
    ) % {"count": len(missing)}


REFUSALS: dict[str, Sentence] = {
    "already-submitted": gettext_lazy(
        "This proposal was received on %(submitted_at)s and is kept as it was sent. "
        "Until the call closes you may withdraw it, change it and send it again."
    ),
    "call-has-closed": gettext_lazy(
        "This call closed on %(closes_at)s and takes no more. You can still read what you wrote."
    ),
    "closing-is-paused": gettext_lazy(
        "The clock of this service cannot be relied on at the moment, so the closing on "
        "%(closes_at)s is paused: nothing is received, and nothing is refused as late. What you "
        "wrote is kept. Once the clock is right, the agency decides for all applicants alike "
        "whether the call is extended."
    ),
    "call-not-open-yet": gettext_lazy(
        "This call opens on %(opens_at)s. You can prepare everything until then."
    ),
    "core-technology-named-and-denied": gettext_lazy(
        "The proposal names a core technology and also states that there is none. "
        "Keep one of them."
    ),
    "core-technology-not-stated": gettext_lazy(
        "At this amount the proposal names its core technology, or states that there is none."
    ),
    "no-base-in-japan": gettext_lazy(
        "The proposer's body has no R&D base in Japan, which this program asks for."
    ),
    "no-japanese-legal-personality": gettext_lazy(
        "The proposer's body has no legal personality under Japanese law, "
        "which this program asks for."
    ),
    "no-measures-against-leaks": gettext_lazy(
        "The proposal names a core technology but no measures against leaks. Add the measures."
    ),
    "not-living-in-japan": gettext_lazy(
        "The proposer does not live in Japan, which this program asks for."
    ),
    "terms-of-call-not-met": gettext_lazy(
        "A further term of this call is not met. The guidelines say which terms there are."
    ),
    "edited-since-approval": gettext_lazy(
        "The proposal was changed after that version was approved or shown for approval. "
        "The current version needs the institution's approval."
    ),
    "files-at-fault": gettext_lazy(
        "A file has a problem, so the proposal cannot be submitted with it. What is wrong and what"
        " to do stands beside the file. Attach another one in its place."
    ),
    "files-not-verified": gettext_lazy(
        "A file in our store does not have the bytes that you sent, so we give no receipt. "
        "Attach the file again. Nothing else is lost."
    ),
    "not-approved-by-institution": gettext_lazy(
        "Your institution has not approved this version. Send it to the institution first."
    ),
    "not-submitted": gettext_lazy(
        "This proposal is not submitted, so there is nothing to withdraw."
    ),
    "required-parts-missing": _parts_missing,
}
