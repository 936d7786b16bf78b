"""What calls give to the apps on their left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.calls.events import CALL, TOLD, titles
from banso.calls.messages import REFUSALS
from banso.calls.models import Call
from banso.calls.queries import calls_of_concept, next_change_of_calls, open_calls
from banso.calls.views.public import CALLS
from banso.catalogue.queries import bodies
from banso.web.formats import active_language, instant_text
from banso.web.fronts import Front, HomePart, PublicList, PublicPage, in_language
from banso.web.fronts.concepts import Followed, Reached, Stage, Step
from banso.web.fronts.tasks import FEW, left_until

if TYPE_CHECKING:
    from datetime import datetime

    from banso.catalogue.models import ProgramBody
    from banso.catalogue.queries import ConceptPage


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCalls:
    """The calls that are open, each with the time left, and the agencies' own pages of calls."""

    open_calls: list[tuple[Call, str]]
    calls_pages: list[ProgramBody]


def _open_calls(at: datetime) -> OpenCalls:
    return OpenCalls(
        open_calls=[(call, left_until(call.closes_at, at)) for call in open_calls(at)[:FEW]],
        calls_pages=[body for body in bodies("funds") if body.calls_page],
    )


def _of_concept(page: ConceptPage, at: datetime) -> Followed:
    calls = list(calls_of_concept(page.concept.pk))
    steps = [step for call in calls for step in _steps(call, at)]
    note = _("No call is recorded here. The agency's own page lists its calls.")
    none = Step(title=_("Call"), state=Reached.MISSING, note=note, address=page.calls_page)
    return Followed(steps=steps or [none], template="calls/_of_concept.html", rows=calls)


def _steps(call: Call, at: datetime) -> list[Step]:
    is_open = call.state_at(at) == call.State.OPEN
    closed = Reached.DONE if at >= call.closes_at else Reached.AHEAD
    language = active_language()
    return [
        Step(
            title=_("Call announced: %(call)s")
            % {"call": in_language(call.title_ja, call.title_en)},
            state=Reached.DONE,
            when=instant_text(call.announced_at, language),
            address=reverse("calls:call", args=[call.slug]),
        ),
        Step(
            title=_("Call opens"),
            state=Reached.DONE if call.opened_at and at >= call.opens_at else Reached.AHEAD,
            when=instant_text(call.opens_at, language),
        ),
        Step(
            title=_("Call closes"),
            state=Reached.CURRENT if is_open else closed,
            when=instant_text(call.closes_at, language),
        ),
    ]


FRONT = Front(
    refusals=REFUSALS,
    told=TOLD,
    titles={CALL: titles},
    public_pages=(PublicPage(place=30, label=gettext_lazy("Calls"), address="calls:calls"),),
    home=(HomePart(place=10, template="calls/_home.html", gather=_open_calls),),
    next_change=next_change_of_calls,
    of_concept=_of_concept,
    public_lists=(
        PublicList(
            place=20,
            label=gettext_lazy("Calls"),
            page="calls:calls",
            files="calls:calls",
            columns=CALLS.columns,
        ),
    ),
    stages={
        "calls-opened": Stage(
            rows=lambda: Call.objects.filter(opened_at__isnull=False), concept="concept"
        ),
    },
)
