"""Fields of every form: a line, prose, whole numbers, yen, a PDF; dates are in `date_fields`."""

from __future__ import annotations

import operator
import re
import unicodedata
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.engines.files.inspecting import LIMITS
from banso.rulebook.writing import (
    breaks_or_reorders,
    composed,
    hides,
    is_written,
    without_hidden,
)
from banso.web.amounts import AmountUnclear, Unclear, counted_yen, yen_in
from banso.web.formats import active_language, yen_text
from banso.web.uploads import check, sentences_about

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django_stubs_ext import StrOrPromise

LARGEST_FILE_BYTES: Final = LIMITS.file_bytes
MOST_YEN: Final = 10**13
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+|\d+")
_READ_FROM_YEN: Final = 10_000
_UNCLEAR: Final = {
    Unclear.NO_AMOUNT: _("Enter an amount of yen, for example 1,402,000,000 or 14億200万円."),
    Unclear.NEGATIVE: _("Enter the amount without a minus sign."),
    Unclear.PART_OF_A_YEN: _("Yen have no decimals. Enter a whole amount."),
}
_TOO_LITTLE: Final = _("Enter at least %(limit)s. You entered %(entered)s.")
_TOO_MUCH: Final = _("Enter at most %(limit)s. You entered %(entered)s.")

# What pasting leaves around a line.
_AROUND = re.compile(
    r"\A[\s\u00ad\u200b-\u200d\u2060\ufeff]+|[\s\u00ad\u200b-\u200d\u2060\ufeff]+\Z"
)
_BREAKS_OR_TAB: Final = re.compile(r"[\n\r\t]")
_BLANK_LINES_AROUND: Final = re.compile(r"\A(?:[^\S\n]*\n)+|\s+\Z")
_SHOWN_BEFORE: Final = 12
_BROKEN = _(
    "Write this on one line: after “%(after)s” stands a character (%(code)s) that breaks or"
    " turns it."
)
_HIDDEN = _(
    "After “%(after)s” stands a character (%(code)s) that readers cannot see. Take it out."
)
_AT_THE_BEGINNING = _("The first character (%(code)s) cannot be shown on one line. Take it out.")


class LineField(forms.CharField):
    """Text of one line, as it can be put into a receipt, a mail's subject or a cell."""

    def to_python(self, value: object) -> str:
        """Compose marks with their letters; text without a visible character is empty."""
        text = composed(super().to_python(value) or "")
        return _AROUND.sub("", text) if is_written(text) else ""

    def validate(self, value: str) -> None:
        """Refuse what breaks, hides or reorders a line; say which character it is and where."""
        super().validate(value)
        broken = _BREAKS_OR_TAB.search(value)
        if broken:
            code = "U+0009" if broken[0] == "\t" else "U+000A"
            self._refuse(_BROKEN, code, value[: broken.start()])
        for sentence, code in ((_BROKEN, breaks_or_reorders(value)), (_HIDDEN, hides(value))):
            if code:
                self._refuse(
                    sentence, code, value.partition(chr(int(code.removeprefix("U+"), 16)))[0]
                )

    def _refuse(self, sentence: StrOrPromise, code: str, before: str) -> NoReturn:
        after = before[-_SHOWN_BEFORE:]
        raise ValidationError(
            sentence if after else _AT_THE_BEGINNING, params={"code": code, "after": after}
        )


class ProseField(forms.CharField):
    """Text of several lines; a line break counts as one character, as the page counts it."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**{"strip": False, **options})

    def to_python(self, value: object) -> str:
        """Keep one kind of line break, and what a paragraph is indented by."""
        text = composed(without_hidden(super().to_python(value) or ""))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return _BLANK_LINES_AROUND.sub("", text) if is_written(text) else ""

    def validate(self, value: str) -> None:
        """Refuse characters that no reader sees and that reorder what is written."""
        super().validate(value)
        if found := breaks_or_reorders(value):
            raise ValidationError(
                _("The text contains a character (%(code)s) that cannot be shown. Take it out."),
                params={"code": found},
            )


class NumberField(forms.IntegerField):
    """A whole number, as people write it: full-width digits and commas are taken as well."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**options)
        self.widget.attrs.setdefault("inputmode", "numeric")

    def to_python(self, value: object) -> int | None:
        """Read the digits; commas are between groups of three or nowhere."""
        if value is None or isinstance(value, int):
            return value
        text = unicodedata.normalize("NFKC", without_hidden(str(value))).strip()
        if not text:
            return None
        return self.number_in(text)

    def number_in(self, text: str) -> int:
        """Read a number from text without full-width characters."""
        if not _GROUPED.fullmatch(text):
            raise ValidationError(_("Enter a whole number, for example 1,200."), code="invalid")
        return int(text.replace(",", ""))

    def validate(self, value: int | None) -> None:
        """Say the limit, and the number that was understood."""
        super().validate(value)
        if value is None:
            return
        for limit, is_passed, sentence in (
            (self.min_value, operator.lt, _TOO_LITTLE),
            (self.max_value, operator.gt, _TOO_MUCH),
        ):
            if isinstance(limit, int) and is_passed(value, limit):
                numbers = {"limit": self.shown(limit), "entered": self.shown(value)}
                raise ValidationError(sentence, params=numbers, code="out-of-range")

    def shown(self, number: int) -> str:
        """Show a number as it stands beside its limit."""
        return str(number)


class YenField(NumberField):
    """Whole yen, as people and pages write them: 1,402,000,000, 1,402百万円, 14億200万円."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**{"min_value": 0, "max_value": MOST_YEN, **options})
        self.widget.attrs["inputmode"] = "text"

    def limit_to(self, most_yen: int) -> None:
        """Take no more than this, and say so before anybody types."""
        self.max_value = most_yen
        amount = understood_yen(most_yen)
        ceiling = _("At most %(amount)s.") % {"amount": amount}
        self.help_text = " ".join(str(one) for one in (self.help_text, ceiling) if one)

    def number_in(self, text: str) -> int:
        """Read an amount in any unit; yen have no decimals."""
        try:
            return yen_in(text)
        except AmountUnclear as unclear:
            raise ValidationError(_UNCLEAR[unclear.why], code=unclear.why) from unclear

    def shown(self, number: int) -> str:
        """Show an amount with its unit."""
        return yen_text(number, "yen", active_language())

    def understood(self, value: object) -> str:
        """Show what an entry is taken for; nothing where it is no amount."""
        try:
            yen = self.to_python(value)
        except ValidationError:
            return ""
        return understood_yen(yen)


def understood_yen(yen: int | None) -> str:
    """Show an amount in figures and, in Japanese, as one reads it."""
    if yen is None:
        return ""
    figures = yen_text(yen, "yen", active_language())
    if active_language() == "en" or yen < _READ_FROM_YEN:
        return figures
    return f"{figures}（{counted_yen(yen)}）"


class PdfField(forms.FileField):
    """A whole PDF that needs nothing but pages: looked at in a process of its own."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        words = _(
            "A PDF of at most 100 MB and 300 pages, without password, scripts or attachments."
        )
        own = {"max_length": 255, "help_text": words, "allow_empty_file": True}
        super().__init__(**{**own, **options})

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[bytes] | None:  # noqa: ANN401 - Django's
        """Take a sound PDF; say everything that stands against another one."""
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if not file:
            return None
        checked = check(cast("IO[bytes]", file), file.name or "")
        if checked.faults:
            raise ValidationError([*sentences_about(checked.faults)])
        file.checked = checked  # type: ignore[attr-defined] # read again by `scanned_with`
        return file
