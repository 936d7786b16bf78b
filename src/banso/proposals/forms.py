"""What applicants write in a proposal, and what its institution answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.web.fields import LineField, NumberField, PdfField, ProseField, YenField
from banso.web.forms import ActForm, offer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.http import QueryDict

    from banso.people.models import Organisation, Person

APPROVED = "approved"


class DraftForm(ActForm):
    """The first two facts of a proposal: from where, and its title."""

    institution_id = forms.TypedChoiceField(
        label=_("Institution"), coerce=UUID, widget=forms.RadioSelect
    )
    title_ja = LineField(label=_("Title (Japanese)"), max_length=300)

    def __init__(
        self, entered: QueryDict | None = None, *, institutions: Iterable[Organisation]
    ) -> None:
        super().__init__(entered)
        offer(self, "institution_id", [(str(one.pk), one.name_ja) for one in institutions])


class ProposalForm(ActForm):
    """The content of a proposal."""

    is_kept = True

    title_ja = LineField(label=_("Title (Japanese)"), max_length=300)
    title_en = LineField(label=_("Title (English)"), max_length=300, required=False)
    abstract = ProseField(label=_("Summary of the proposal"), max_length=4000, required=False)
    core_technology = ProseField(
        label=_("Core technology and measures against leaks"),
        help_text=_("Name them, or state that there is none."),
        max_length=4000,
        required=False,
    )
    requested_yen = YenField(
        label=_("Amount asked for (yen)"),
        help_text=_("Whole yen for the whole period."),
        required=False,
        min_value=1,
    )
    effort_percent = NumberField(label=_("Your effort in percent"), min_value=0, max_value=100)
    member_ids = forms.MultipleChoiceField(
        label=_("Co-investigators"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        entered: QueryDict | None = None,
        *,
        people: Iterable[Person],
        initial: Mapping[str, Any],
        ceiling_yen: int | None = None,
    ) -> None:
        super().__init__(entered, initial=dict(initial))
        if ceiling_yen:
            cast("YenField", self.fields["requested_yen"]).limit_to(ceiling_yen)
        offer(self, "member_ids", [(str(one.pk), one.name_ja) for one in people])


class FileForm(ActForm):
    """The proposal as a PDF."""

    file = PdfField(label=_("The proposal as PDF"))


class ApproveForm(ActForm):
    """The version that the officer has read; one that is no more is for the rule to refuse."""

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class ReturnForm(ActForm):
    """Why an institution returns a proposal."""

    is_kept = True

    comment = ProseField(label=_("What the team should change"), max_length=2000)


class ApprovalsForm(forms.Form):
    """Which proposals of an institution are listed: what waits for it, or what it approved."""

    show = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("Waiting for your approval")), (APPROVED, _("Approved"))],
        required=False,
    )
