"""What applicants write in a proposal, and what its institution answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.web.fields import ProseField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.core.files.uploadedfile import UploadedFile

    from banso.people.models import Organisation, Person

LARGEST_FILE_BYTES = 100 * 1024 * 1024
TAIL_BYTES = 2048
YEN_FIELD: dict[str, Any] = {
    "min_value": 1,
    "max_value": 10**13,
    "widget": forms.TextInput({"inputmode": "numeric"}),
}


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


def _offer(field: forms.Field, choices: Iterable[tuple[Any, Any]]) -> None:
    field.choices = list(choices)  # type: ignore[attr-defined] # only choice fields come here
