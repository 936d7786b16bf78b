"""The public record of the program, and the earlier contents of whatever changed in it."""

from banso.catalogue.models.choices import Body, CallType, Domain, Maturity
from banso.catalogue.models.concepts import Concept, ConceptEdition, Vision, VisionFile
from banso.catalogue.models.editions import PublicEdition, PublicVersion
from banso.catalogue.models.meetings import Meeting, MeetingPaper
from banso.catalogue.models.program import ProgramBody, ProgramText, PublicRecord
from banso.catalogue.models.publications import (
    Document,
    Link,
    NewsItem,
    OutreachAction,
    QuestionAnswer,
)

__all__ = [
    "Body",
    "CallType",
    "Concept",
    "ConceptEdition",
    "Document",
    "Domain",
    "Link",
    "Maturity",
    "Meeting",
    "MeetingPaper",
    "NewsItem",
    "OutreachAction",
    "ProgramBody",
    "ProgramText",
    "PublicEdition",
    "PublicRecord",
    "PublicVersion",
    "QuestionAnswer",
    "Vision",
    "VisionFile",
]
