"""Answering a form in one way: run its command, then say what was done or what to put right."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.forms import ActForm
from banso.web.pages import see_other, wants_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm, BaseFormSet
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django_stubs_ext import StrOrPromise

Made = TypeVar("Made")
FormKind = TypeVar("FormKind", bound="BaseForm")

# A page that shows a form and takes it.
shows_and_takes = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[FormKind, Made]):
    """What became of a form: shown for the first time, done, or refused with what was typed."""

    form: FormKind
    made: Made | None = None
    refusal: Explanation = NOTHING_REFUSED
    is_done: bool = False
    is_refused: bool = False

    @property
    def status(self) -> HTTPStatus:
        """Choose 422 for a form that was sent and is shown again, so that htmx swaps it."""
        return HTTPStatus.UNPROCESSABLE_ENTITY if self.is_refused else HTTPStatus.OK

    @property
    def shown(self) -> dict[str, object]:
        """Give a template its form, and why the act was refused."""
        shown: dict[str, object] = {"form": self.form, "refusal": self.refusal}
        if isinstance(self.form, ActForm) and self.form.is_searching:
            shown["has_errors"] = False
        return shown


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what was sent, also when it is empty; nothing where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def answer(
    request: HttpRequest,
    form: FormKind,
    act: Callable[..., Made],
    *,
    also: BaseFormSet[Any] | None = None,
) -> Answer[FormKind, Made]:
    """Run the command with the form's facts once the form, and a formset beside it, is complete.

    What a rule refuses is told at the field that the form names for its reason, else on top.
    Ask the act's permission before: a person who may not act is not asked to complete a form.
    """
    if request.method != "POST":
        return Answer(form=form)
    if isinstance(form, ActForm) and form.is_searching:
        return Answer(form=form, is_refused=True)
    keeping = form.keeping if isinstance(form, ActForm) else None
    if keeping is None:
        return _answered(form, act, also)
    with keeping.alone():
        if keeping.clashes(form):
            return Answer(form=form, is_refused=True)
        answered = _answered(form, act, also)
    if answered.is_done:
        keeping.end()
    return answered


def _answered(
    form: FormKind, act: Callable[..., Made], also: BaseFormSet[Any] | None
) -> Answer[FormKind, Made]:
    are_complete = [form.is_valid(), also is None or also.is_valid()]
    if not all(are_complete):
        return Answer(form=form, is_refused=True)
    try:
        made = act(**facts_of(form))
    except RuleRefused as refused:
        return Answer(form=form, refusal=_told(form, refused), is_refused=True)
    return Answer(form=form, made=made, is_done=True)


def facts_of(form: BaseForm) -> dict[str, Any]:
    """Give what the form says in the command's own words."""
    return form.facts() if isinstance(form, ActForm) else form.cleaned_data


def done(request: HttpRequest, address: str, message: StrOrPromise = "") -> HttpResponse:
    """Go on to an address with GET, and say there what was done."""
    if message:
        messages.success(request, str(message))
    if not wants_part(request):
        return see_other(address)
    response = HttpResponseClientRedirect(address)
    # What leads to sign-in redirects as well, and has done nothing.
    response["Banso-Done"] = "true"
    return response


def _told(form: BaseForm, refused: RuleRefused) -> Explanation:
    explanation = explain(refused.verdict)
    field = form.refused_at.get(refused.verdict.reason) if isinstance(form, ActForm) else None
    if field:
        form.add_error(field, ValidationError(str(explanation), code="refused"))
    return explanation
