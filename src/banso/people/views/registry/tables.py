"""Tables of persons and bodies: template, upload, what it would do, then all of it or nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from banso.people.commands.importing.drop_table import drop_table
from banso.people.commands.importing.import_bodies import import_bodies
from banso.people.commands.importing.import_persons import import_persons
from banso.people.commands.importing.upload_table import upload_table
from banso.people.forms.registry.importing import (
    COLUMNS,
    UploadForm,
    clean_rows,
    headings_of,
    template_of,
)
from banso.people.messages import TABLES, THE_UPLOADER
from banso.people.permissions import IMPORT_BODIES, IMPORT_PERSONS
from banso.people.queries.records.history import LABELS
from banso.people.queries.records.tables import judged_rows, rows_of, table_to_apply
from banso.people.records.judging import State
from banso.people.records.tables import NAMES_OF_ENCODINGS, Table, Unreadable, read_table
from banso.people.views.registry.answers import crumbs, require_desk
from banso.web.answering import answer, done, sent, shows_and_takes
from banso.web.forms import ActForm
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from banso.people.actors import Request
    from banso.people.records.judging import Judged

MOST_SHOWN = 300
DROP = "drop"
# The list with the columns that an upload reads back.
ROUND_TRIP = "?format=csv&" + "&".join(
    f"columns={name}"
    for name in (
        *("record", "stamp", "family_name", "given_name", "family_name_kana"),
        *("given_name_kana", "family_name_en", "given_name_en"),
        *("erad_number", "orcid", "researchmap_id"),
    )
)
_MAY = {"persons": IMPORT_PERSONS, "bodies": IMPORT_BODIES}
_ORDER = {State.ERROR: 0, State.CHANGED: 1, State.NEW: 2, State.UNCHANGED: 3}


@require_safe
def template(request: Request, kind: str) -> HttpResponse:
    """Give a file with the headings."""
    require_desk(request)
    if kind not in COLUMNS:
        raise Http404(kind)
    headers = {"Content-Disposition": f'attachment; filename="{kind}-template.csv"'}
    return HttpResponse(template_of(kind), content_type="text/csv; charset=utf-8", headers=headers)


@shows_and_takes
def upload(request: Request, kind: str) -> HttpResponse:
    """Take a file, and go on to what it would do."""
    require_desk(request)
    if kind not in COLUMNS:
        raise Http404(kind)
    _MAY[kind].require(request.actor, None)
    form = UploadForm(sent(request), request.FILES or None)
    table = _read(form, kind) if form.is_bound and form.is_valid() else None

    def act(file: Any) -> object:  # noqa: ANN401 - an uploaded file
        content = _content(file)
        return upload_table(
            actor=request.actor,
            kind=kind,
            file_name=file.name,
            sha256=hashlib.sha256(content).hexdigest(),
            encoding=table.encoding if table else "",
            rows=[(row.number, dict(row.cells)) for row in table.rows] if table else [],
        )

    answered = answer(request, form, act)
    if answered.is_done and answered.made:
        return done(request, reverse("registry:table", args=[answered.made.pk]))  # type: ignore[attr-defined] # a table
    context = {
        "kind": kind,
        "columns": COLUMNS[kind],
        "round_trip": ROUND_TRIP,
        "breadcrumbs": crumbs(),
        **answered.shown,
    }
    return page(
        request,
        "people/tables/upload.html",
        context,
        audience=THE_UPLOADER,
        status=answered.status,
    )


@shows_and_takes
def table(request: Request, table_id: UUID) -> HttpResponse:
    """Show row by row what the table would do; a POST takes all of it, or drops it."""
    require_desk(request)
    found = table_to_apply(request.actor, table_id)
    rows = clean_rows(found.kind, rows_of(found))
    if request.POST.get("act") == DROP:
        act: Any = partial(drop_table, actor=request.actor, table_id=table_id)
    else:
        command = import_persons if found.kind == "persons" else import_bodies
        act = partial(command, actor=request.actor, table_id=table_id, rows=rows)
    answered = answer(request, ActForm(sent(request)), act)
    if answered.is_done:
        said = (
            _("All rows of the table are taken.")
            if answered.made and answered.made.is_applied
            else _("The table is dropped. Nothing was registered.")
        )
        return done(request, reverse(f"registry:{found.kind}"), said)
    judged = judged_rows(request.actor, found.kind, rows)
    context = {
        "table": found,
        "encoding": NAMES_OF_ENCODINGS[found.encoding],
        "breadcrumbs": crumbs(),
        **_shown(judged),
        **answered.shown,
    }
    return page(
        request,
        "people/tables/table.html",
        context,
        audience=THE_UPLOADER,
        status=answered.status,
    )


def _shown(judged: Sequence[Judged]) -> dict[str, object]:
    counts = Counter(one.state for one in judged)
    first = sorted(judged, key=lambda one: (_ORDER[one.state], one.number))
    return {
        "counts": {state.value: counts.get(state, 0) for state in State},
        "total": len(judged),
        "rows": first[:MOST_SHOWN],
        "is_cut": len(judged) > MOST_SHOWN,
        "can_apply": not counts.get(State.ERROR)
        and bool(counts.get(State.NEW) or counts.get(State.CHANGED)),
        "labels": LABELS,
    }


def _read(form: UploadForm, kind: str) -> Table | None:
    try:
        return read_table(_content(form.cleaned_data["file"]), headings_of(kind))
    except Unreadable as fault:
        form.add_error("file", ValidationError(str(TABLES[fault.reason]) % fault.facts))
        return None


def _content(file: Any) -> bytes:  # noqa: ANN401 - an uploaded file
    file.seek(0)
    content: bytes = file.read()
    return content
