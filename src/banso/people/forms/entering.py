"""Forms of coming in: who one is, where one belongs, whom an officer invites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.people.commands.entering.invite_people import Invited
from banso.people.entering import NOWHERE, Place
from banso.people.forms.addresses import AddressField, address_in
from banso.people.forms.names import LONGEST_NAME, NameForm
from banso.people.forms.numbers import CorporateNumberField
from banso.people.queries.entering import bodies_matching, bodies_to_belong_to, purposes_for
from banso.web.choosing import SearchedField
from banso.web.fields import LineField, ProseField
from banso.web.forms import ActForm, offer
from banso.web.fronts import fronts, in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import QueryDict

    from banso.people.actors import Actor

# Each in its own name, as whoever reads it looks for it.
LANGUAGES: Final = (("ja", "日本語"), ("en", "English"))
MOST_AT_ONCE: Final = 200
WITH_SCOPE: Final = frozenset({"program-director", "program-officer"})
_BETWEEN: Final = re.compile(r"[\t,，、;；]")


class PlaceForm(ActForm):
    """A body that is known, found by words; or one that is not, by its name and number."""

    organisation = SearchedField(
        label=gettext_lazy("Where you belong"),
        words_label=gettext_lazy("Name of the body"),
        required=False,
        help_text=gettext_lazy("Enter a part of the name and search, then choose."),
    )
    body_name_ja = LineField(
        label=gettext_lazy("If it is not found: name of the body (Japanese)"),
        max_length=200,
        required=False,
    )
    body_name_en = LineField(
        label=gettext_lazy("Name of the body (English)"), max_length=200, required=False
    )
    corporate_number = CorporateNumberField(
        label=gettext_lazy("Corporate number (法人番号)"),
        help_text=gettext_lazy("13 digits. An officer of a funding agency confirms the body."),
    )
    unit = LineField(
        label=gettext_lazy("Faculty, department or section"), max_length=200, required=False
    )
    needs_place = True

    def __init__(self, entered: QueryDict | None = None, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(entered, **options)
        field = self.fields["organisation"]
        if isinstance(field, SearchedField):
            field.offer(
                bodies_to_belong_to(),
                search=bodies_matching,
                label=lambda body: in_language(body.name_ja, body.name_en),
            )

    def clean(self) -> dict[str, Any]:
        """See that one body is named, and a new one with its number."""
        entered = super().clean() or self.cleaned_data
        known, new = entered.get("organisation"), entered.get("body_name_ja")
        if known and new:
            self.add_error("body_name_ja", _("Choose a body or propose one, not both."))
        elif self.needs_place and not known and not new and "organisation" not in self.errors:
            self.add_error(
                "organisation", _("Choose where you belong, or enter the name of the body below.")
            )
        elif new and not entered.get("corporate_number") and not self.errors:
            self.add_error(
                "corporate_number", _("Enter the corporate number of a body that is not found.")
            )
        return entered

    def place(self) -> Place:
        """Give the place in the commands' own words."""
        entered = self.cleaned_data
        known = entered["organisation"]
        return Place(
            organisation_id=known.pk if known else None,
            body_name_ja="" if known else entered["body_name_ja"],
            body_name_en="" if known else entered["body_name_en"],
            corporate_number="" if known else entered["corporate_number"],
            unit=entered["unit"],
        )

    def facts(self) -> dict[str, Any]:
        """Give what `claim_affiliation` takes."""
        return {"place": self.place()}


class LanguageForm(forms.Form):
    """In which language letters are written."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language of letters"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
    )


class EnterForm(LanguageForm, NameForm, PlaceForm):
    """Who one is and where one belongs, as one says oneself."""

    field_order = (*NameForm.base_fields, *PlaceForm.base_fields, "language")

    def facts(self) -> dict[str, Any]:
        """Give what `sign_up` and `enter_by_invitation` take."""
        language = self.cleaned_data["language"]
        return {"names": self.names(), "place": self.place(), "language": language}


class InvitedForm(EnterForm):
    """As `EnterForm`, for who is invited from elsewhere; a place may be left for later."""

    needs_place = False


class MemberForm(LanguageForm, NameForm, ActForm):
    """Who one is, and in which unit of the body that invites."""

    unit = PlaceForm.base_fields["unit"]
    field_order = (*NameForm.base_fields, "unit", "language")

    def facts(self) -> dict[str, Any]:
        """Give what `enter_by_invitation` takes; the body is that of the invitation."""
        entered = self.cleaned_data
        place = Place(unit=entered["unit"]) if entered["unit"] else NOWHERE
        return {"names": self.names(), "place": place, "language": entered["language"]}


class SignUpForm(ActForm):
    """The address that an account is asked for."""

    email = AddressField()


class RefuseForm(ActForm):
    """Why an affiliation is not confirmed, for its person."""

    reason = ProseField(label=gettext_lazy("Reason, which the person reads"), max_length=1000)


class InviteForm(ActForm):
    """Whom an officer invites, for what, and for which of their bodies."""

    organisation_id = forms.ChoiceField(label=gettext_lazy("Body that invites"))
    purpose = forms.ChoiceField(label=gettext_lazy("Invited as"), widget=forms.RadioSelect)
    scope_id = forms.ChoiceField(
        label=gettext_lazy("R&D concept"),
        required=False,
        help_text=gettext_lazy("For a PD or PO alone: the concept whose R&D they direct."),
    )
    people = ProseField(
        label=gettext_lazy("Mail addresses"),
        max_length=60_000,
        help_text=gettext_lazy(
            "One a line, up to 200. After the address the family and the given name may follow,"
            " with commas between: aoi@example.jp, 見本, 葵"
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the letter"),
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        initial="ja",
    )
    refused_at: Mapping[str, str] = {"not-invited-by-this-office": "purpose"}  # type: ignore[misc]  # as ActForm's

    def __init__(self, entered: QueryDict | None = None, *, inviter: Actor) -> None:
        super().__init__(entered)
        bodies, purposes = purposes_for(inviter)
        offer(
            self,
            "organisation_id",
            [(str(b.pk), in_language(b.name_ja, b.name_en)) for b in bodies],
        )
        offer(self, "purpose", purposes)
        offer(self, "scope_id", [("", _("All, or none")), *_scopes(inviter)])

    def clean_people(self) -> list[Invited]:
        """Read a person from each line, and say of each line what is wrong with it."""
        found: dict[str, Invited] = {}
        faults = []
        lines = [line for line in self.cleaned_data["people"].split("\n") if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(
                _("Invite up to %(most)d people at once; there are %(count)d lines."),
                params={"most": MOST_AT_ONCE, "count": len(lines)},
            )
        for number, line in enumerate(lines, start=1):
            try:
                one = _invited(line)
            except ValidationError as wrong:
                text = " ".join(map(str, wrong.messages))
                faults.append(_("Line %(line)d: %(fault)s") % {"line": number, "fault": text})
                continue
            if one.email in found:
                faults.append(
                    _("Line %(line)d: %(email)s stands in an earlier line as well.")
                    % {"line": number, "email": one.email}
                )
            found[one.email] = one
        if faults:
            raise ValidationError(faults)
        return [*found.values()]

    def clean(self) -> dict[str, Any]:
        """See that a concept is named for a PD or PO and for nobody else."""
        entered = super().clean() or self.cleaned_data
        has_scope = bool(entered.get("scope_id"))
        directs = entered.get("purpose") in WITH_SCOPE
        if directs and not has_scope:
            self.add_error("scope_id", _("Choose the concept whose R&D the PD or PO directs."))
        if has_scope and entered.get("purpose") and not directs:
            self.add_error("scope_id", _("Only a PD or PO is invited for a concept."))
        return entered

    def facts(self) -> dict[str, Any]:
        """Give what `invite_people` takes."""
        entered = super().facts()
        return {**entered, "scope_id": entered["scope_id"] or None}


def _invited(line: str) -> Invited:
    address, *names = (part.strip() for part in _BETWEEN.split(line, maxsplit=2))
    for name in names:
        LineField(max_length=LONGEST_NAME, required=False).clean(name)
    return Invited(address_in(address), *names)


def _scopes(inviter: Actor) -> list[tuple[str, str]]:
    return [
        (str(key), in_language(japanese, english))
        for front in fronts().values()
        if front.scopes
        for key, japanese, english in front.scopes(inviter)
    ]
