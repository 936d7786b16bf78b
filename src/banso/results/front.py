"""What results give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.results.messages import REFUSALS
from banso.results.models import Consent, Result, Withholding
from banso.results.permissions import ANSWER_WITHHOLDING, PUBLISH_RESULT, TAKE_BACK_REQUEST
from banso.web.fronts import Detail, Front, Receipted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from banso.people.actors import Actor
    from banso.web.fronts import Titled


def _withholdings(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    readable = Withholding.objects.visible_to(viewer).filter(pk__in=keys)
    return readable.values_list("pk", "result__title_ja", "result__title_en")


def _results(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    readable = Result.objects.visible_to(viewer).filter(pk__in=keys)
    return readable.values_list("pk", "title_ja", "title_en")


_STANCE = Detail(_("Your answer"), dict(Consent.Stance.choices))

FRONT = Front(
    refusals=REFUSALS,
    titles={"results.withholding": _withholdings, "results.result": _results},
    receipts={
        ANSWER_WITHHOLDING.name: Receipted(
            "consent", _("Answered a request to withhold"), {"stance": _STANCE}
        ),
        TAKE_BACK_REQUEST.name: Receipted("consent", _("Took back a request to withhold")),
        PUBLISH_RESULT.name: Receipted(
            "publication", _("Published a result"), {"doi": Detail(_("DOI"))}
        ),
    },
)
