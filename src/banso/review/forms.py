"""What reviewers and the agency's officers enter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.people.forms.choosing import SearchedPersonField
from banso.review.models import Assignment, Decision
from banso.web.fields import ProseField
from banso.web.forms import ActForm

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet
    from django.http import QueryDict

    from banso.people.models import Person

NO_CONFLICT = "none"
SCORES = [
    (5, _("5: excellent")),
    (4, _("4: very good")),
    (3, _("3: good")),
    (2, _("2: fair")),
    (1, _("1: poor")),
]


class DeclarationForm(ActForm):
    """A reviewer's declaration about one proposal; nothing is chosen beforehand (V1)."""

    conflict = forms.ChoiceField(
        label=_("Your relation to this proposal, its team and its institution"),
        choices=[
            (NO_CONFLICT, _("I have no conflict of interest")),
            *Assignment.Conflict.choices,
        ],
        widget=forms.RadioSelect,
    )

    def facts(self) -> dict[str, Any]:
        """Turn “none” into what the command takes for it."""
        declared = self.cleaned_data["conflict"]
        return {"conflict": "" if declared == NO_CONFLICT else declared}


class AssessmentForm(ActForm):
    """Scores by the two criteria that hold where a call names none (V5), and a comment."""

    is_kept = True

    feasibility = forms.TypedChoiceField(
        label=_("Feasibility of using the results"),
        help_text=_("Whether and how the results can come into civil and public use."),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
    )
    soundness = forms.TypedChoiceField(
        label=_("Soundness of the work"),
        help_text=_("R&D content, team, funding plan and safety-management plan."),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
    )
    comment = ProseField(
        label=_("Comment"),
        help_text=_("Reasons for both scores. Nationality and race are no reasons (rule V4)."),
        max_length=4000,
    )


class ReviewerForm(ActForm):
    """Which of the agency's reviewers is asked."""

    refused_at: ClassVar = {"reviewer-has-conflict": "person"}

    person = SearchedPersonField(label=_("Reviewer"))

    def __init__(
        self, entered: QueryDict | None = None, *, reviewers: QuerySet[Person], on: date
    ) -> None:
        super().__init__(entered)
        cast("SearchedPersonField", self.fields["person"]).offer_people(reviewers, on=on)

    def facts(self) -> dict[str, Any]:
        """Give the id."""
        return {"person_id": self.cleaned_data["person"].pk}


class ExaminationForm(ActForm):
    """Security and leak measures asked of a team; a score has no place here (V4)."""

    is_kept = True

    measures = ProseField(
        label=_("Measures asked of the team"),
        help_text=_(
            "Leave this empty when nothing is asked. What is asked never depends on anybody's"
            " nationality or race (rule V4)."
        ),
        max_length=4000,
        required=False,
    )


class DecisionForm(ActForm):
    """The panel's recommendation, the agency's decision, and what the proposers are told."""

    is_kept = True

    refused_at: ClassVar = {"departure-has-no-reason": "departure_reason"}

    recommendation = forms.ChoiceField(
        label=_("Recommendation of the panel"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
    )
    outcome = forms.ChoiceField(
        label=_("Decision of the agency"),
        choices=Decision.Outcome.choices,
        widget=forms.RadioSelect,
    )
    departure_reason = ProseField(
        label=_("Reason for departing from the recommendation"),
        help_text=_("Needed only where the decision is not the recommended one (rule V6)."),
        max_length=2000,
        required=False,
    )
    reasons = ProseField(
        label=_("Reasons, as the proposers will read them"),
        help_text=_("Do not name reviewers."),
        max_length=4000,
    )


class ReviewStateForm(forms.Form):
    """Which of a reviewer's own assignments are listed."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), ("left", _("Not submitted")), ("submitted", _("Submitted"))],
        required=False,
    )


class DecidedForm(forms.Form):
    """Which received proposals are listed, by what was decided on them."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", _("All")), ("none", _("To decide")), *Decision.Outcome.choices],
        required=False,
    )


class OutcomeForm(forms.Form):
    """Which letters are listed, by their outcome."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[("", _("All")), *Decision.Outcome.choices], required=False
    )
