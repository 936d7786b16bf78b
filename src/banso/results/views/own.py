"""What authors and teams do with results: plan them, publish them, see what others show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.kept.keeping import keep
from banso.results.commands.plan_result import plan_result
from banso.results.commands.publish_result import publish_result
from banso.results.forms import PlanForm, PublishForm
from banso.results.judging.withholding import request_about
from banso.results.lists import MY_RESULTS, PRESENTED
from banso.results.permissions import PUBLISH_RESULT
from banso.results.queries import results as queries
from banso.results.queries.withholdings import withholdings_of
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.lists.answering import answer_list
from banso.web.pages import page, see_other

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase
    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Request


@require_safe
def my_results(request: Request) -> HttpResponseBase:
    """List what is planned and published in the person's projects, and where they may plan."""
    return answer_list(
        request,
        MY_RESULTS,
        queries.results_for(request.actor),
        template="results/own/my_results.html",
        audience=_("You alone. Each plan is open to those whom its own page names."),
        at=request.at,
        context={"projects": queries.projects_to_plan_in(request.actor)},
    )


@require_safe
def presented_results(request: Request) -> HttpResponseBase:
    """List the plans that teams show to the councils in which the person sits."""
    return answer_list(
        request,
        PRESENTED,
        queries.presented_results(request.actor),
        template="results/own/presented_results.html",
        audience=_("You alone. Each plan is open to those whom its own page names."),
        at=request.at,
    )


@shows_and_takes
def plan(request: Request, project_id: UUID) -> HttpResponse:
    """Plan a result of one project."""
    project = queries.project_to_plan_in(request.actor, project_id)
    form = keep(
        request,
        PlanForm(
            sent(request),
            team=queries.possible_authors(project, at=request.at),
            initial={"author_ids": [str(request.actor.person_id)]},
        ),
        subject=project_id,
        about=project.title_ja,
    )
    act = partial(plan_result, actor=request.actor, project_id=project_id)
    answered = answer(request, form, act)
    if answered.made:
        message = _("The result is planned. Its authors can publish it at any time.")
        return done(request, reverse("results:my_result", args=[answered.made.pk]), message)
    context = {"project": project, **answered.shown}
    return page(
        request,
        "results/own/plan.html",
        context,
        audience=_("You alone."),
        status=answered.status,
    )


@require_safe
def my_result(request: Request, result_id: UUID) -> HttpResponse:
    """Show a result that the person may read, and what was asked about it where they may know."""
    actor, at = request.actor, request.at
    result = queries.result_for(actor, result_id)
    context = {
        "result": result,
        "is_author": queries.is_author(actor, result),
        "withholdings": withholdings_of(actor, result, at=at),
        "may_ask": bool(queries.councils_to_ask(actor, result))
        and not request_about(result, at).is_refusal,
    }
    return page(request, "results/own/my_result.html", context, audience=_audience_of(result))


@shows_and_takes
def publish(request: Request, result_id: UUID) -> HttpResponse:
    """Publish a planned result by one click; the page says who will see it and asks nobody."""
    result = queries.result_for(request.actor, result_id)
    own_page = reverse("results:my_result", args=[result_id])
    if result.published_at:
        return see_other(own_page)
    if request.method == "POST":
        PUBLISH_RESULT.require(request.actor, result)
    requests = withholdings_of(request.actor, result, at=request.at)
    is_part_withheld = any(seen.state == "in-force" for seen in requests)
    form = PublishForm(sent(request), is_part_withheld=is_part_withheld)
    act = partial(publish_result, actor=request.actor, result_id=result_id)
    answered = answer(request, form, act)
    if answered.is_done:
        return done(request, own_page, _("The result is published. Everybody can read it."))
    context = {
        "result": result,
        "withholdings": [seen for seen in requests if seen.state != "ended"],
        "is_author": queries.is_author(request.actor, result),
        **answered.shown,
    }
    return page(
        request,
        "results/own/publish.html",
        context,
        audience=_audience_of(result),
        status=answered.status,
    )


def _audience_of(result: Any) -> StrOrPromise:  # noqa: ANN401 - views know no models
    if result.published_at:
        return _("Everybody, on the public page. Requests to withhold: members and authors.")
    if result.is_presented_to_council:
        return _(
            "The project's team and authors, its institution's officers, the funding agency, PD"
            " and PO, and the members of the concept's council, to whom the team shows the plan."
        )
    return _(
        "The project's team and authors, its institution's officers, the funding agency, PD and"
        " PO. Requests to withhold: members of the council and authors alone."
    )
