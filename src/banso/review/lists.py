"""The lists of review: a reviewer's queue, closed calls, received proposals, letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from banso.review.forms import DecidedForm, OutcomeForm, ReviewStateForm
from banso.review.queries.desk import calls_matching, proposals_matching
from banso.review.queries.letters import letters_matching
from banso.review.queries.reviewing import reviews_matching
from banso.web.addresses import address_of
from banso.web.lists.columns import Bilingual, Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

STEPS = {
    "to-pledge": Status(_("Pledge secrecy first"), "warning"),
    "to-declare": Status(_("Declare conflicts of interest first"), "warning"),
    "to-assess": Status(_("To assess"), "info"),
}


def _titled(row: Any) -> Bilingual:  # noqa: ANN401 - a proposal or a call
    return Bilingual(row.title_ja, row.title_en)


def _named(body: Any) -> Bilingual:  # noqa: ANN401 - an organisation
    return Bilingual(body.name_ja, body.name_en)


def _step(row: Any) -> Status:  # noqa: ANN401 - a row of a list
    return Status(_("Submitted"), "success") if row.is_submitted else STEPS[row.next_step]


def _by_step(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    match chosen["state"]:
        case "left":
            return rows.filter(is_submitted=False)
        case "submitted":
            return rows.filter(is_submitted=True)
        case _:
            return rows


REVIEWS = Listing(
    name="my-reviews",
    caption=_("My reviews"),
    columns=(
        Column(
            "title",
            _("Proposal"),
            lambda row: _titled(row.proposal),
            Kind.BILINGUAL,
            address=lambda row: address_of("review:assignment", row.pk),
            order=("proposal__title_ja",),
            is_heading=True,
            is_wide=True,
        ),
        Column("state", _("State"), _step, Kind.STATUS, order=("is_submitted", "assigned_at")),
        Column(
            "institution",
            _("Institution"),
            lambda row: _named(row.proposal.institution),
            Kind.BILINGUAL,
            order=("proposal__institution__name_ja",),
        ),
        Column(
            "call",
            _("Call"),
            lambda row: _titled(row.proposal.call),
            Kind.BILINGUAL,
            order=("proposal__call__title_ja", "assigned_at"),
        ),
        Column(
            "assigned_at",
            _("Assigned at"),
            lambda row: row.assigned_at,
            Kind.INSTANT,
            order=("assigned_at",),
        ),
    ),
    order=("is_submitted", "assigned_at"),
    filled=frozenset({"is_submitted"}),
    filters=ReviewStateForm,
    narrow=_by_step,
    search=reviews_matching,
    is_sample=lambda row: row.proposal.is_sample,
    empty=_("No proposal is assigned to you."),
)

CLOSED_CALLS = Listing(
    name="calls",
    caption=_("Closed calls"),
    columns=(
        Column(
            "call",
            _("Call"),
            lambda row: _titled(row.call),
            Kind.BILINGUAL,
            address=lambda row: address_of("review:desk_call", row.call.slug),
            order=("title_ja",),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "closes_at",
            _("Closed at"),
            lambda row: row.call.closes_at,
            Kind.INSTANT,
            order=("closes_at",),
        ),
        Column("received", _("Received"), lambda row: row.received, Kind.NUMBER),
        Column("decided", _("Decided"), lambda row: row.decided, Kind.NUMBER),
    ),
    order=("-closes_at", "slug"),
    search=calls_matching,
    is_sample=lambda row: row.call.is_sample,
    empty=_("No call that you run has closed yet."),
)


def _decision(row: Any) -> Status:  # noqa: ANN401 - a row of a list
    decision = getattr(row, "decision", None)
    return (
        Status(decision.get_outcome_display()) if decision else Status(_("To decide"), "warning")
    )


def _by_decision(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    match chosen["decision"]:
        case "":
            return rows
        case "none":
            return rows.filter(decision=None)
        case outcome:
            return rows.filter(decision__outcome=outcome)


RECEIVED = Listing(
    name="proposals",
    caption=_("Received proposals"),
    columns=(
        Column(
            "title",
            _("Proposal"),
            _titled,
            Kind.BILINGUAL,
            address=lambda row: address_of("review:desk_proposal", row.pk),
            order=("title_ja",),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "institution",
            _("Institution"),
            lambda row: _named(row.institution),
            Kind.BILINGUAL,
            order=("institution__name_ja", "submitted_at"),
        ),
        Column(
            "submitted_at",
            _("Received at"),
            lambda row: row.submitted_at,
            Kind.INSTANT,
            order=("submitted_at",),
        ),
        Column("reviewers", _("Reviewers"), lambda row: row.assigned, Kind.NUMBER),
        Column("assessments", _("Assessments"), lambda row: row.assessed, Kind.NUMBER),
        Column("decision", _("Decision"), _decision, Kind.STATUS),
    ),
    order=("submitted_at",),
    filled=frozenset({"submitted_at"}),
    filters=DecidedForm,
    narrow=_by_decision,
    search=proposals_matching,
    is_sample=lambda row: row.is_sample,
    empty=_("There is no proposal to judge."),
)


def _by_outcome(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    return rows.filter(outcome=chosen["outcome"]) if chosen["outcome"] else rows


LETTERS = Listing(
    name="letters",
    caption=_("Letters"),
    columns=(
        Column(
            "proposal",
            _("Proposal"),
            lambda row: _titled(row.proposal),
            Kind.BILINGUAL,
            address=lambda row: address_of("review:letter", row.pk),
            order=("proposal__title_ja",),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "institution",
            _("Institution"),
            lambda row: _named(row.proposal.institution),
            Kind.BILINGUAL,
            order=("proposal__institution__name_ja", "-sent_at"),
            is_shown=False,
        ),
        Column(
            "call",
            _("Call"),
            lambda row: _titled(row.proposal.call),
            Kind.BILINGUAL,
            order=("proposal__call__title_ja", "-sent_at"),
        ),
        Column("outcome", _("Outcome"), lambda row: row.get_outcome_display(), order=("outcome",)),
        Column("sent_at", _("Sent at"), lambda row: row.sent_at, Kind.INSTANT, order=("sent_at",)),
    ),
    order=("-sent_at",),
    filters=OutcomeForm,
    narrow=_by_outcome,
    search=letters_matching,
    is_sample=lambda row: row.proposal.is_sample,
    empty=_("There is no letter yet."),
)
