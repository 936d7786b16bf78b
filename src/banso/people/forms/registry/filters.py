"""What the registry's lists are filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.people.models import Appointment, Organisation

if TYPE_CHECKING:
    from django.http import QueryDict

_ALL = ("", _("All"))


class PersonsFilter(forms.Form):
    """Persons with one role."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[_ALL, *Appointment.Role.choices], required=False
    )


class BodiesFilter(forms.Form):
    """Bodies of one kind."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[_ALL, *Organisation.Kind.choices], required=False
    )


class StandingFilter(forms.Form):
    """What has an end, what has none, and of which role."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[_ALL, *Appointment.Role.choices], required=False
    )
    state = forms.ChoiceField(
        label=_("State"),
        choices=[_ALL, ("current", _("Without an end")), ("ending", _("Ended or with an end"))],
        required=False,
    )

    @classmethod
    def of_affiliations(cls, chosen: QueryDict) -> StandingFilter:
        """Leave out what affiliations do not have."""
        form = cls(chosen)
        del form.fields["role"]
        return form
