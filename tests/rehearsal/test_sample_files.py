import re

from banso.rehearsal.sample_files import sample_pdf


def test_a_sample_pdf_is_whole_and_says_that_it_is_a_sample():
    content = sample_pdf("proposal (1) of 構想")

    offsets = [int(place) for place in re.findall(rb"(\d{10}) 00000 n", content)]
    assert [content[place : place + 7] for place in offsets] == [
        b"%d 0 obj" % number for number in range(1, 6)
    ]
    assert b"SAMPLE / MIHON: proposal [1] of ??" in content
    assert content.endswith(b"%%EOF\n")


def test_equal_lines_give_equal_bytes():
    assert sample_pdf("a line") == sample_pdf("a line")
