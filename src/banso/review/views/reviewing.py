"""A reviewer's queue, and each task in it: pledge, declaration, assessment."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.kept.keeping import keep
from banso.review.commands.declare_conflict import declare_conflict
from banso.review.commands.pledge_secrecy import pledge_secrecy
from banso.review.commands.submit_assessment import submit_assessment
from banso.review.forms import AssessmentForm, DeclarationForm
from banso.review.lists import REVIEWS
from banso.review.queries import reviewing
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.downloads import PDF, serve_file
from banso.web.explanations import NOTHING_REFUSED
from banso.web.file_store import StoredBytes
from banso.web.forms import ActForm
from banso.web.lists.answering import answer_list
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse
    from django.http.response import HttpResponseBase

    from banso.people.actors import Request
    from banso.web.answering import Answer


@require_safe
def reviews(request: Request) -> HttpResponseBase:
    """List the reviewer's assignments, and how much of it is left."""
    return answer_list(
        request,
        REVIEWS,
        reviewing.reviews_for(request.actor),
        template="review/reviewing/reviews.html",
        audience=_("You alone."),
        at=request.at,
        context={"left": reviewing.assignments_to_do(request.actor).count()},
    )


@require_safe
def assignment(request: Request, assignment_id: UUID) -> HttpResponse:
    """Show one task: pledge, declaration, then content and assessment."""
    return _task_page(request, assignment_id)


@shows_and_takes
def pledge(request: Request, assignment_id: UUID) -> HttpResponse:
    """Take the reviewer's pledge of secrecy."""
    act = partial(pledge_secrecy, actor=request.actor, assignment_id=assignment_id)
    pledged = answer(request, ActForm(sent(request)), act)
    if pledged.is_done:
        address = reverse("review:assignment", args=[assignment_id])
        return done(request, address, _("Your pledge is recorded."))
    return _task_page(request, assignment_id, refused=pledged)


@shows_and_takes
def declare(request: Request, assignment_id: UUID) -> HttpResponse:
    """Take the reviewer's declaration; with a conflict the task is gone afterwards (V2)."""
    act = partial(declare_conflict, actor=request.actor, assignment_id=assignment_id)
    declared = answer(request, DeclarationForm(sent(request)), act)
    if not declared.is_done:
        return _task_page(request, assignment_id, declaration=declared)
    if declared.form.facts()["conflict"]:
        said = _("Your declaration is recorded. You will learn nothing more about that proposal.")
        return done(request, reverse("review:reviews"), said)
    address = reverse("review:assignment", args=[assignment_id])
    return done(request, address, _("Your declaration is recorded."))


@shows_and_takes
def assess(request: Request, assignment_id: UUID) -> HttpResponse:
    """Take the reviewer's assessment."""
    act = partial(submit_assessment, actor=request.actor, assignment_id=assignment_id)
    form = _kept_assessment(request, AssessmentForm(sent(request)), assignment_id)
    assessed = answer(request, form, act)
    if assessed.is_done:
        return done(request, reverse("review:reviews"), _("Your assessment is submitted."))
    return _task_page(request, assignment_id, assessment=assessed)


@require_safe
def file(request: Request, assignment_id: UUID, part: str) -> HttpResponseBase:
    """Send a file of a proposal that is open to the reviewer (V3)."""
    found = reviewing.file_for(request.actor, assignment_id, part)
    stored = StoredBytes(found.sha256, found.size)
    return serve_file(stored=stored, name=found.name, media_type=PDF)


def _task_page(
    request: Request,
    assignment_id: UUID,
    *,
    declaration: Answer[DeclarationForm, Any] | None = None,
    assessment: Answer[AssessmentForm, Any] | None = None,
    refused: Answer[ActForm, Any] | None = None,
) -> HttpResponse:
    actor = request.actor
    written = reviewing.assessment_for(actor, assignment_id)
    answered = declaration or assessment or refused
    is_sent = request.method == "POST"
    entered = assessment.form if assessment and is_sent else None
    blank = AssessmentForm(initial=_initial(written))
    context = {
        "task": reviewing.task_for(actor, assignment_id),
        "proposal": reviewing.content_for(actor, assignment_id),
        "is_decided": reviewing.is_decided(actor, assignment_id),
        "written": written,
        "declaration": declaration.form if declaration else DeclarationForm(),
        "assessment": entered or _kept_assessment(request, blank, assignment_id),
        "refusal": answered.refusal if answered else NOTHING_REFUSED,
    }
    return page(
        request,
        "review/reviewing/assignment.html",
        context,
        audience=_(
            "You alone. What you submit is read by those who run the call and have no"
            " conflict of interest."
        ),
        part="review/reviewing/_task.html",
        status=answered.status if answered else HTTPStatus.OK,
    )


def _kept_assessment(
    request: Request, form: AssessmentForm, assignment_id: UUID
) -> AssessmentForm:
    """Let the reviewer's text be kept, and compare it with the assessment that is submitted."""
    return keep(
        request,
        form,
        subject=assignment_id,
        about=_("Assessment"),
        page=reverse("review:assignment", args=[assignment_id]),
        saved=lambda: _initial(reviewing.assessment_for(request.actor, assignment_id)),
    )


def _initial(written: object) -> dict[str, object]:
    if written is None:
        return {}
    return {name: getattr(written, name) for name in AssessmentForm.base_fields}
