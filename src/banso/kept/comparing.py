"""What stands in a form beside what is saved: field by field, in words that a page can show."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _

from banso.web.choosing import Sought
from banso.web.formats import active_language, date_text, instant_text
from banso.web.keeping import Difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.http import QueryDict


def digest_of(saved: Mapping[str, Any]) -> str:
    """Tell one state of a saved record from another."""
    written = json.dumps(saved, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def fill(form: forms.BaseForm | BaseFormSet[Any], typed: QueryDict) -> None:
    """Show what was typed in a form that nobody has sent."""
    for one in _forms_of(form):
        for name, raw in _raw_values(one, typed):
            one.initial[name] = raw


def differences(
    form: forms.BaseForm | BaseFormSet[Any], saved: Mapping[str, Any], typed: QueryDict
) -> list[Difference]:
    """List the fields in which what was typed differs from what is saved."""
    return [
        Difference(
            label=str(one.fields[name].label or one[name].label),
            saved=_shown(one.fields[name], before),
            typed=_shown(one.fields[name], raw),
        )
        for one in _forms_of(form)
        for name, raw in _raw_values(one, typed)
        if _differs(one.fields[name], before := saved.get(name, one.fields[name].initial), raw)
    ]


def _forms_of(form: forms.BaseForm | BaseFormSet[Any]) -> Iterator[forms.BaseForm]:
    if isinstance(form, BaseFormSet):
        yield from form.forms
    else:
        yield form


def _raw_values(form: forms.BaseForm, typed: QueryDict) -> Iterator[tuple[str, Any]]:
    for name, field in form.fields.items():
        widget, prefixed = field.widget, form.add_prefix(name)
        if widget.is_hidden or widget.needs_multipart_form:
            continue
        raw = widget.value_from_datadict(typed, {}, prefixed)
        if not widget.value_omitted_from_data(typed, {}, prefixed):
            yield name, raw


def _differs(field: forms.Field, saved: object, raw: object) -> bool:
    if isinstance(raw, Sought):
        return bool(raw.words or raw.key)
    return field.has_changed(saved, raw)


def _shown(field: forms.Field, value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    if isinstance(field, forms.ChoiceField):
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        labels = _labels_of(field)
        return "\n".join(label for key, label in labels if key in chosen and key)
    return _written(value)


def _written(value: Any) -> str:  # noqa: ANN401 - as above
    match value:
        case None:
            shown = ""
        case Sought():
            shown = value.words or value.key
        case bool():
            shown = _("Ticked") if value else _("Not ticked")
        case datetime():
            shown = instant_text(value, active_language())
        case date():
            shown = date_text(value, active_language())
        case list() | tuple():
            shown = " / ".join(str(one) for one in value if one)
        case _:
            shown = str(value)
    return shown


def _labels_of(field: forms.ChoiceField) -> Iterator[tuple[str, str]]:
    for key, label in cast("Iterable[tuple[Any, Any]]", field.choices):
        if isinstance(label, list | tuple):
            yield from ((str(inner), str(words)) for inner, words in label)
        else:
            yield str(key), str(label)
