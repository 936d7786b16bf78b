"""Prose is shown with its paragraphs and lines, and nothing in it runs or moves."""

import pytest

from banso.web.formats import file_name, paragraphs


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("一行", "<p>一行</p>"),
        ("一行目\n二行目", "<p>一行目<br>二行目</p>"),
        ("　段落\r\n\r\n　次の段落", "<p>　段落</p><p>　次の段落</p>"),
        ("a\n \n\n\u3000\nb", "<p>a</p><p>b</p>"),
        ("\n\na\n\n", "<p>a</p>"),
        ("<b>&\n<script>", "<p>&lt;b&gt;&amp;<br>&lt;script&gt;</p>"),
        ("a\u202eb\x1b[2J", "<p>a\ufffdb\ufffd[2J</p>"),
        ("", ""),
    ],
)
def test_an_empty_line_ends_a_paragraph_and_a_break_stays(text, shown):
    assert paragraphs(text) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("か\u3099ん.pdf", "がん.pdf"),
        ("plan\u202efdp.exe", "plan\ufffdfdp.exe"),
        ("a\nb\x1b.pdf", "a b\ufffd.pdf"),
    ],
)
def test_the_name_of_a_file_is_shown_composed_and_turns_nothing(name, shown):
    assert file_name(name) == shown
