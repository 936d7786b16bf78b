import datetime

from tests.people.factories import AppointmentFactory
from tests.review.factories import (
    CLOSES,
    JAPAN,
    OPENS,
    AgencyFactory,
    CallFactory,
    ConceptFactory,
)

__all__ = [
    "BEFORE_CLOSING",
    "BEFORE_OPENING",
    "CLOSES",
    "JAPAN",
    "OPENS",
    "WRITING",
    "AgencyFactory",
    "AppointmentFactory",
    "CallFactory",
    "ConceptFactory",
]

WRITING = datetime.datetime(2027, 5, 20, 10, 0, tzinfo=JAPAN)
BEFORE_OPENING = OPENS - datetime.timedelta(milliseconds=1)
BEFORE_CLOSING = CLOSES - datetime.timedelta(milliseconds=1)
