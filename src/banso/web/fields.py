"""Fields of every form: a line, prose, whole numbers, yen, a PDF; dates are in `date_fields`."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from banso.engines.text.visible import breaks_or_reorders, has_visible_text, without_hidden

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST_FILE_BYTES: Final = 100_000_000
MOST_YEN: Final = 10**13
_TAIL_BYTES: Final = 2048
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+|\d+")
_YEN_MARKS = re.compile(r"[\s¥円]|yen", re.IGNORECASE)
# 14億200万: each part at most four digits of the next unit, in this order.
_COUNTED = re.compile(r"(?:(\d+)億)?(?:(\d{1,4})万)?(\d{1,4})?")


class LineField(forms.CharField):
    """Text of one line, as it can be put into a receipt, a mail's subject or a cell."""

    def to_python(self, value: object) -> str:
        """Bring to composed characters (NFC); text without a visible character is empty."""
        text = unicodedata.normalize("NFC", without_hidden(super().to_python(value) or ""))
        return text.strip() if has_visible_text(text) else ""

    def validate(self, value: str) -> None:
        """Refuse what breaks or reorders a line, and say which character it is."""
        super().validate(value)
        found = "U+000A" if "\n" in value or "\r" in value else breaks_or_reorders(value)
        if found or "\t" in value:
            raise ValidationError(
                _("Write this on one line: it contains a character (%(code)s) that breaks it."),
                params={"code": found or "U+0009"},
            )


class ProseField(forms.CharField):
    """Text of several lines; a line break counts as one character, as the page counts it."""

    widget = forms.Textarea

    def to_python(self, value: object) -> str:
        """Keep one kind of line break, whatever the browser sent."""
        text = super().to_python(value) or ""
        text = unicodedata.normalize("NFC", without_hidden(text))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text if has_visible_text(text) else ""

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


class YenField(NumberField):
    """Whole yen, as the page writes them: 1,402,000,000, 円 and 14億200万円 are taken as well."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**{"min_value": 0, "max_value": MOST_YEN, **options})

    def number_in(self, text: str) -> int:
        """Read an amount, with its marks left out."""
        digits = _YEN_MARKS.sub("", text)
        counted = _COUNTED.fullmatch(digits)
        if counted and any(counted.groups()) and ("億" in digits or "万" in digits):
            hundred_millions, ten_thousands, ones = (int(part or 0) for part in counted.groups())
            return hundred_millions * 10**8 + ten_thousands * 10**4 + ones
        if not _GROUPED.fullmatch(digits):
            raise ValidationError(
                _("Enter the amount in whole yen, for example 1,402,000,000."), code="invalid"
            )
        return int(digits.replace(",", ""))


class PdfField(forms.FileField):
    """A whole PDF, looked at by its first and last bytes."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(**{"max_length": 255, "help_text": _("At most 100 MB."), **options})

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[bytes] | None:  # noqa: ANN401 - Django's
        """Take a whole PDF of a size that we store, and nothing else."""
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if not file:
            return None
        size = file.size or 0
        if size > LARGEST_FILE_BYTES:
            raise ValidationError(_("The file is larger than 100 MB. Make it smaller."))
        head = file.read(5)
        file.seek(max(size - _TAIL_BYTES, 0))
        tail = file.read()
        file.seek(0)
        if head != b"%PDF-" or b"%%EOF" not in tail:
            raise ValidationError(
                _("This file is not a whole PDF. Save the document as PDF and choose it again.")
            )
        return file
