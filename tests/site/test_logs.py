"""No text that somebody typed can forge a record of the log."""

import logging

from banso.site.logs import LineFormatter


def written(message, *arguments, fault=None):
    exc_info = (type(fault), fault, None) if fault else None
    record = logging.LogRecord("banso", logging.ERROR, "x.py", 1, message, arguments, exc_info)
    return LineFormatter().format(record)


def test_a_record_is_one_line_whatever_is_in_it():
    forged = "nothing\r\nERROR all files lost\x1b[2J\u202e"

    assert written("title: %s", forged) == "title: nothing ERROR all files lost\ufffd[2J\ufffd"


def test_a_traceback_keeps_its_lines_and_moves_no_cursor():
    lines = written("broken", fault=ValueError("a\x1b[2J")).splitlines()

    assert lines == ["broken", "ValueError: a\ufffd[2J"]
