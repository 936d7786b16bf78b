"""What the registry's pages have in common: whose they are, and how an act is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from banso.people.messages import THE_DESK
from banso.people.queries.registry import keeps_a_registry
from banso.web.answering import done
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Request
    from banso.web.answering import Answer

Crumb = tuple["StrOrPromise", str]


def require_desk(request: Request) -> None:
    """Answer as if nothing were here, unless the person keeps a registry."""
    if not keeps_a_registry(request.actor):
        raise Http404(request.path)


def crumbs(*more: Crumb) -> list[Crumb]:
    """Say where a page of the registry is."""
    return [(_("Registry"), reverse("registry:desk")), *more]


def answered(
    request: Request,
    answer: Answer[Any, Any],
    *,
    heading: StrOrPromise,
    button: StrOrPromise,
    back: str,
    said: StrOrPromise,
    template: str = "people/registry/act.html",
    then: str = "",
    **further: object,
) -> HttpResponse:
    """Go on with what was done, or show the form with what is to put right."""
    if answer.is_done:
        return done(request, then or back, said)
    shown = {
        "heading": heading,
        "button": button,
        "back": back,
        "breadcrumbs": crumbs(),
        **answer.shown,
        **further,
    }
    return page(request, template, shown, audience=THE_DESK, status=answer.status)
