from dataclasses import replace
from http import HTTPStatus

import pytest
from tests.catalogue.factories import (
    DocumentFactory,
    MeetingFactory,
    NewsFactory,
    QuestionFactory,
    VisionFactory,
)
from tests.catalogue.reading import headers_of, tables_of, text_of

from banso.catalogue.commands.load_program import load_program
from banso.catalogue.program.rows import ProgramFiles
from banso.people.actors import OPERATOR_AT_CONSOLE
from banso.web.lists.listing import ROWS_ON_A_PAGE

PAGES = ["about", "concepts", "meetings", "meetings/program-meeting-5", "qa", "news"]


def load_with(own_files, kind, key, **fields):
    rows = tuple(replace(row, **fields) if row.key == key else row for row in own_files.rows[kind])
    load_program(actor=OPERATOR_AT_CONSOLE, files=ProgramFiles({kind: rows}))


def load_without(own_files, kind, key):
    rows = tuple(row for row in own_files.rows[kind] if row.key != key)
    load_program(actor=OPERATOR_AT_CONSOLE, files=ProgramFiles({kind: rows}))


@pytest.mark.convention("A4")
@pytest.mark.parametrize("place", PAGES)
@pytest.mark.parametrize(("prefix", "language"), [("/", "ja"), ("/en/", "en")])
def test_every_page_stands_in_both_languages_and_sets_no_cookie(
    client, program, place, prefix, language
):
    response = client.get(f"{prefix}{place}/")

    assert response.status_code == HTTPStatus.OK
    assert f'<html lang="{language}"' in response.text
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in response.text


@pytest.mark.parametrize("place", ["about", "concepts", "meetings", "qa", "news"])
def test_every_page_stands_before_anything_is_loaded(client, db, place):
    assert client.get(f"/{place}/").status_code == HTTPStatus.OK


def test_meetings_are_listed_as_the_source_lists_them(client, program):
    html = client.get("/meetings/").text

    none, unknown = "なし", "未掲載"
    assert headers_of(html) == [
        [
            *("会議", "開催日", "開催方法", "議事次第・配付資料", "資料の題名"),
            "議事要旨のサイズ（KB）",
        ]
    ]
    [meetings] = tables_of(html)
    assert meetings == [
        [
            "プログラム会議（第5回）",
            "2023年4月26日",
            none,
            "はい",
            "対外発信の取組状況に関するご報告",
            unknown,
        ],
        ["プログラム会議（第4回）", "2023年2月8日", none, "はい", none, "860"],
        [
            "経済安全保障推進会議・統合イノベーション戦略推進会議 合同会議",
            "2022年9月16日",
            "持ち回り開催",
            unknown,
            none,
            unknown,
        ],
        ["プログラム会議（第3回）", "2022年8月29日", none, "はい", none, "335"],
        ["プログラム会議（第2回）", "2022年8月8日", none, "はい", none, "318"],
        ["プログラム会議（第1回）", "2022年6月21日", none, "はい", none, "379"],
    ]


def test_a_meeting_has_a_page_with_its_papers(client, program):
    text = text_of(client.get("/en/meetings/program-meeting-5/").text)

    assert "Program meeting, no. 5" in text
    assert (
        "Held on 26 April 2023 Agenda and papers 対外発信の取組状況に関するご報告 "
        "(Missing: format, Missing: size) Summary Missing"
    ) in text
    assert "https://www8.cao.go.jp/cstp/anzen_anshin/kprogram.html" in text


def test_untitled_papers_are_told_from_unknown_ones(client, program):
    untitled = text_of(client.get("/en/meetings/program-meeting-4/").text)
    unknown = text_of(client.get("/en/meetings/joint-session-2022-09-16/").text)

    assert "Agenda and papers Published; their titles are not in this record." in untitled
    assert "Agenda and papers Missing" in unknown


def test_the_joint_session_leads_to_the_vision_that_it_decided(client, program):
    html = client.get("/meetings/joint-session-2022-09-16/").text

    assert 'href="/about/#vision-1"' in html
    assert "経済安全保障重要技術育成プログラム研究開発ビジョン(第一次)" in text_of(html)
    assert "決定事項" not in text_of(client.get("/meetings/program-meeting-1/").text)


def test_a_meeting_that_does_not_exist_has_no_page(client, program):
    assert client.get("/meetings/program-meeting-99/").status_code == HTTPStatus.NOT_FOUND


def test_questions_keep_their_numbers_as_anchors(client, program):
    html = client.get("/en/qa/").text

    assert all(f'<section class="section" id="q{number}"' in html for number in range(1, 10))
    assert (
        "Q6 Must researchers join the council? Joining matters but is not required, and a "
        "researcher may leave at any time. Neither is a ground for asking to change the team."
    ) in text_of(html)


def test_each_answer_names_the_rules_that_rest_on_it(client, program):
    html = client.get("/en/qa/").text

    [sixth] = [part for part in html.split("<section") if 'id="q6"' in part]
    assert [rule for rule in ("C3", "C4", "C5", "G2", "R5") if f'/en/rules/{rule}/"' in sixth] == [
        *("C3", "C4", "C5", "G2")
    ]


def test_news_are_listed_latest_first_in_the_readers_language(client, program):
    [japanese] = tables_of(client.get("/news/").text)
    [english] = tables_of(client.get("/en/news/").text)

    assert japanese[:2] == [
        ["2023年3月10日", "研究開発構想の概要資料を公表"],
        ["2023年3月10日", "研究開発構想(3件分(改定1件))を公表"],
    ]
    assert english == [
        ["10 March 2023", "Overviews of the R&D concepts published"],
        ["10 March 2023", "Three R&D concepts (one revised) published"],
        ["17 February 2023", "Summary of the 4th program meeting published"],
        ["8 February 2023", "Agenda and papers of the 4th program meeting published"],
        ["27 December 2022", "Ten R&D concepts published"],
        ["5 December 2022", "K Program page opened"],
    ]


def test_about_tells_purpose_bodies_and_both_visions(client, program):
    text = text_of(client.get("/en/about/").text)

    assert (
        "Key and Advanced Technology R&D through Cross Community Collaboration Program (K Program)"
    ) in text
    assert (
        "Cabinet Office Ministry of Education, Culture, Sports, Science and Technology (MEXT) "
        "Ministry of Economy, Trade and Industry (METI)"
    ) in text
    assert "Decided on 16 September 2022" in text
    assert "(PDF, 1,380 KB)" in text
    assert "Decided on August 2023 Deciding body Missing How Missing Files Missing" in text


def test_about_lists_agencies_documents_links_and_outreach(client, program):
    agencies, documents, links, outreach = tables_of(client.get("/about/").text)

    assert agencies == [
        ["科学技術振興機構 (JST)", "https://www.jst.go.jp/k-program/"],
        [
            "新エネルギー・産業技術総合開発機構 (NEDO)",
            "https://www.nedo.go.jp/activities/k-program.html",
        ],
    ]
    assert documents[:3] == [
        [
            "経済安全保障重要技術育成プログラムの運用に係る基本的考え方について",
            "2022年6月17日（令和4年）",
            "内閣総理大臣決裁",
            "PDF 151 KB",
        ],
        [
            "経済安全保障重要技術育成プログラムの運用・評価指針",
            "未掲載",
            "未掲載",
            "PDF 741 KB",
        ],
        ["K Programに関するQ&A", "2023年4月14日（令和5年）", "内閣府", "PDF 430 KB"],
    ]
    assert len(documents) == 5
    assert [row[1] for row in links] == [
        "未掲載",
        "https://www.cao.go.jp/keizai_anzen_hosho/index.html",
        "https://www.cao.go.jp/keizai_anzen_hosho/index.html",
    ]
    assert outreach == [
        [
            "2023年4月14日（令和5年）",
            "研究開発マネジメントと協議会の関係などに関するQ&Aを内閣府の頁で公開",
        ],
        [
            "2023年3月10日（令和5年）",
            "研究開発ビジョン(第一次)に基づく研究開発構想18件の概要を各1枚にまとめて公開",
        ],
    ]


def test_an_answer_that_changed_shows_what_it_said_before(client, program, own_files):
    load_with(own_files, "question", "4", a_en="Another answer.")

    text = text_of(client.get("/en/qa/").text)

    assert "Another answer." in text
    assert (
        "Answer in English: The council runs alongside and does not manage. The research side"
    ) in text


def test_a_document_with_a_new_date_shows_the_former_one(client, program, own_files):
    load_with(own_files, "document", "K Programに関するQ&A", dated=None)

    text = text_of(client.get("/en/about/").text)

    assert "Date: 2023-04-14 → Missing" in text


def test_papers_that_changed_show_what_was_there(client, program, own_files):
    load_with(own_files, "meeting", "program-meeting-5", papers=True)

    text = text_of(client.get("/en/meetings/program-meeting-5/").text)

    assert "Papers: 対外発信の取組状況に関するご報告 → Yes" in text


@pytest.mark.parametrize(
    ("kind", "key", "address", "words"),
    [
        ("news", "2022-12-05 K Program ページ開設", "/en/news/", "K Program ページ開設"),
        ("question", "9", "/en/qa/", "Q9"),
        ("meeting", "program-meeting-1", "/en/meetings/", "Program meeting, no. 1"),
        ("document", "K Programに関するQ&A", "/en/about/", "K Programに関するQ&A"),
    ],
)
def test_what_its_source_dropped_is_told_apart(
    client, program, own_files, kind, key, address, words
):
    load_without(own_files, kind, key)

    html = client.get(address).text

    rest, _, dropped = html.partition("No longer in the source")
    assert f"{words} (withdrawn on" in text_of(dropped)
    assert words not in text_of(rest)


def test_a_meeting_that_its_source_dropped_keeps_its_page_and_says_so(client, program, own_files):
    load_without(own_files, "meeting", "program-meeting-1")

    text = text_of(client.get("/en/meetings/program-meeting-1/").text)

    assert "No longer in the source It has not been in the source since" in text


@pytest.mark.parametrize("count", [1, 10, 100])
@pytest.mark.parametrize(
    ("factory", "address", "queries"),
    [
        (MeetingFactory, "/meetings/", 4),
        (QuestionFactory, "/qa/", 4),
        (NewsFactory, "/news/", 3),
        (DocumentFactory, "/about/", 10),
    ],
)
def test_a_page_asks_the_same_number_of_questions_for_any_number(
    client, db, count, factory, address, queries, django_assert_num_queries
):
    VisionFactory()
    factory.create_batch(count)

    # A list that does not fit on its page is counted.
    counted = factory in {MeetingFactory, NewsFactory} and count > ROWS_ON_A_PAGE

    with django_assert_num_queries(queries + counted):
        response = client.get(address)

    assert response.status_code == HTTPStatus.OK
