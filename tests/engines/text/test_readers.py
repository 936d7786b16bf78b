import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.text.files import docx_of, pdf_of, scan_of

from banso.engines.text.reading import latex_file, pdf_file, plain_file, word_file
from banso.engines.text.reading.confinement import Allowed, Answer, paged
from banso.engines.text.reading.decoding import Decoded, decode

ALLOWED = Allowed(
    file_bytes=10**7,
    expanded_bytes=10**7,
    memory_bytes=1 << 29,
    characters=1000,
    pages=2,
    cpu_seconds=5,
    seconds=5.0,
)


@given(content=st.binary(max_size=200))
def test_any_bytes_are_text_or_nothing(content):
    decoded = decode(content)

    assert decoded is None or "\x00" not in decoded.text


@given(text=st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_unicode_comes_back_as_it_was_written(text):
    assert decode(text.encode()) == Decoded(text.removeprefix("\ufeff"), _name(text))


@given(
    text=st.text(st.sampled_from("海洋観測のデータを記録する。、ー漢字かな交じり文"), min_size=20)
)
def test_japanese_with_kana_comes_back_from_either_encoding(text):
    text += "これはかなを含む文である。" * 2

    assert decode(text.encode("cp932")) == Decoded(text, "cp932")
    assert decode(text.encode("euc_jp")) == Decoded(text, "euc_jp")


@given(texts=st.lists(st.text(max_size=5), min_size=1, max_size=2))
def test_every_page_stands_where_it_says(texts):
    answer = paged(texts, ALLOWED)

    assert [answer.text[start:end] for _, start, end in answer.pages] == texts
    assert answer.text == "\n".join(texts)


@pytest.mark.parametrize(
    ("reader", "content", "kind", "answer"),
    [
        pytest.param(pdf_file, pdf_of(["A line of text"]), "pdf", Answer("text", "A line of text", [(1, 0, 14)]), id="pdf"),
        pytest.param(pdf_file, pdf_of(["a", "b", "c"]), "pdf", Answer("too-large", note="page-limit"), id="pdf-pages"),
        pytest.param(pdf_file, scan_of(), "pdf", Answer("scanned", note="pages-without-text:1"), id="scan"),
        pytest.param(word_file, docx_of("本文"), "docx", Answer("text", "本文", [(1, 0, 2)]), id="docx"),
        pytest.param(word_file, b"PK", "docx", Answer("broken", note="not-readable"), id="no-archive"),
        pytest.param(latex_file, rb"\emph{only} this", "latex", Answer("text", "only this", [(1, 0, 9)]), id="latex"),
        pytest.param(latex_file, b"\x00", "latex", Answer("unknown-kind", note="not-text"), id="no-latex"),
        pytest.param(latex_file, b"a" * 1001, "latex", Answer("too-large", note="character-limit"), id="long-latex"),
        pytest.param(plain_file, b"# one\n*two*", "plain", Answer("text", "# one\n*two*", [(1, 0, 11)]), id="plain"),
        pytest.param(plain_file, b"# one\n*two*", "markdown", Answer("text", "one\n\ntwo", [(1, 0, 8)]), id="markdown"),
        pytest.param(plain_file, b"a" * 1001, "plain", Answer("too-large", note="character-limit"), id="long"),
        pytest.param(plain_file, b"a\fb\fc", "plain", Answer("too-large", note="page-limit"), id="pages"),
        pytest.param(plain_file, b"\x00", "plain", Answer("unknown-kind", note="not-text"), id="binary"),
    ],
)  # fmt: skip
def test_each_reader_answers_within_its_limits(reader, content, kind, answer):
    assert reader.read(content, ALLOWED, kind) == answer


def _name(text):
    return "utf-8-sig" if text.startswith("\ufeff") else "utf-8"
