"""Every rule with what it rests on and what it refuses, in which words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.utils.functional import Promise
from django.utils.timezone import localdate

from banso.ledger.clock import read_clock
from banso.rulebook.clauses import (
    ClauseRecord,
    Source,
    SourceClause,
    all_clauses,
    clause_record,
    in_force,
    source_clause,
    source_clauses,
    sources,
)
from banso.rulebook.reasons import is_built, reasons_of
from banso.web.explanations import sentence_for

if TYPE_CHECKING:
    from datetime import date

    from banso.web.fronts import Sentence

NO_FACT = "…"


class RuleNotKnown(ObjectDoesNotExist):
    """No rule has this ID."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """A clause of a source that a rule rests on, as it reads today."""

    id: str
    clause: SourceClause | None
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """A rule, what it rests on, whether it is in force today, and its refusals in words."""

    rule: ClauseRecord
    is_in_force: bool
    is_built: bool
    basis: list[Basis]
    refusals: list[tuple[str, str]]


def rules_by_subject() -> list[tuple[str, list[ClauseRecord]]]:
    """List the rules in the order of the program, subject by subject."""
    grouped = groupby(all_clauses(), key=lambda rule: rule.subject)
    return [(subject, list(rules)) for subject, rules in grouped]


def rule_page(rule_id: str) -> RulePage:
    """Read one rule by its ID, which is written in one way only."""
    rule = clause_record(rule_id)
    if rule is None:
        raise RuleNotKnown(rule_id)
    today = localdate(read_clock())
    return RulePage(
        rule=rule,
        is_in_force=in_force(rule.id, today),
        is_built=is_built(rule.id),
        basis=[_basis(clause_id, today) for clause_id in rule.basis],
        refusals=[
            (reason, sentence_without_facts(sentence))
            for reason in reasons_of(rule_id)
            if (sentence := sentence_for(reason)) is not None
        ],
    )


def sentence_without_facts(sentence: Sentence) -> str:
    """Write a refusal as the rule's page shows it, where no case gives it facts."""
    if callable(sentence) and not isinstance(sentence, Promise):
        return sentence(NoFacts())
    return str(sentence) % NoFacts()


class NoFacts(dict[str, object]):
    """Facts of no case: whatever is asked for is left open; a list has one open item."""

    def __init__(self) -> None:
        super().__init__(missing=(NO_FACT,))

    def __missing__(self, name: str) -> object:
        return NO_FACT


def _basis(clause_id: str, today: date) -> Basis:
    key = clause_id.partition(" ")[0]
    source = next(source for source in sources() if source.key == key)
    clause = source_clause(clause_id, on=today)
    if clause is None:
        earlier = [clause for clause in source_clauses() if clause.id == clause_id]
        clause = earlier[-1] if earlier else None
    return Basis(id=clause_id, clause=clause, source=source)
