"""What reviewers and the agency's officers enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.review.models import Assignment, Decision
from banso.web.fields import ProseField
from banso.web.formats import active_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.utils.datastructures import MultiValueDict

    from banso.people.models import Person

NO_CONFLICT = "none"
SCORES = [
    (5, _("5: excellent")),
    (4, _("4: very good")),
    (3, _("3: good")),
    (2, _("2: fair")),
    (1, _("1: poor")),
]


class DeclarationForm(forms.Form):
    """A reviewer's declaration about one proposal; nothing is chosen beforehand (V1)."""

    conflict = forms.ChoiceField(
        label=_("Your relation to this proposal, its team and its institution"),
        choices=[
            (NO_CONFLICT, _("I have no conflict of interest")),
            *Assignment.Conflict.choices,
        ],
        widget=forms.RadioSelect,
    )

    def clean_conflict(self) -> str:
        """Turn “none” into what the command takes for it."""
        declared: str = self.cleaned_data["conflict"]
        return "" if declared == NO_CONFLICT else declared


class AssessmentForm(forms.Form):
    """Scores by the two criteria that hold where a call names none (V5), and a comment."""

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


class ReviewerForm(forms.Form):
    """Which of the agency's reviewers is asked."""

    person = forms.ChoiceField(label=_("Reviewer"))

    def __init__(
        self, data: MultiValueDict[str, str] | None = None, *, reviewers: Iterable[Person]
    ) -> None:
        super().__init__(data)
        is_english = active_language() == "en"
        self.fields["person"].choices = [  # type: ignore[attr-defined]  # it is a ChoiceField
            ("", "—"),
            *(
                (str(person.pk), person.name_en if is_english else person.name_ja)
                for person in reviewers
            ),
        ]


class ExaminationForm(forms.Form):
    """Security and leak measures asked of a team; a score has no place here (V4)."""

    measures = ProseField(
        label=_("Measures asked of the team"),
        help_text=_(
            "Leave this empty when nothing is asked. What is asked never depends on anybody's"
            " nationality or race (rule V4)."
        ),
        max_length=4000,
        required=False,
    )


class DecisionForm(forms.Form):
    """The panel's recommendation, the agency's decision, and what the proposers are told."""

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
