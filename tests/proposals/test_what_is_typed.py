"""What an applicant types is taken as it was meant, or told why not, and never lost."""

from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.proposals.factories import WRITING

LINES = "　一行目\n二行目\n\n次の段落"
PAGE = {"ja": "", "en": "/en"}


@pytest.fixture(autouse=True)
def _while_the_call_is_open(clock):
    clock.set(WRITING)


def address(proposal, name="edit", language="ja"):
    with override("ja"):
        return PAGE[language] + reverse(f"proposals:{name}", args=[proposal.pk])


def written(**changes):
    return {
        "title_ja": "題",
        "title_en": "",
        "abstract": LINES,
        "core_technology": "ありません。",
        "requested_yen": "1,402百万円",
        "effort_percent": "３０",
        **changes,
    }


def test_lines_and_amount_come_onto_the_page_as_they_were_meant(draft, client_for):
    browser = client_for(draft.lead)

    browser.post(address(draft), written())

    page = browser.get(address(draft, "proposal")).text
    assert "<p>　一行目<br>二行目</p><p>次の段落</p>" in page
    assert "1,402,000,000円" in page


def test_an_amount_above_the_maximum_of_the_call_is_told_both(draft, client_for):
    draft.call.ceiling_yen = 1_000_000_000
    draft.call.save()

    answered = client_for(draft.lead).post(
        address(draft), written(requested_yen="999,999,999,999")
    )

    assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "1,000,000,000円以下で入力してください（現在999,999,999,999円）。" in answered.text
    assert 'value="999,999,999,999"' in answered.text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("ja", "「提案の要旨」は4,000文字以内で入力してください（現在900,000文字）。"),
        ("en", "“Summary of the proposal” takes at most 4,000 characters. It has 900,000 now."),
    ],
)
def test_a_paste_of_megabytes_is_told_at_its_field_and_stays(
    draft, client_for, language, sentence
):
    paste = "海" * 900_000

    answered = client_for(draft.lead).post(
        address(draft, language=language), written(abstract=paste)
    )

    assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in answered.text
    assert paste in answered.text


@pytest.mark.parametrize("name", ["title_ja", "abstract", "requested_yen", "member_ids"])
def test_nul_in_a_field_is_told_there(draft, client_for, name):
    answered = client_for(draft.lead).post(address(draft), written(**{name: "a\x00b"}))

    assert answered.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "field__error" in answered.text


@pytest.mark.parametrize("typed", ["1,402百万円", "１４億２００万"])
def test_what_is_typed_as_an_amount_is_shown_back(draft, client_for, typed):
    shown = client_for(draft.lead).get("/my/typed/yen/", {"requested_yen": typed})

    assert shown.text == "入力された金額：1,402,000,000円（14億200万円）"


def test_what_is_no_amount_is_shown_back_as_a_sentence(draft, client_for):
    shown = client_for(draft.lead).get("/my/typed/yen/", {"requested_yen": "<b>1.5"})

    assert shown.text.startswith("金額を円で入力してください")


def test_a_second_draft_for_one_call_is_pointed_out(draft, client_for):
    browser = client_for(draft.lead)
    with override("ja"):
        begin = reverse("proposals:draft", args=[draft.call.slug])

    first = browser.get(begin).text

    assert "この公募には、すでに作成中又は提出済みの提案があります" in first
    assert f'href="{address(draft, "proposal")}"' in first
