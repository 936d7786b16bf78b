"""Reading results; what commands and the apps on the left read is named here."""

from banso.results.judging.team import team_on
from banso.results.judging.withholding import (
    answers_to,
    has_standing_request,
    roll_of,
    terms_of,
)
from banso.results.queries.results import (
    published_of_concept,
    published_results,
    results_to_publish,
)
from banso.results.queries.withholdings import STANCE_CHOICES, withholdings_for

__all__ = [
    "STANCE_CHOICES",
    "answers_to",
    "has_standing_request",
    "published_of_concept",
    "published_results",
    "results_to_publish",
    "roll_of",
    "team_on",
    "terms_of",
    "withholdings_for",
]
