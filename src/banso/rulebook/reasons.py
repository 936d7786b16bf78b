"""Every reason for which each rule refuses; a test proves that this is what the code says."""

from collections.abc import Mapping
from types import MappingProxyType

_REASONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "C1": (
            "concept-has-a-council",
            "no-representative",
            "organisers-missing",
            "no-consent-of-representative",
            "no-prior-consultation",
            "project-of-another-concept",
        ),
        "C2": ("neither-director-nor-lead", "no-representative-in-office"),
        "C3": ("consent-for-another", "not-invited", "already-a-member"),
        "C4": ("not-a-member", "no-longer-a-member"),
        "C5": ("fact-is-protected", "ground-is-a-council-freedom", "request-is-passed-on"),
        "C6": ("council-does-not-manage",),
        "C7": (
            "agreed-item-carries-a-label",
            "not-of-the-research-side",
            "already-answered",
            "answer-not-on-list",
            "answer-has-no-reason",
            "not-answered-yet",
        ),
        "S1": ("provider-not-a-member", "card-not-complete", "recipient-not-a-member"),
        "S2": ("reply-for-another", "not-a-recipient", "offer-has-closed", "already-replied-so"),
        "S3": ("not-accepted", "delivery-not-recorded", "item-not-accepted"),
        "S7": ("origin-in-own-project",),
        "S8": ("marked-under-another-regime",),
        "R5": (
            "already-published",
            "one-member-refused",
            "no-research-side-in-office",
            "not-everyone-consented",
            "answer-for-another",
            "not-in-office",
            "request-is-closed",
            "text-has-changed",
            "no-consent-to-take-back",
        ),
        "R6": (
            "requester-not-a-ministry",
            "requester-not-a-member",
            "already-published",
            "another-request-stands",
            "diversion-or-effect-not-stated",
            "request-has-ended",
            "maturity-or-concern-not-recorded",
            "low-maturity-and-no-concern",
        ),
        "R7": (
            "no-end-after-the-start",
            "no-review-in-the-period",
            "not-a-quotation",
            "title-asked",
            "whole-of-the-result",
            "copy-too-short",
            "more-than-a-part",
            "ends-too-late",
            "reviewed-too-late",
        ),
        "G1": ("no-director-appointed",),
        "G2": ("ground-not-on-list", "not-seen-by-the-person"),
        "G4": (
            "core-technology-named-and-denied",
            "no-measures-against-leaks",
            "core-technology-not-stated",
        ),
        "K1": ("call-not-announced", "already-submitted", "call-not-open-yet", "call-has-closed"),
        "K2": ("required-parts-missing", "files-not-verified"),
        "K3": ("not-approved-by-institution", "edited-since-approval"),
        "K4": (
            "extension-has-no-reason",
            "extension-needs-two-people",
            "extension-not-after-closing",
        ),
        "K5": ("not-submitted", "call-has-closed"),
        "K6": (
            "no-japanese-legal-personality",
            "no-base-in-japan",
            "not-living-in-japan",
            "terms-of-call-not-met",
        ),
        "K8": ("result-has-no-reasons",),
        "K9": ("call-has-no-round", "call-has-no-type", "call-has-no-slot", "no-unfilled-slot"),
        "V1": ("has-conflict", "conflict-not-resolved"),
        "V2": ("has-conflict",),
        "V3": ("not-pledged", "not-declared"),
        "V4": (
            "merit-not-judged-yet",
            "not-about-to-be-adopted",
            "security-not-examined",
            "ground-is-nationality-or-race",
        ),
        "V6": ("no-recommendation", "departure-has-no-reason"),
        "E1": ("edition-not-dated", "dated-before-the-previous", "nothing-changed"),
        "E2": ("printed-text-not-kept",),
    }
)

# What nothing, or not all, of the system does yet; each rule's page says so.
NOT_BUILT_YET = frozenset(
    {"C8", "S6", "R3", "R4", "G3", "G5", "G6", "G7", "K7", "K10", "V7", "E4"}
)


def is_built(clause_id: str) -> bool:
    """Tell whether the system keeps the whole rule today.

    >>> is_built("K1"), is_built("R4")
    (True, False)
    """
    return clause_id not in NOT_BUILT_YET


def reasons_of(clause_id: str) -> tuple[str, ...]:
    """List what a rule refuses, for its page; a rule that never does gives an empty list.

    >>> reasons_of("K3")
    ('not-approved-by-institution', 'edited-since-approval')
    """
    return _REASONS.get(clause_id, ())


def all_reasons() -> Mapping[str, frozenset[str]]:
    """Map each rule that refuses to its reasons, so that each can be proved to have a sentence."""
    return {clause_id: frozenset(reasons) for clause_id, reasons in _REASONS.items()}
