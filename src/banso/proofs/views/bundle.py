"""Taking a bundle of the ledger away: first what it holds, then the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from banso.proofs.commands.export_bundle import export_bundle
from banso.proofs.queries.bundle import bundle_file, bundle_page
from banso.web.pages import page

if TYPE_CHECKING:
    from django.http import HttpResponseBase

    from banso.people.actors import Request


@require_http_methods(["GET", "HEAD", "POST"])
def bundle(request: Request) -> HttpResponseBase:
    """Say what the bundle holds; a POST records that it is taken, and gives it."""
    shown = bundle_page(request.actor)
    if request.method == "POST" and shown.latest:
        export_bundle(actor=request.actor)
        name = f"banso-ledger-{shown.latest.size}.zip"
        file = bundle_file(request.actor, shown.latest)
        return FileResponse(file, as_attachment=True, filename=name)
    context = {"audience": _("You alone."), "bundle": shown}
    return page(request, "proofs/bundle.html", context)
