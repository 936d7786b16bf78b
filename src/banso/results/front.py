"""What results give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.councils.front import sits
from banso.projects.front import researches
from banso.results.events import TOLD
from banso.results.lists import RESULTS
from banso.results.messages import REFUSALS
from banso.results.models import Consent, Result, Withholding
from banso.results.permissions import ANSWER_WITHHOLDING, PUBLISH_RESULT, TAKE_BACK_REQUEST
from banso.results.queries import results as queries
from banso.results.queries.withholdings import withholdings_to_answer
from banso.web.formats import active_language, date_text
from banso.web.fronts import (
    Applies,
    Detail,
    Front,
    HomePart,
    MenuEntry,
    PublicList,
    PublicPage,
    Receipted,
    ReceiptKind,
    TaskSource,
    in_language,
)
from banso.web.fronts.concepts import LATEST, Followed, Reached, Stage, Step
from banso.web.fronts.tasks import FEW, Task, Tasks, tasks_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from banso.catalogue.queries import ConceptPage
    from banso.people.actors import Actor
    from banso.web.fronts import Titled


def _is_author(_on: date) -> Exists:
    return Exists(Result.objects.filter(authors=OuterRef("pk")))


def _may_publish(_on: date) -> Exists:
    planned = Result.objects.filter(published_at=None)
    return Exists(planned.filter(authors=OuterRef("pk")))


def _to_answer(viewer: Actor, at: datetime) -> Tasks:
    """List open requests to withhold that the viewer has not answered (R5)."""
    waiting = withholdings_to_answer(viewer, at=at)
    return Tasks(
        heading=_("Requests to withhold"),
        list_address=reverse("results:withholdings"),
        first=[
            Task(
                title=in_language(asked.result.title_ja, asked.result.title_en),
                address=reverse("results:withholding", args=[asked.pk]),
                note=_("Answer or not, as you like; silence leaves the result open"),
                is_sample=asked.result.is_sample,
            )
            for asked in waiting[:FEW]
        ],
        total=len(waiting),
    )


def _to_publish(viewer: Actor, _at: datetime) -> Tasks:
    """List planned results that the viewer may publish at any time (R2)."""
    return tasks_of(
        queries.results_to_publish(viewer),
        lambda result: Task(
            title=in_language(result.title_ja, result.title_en),
            address=reverse("results:publish_result", args=[result.pk]),
            note=_("At any time, without anybody's permission"),
            is_sample=result.is_sample,
        ),
        heading=_("Results that you can publish"),
        list_address="results:my_results",
    )


def _withholdings(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    readable = Withholding.objects.visible_to(viewer).filter(pk__in=keys)
    return readable.values_list("pk", "result__title_ja", "result__title_en")


def _results(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    readable = Result.objects.visible_to(viewer).filter(pk__in=keys)
    return readable.values_list("pk", "title_ja", "title_en")


def _of_concept(page: ConceptPage, _at: datetime) -> Followed:
    results = list(queries.published_of_concept(page.concept.slug)[:LATEST])
    steps = [
        Step(
            title=_("Result published: %(title)s")
            % {"title": in_language(result.title_ja, result.title_en)},
            state=Reached.DONE,
            when=date_text(result.published_at, active_language()),
            note=result.get_kind_display(),
            address=reverse("results:result", args=[result.pk]),
        )
        for result in reversed(results)
    ]
    none = Step(title=_("Results published"), state=Reached.AHEAD)
    return Followed(steps=steps or [none], template="results/_of_concept.html", rows=results)


_STANCE = Detail(gettext_lazy("Your answer"), dict(Consent.Stance.choices))

FRONT = Front(
    refusals=REFUSALS,
    told=TOLD,
    public_pages=(PublicPage(place=50, label=gettext_lazy("Results"), address="results:results"),),
    menu=(
        MenuEntry(
            place=100,
            label=gettext_lazy("My results"),
            address="results:my_results",
            applies=Applies(record=lambda on: researches(on) | _is_author(on)),
        ),
        MenuEntry(
            place=110,
            label=gettext_lazy("Requests to withhold"),
            address="results:withholdings",
            applies=Applies(record=lambda on: sits(on) | _is_author(on)),
        ),
    ),
    tasks=(
        TaskSource(applies=Applies(record=sits), gather=_to_answer),
        TaskSource(applies=Applies(record=_may_publish), gather=_to_publish),
    ),
    titles={"results.withholding": _withholdings, "results.result": _results},
    receipt_kinds={
        "publication": ReceiptKind(60, gettext_lazy("Publications")),
    },
    receipts={
        ANSWER_WITHHOLDING.name: Receipted(
            "consent", gettext_lazy("Answered a request to withhold"), {"stance": _STANCE}
        ),
        TAKE_BACK_REQUEST.name: Receipted(
            "consent", gettext_lazy("Took back a request to withhold")
        ),
        PUBLISH_RESULT.name: Receipted(
            "publication", gettext_lazy("Published a result"), {"doi": Detail(gettext_lazy("DOI"))}
        ),
    },
    home=(
        HomePart(
            place=30,
            template="results/_home.html",
            gather=lambda _at: list(queries.published_results()[:FEW]),
            is_decision=True,
        ),
    ),
    of_concept=_of_concept,
    public_lists=(
        PublicList(
            place=40,
            label=gettext_lazy("Results"),
            page="results:results",
            files="results:results",
            columns=RESULTS.columns,
            formats=RESULTS.formats,
        ),
    ),
    stages={
        "results-published": Stage(rows=Result.objects.published, concept="project__concept"),
        "withholdings-ended": Stage(
            rows=lambda: Withholding.objects.filter(state=Withholding.State.ENDED),
            concept="council__concept",
        ),
    },
)
