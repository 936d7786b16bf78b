"""The ledger as everybody reads it: a page for people, proofs and tiles for programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.http import HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from banso.proofs.forms import ConsistencyForm, InclusionForm
from banso.proofs.messages import UNANSWERED
from banso.proofs.queries import ledger as queries
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import Form
    from django.http import HttpRequest

    from banso.people.actors import Request

TEXT = "text/plain; charset=utf-8"
A_YEAR = 31_536_000


@require_safe
def ledger(request: Request) -> HttpResponse:
    """Say what the ledger is, what it proves, where it stands and how to verify it."""
    shown = queries.ledger_page(request.actor)
    response = page(request, "proofs/ledger.html", {"ledger": shown})
    patch_cache_control(response, no_cache=True)
    return response


@require_safe
def checkpoint(_request: HttpRequest) -> HttpResponse:
    """Give the latest checkpoint; the next second may have another."""
    try:
        response = HttpResponse(queries.latest_note(), content_type=TEXT)
    except queries.Unanswered as unanswered:
        response = _nothing_there(unanswered)
    patch_cache_control(response, no_store=True)
    return response


@require_safe
def checkpoint_of_size(_request: HttpRequest, size: str) -> HttpResponse:
    """Give the checkpoint of one size; a witness may still sign it."""
    try:
        return _fresh(HttpResponse(queries.note_of_size(size), content_type=TEXT))
    except queries.Unanswered as unanswered:
        return _fresh(_nothing_there(unanswered))


@require_safe
def keys(_request: HttpRequest) -> HttpResponse:
    """Give the keys that sign, and how each followed from the one before it."""
    return _fresh(HttpResponse(queries.keys_text(), content_type=TEXT))


@require_safe
def inclusion(request: HttpRequest) -> HttpResponse:
    """Prove that a leaf is in the tree."""
    form = InclusionForm(request.GET)
    if not form.is_valid():
        return _not_understood(form)
    try:
        return _json(queries.inclusion(form.cleaned_data["leaf"], form.cleaned_data["size"]))
    except queries.Unanswered as unanswered:
        return _not_there(unanswered)


@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """Prove that a later tree only added to an earlier one."""
    form = ConsistencyForm(request.GET)
    if not form.is_valid():
        return _not_understood(form)
    try:
        return _json(queries.consistency(**form.cleaned_data))
    except queries.Unanswered as unanswered:
        return _not_there(unanswered)


@require_safe
def tile(_request: HttpRequest, level: str, place: str) -> HttpResponse:
    """Give a tile; what it holds never changes, full or not."""
    try:
        content = queries.tile(level, place)
    except queries.Unanswered as unanswered:
        return _fresh(_nothing_there(unanswered))
    response = HttpResponse(content, content_type="application/octet-stream")
    patch_cache_control(response, public=True, max_age=A_YEAR, immutable=True)
    return response


@require_safe
def script(_request: HttpRequest) -> HttpResponse:
    """Hand out the script with which anybody verifies, without us."""
    response = HttpResponse(queries.verify_script(), content_type="text/x-python; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="verify.py"'
    return _fresh(response)


def _not_understood(form: Form) -> HttpResponse:
    sentences = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
    answer = {"reason": "not-understood", "sentences": sentences}
    return _json(answer, status=HTTPStatus.BAD_REQUEST)


def _not_there(unanswered: queries.Unanswered) -> HttpResponse:
    answer = {"reason": unanswered.code, "sentence": _sentence(unanswered)}
    return _json(answer, status=HTTPStatus.NOT_FOUND)


def _nothing_there(unanswered: queries.Unanswered) -> HttpResponse:
    sentence = f"{_sentence(unanswered)}\n"
    return HttpResponse(sentence, content_type=TEXT, status=HTTPStatus.NOT_FOUND)


def _sentence(unanswered: queries.Unanswered) -> str:
    return str(UNANSWERED[unanswered.code]) % unanswered.facts


def _json(answer: Mapping[str, object], *, status: int = HTTPStatus.OK) -> HttpResponse:
    written = {"ensure_ascii": False, "indent": 1}
    return _fresh(JsonResponse(answer, status=status, json_dumps_params=written))


def _fresh(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, no_cache=True)
    return response
