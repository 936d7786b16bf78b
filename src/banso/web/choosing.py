"""A field that chooses one of many by search: a few words, the matches, one of them.

Where there are no more than fit on a page, they are all there without a search.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from django import forms
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.db.models import Model, QuerySet
    from django.utils.datastructures import MultiValueDict
    from django_stubs_ext import StrOrPromise

# The name of the button that searches; its value names the field.
SEARCH: Final = "search"
MOST_MATCHES: Final = 20


class Sought(NamedTuple):
    """What was sent for the field: the words of the search and the key that was chosen."""

    words: str = ""
    key: str = ""


class Match(NamedTuple):
    """A row that was found: its key and how it is told from others."""

    key: str
    label: str


class SearchBoxes(forms.Widget):
    """A box for words with its own button, and the matches as radio buttons.

    The words go with the form, not into an address, which would be kept in logs.
    """

    template_name = "web/widgets/search_boxes.html"

    def __init__(self, words_label: StrOrPromise = "") -> None:
        super().__init__()
        self.words_label = words_label
        self.find: Callable[[Sought], list[Match]] = lambda _sought: []

    def value_from_datadict(
        self,
        data: Mapping[str, Any],
        files: MultiValueDict[str, Any],  # noqa: ARG002 - Django's signature
        name: str,
    ) -> Sought:
        """Read words and key."""
        return Sought(data.get(f"{name}_words", "").strip(), data.get(name, ""))

    def value_omitted_from_data(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> bool:
        """Whether neither words nor a key were sent."""
        return f"{name}_words" not in data and super().value_omitted_from_data(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ANN401 - Django's
        """Search, and mark what was chosen."""
        sought = value if isinstance(value, Sought) else Sought()
        matches = self.find(sought)
        return super().get_context(name, None, attrs) | {
            "words_label": self.words_label,
            "sought": sought,
            "matches": matches[:MOST_MATCHES],
            "has_more": len(matches) > MOST_MATCHES,
            "search": SEARCH,
        }


class SearchedField(forms.Field):
    """A choice of one row among many; the form says in `offer` which there are."""

    default_error_messages = {
        "invalid_choice": _("Search once more and choose one of the matches."),
    }

    def __init__(self, *, words_label: StrOrPromise, **options: Any) -> None:  # noqa: ANN401 - Django's own options
        super().__init__(widget=SearchBoxes(words_label), **options)
        self.rows: QuerySet[Any] | None = None

    def offer(
        self,
        rows: QuerySet[Any],
        *,
        search: Callable[[QuerySet[Any], str], QuerySet[Any]],
        label: Callable[[Any], str],
    ) -> None:
        """Say what can be chosen, how words find it, and how a person tells one from another."""
        self.rows = rows

        def find(sought: Sought) -> list[Match]:
            chosen = self._row_at(sought.key)
            found = [chosen] if chosen is not None else []
            matches = search(rows, sought.words) if sought.words else rows
            if chosen is not None:
                matches = matches.exclude(pk=chosen.pk)
            found += matches[: MOST_MATCHES + 1 - len(found)]
            if not sought.words and len(found) > MOST_MATCHES:
                found = found[:1] if chosen is not None else []
            return [Match(str(row.pk), label(row)) for row in found]

        cast("SearchBoxes", self.widget).find = find

    def clean(self, value: Any) -> Model | None:  # noqa: ANN401 - Django's
        """Find the row that was chosen among those on offer."""
        sought = value if isinstance(value, Sought) else Sought()
        if not sought.key:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        row = self._row_at(sought.key)
        if row is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return row

    def _row_at(self, key: str) -> Model | None:
        if not key or self.rows is None:
            return None
        try:
            row: Model = self.rows.get(pk=key)
        except (ObjectDoesNotExist, ValidationError, ValueError):
            return None
        return row
