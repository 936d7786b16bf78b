"""Acts on many rows at once: choose, see what would happen to each, then all of it or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from banso.rulebook.verdicts import RuleRefused
from banso.web.answering import done
from banso.web.explanations import NOTHING_REFUSED, Explanation, explain
from banso.web.pages import page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.http import HttpRequest, HttpResponse
    from django_stubs_ext import StrOrPromise

    from banso.rulebook.verdicts import Verdict

ACT: Final = "act"
CHOSEN: Final = "chosen"
CONFIRMED: Final = "confirmed"
# One entry of the ledger names every row; more of them are several acts.
MOST: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What would happen to one row: its title, its page, and the rule's verdict."""

    title: str
    address: str
    verdict: Verdict

    @property
    def refusal(self) -> Explanation:
        """Why the row would be refused; falsy where it would be done."""
        return explain(self.verdict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkAct:
    """An act on the rows that a person chose in a list.

    `judge` finds the chosen rows that the person may act on, each with the rule's verdict;
    `run` is the command, which takes all of them or none.
    """

    name: str
    label: StrOrPromise
    heading: StrOrPromise
    consequence: StrOrPromise
    audience: StrOrPromise
    judge: Callable[[Any, Sequence[UUID]], Sequence[Judged]]
    run: Callable[[Any, Sequence[UUID]], object]
    said: Callable[[int], str]


def chosen_in(request: HttpRequest) -> list[UUID]:
    """Read the chosen rows, each once; what is no key is left out."""
    found = (_key(text) for text in request.POST.getlist(CHOSEN)[: MOST + 1])
    return list(dict.fromkeys(key for key in found if key is not None))


def act_on_many(
    request: HttpRequest, act: BulkAct, back: str, template: str = "web/many.html"
) -> HttpResponse:
    """Show what would happen to each chosen row; once confirmed, do all of it or nothing.

    `back` is the list's address.
    """
    keys, refusal = chosen_in(request), NOTHING_REFUSED
    if not keys or len(keys) > MOST:
        refusal = Explanation(_too_few_or_many(len(keys)))
        return _preview(request, act, back, template, [], refusal)
    if request.POST.get(CONFIRMED):
        try:
            act.run(request, keys)
        except RuleRefused as refused:
            refusal = explain(refused.verdict)
        else:
            return done(request, back, act.said(len(keys)))
    return _preview(request, act, back, template, act.judge(request, keys), refusal)


def _preview(  # noqa: PLR0917 - in the order in which the page shows them
    request: HttpRequest,
    act: BulkAct,
    back: str,
    template: str,
    rows: Sequence[Judged],
    refusal: Explanation,
) -> HttpResponse:
    context = {
        "act": act,
        "back": back,
        "rows": rows,
        "keys": chosen_in(request),
        "refused": [row for row in rows if row.refusal],
        "refusal": refusal,
    }
    # 422 keeps the page from being taken for the act, which has not happened.
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return page(request, template, context, audience=act.audience, status=status)


def _too_few_or_many(count: int) -> str:
    if not count:
        return _("No row is chosen. Go back and tick the rows that you mean.")
    return _("At most %(most)d rows are done at once. Go back and choose fewer.") % {"most": MOST}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
