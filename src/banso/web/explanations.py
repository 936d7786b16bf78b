"""A refusal in the reader's words: what happened, why, by which clause, who decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise

from banso.web.formats import active_language, date_text, instant_text, yen_text
from banso.web.fronts import Facts, Sentence, fronts

if TYPE_CHECKING:
    from banso.rulebook.verdicts import Verdict


class UnknownReasonError(LookupError):
    """A rule refused for a reason that the app's `messages.py` has no sentence for."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a person is told about a refusal; falsy when nothing was refused."""

    sentence: str
    clause_id: str = ""
    clause_address: str = ""
    decided_by: str = ""

    def __bool__(self) -> bool:
        return bool(self.sentence)

    def __str__(self) -> str:
        return f"{self.sentence} ({self.clause_id})" if self.clause_id else self.sentence


NOTHING_REFUSED = Explanation("")


def explain(verdict: Verdict, *, decided_by: str = "") -> Explanation:
    """Turn a verdict into the sentence for its reason, in the reader's language."""
    if not verdict.is_refusal:
        return NOTHING_REFUSED
    sentence = sentence_for(verdict.reason)
    if sentence is None:
        raise UnknownReasonError(f"{verdict.reason} ({verdict.clause})")
    return Explanation(
        sentence=_write(sentence, verdict.facts),
        clause_id=verdict.clause.id,
        clause_address=reverse("portal:rule", args=[verdict.clause.id]),
        decided_by=decided_by,
    )


def sentence_for(reason: str) -> Sentence | None:
    """Find the sentence for a reason; each is in the front of exactly one app."""
    told = (front.refusals[reason] for front in fronts().values() if reason in front.refusals)
    return next(told, None)


def shown(name: str, fact: object) -> str:
    """Show a fact in the reader's form: instants, days and yen by their type and name."""
    language = active_language()
    match fact:
        case datetime():
            return instant_text(fact, language)
        case date():
            return date_text(fact, language)
        case int() if name.endswith("_yen"):
            return yen_text(fact, "yen", language)
        case int() | float():
            return f"{fact:,}"
        case _:
            return str(fact)


def _write(sentence: Sentence, facts: Facts) -> str:
    if callable(sentence) and not isinstance(sentence, Promise):
        return sentence(facts)
    return str(sentence) % {name: shown(name, fact) for name, fact in facts.items()}
