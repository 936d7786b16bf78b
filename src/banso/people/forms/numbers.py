"""Fields for numbers of persons and bodies, in whatever width and with whatever hyphens (I1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.engines.names import numbers
from banso.web.fields import LineField

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django_stubs_ext import StrOrPromise


class NumbersField(LineField):
    """A number that is read by one of the engine's functions, with a sentence for each fault."""

    read: Callable[[str], str]
    faults: Mapping[str, StrOrPromise]

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**{"required": False, "max_length": 200, **options})

    def clean(self, value: Any) -> str:  # noqa: ANN401 - Django's
        """Write the number in its one form, or say what is wrong with it."""
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return type(self).read(text)
        except numbers.NotANumber as fault:
            sentence = self.faults[str(fault)]
            raise ValidationError(sentence, params={"value": text}, code="number") from fault


class EradNumberField(NumbersField):
    """An e-Rad researcher number: its length is checked, its check digit cannot be."""

    read = staticmethod(numbers.erad_number)
    faults = {"length": _("An e-Rad researcher number has 8 digits; “%(value)s” has not.")}


class OrcidField(NumbersField):
    """An ORCID iD with its check character."""

    read = staticmethod(numbers.orcid)
    faults = {
        "length": _("An ORCID iD has 16 digits, as in 0000-0002-1825-0097; “%(value)s” has not."),
        "check": _(
            "The check digit of the ORCID iD “%(value)s” does not match. Compare it once more."
        ),
    }


class ResearchmapField(NumbersField):
    """The name in the address of a researchmap page."""

    read = staticmethod(numbers.researchmap_id)
    faults = {
        "signs": _(
            "Enter what follows researchmap.jp/ in the address; “%(value)s” cannot be that."
        )
    }


class CorporateNumberField(NumbersField):
    """A 法人番号, whose check digit is reckoned."""

    read = staticmethod(numbers.corporate_number)
    faults = {
        "length": _("A corporate number has 13 digits; “%(value)s” has not."),
        "check": _(
            "The check digit of the corporate number “%(value)s” does not match."
            " Compare it with the National Tax Agency's publication site."
        ),
    }


class RorField(NumbersField):
    """A ROR id."""

    read = staticmethod(numbers.ror)
    faults = {
        "check": _(
            "A ROR id looks like 05dxps055 or https://ror.org/05dxps055; “%(value)s” does not."
        )
    }


class EradCodeField(NumbersField):
    """A body's code in e-Rad."""

    read = staticmethod(numbers.erad_code)
    faults = {
        "signs": _("An e-Rad institution code has digits, letters and hyphens only, 20 at most.")
    }
