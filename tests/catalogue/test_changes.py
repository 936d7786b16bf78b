import datetime

from banso.catalogue.program.changes import Change, Difference, changes_between
from banso.catalogue.program.rows import NewsRow, ProgramFiles, StoredProgram

DAY = datetime.date(2023, 3, 10)


def news(title, english=""):
    return NewsRow(on=DAY, title_ja=title, title_en=english)


def test_a_new_row_is_added_with_what_it_says():
    files = ProgramFiles({"news": (news("新しい"),)})

    assert changes_between(StoredProgram({}), files) == (
        Change(
            "news",
            "2023-03-10 新しい",
            "added",
            (Difference("on", None, "2023-03-10"), Difference("title_ja", None, "新しい")),
        ),
    )


def test_a_changed_row_names_the_field_before_and_after():
    stored = StoredProgram({"news": (news("同じ", "Old"),)})

    changes = changes_between(stored, ProgramFiles({"news": (news("同じ", "New"),)}))

    assert changes == (
        Change("news", "2023-03-10 同じ", "changed", (Difference("title_en", "Old", "New"),)),
    )


def test_a_row_that_is_gone_is_withdrawn_once():
    stored = StoredProgram({"news": (news("古い"),)})
    nothing = ProgramFiles({"news": ()})

    assert changes_between(stored, nothing) == (Change("news", "2023-03-10 古い", "withdrawn"),)

    gone = StoredProgram(stored.rows, frozenset({("news", "2023-03-10 古い")}))
    assert changes_between(gone, nothing) == ()


def test_a_withdrawn_row_that_is_back_is_restored():
    stored = StoredProgram({"news": (news("古い"),)}, frozenset({("news", "2023-03-10 古い")}))

    assert changes_between(stored, ProgramFiles(stored.rows)) == (
        Change("news", "2023-03-10 古い", "restored"),
    )


def test_what_the_files_leave_out_is_left_alone():
    stored = StoredProgram({"news": (news("同じ"),)})

    assert changes_between(stored, ProgramFiles({"link": ()})) == ()
