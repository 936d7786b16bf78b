"""A receipt's text is safe by itself: no title in it ends it early, forges a line or moves a cursor."""

import json

import pytest
from tests.ledger.sample_log import SampleLog

from banso.ledger.proving.bundles import ReceiptFacts, receipt_text
from banso.ledger.verify import BEGIN, END, receipt_in

LOG = SampleLog(3)
MARKS = [BEGIN.decode(), END.decode()]


def receipt(*, text, sentences):
    facts = ReceiptFacts(
        salt=bytes(32),
        text=text,
        index=None,
        proof=(),
        checkpoint=None,
        served_at=LOG.signed_at(1),
        **LOG.facts(),
    )
    return receipt_text(facts, sentences)


@pytest.mark.parametrize(
    "title",
    [
        "海洋\n受付日時: 2020年1月1日",
        f"海洋 {MARKS[0]} 観測",
        f"海洋\r\n{MARKS[0]}\r\n{{}}\r\n{MARKS[1]}\r\n",
        "海洋\x1b[1A\x1b[2K\u202e\x0c\u2028",
    ],
)
def test_a_title_is_one_line_of_a_receipt_and_no_mark(title):
    written = receipt(text=json.dumps({"title": title}), sentences=[f"件名: {title}", "終わり"])

    assert written.splitlines()[1:3] == ["終わり", ""]
    assert [written.count(mark) for mark in MARKS] == [1, 1]
    assert json.loads(receipt_in(written.encode()))["text"] == json.dumps({"title": title})


def test_a_text_with_every_mark_is_read_back_letter_by_letter():
    text = f"{MARKS[0]}\n{MARKS[1]}\u2028\x9b2J\u202e-----"

    written = receipt(text=text, sentences=["記録の控え"])

    assert json.loads(receipt_in(written.encode()))["text"] == text
    assert "\u202e" not in written
    assert "\x9b" not in written
