"""What authors, ministries and members enter about results."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.results.queries.results import PLANNED, PUBLISHED, concepts_with_results, kinds
from banso.results.queries.withholdings import STANCE_CHOICES
from banso.web.date_fields import JapaneseDateField
from banso.web.fields import LineField, ProseField
from banso.web.formats import active_language
from banso.web.forms import ActForm, offer
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.http import QueryDict

    from banso.people.models import Person

_DOI = re.compile(r"10\.\d{4,9}/\S+")
_DOI_ADDRESS = re.compile(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)

LEFT_OUT, PUBLISHED_TOO = "left-out", "published-too"


class FilterForm(forms.Form):
    """What a visitor may choose in the public list; each may be left open."""

    kind = forms.ChoiceField(label=_("Kind of result"), required=False)
    concept = forms.ChoiceField(label=_("R&D concept"), required=False)

    def __init__(self, chosen: QueryDict) -> None:
        super().__init__(chosen)
        concepts = [
            (concept.slug, in_language(concept.title, concept.title_en))
            for concept in concepts_with_results()
        ]
        offer(self, "kind", [("", _("All")), *kinds()])
        offer(self, "concept", [("", _("All")), *concepts])


class OwnFilterForm(forms.Form):
    """What a person may choose in the list of their own results."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), (PLANNED, _("Planned")), (PUBLISHED, _("Published"))],
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind of result"), required=False)

    def __init__(self, chosen: QueryDict) -> None:
        super().__init__(chosen)
        offer(self, "kind", [("", _("All")), *kinds()])


class PlanForm(ActForm):
    """A result that a team plans to publish."""

    is_kept = True

    kind = forms.ChoiceField(label=_("Kind of result"), widget=forms.RadioSelect)
    title_ja = LineField(label=_("Title of the result (Japanese)"), max_length=300)
    title_en = LineField(label=_("Title of the result (English)"), max_length=300, required=False)
    summary = ProseField(
        label=_("Summary of the result"),
        help_text=_("It becomes public together with the result, not before."),
        max_length=2000,
        required=False,
    )
    author_ids = forms.MultipleChoiceField(
        label=_("Authors"),
        help_text=_("Every author can publish the result at any time."),
        widget=forms.CheckboxSelectMultiple,
    )
    presented_to_council = forms.BooleanField(
        label=_("Let the members of the concept's council see this plan"),
        help_text=_("You need not. Nobody has to see a plan before it is published."),
        required=False,
    )

    def __init__(self, *arguments: Any, team: Iterable[Person], **options: Any) -> None:  # noqa: ANN401 - Django's own arguments, passed on
        super().__init__(*arguments, **options)
        english = active_language() == "en"
        offer(self, "kind", kinds())
        names = [(str(one.pk), one.name_en if english else one.name_ja) for one in team]
        offer(self, "author_ids", names)


class PublishForm(ActForm):
    """What may be said on publishing; nothing has to be."""

    doi = LineField(
        label=_("DOI"),
        help_text=_("For example 10.1234/abcd. It can stay empty where there is none."),
        max_length=200,
        required=False,
    )
    withheld_part = forms.ChoiceField(
        label=_("What you publish"),
        widget=forms.RadioSelect,
        choices=[
            (
                LEFT_OUT,
                _("Without the withheld part. The withholding stays until it lapses."),
            ),
            (
                PUBLISHED_TOO,
                _("The whole, with the withheld part. Publishing it ends the withholding."),
            ),
        ],
    )

    def __init__(self, *arguments: Any, is_part_withheld: bool, **options: Any) -> None:  # noqa: ANN401 - Django's own arguments, passed on
        super().__init__(*arguments, **options)
        if not is_part_withheld:
            del self.fields["withheld_part"]

    def facts(self) -> dict[str, Any]:
        """Give the command its facts."""
        return {
            "doi": self.cleaned_data["doi"],
            "leaves_withheld_part_out": self.cleaned_data.get("withheld_part") == LEFT_OUT,
        }

    def clean_doi(self) -> str:
        """Take a DOI with or without the address in front of it."""
        doi = _DOI_ADDRESS.sub("", self.cleaned_data["doi"].strip())
        if doi and not _DOI.fullmatch(doi):
            raise forms.ValidationError(
                _("A DOI begins with 10., a number and a slash, for example 10.1234/abcd.")
            )
        return doi


class WithholdingForm(ActForm):
    """What a ministry says when it asks to withhold a part of a planned result."""

    council_id = forms.TypedChoiceField(label=_("Council"), widget=forms.RadioSelect, coerce=UUID)
    part = ProseField(
        label=_("The part to withhold"),
        help_text=_(
            "The smallest passage that is enough, quoted word for word: at most half of the text"
            " that contains it. Members answer it."
        ),
        max_length=4000,
    )
    copy = ProseField(
        label=_("The text that contains the part"),
        help_text=_(
            "Needed where the part is not in the summary that the team registered: paste the"
            " section of the manuscript, word for word, at least 400 characters. Members and"
            " authors read it."
        ),
        max_length=60_000,
        required=False,
    )
    reason = ProseField(label=_("Reason"), max_length=4000)
    clear_diversion = ProseField(
        label=_("Why diversion to a use of concern abroad is clear"),
        help_text=_("At least 20 characters. Without it there is no request."),
        max_length=2000,
    )
    grave_effect = ProseField(
        label=_("Why its effect would be grave"),
        help_text=_("At least 20 characters. Without it there is no request."),
        max_length=2000,
    )
    review_on = JapaneseDateField(
        label=_("Review date"),
        help_text=_(
            "On this day the withholding lapses unless all members consent anew. Within a year"
            " from today, unless the bylaws say otherwise."
        ),
    )
    ends_on = JapaneseDateField(
        label=_("End"),
        help_text=_(
            "From this day on the result is open without anyone acting. Within two years from"
            " today, unless the bylaws say otherwise."
        ),
    )

    refused_at = {
        "not-a-quotation": "part",
        "title-asked": "part",
        "whole-of-the-result": "part",
        "more-than-a-part": "part",
        "copy-too-short": "copy",
        "diversion-or-effect-not-stated": "clear_diversion",
        "no-end-after-the-start": "ends_on",
        "ends-too-late": "ends_on",
        "no-review-in-the-period": "review_on",
        "reviewed-too-late": "review_on",
    }

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's own arguments, passed on
        councils: Sequence[tuple[UUID, str]],
        **options: Any,  # noqa: ANN401 - as above
    ) -> None:
        super().__init__(*arguments, **options)
        choices = [(str(council_id), title) for council_id, title in councils]
        offer(self, "council_id", choices)
        if len(choices) == 1:
            self.fields["council_id"].initial = choices[0][0]


class AnswerForm(ActForm):
    """One of the three buttons of a member, with the text that was read above it."""

    stance = forms.ChoiceField(choices=STANCE_CHOICES)
    read_sha256 = forms.CharField(widget=forms.HiddenInput)
