"""One record of the log is one line, whatever the words in it."""

from __future__ import annotations

import logging

from banso.rulebook.writing import on_one_line, printable


class LineFormatter(logging.Formatter):
    """Writes a message on one line; a traceback follows line by line, without control signs."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the name that logging calls
        """Bring what was logged to one line, so that no text can forge a second record."""
        record.message = on_one_line(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - as above
        """Keep the lines of a traceback, and let no word in them move a reader's cursor."""
        return printable(super().formatException(ei))  # type: ignore[arg-type] # logging's own
