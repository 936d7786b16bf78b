"""How forms look and speak: one field template after the Digital Agency's design system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import Jinja2
from django.forms.utils import ErrorDict
from django.template import loader
from django.urls import reverse
from django.utils.translation import gettext as _

from banso.web.choosing import SEARCH, SearchBoxes
from banso.web.fields import YenField

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.core.exceptions import ValidationError
    from django_stubs_ext import StrOrPromise

    from banso.web.keeping import Keeping

_OWN_TEMPLATES = "web/"
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "dads-checkbox__input"),
    (forms.CheckboxSelectMultiple, "dads-checkbox__input"),
    (forms.RadioSelect, "dads-radio__input"),
    (forms.Select, "dads-select__select"),
    (forms.Textarea, "dads-textarea__textarea"),
    (forms.FileInput, "dads-file__input"),
    (forms.Widget, "dads-input-text__input"),
)


class BansoBoundField(BoundField):
    """A field in a form, with the classes and the words that our template shows."""

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        """Leave every check to the server: a browser's bubble says other words than ours.

        Nor does `maxlength` stay, because it cuts pasted text without a word.
        """
        shown = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        built.pop("required", None)
        if shown.is_hidden:
            return built
        name = next(name for kind, name in _CLASSES if isinstance(shown, kind))
        built["class"] = f"{name} {shown.attrs.get('class', '')}".strip()
        if "maxlength" in shown.attrs:
            built["maxlength"] = False
        if self.most_characters:
            built["data-count-max"] = str(self.most_characters)
        if self.is_amount:
            built |= self._shown_back()
        return built

    def _shown_back(self) -> dict[str, str]:
        """Ask, once an amount is typed, what is understood of it."""
        return {
            "hx-get": reverse("web:yen"),
            "hx-target": f"#{self.auto_id}_understood",
            "hx-swap": "innerHTML",
            "hx-trigger": "change",
        }

    @property
    def aria_describedby(self) -> str:
        """Name help, count and error, in the order in which they are read."""
        described = str(super().aria_describedby or "")
        count = f"{self.auto_id}_count" if self.most_characters else ""
        understood = f"{self.auto_id}_understood" if self.is_amount else ""
        return " ".join(part for part in (described, count, understood) if part)

    @property
    def most_allowed(self) -> int | None:
        """How many characters the field takes."""
        return getattr(self.field, "max_length", None)

    @property
    def most_characters(self) -> int | None:
        """How many characters a text area takes; other fields show no count."""
        is_prose = isinstance(self.field.widget, forms.Textarea)
        return self.most_allowed if is_prose else None

    @property
    def is_file(self) -> bool:
        """Whether a file is chosen here, of which the page shows how much was sent."""
        return isinstance(self.field.widget, forms.FileInput)

    @property
    def takes_several(self) -> bool:
        """Whether several files may be chosen, each of which is sent as a form of its own."""
        return "data-takes-several" in self.field.widget.attrs

    @property
    def is_amount(self) -> bool:
        """Whether the field is an amount of yen, which is read and shown back."""
        return isinstance(self.field, YenField)

    @property
    def understood(self) -> str:
        """Show what amount was understood of what stands in the field."""
        return self.field.understood(self.value()) if isinstance(self.field, YenField) else ""

    @property
    def kind(self) -> str:
        """Tell the template which markup fits: group, boxes, checkbox or one control."""
        match self.field.widget:
            case forms.RadioSelect() | forms.CheckboxSelectMultiple():
                return "group"
            case forms.MultiWidget() | SearchBoxes():
                return "boxes"
            case forms.CheckboxInput():
                return "checkbox"
            case _:
                return "control"

    @property
    def focus_id(self) -> str:
        """Name the control that an error summary leads to: the first of several."""
        has_several = self.kind in ("group", "boxes")
        return f"{self.auto_id}_0" if has_several else str(self.id_for_label)

    @property
    def error_sentences(self) -> list[str]:
        """Say what to do about each error; an empty field is named."""
        found = self.errors.as_data() if self.errors else []
        return [sentence for error in found for sentence in self._sentences(error)]

    def _sentences(self, error: ValidationError) -> list[str]:
        match error.code:
            case "required":
                return [self._request() % {"label": self.label}]
            case "max_length" if self.most_allowed:
                return [self._too_long(error)]
            case _:
                return [str(message) for message in error.messages]

    def _too_long(self, error: ValidationError) -> str:
        return _("“%(label)s” takes at most %(most)s characters. It has %(length)s now.") % {
            "label": self.label,
            "most": f"{self.most_allowed:,}",
            "length": f"{(error.params or {}).get('show_value', len(str(self.value()))):,}",
        }

    def _request(self) -> str:
        match self.field.widget:
            case forms.CheckboxInput():
                return _("Tick “%(label)s” to go on.")
            case forms.FileInput():
                return _("Attach “%(label)s”.")
            case forms.Select() | forms.RadioSelect() | SearchBoxes():
                return _("Choose “%(label)s”.")
            case _:
                return _("Enter “%(label)s”.")


class BansoRenderer(Jinja2):
    """Renders fields with our templates and controls with Django's own."""

    form_template_name = "web/forms/form.html"
    formset_template_name = "web/forms/formset.html"
    field_template_name = "web/forms/field.html"
    bound_field_class = BansoBoundField

    def get_template(self, template_name: str) -> Any:  # noqa: ANN401 - as in Django's stubs
        """Find ours among the project's templates."""
        if template_name.startswith(_OWN_TEMPLATES):
            return loader.get_template(template_name)
        return super().get_template(template_name)


class ActForm(forms.Form):
    """A form whose facts are what its command takes."""

    # The field at which the refusal of a rule is told, by its reason.
    refused_at: ClassVar[Mapping[str, str]] = {}
    # Whether what is typed may be kept before it is sent; never what is protected (decision 0034).
    is_kept: ClassVar[bool] = False
    keeping: Keeping | None = None

    @property
    def is_searching(self) -> bool:
        """Whether the button of a field was pressed that searches; nothing else is meant then."""
        return self.is_bound and bool(self.data.get(SEARCH))

    def full_clean(self) -> None:
        """Leave a form alone whose person is still looking for somebody."""
        if self.is_searching:
            self._errors = ErrorDict(renderer=self.renderer)
            self.cleaned_data: dict[str, Any] = {}
            return
        super().full_clean()

    def facts(self) -> dict[str, Any]:
        """Give what was entered in the command's own words."""
        return dict(self.cleaned_data)


def offer(form: forms.BaseForm, name: str, choices: Sequence[tuple[str, StrOrPromise]]) -> None:
    """Offer choices that depend on who chooses, or where."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is no choice")
    field.choices = choices
