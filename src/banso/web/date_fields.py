"""Form fields for days and instants: numeric boxes 年・月・日, in Western or era years (D9)."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from banso.web.eras import parse_japanese_date
from banso.web.formats import JAPAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.datastructures import MultiValueDict

NOON = time(12)
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?::(?P<minute>\d{2})|時((?P<minutes>\d{1,2})分)?)")


class DateBoxes(forms.MultiWidget):
    """Three text boxes; a whole date pasted into the first one is taken as well."""

    template_name = "web/widgets/date_boxes.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(self.boxes(), attrs)

    def boxes(self) -> dict[str, forms.Widget | type[forms.Widget]]:
        """Name the boxes in the order in which they are read."""
        return {
            "year": _box(pgettext_lazy("date box", "Year"), 4),
            "month": _box(pgettext_lazy("date box", "Month"), 2),
            "day": _box(pgettext_lazy("date box", "Day"), 2),
        }

    def decompress(self, value: date | None) -> list[str]:
        """Spread a date over the boxes."""
        if value is None:
            return [""] * len(self.widgets)
        day = value.astimezone(JAPAN) if isinstance(value, datetime) else value
        return [str(day.year), str(day.month), str(day.day)]

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> list[str]:
        """Read the boxes, or one value under the field's own name."""
        boxes = super().value_from_datadict(data, files, name)
        if not any(boxes) and name in data:
            boxes[0] = data[name]
        return [box or "" for box in boxes]

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Whether neither a box nor the field's own name was sent."""
        return name not in data and super().value_omitted_from_data(data, files, name)


class InstantBoxes(DateBoxes):
    """The three boxes of a date and one for the time, which begins at noon (J3)."""

    def boxes(self) -> dict[str, forms.Widget | type[forms.Widget]]:
        """Add the box for the time."""
        return {**super().boxes(), "time": _box(_("Time (Japan)"), 5, inputmode="text")}

    def decompress(self, value: date | None) -> list[str]:
        """Spread an instant over the boxes, in Japan's time."""
        clock = value.astimezone(JAPAN).time() if isinstance(value, datetime) else NOON
        return [*super().decompress(value)[:3], f"{clock:%H:%M}"]


class JapaneseDateField(forms.Field):
    """A day, typed as 2027・4・1, as R9・4・1 or whole in the first box."""

    widget = DateBoxes
    default_error_messages = {
        "not-a-date": _("Enter a date that exists, for example 2027, 4, 1 or R9, 4, 1."),
    }

    def to_python(self, value: Sequence[str] | date | None) -> date | None:
        """Read the boxes; nothing in any of them is no date."""
        if value is None or isinstance(value, date):
            return value
        return self.read_day(value[:3])

    def read_day(self, boxes: Sequence[str]) -> date | None:
        """Read year, month and day."""
        filled = [box.strip() for box in boxes if box.strip()]
        if not filled:
            return None
        try:
            return parse_japanese_date("/".join(filled))
        except ValueError as error:
            raise ValidationError(self.error_messages["not-a-date"], code="not-a-date") from error


class JapaneseInstantField(JapaneseDateField):
    """An instant in Japan's time; without a time it is noon, and 24:00 does not exist (J3)."""

    widget = InstantBoxes
    default_error_messages = {
        "not-a-time": _("Enter a time from 0:00 to 23:59, for example 12:00 or 正午."),
    }

    def to_python(self, value: Sequence[str] | date | None) -> datetime | None:
        """Read the boxes as an aware instant."""
        if value is None or isinstance(value, datetime):
            return value
        if isinstance(value, date):
            return datetime.combine(value, NOON, tzinfo=JAPAN)
        day = self.read_day(value[:3])
        if day is None:
            return None
        clock = self.read_clock("".join(value[3:]))
        return datetime.combine(day, clock, tzinfo=JAPAN)

    def read_clock(self, text: str) -> time:
        """Read a time; an empty box is noon."""
        plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
        if plain in ("", "正午"):
            return NOON
        try:
            return _clock(plain)
        except ValueError as error:
            raise ValidationError(self.error_messages["not-a-time"], code="not-a-time") from error


def _clock(text: str) -> time:
    written = _CLOCK.fullmatch(text)
    if written is None:
        raise ValueError(f"{text!r} is not a time")
    return time(int(written["hour"]), int(written["minute"] or written["minutes"] or 0))


def _box(label: Any, width: int, inputmode: str = "numeric") -> forms.TextInput:  # noqa: ANN401 - lazy text
    return forms.TextInput(
        {
            "inputmode": inputmode,
            "autocomplete": "off",
            "data-label": label,
            "data-width": width,
        }
    )
