"""Results, and requests to withhold a part of one with the answers to them."""

from banso.results.models.consent import STANCES, Consent
from banso.results.models.result import Result
from banso.results.models.roll import Roll
from banso.results.models.withholding import Withholding

__all__ = ["STANCES", "Consent", "Result", "Roll", "Withholding"]
