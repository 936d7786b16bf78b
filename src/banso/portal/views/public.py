"""The first page, a concept's journey, the rules, the data to take away, the help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.portal.queries.files import files_to_take
from banso.portal.queries.home import home_page
from banso.portal.queries.rules import rule_page, rules_by_subject
from banso.portal.queries.timeline import journey_of
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from banso.people.actors import Request

SUBJECTS = {
    "council": _("C: Council"),
    "secrecy": _("S: Protected information and secrecy"),
    "result": _("R: Results"),
    "project": _("G: Governing projects"),
    "call": _("K: Calls"),
    "review": _("V: Review"),
    "edition": _("E: The public record and its editions"),
    "office": _("O: Offices and records"),
}


@require_safe
def home(request: Request) -> HttpResponse:
    """Say what this is, what is open now, what was decided last."""
    return page(request, "portal/home.html", {"parts": home_page(request.at)})


@require_safe
def concept(request: Request, slug: str) -> HttpResponse:
    """Show one concept from the vision to its results."""
    return page(request, "portal/concept.html", {"journey": journey_of(slug, request.at)})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """List every rule."""
    subjects = [(SUBJECTS[code], listed) for code, listed in rules_by_subject()]
    return page(request, "portal/rules/rules.html", {"subjects": subjects})


@require_safe
def rule(request: HttpRequest, rule_id: str) -> HttpResponse:
    """Show one rule: what it says, what it rests on, what it refuses and in which words."""
    return page(request, "portal/rules/rule.html", {"found": rule_page(rule_id)})


@require_safe
def take_away(request: Request) -> HttpResponse:
    """List every file that can be taken away, with its columns."""
    return page(request, "portal/data.html", {"taken": files_to_take(request.at)})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Say what to do when refused, how accessible this is, and whom to ask."""
    return page(request, "portal/help.html", {})
