"""What is told to whom, and the mail that tells it."""

from banso.notices.models.messages import Message
from banso.notices.models.notices import Choice, Cursor, Feed, Notice

__all__ = ["Choice", "Cursor", "Feed", "Message", "Notice"]
