"""What visitors choose, and what applicants, institutions and agencies enter about calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.calls.queries import agencies_with_calls, call_states, call_types
from banso.web.date_fields import JapaneseInstantField
from banso.web.fields import ProseField

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.core.files.uploadedfile import UploadedFile
    from django.http import QueryDict

    from banso.catalogue.models import Concept
    from banso.people.models import Organisation, Person

LARGEST_FILE_BYTES = 100 * 1024 * 1024
TAIL_BYTES = 2048
YEN_FIELD: dict[str, Any] = {
    "min_value": 1,
    "max_value": 10**13,
    "widget": forms.TextInput({"inputmode": "numeric"}),
}


class FilterForm(forms.Form):
    """State and agency of the public list; each may be left open."""

    state = forms.ChoiceField(label=_("State"), required=False)
    agency = forms.ChoiceField(label=_("Funding agency"), required=False)

    def __init__(self, chosen: QueryDict) -> None:
        super().__init__(chosen)
        _offer(self.fields["state"], [("", _("All")), *call_states()])
        _offer(
            self.fields["agency"], [("", _("All")), *((one, one) for one in agencies_with_calls())]
        )


class DraftForm(forms.Form):
    """The first two facts of a proposal: from where, and its title."""

    institution_id = forms.TypedChoiceField(
        label=_("Institution"), coerce=UUID, widget=forms.RadioSelect
    )
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=300)

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 - Django's
        institutions: Iterable[Organisation],
        **options: Any,  # noqa: ANN401 - Django's
    ) -> None:
        super().__init__(*arguments, **options)
        _offer(self.fields["institution_id"], [(str(one.pk), one.name_ja) for one in institutions])


class ProposalForm(forms.Form):
    """The content of a proposal."""

    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=300)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    abstract = ProseField(label=_("Summary of the proposal"), max_length=4000, required=False)
    core_technology = ProseField(
        label=_("Core technology and measures against leaks"),
        help_text=_("Name them, or state that there is none."),
        max_length=4000,
        required=False,
    )
    requested_yen = forms.IntegerField(
        label=_("Amount asked for (yen)"),
        help_text=_("Whole yen for the whole period."),
        required=False,
        **YEN_FIELD,
    )
    effort_percent = forms.IntegerField(
        label=_("Your effort in percent"),
        min_value=0,
        max_value=100,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    member_ids = forms.MultipleChoiceField(
        label=_("Co-investigators"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *arguments: Any, people: Iterable[Person], **options: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*arguments, **options)
        _offer(self.fields["member_ids"], [(str(one.pk), one.name_ja) for one in people])


class FileForm(forms.Form):
    """The proposal as a PDF, looked at by its first and last bytes."""

    file = forms.FileField(
        label=_("The proposal as PDF"), help_text=_("At most 100 MB."), max_length=255
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Take a whole PDF of a size that we store, and nothing else."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        size = file.size or 0
        if size > LARGEST_FILE_BYTES:
            raise forms.ValidationError(_("The file is larger than 100 MB. Make it smaller."))
        head = file.read(5)
        file.seek(max(size - TAIL_BYTES, 0))
        tail = file.read()
        file.seek(0)
        if head != b"%PDF-" or b"%%EOF" not in tail:
            raise forms.ValidationError(
                _("This file is not a whole PDF. Save the document as PDF and choose it again.")
            )
        return file


class ReturnForm(forms.Form):
    """Why an institution returns a proposal."""

    comment = ProseField(label=_("What the team should change"), max_length=2000)


class AnnounceForm(forms.Form):
    """A new call, as its agency announces it."""

    concept_id = forms.ChoiceField(label=_("R&D concept"))
    fiscal_year = forms.IntegerField(
        label=_("Fiscal year"),
        min_value=2022,
        max_value=2100,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    round = forms.IntegerField(
        label=_("Round"),
        min_value=1,
        max_value=99,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    type = forms.ChoiceField(label=_("Type of call"), widget=forms.RadioSelect)
    slots = forms.IntegerField(
        label=_("Slots"),
        min_value=1,
        max_value=999,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    title_ja = forms.CharField(label=_("Title (Japanese)"), max_length=300)
    title_en = forms.CharField(label=_("Title (English)"), max_length=300, required=False)
    summary_ja = ProseField(label=_("Summary (Japanese)"), max_length=2000)
    summary_en = ProseField(label=_("Summary (English)"), max_length=4000, required=False)
    guidelines_ja = ProseField(label=_("Guidelines (Japanese)"), max_length=20000)
    guidelines_en = ProseField(label=_("Guidelines (English)"), max_length=40000, required=False)
    ceiling_yen = forms.IntegerField(
        label=_("Most yen for one project"), required=False, **YEN_FIELD
    )
    opens_at = JapaneseInstantField(label=_("Opens"))
    closes_at = JapaneseInstantField(
        label=_("Closes"), help_text=_("At noon, Japan time, unless you enter another time.")
    )

    def __init__(self, *arguments: Any, concepts: Iterable[Concept], **options: Any) -> None:  # noqa: ANN401 - Django's
        super().__init__(*arguments, **options)
        _offer(self.fields["concept_id"], [(str(one.pk), one.title) for one in concepts])
        _offer(self.fields["type"], call_types())

    def clean(self) -> dict[str, Any]:
        """See that the call closes after it opens."""
        entered = super().clean() or {}
        opens_at: datetime | None = entered.get("opens_at")
        closes_at: datetime | None = entered.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("A call closes after it opens. Enter a later instant."))
        return entered


def _offer(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    field.choices = list(choices)  # type: ignore[attr-defined] # only choice fields come here
