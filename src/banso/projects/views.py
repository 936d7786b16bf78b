"""Pages of projects: the public list, the inside of a project, and the agency's desk."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from banso.ledger import clock
from banso.projects import queries
from banso.projects.commands.acknowledge_team_change import acknowledge_team_change
from banso.projects.commands.apply_team_change import apply_team_change
from banso.projects.commands.end_team_change import end_team_change
from banso.projects.commands.request_team_change import request_team_change
from banso.projects.commands.start_project import start_project
from banso.projects.forms import FilterForm, StartForm, TeamChangeForm
from banso.projects.messages import COUNCIL_GROUNDS, GROUNDS, REFUSALS
from banso.projects.permissions import APPLY_TEAM_CHANGE, REQUEST_TEAM_CHANGE, START_PROJECT
from banso.rulebook.japan import day_in_japan
from banso.rulebook.verdicts import RuleRefused
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.lists.columns import Column
from banso.web.lists.files import file_of_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django import forms
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse, QueryDict
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request

ON_A_PAGE = 50
COLUMNS: tuple[Column[Any], ...] = (
    Column("code", gettext_lazy("Project code"), lambda project: project.code),
    Column("title_ja", gettext_lazy("Title (Japanese)"), lambda project: project.title_ja),
    Column("title_en", gettext_lazy("Title (English)"), lambda project: project.title_en),
    Column("concept", gettext_lazy("Concept ID"), lambda project: project.concept.slug),
    Column("concept_ja", gettext_lazy("R&D concept"), lambda project: project.concept.title),
    Column("agency", gettext_lazy("Funding agency"), lambda project: project.agency.short_name),
    Column(
        "institution", gettext_lazy("Institution"), lambda project: project.institution.name_ja
    ),
    Column("amount_yen", gettext_lazy("Amount (yen)"), lambda project: project.amount_yen),
    Column("starts_on", gettext_lazy("First day"), lambda project: project.starts_on),
    Column("ends_on", gettext_lazy("Last day"), lambda project: project.ends_on),
    Column("is_sample", gettext_lazy("Sample record"), lambda project: project.is_sample),
)


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """List adopted projects under the chosen filter."""
    form, chosen = _chosen(request)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "is_filtered": any(query.values()),
        "query": query.urlencode(),
        "shown": Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "projects/projects.html", context)


@require_safe
def projects_csv(request: HttpRequest) -> HttpResponseBase:
    """Give the list as CSV, under the same filter."""
    return file_of_list("csv", "projects", COLUMNS, _chosen(request)[1])


@require_safe
def projects_json(request: HttpRequest) -> HttpResponseBase:
    """Give the list as JSON, under the same filter."""
    today = day_in_japan(clock.read_clock())
    return file_of_list("json", "projects", COLUMNS, _chosen(request)[1], as_of=today)


@require_safe
def project(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is public about one project."""
    context = {"project": queries.project_by_code(code)}
    return page(request, "projects/project.html", context)


@require_safe
def my_projects(request: Request) -> HttpResponse:
    """List projects that the viewer is in or answers for, and requests about the viewer."""
    listed = Paginator(queries.my_projects(request.actor), ON_A_PAGE)
    context = {
        "audience": _("You alone. Each project is open to those whom its own page names."),
        "shown": listed.get_page(request.GET.get("page")),
        "changes": queries.team_changes_about(request.actor),
        "grounds": GROUNDS | COUNCIL_GROUNDS,
    }
    return page(request, "projects/my_projects.html", context)


@require_safe
def my_project(request: Request, code: str) -> HttpResponse:
    """Show the inside of a project: team, plan, agreed items."""
    return _inside_page(request, code)


@require_http_methods(["GET", "HEAD", "POST"])
def request_change(request: Request, code: str) -> HttpResponse:
    """Ask that a person leave the team."""
    found, refusal = queries.my_project(request.actor, code), NOTHING_REFUSED
    team = queries.team_of(request.actor, found.pk)
    form = TeamChangeForm(_entered(request), team=team)
    if form.is_valid():
        try:
            request_team_change(
                actor=request.actor,
                project_id=found.pk,
                member_id=form.cleaned_data["member"],
                ground=form.cleaned_data["ground"],
                explanation=form.cleaned_data["explanation"],
            )
        except RuleRefused as refused:
            refusal = explain(refused.verdict, REFUSALS)
        else:
            return _then(request, "projects:my_project", code)
    shown = form if form.is_bound else None
    return _inside_page(request, code, form=shown, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def acknowledge(request: Request, change_id: UUID) -> HttpResponse:
    """Confirm having seen a request about oneself."""
    if request.method == "POST":
        acknowledge_team_change(actor=request.actor, change_id=change_id)
        messages.success(request, _("The request is passed on. It is recorded that you saw it."))
        return _then(request, "projects:my_projects")
    return _concerned_page(request, change_id)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Request, change_id: UUID) -> HttpResponse:
    """End a request about oneself, unseen by anybody else."""
    refusal = NOTHING_REFUSED
    if request.method == "POST":
        try:
            end_team_change(actor=request.actor, change_id=change_id)
        except RuleRefused as refused:
            refusal = explain(refused.verdict, REFUSALS)
        else:
            messages.success(request, _("The request has ended. Nobody is told."))
            return _then(request, "projects:my_projects")
    return _concerned_page(request, change_id, refusal=refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: Request, change_id: UUID) -> HttpResponse:
    """Change the team as requested."""
    code = queries.team_change_for(request.actor, change_id).project.code
    refusal = NOTHING_REFUSED
    if request.method == "POST":
        try:
            apply_team_change(actor=request.actor, change_id=change_id)
        except RuleRefused as refused:
            refusal = explain(refused.verdict, REFUSALS)
        else:
            return _then(request, "projects:my_project", code)
    return _inside_page(request, code, refusal=refusal)


@require_safe
def desk(request: Request) -> HttpResponse:
    """List adopted proposals whose projects are still to be started."""
    adopted = queries.proposals_to_start(request.actor, at=clock.read_clock())
    context = {
        "audience": _audience_of_desk(),
        "shown": Paginator(adopted, ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return page(request, "projects/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Request, proposal_id: UUID) -> HttpResponse:
    """Start the project of an adopted proposal."""
    form = StartForm(_entered(request))
    if form.is_valid():
        started = start_project(actor=request.actor, proposal_id=proposal_id, **form.cleaned_data)
        return _then(request, "projects:my_project", started.code)
    adopted = queries.proposals_to_start(request.actor, at=clock.read_clock())
    proposal = adopted.get(pk=proposal_id)
    context = {
        "audience": _audience_of_desk(),
        "proposal": proposal,
        "may_start": START_PROJECT.allows(request.actor, proposal),
        "form": form,
    }
    return page(request, "projects/start.html", context, status=_status(NOTHING_REFUSED, form))


def _concerned_page(
    request: Request, change_id: UUID, *, refusal: Explanation = NOTHING_REFUSED
) -> HttpResponse:
    context = {
        "audience": _("You and whoever made the request. Others only once you pass it on."),
        "change": queries.team_change_about(request.actor, change_id),
        "grounds": GROUNDS | COUNCIL_GROUNDS,
        "refusal": refusal,
    }
    status = _status(refusal, None)
    return page(request, "projects/team_change.html", context, status=status)


def _inside_page(
    request: Request,
    code: str,
    *,
    form: TeamChangeForm | None = None,
    refusal: Explanation = NOTHING_REFUSED,
) -> HttpResponse:
    actor = request.actor
    found = queries.my_project(actor, code)
    team = queries.team_of(actor, found.pk)
    context = {
        "audience": _(
            "The project's current team, its institution's officers, the funding agency's"
            " officers, and PD and PO of the concept."
        ),
        "project": found,
        "team": team,
        "plans": queries.plans_of(actor, found.pk),
        "viewpoints": queries.viewpoints_of(actor, found.pk),
        "changes": queries.team_changes_of(actor, found.pk),
        "grounds": GROUNDS | COUNCIL_GROUNDS,
        "own_id": actor.person_id,
        "may_request": REQUEST_TEAM_CHANGE.allows(actor, found),
        "may_apply": APPLY_TEAM_CHANGE.allows(actor, found),
        "form": form or TeamChangeForm(team=team),
        "refusal": refusal,
    }
    status = _status(refusal, form)
    return page(
        request, "projects/my_project.html", context, part="projects/_team.html", status=status
    )


def _chosen(request: HttpRequest) -> tuple[FilterForm, QuerySet[Any]]:
    form = FilterForm(request.GET)
    chosen = queries.projects(**form.cleaned_data) if form.is_valid() else None
    return form, queries.projects().none() if chosen is None else chosen


def _status(refusal: Explanation, form: forms.Form | None) -> HTTPStatus:
    is_refused = bool(refusal) or bool(form and form.errors)
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK


def _entered(request: Request) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _then(request: Request, name: str, *arguments: str) -> HttpResponse:
    return page(request, "", {}, part="projects/_team.html", then=reverse(name, args=arguments))


def _audience_of_desk() -> str:
    return _(
        "Officers of the funding agency, and PD and PO of the concept, who have no conflict of"
        " interest with the proposal shown."
    )
