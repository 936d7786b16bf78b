"""What is told to whom, and the mail that tells it."""

from banso.notices.models.messages import Message

__all__ = ["Message"]
