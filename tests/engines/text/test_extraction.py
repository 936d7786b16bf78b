import pytest
from docx import Document
from docx.enum.text import WD_BREAK
from pikepdf import Encryption
from tests.engines.text.files import docx_of, pdf_of, saved, typeset, with_part

from banso.engines.text.extraction import Extracted, Page, extract
from banso.engines.text.normal import normalise, plain

JAPANESE = "無人航空機を用いた海洋観測のデータを、㎞単位で記録する。\n" * 4
LATEX = r"""\documentclass{article}
\newcommand{\unseen}{unseen}
\title{A \emph{Quiet} Title} % not printed
\begin{document}
\section{はじめに}
We show~\cite{smith} that $E=mc^2$\label{energy}.
\begin{itemize}\item 一つ \item two\end{itemize}
\begin{thebibliography}{9}\bibitem{smith} Smith\end{thebibliography}
\end{document}
"""
MARKDOWN = """---
title: 設定
---
# 見出し #

本文の**強調**と[リンク](https://example.jp/a)。<!-- 見えない -->

> quoted `code` and *stress*

```python
snake_case = 1
```
"""


def test_a_pdf_is_read_page_by_page(write):
    path = write("paper.pdf", pdf_of(["The first page", "The second page"]))

    found = extract(path)

    assert found == Extracted(
        "text", "pdf", "The first page\nThe second page", [Page(1, 0, 14), Page(2, 15, 30)]
    )


def test_japanese_and_divided_words_come_out_of_pdf(write):
    sentence = (
        "日本語の組版では行末で単語が分かれるが、検索の際には元の文章に戻っていなければならない。"
    )
    english = "Interoperability characterisation instrumentation infrastructure demonstrates."
    path = write(
        "paper.pdf",
        typeset(f'{sentence}\n\n#set text(lang: "en")\n#set par(justify: true)\n{english}'),
    )

    found = extract(path)

    assert (found.status, found.note) == ("text", "")
    assert normalise(found.text).text == normalise(sentence + english).text
    assert english in plain(found.text).text


def test_a_pdf_that_only_its_owner_may_change_is_read(write):
    path = write("paper.pdf", pdf_of(["Open to read"], encryption=Encryption(owner="o", user="")))

    found = extract(path)

    assert (found.status, found.text) == ("text", "Open to read")


def test_a_docx_is_read_with_tables_notes_and_page_breaks(write):
    document = Document()
    document.add_heading("見出し")
    document.add_paragraph("本文").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("tab\there\nnext line")
    document.add_table(1, 1).cell(0, 0).text = "表の中"

    found = extract(write("paper.docx", saved(document)))

    assert found == Extracted(
        "text",
        "docx",
        "見出し\n\n本文\ntab\there\nnext line\n\n表の中",
        [Page(1, 0, 7), Page(2, 8, 31)],
    )


def test_readings_deletions_and_doubles_in_docx_are_left_out(write):
    ruby = "<w:ruby><w:rt><w:r><w:t>かんじ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢字</w:t></w:r></w:rubyBase></w:ruby>"
    deleted = "<w:del><w:r><w:delText>消した</w:delText></w:r></w:del>"
    doubled = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:r><w:t>一度</w:t></w:r></mc:Choice>'
        "<mc:Fallback><w:r><w:t>一度</w:t></w:r></mc:Fallback></mc:AlternateContent>"
    )
    content = with_part(
        docx_of("印"),
        "word/document.xml",
        lambda part: part.replace(
            "<w:t>印</w:t>".encode(), f"<w:t>印</w:t>{ruby}{deleted}{doubled}".encode()
        ),
    )

    found = extract(write("paper.docx", content))

    assert (found.status, found.text) == ("text", "印漢字一度")


def test_latex_is_read_as_it_is_printed(write):
    found = extract(write("paper.tex", LATEX))

    assert (found.status, found.kind, found.note) == ("text", "latex", "")
    assert " ".join(found.text.split()) == (
        "A Quiet Title はじめに We show that E=mc^2. * 一つ * two"
    )


def test_latex_includes_no_other_file(write):
    write("secret.tex", "the secret")
    path = write(
        "paper.tex", r"\documentclass{a}\begin{document}Before \input{secret} after\end{document}"
    )

    found = extract(path)

    assert found.text.split() == ["Before", "after"]


def test_markdown_is_read_without_its_marks(write):
    found = extract(write("notes.md", MARKDOWN))

    assert (found.status, found.kind) == ("text", "markdown")
    assert " ".join(found.text.split()) == (
        "見出し 本文の強調とリンク。 quoted code and stress snake_case = 1"
    )


def test_a_form_feed_begins_a_page_of_plain_text(write):
    found = extract(write("notes.txt", "one\r\n\ftwo"))

    assert found == Extracted("text", "plain", "one\n\ntwo", [Page(1, 0, 4), Page(2, 5, 8)])


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", ""),
        ("utf-8-sig", ""),
        ("utf-16", "read-as-utf-16"),
        ("utf-16-le", "read-as-utf-16-le"),
        ("utf-16-be", "read-as-utf-16-be"),
        ("utf-32", "read-as-utf-32"),
        ("cp932", "read-as-cp932"),
        ("euc_jp", "read-as-euc_jp"),
        ("iso2022_jp", "read-as-iso2022_jp_3"),
    ],
)
def test_japanese_is_read_in_every_encoding_that_it_is_written_in(write, encoding, note):
    text = JAPANESE.replace("㎞", "km")

    found = extract(write("notes.txt", text.encode(encoding)))

    assert (found.status, found.text, found.note) == ("text", text, note)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le café où l’élève a mangé une crêpe à côté de la forêt. ", "cp1252"),
        ("Исследование океана и данные наблюдений. ", "cp1251"),
        ("海洋观测的研究与开发，数据记录在这里。", "gb18030"),
        ("해양 관측을 위한 연구 개발 데이터를 기록한다. ", "cp949"),
    ],
)
def test_other_languages_of_before_unicode_are_guessed_and_the_guess_is_said(
    write, text, encoding
):
    found = extract(write("notes.txt", (text * 3).encode(encoding)))

    assert found == Extracted(
        "text", "plain", text * 3, [Page(1, 0, len(text * 3))], f"read-as-{encoding}"
    )


def test_a_cut_last_character_loses_only_itself(write):
    found = extract(write("notes.txt", (JAPANESE * 10).encode()[:-2]))

    assert (found.status, found.note) == ("text", "characters-lost")
    assert found.text.startswith(JAPANESE)
