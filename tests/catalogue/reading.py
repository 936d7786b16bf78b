"""Reading a page as people see it: its tables, cell by cell, and its text."""

import re
from html.parser import HTMLParser


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.text, self._cell, self._quiet = [], [], None, False

    def handle_starttag(self, tag, _attributes):
        self._quiet = tag in {"script", "style", "svg"} or self._quiet
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"}:
            self._cell = []
        elif tag in {"br", "li", "p", "div"}:
            self.handle_data(" ")

    def handle_endtag(self, tag):
        if tag in {"script", "style", "svg"}:
            self._quiet = False
        elif tag in {"td", "th"}:
            self.tables[-1][-1].append(_in_one_line(self._cell))
            self._cell = None

    def handle_data(self, data):
        if not self._quiet:
            self.text.append(data)
            if self._cell is not None:
                self._cell.append(data)


def _in_one_line(parts):
    return re.sub(r"\s+", " ", "".join(parts)).strip()


def tables_of(html):
    """Give every table of the page as rows of cells, without the row of its headers."""
    page = _Page()
    page.feed(html)
    return [table[1:] for table in page.tables]


def headers_of(html):
    """Give the headers of every table, without the marks of its order."""
    page = _Page()
    page.feed(html)
    return [[header.rstrip(" ▲▼↕") for header in table[0]] for table in page.tables]


def text_of(html):
    """Give the words of the page in one line."""
    page = _Page()
    page.feed(html)
    return _in_one_line(page.text)
