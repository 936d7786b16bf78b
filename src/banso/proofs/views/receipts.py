"""A person's receipts, as a list, a page, a text file and a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from banso.proofs.queries.receipt_files import file_name, pdf_of, text_of
from banso.proofs.queries.receipts import receipt_kinds, receipt_of, receipt_rows, receipts_of
from banso.web.pages import page

if TYPE_CHECKING:
    from uuid import UUID

    from banso.people.actors import Request

ROWS_ON_A_PAGE = 50


@require_safe
def receipts(request: Request) -> HttpResponse:
    """List the person's receipts, of every kind or of one."""
    asked = request.GET.get("kind", "")
    kind = asked if asked in receipt_kinds() else ""
    listed = Paginator(receipts_of(request.actor, kind), ROWS_ON_A_PAGE)
    shown = listed.get_page(request.GET.get("page"))
    context = {
        "audience": _("You alone."),
        "kinds": _tabs(kind),
        "kind": kind,
        "shown": shown,
        "rows": receipt_rows(request.actor, shown),
    }
    return page(request, "proofs/receipts.html", context)


@require_safe
def receipt(request: Request, entry_id: UUID) -> HttpResponse:
    """Show one receipt: what was done, when, its hashes, and its place in the ledger."""
    shown = receipt_of(request.actor, entry_id)
    context = {
        "audience": _("You alone."),
        "receipt": shown,
        "kind": receipt_kinds()[shown.act.kind],
    }
    return page(request, "proofs/receipt.html", context)


@require_safe
def receipt_text(request: Request, entry_id: UUID) -> HttpResponse:
    """Give one receipt as a text file."""
    shown = receipt_of(request.actor, entry_id)
    return _file(text_of(shown).encode(), file_name(shown, "txt"), "text/plain; charset=utf-8")


@require_safe
def receipt_pdf(request: Request, entry_id: UUID) -> HttpResponse:
    """Give one receipt as a PDF."""
    shown = receipt_of(request.actor, entry_id)
    return _file(pdf_of(shown), file_name(shown, "pdf"), "application/pdf")


def _tabs(chosen: str) -> list[tuple[object, str, bool]]:
    address = reverse("proofs:receipts")
    kinds = [("", _("All")), *receipt_kinds().items()]
    return [
        (label, f"{address}?kind={code}" if code else address, code == chosen)
        for code, label in kinds
    ]


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
