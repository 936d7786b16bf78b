"""Reading the public record; what the apps on the left read is named here."""

from banso.catalogue.queries.concepts import (
    NOT_KNOWN,
    ConceptPage,
    concept_choices,
    concept_counts,
    concept_page,
    concepts_of_agencies,
)
from banso.catalogue.queries.history import program_changes
from banso.catalogue.queries.records import bodies, news, visions

__all__ = [
    "NOT_KNOWN",
    "ConceptPage",
    "bodies",
    "concept_choices",
    "concept_counts",
    "concept_page",
    "concepts_of_agencies",
    "news",
    "program_changes",
    "visions",
]
