"""The gallery of components, and the pages for requests that cannot be answered."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.web.fields import YenField, understood_yen
from banso.web.gallery import SampleForm, sample_context
from banso.web.pages import page
from banso.web.unanswered import WORDS, error_page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from banso.web.explanations import Explanation


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; `?errors` shows the form come back with errors."""
    form = SampleForm({}) if "errors" in request.GET else SampleForm()
    samples = {**sample_context(), "form": form, "has_errors": bool(form.errors)}
    return page(request, "web/gallery.html", samples)


@require_safe
def yen(request: HttpRequest) -> HttpResponse:
    """Say what is understood of an amount that somebody is typing, or why it is none."""
    typed = next(iter(request.GET.values()), "")
    try:
        amount = understood_yen(YenField(required=False).clean(typed))
    except ValidationError as refused:
        return HttpResponse(conditional_escape(" ".join(refused.messages)))
    said = _("Understood as %(amount)s") % {"amount": amount} if amount else ""
    return HttpResponse(conditional_escape(said))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer the same for what does not exist and what this person may not read."""
    del exception
    return _error_page(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is no such page"),
        _("It may have moved, or it may be open only to the people concerned."),
        _("Check the address, or start from the first page. If you expected to read it, sign in."),
    )


def forbidden(
    request: HttpRequest, exception: Exception | None = None, *, who: object = ""
) -> HttpResponse:
    """Answer an act that is another person's; `who` says whose, in words."""
    del exception
    return _error_page(
        request,
        HTTPStatus.FORBIDDEN,
        _("This is for others to do"),
        _("You may read this page, but this act is not yours. Nothing was changed."),
        _("It can be done by: %(who)s") % {"who": who} if who else "",
    )


def conflict(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a form whose key was used before, with other contents."""
    del exception
    return _error_page(
        request,
        HTTPStatus.CONFLICT,
        _("This form was already sent"),
        _(
            "It was received before with other contents, which remain valid."
            " Nothing was changed now."
        ),
        _("Open the page again to see what was received, and change it from there."),
    )


def old_page(request: HttpRequest, *, kept_at: str = "") -> HttpResponse:
    """Answer a form of an earlier session; `kept_at` is the page that has its text again."""
    next_step = (
        _("What you typed is kept. Open the page again: the form holds it, and send it once more.")
        if kept_at
        else _("Go back, copy what you wrote, load the page again and send it once more.")
    )
    sentences = (_("For your safety the form was not taken, and nothing was changed."), next_step)
    title = _("This page was open for too long")
    return error_page(request, HTTPStatus.FORBIDDEN, title, sentences, back=kept_at)


def refused(request: HttpRequest, refusal: Explanation) -> HttpResponse:
    """Answer an act that a rule refused where no page told it."""
    title, *_rest, next_step = WORDS[HTTPStatus.UNPROCESSABLE_ENTITY]
    sentences = (str(refusal), str(next_step))
    return error_page(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(title), sentences)


def _error_page(
    request: HttpRequest, status: HTTPStatus, title: str, *sentences: str
) -> HttpResponse:
    return error_page(request, status, title, sentences)
