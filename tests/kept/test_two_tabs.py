"""Two openings of one form never take each other's place."""

from http import HTTPStatus

from tests.kept.typing_along import keep, token_on, written

from banso.kept.models import KeptText
from banso.proposals.models import Proposal


def test_a_second_tab_shows_both_texts_and_overwrites_nothing(lead, edit, draft):
    first, second = token_on(lead.get(edit)), token_on(lead.get(edit))
    lead.post(edit, {**written(abstract="一つ目の窓の要旨"), "kept_token": first})

    refused = lead.post(edit, {**written(abstract="二つ目の窓の要旨"), "kept_token": second})

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "<p>一つ目の窓の要旨</p>" in refused.text
    assert "<p>二つ目の窓の要旨</p>" in refused.text
    assert "二つ目の窓の要旨</textarea>" in refused.text
    assert Proposal.objects.get().abstract == "一つ目の窓の要旨"


def test_whoever_saw_both_texts_saves_theirs_once_more(lead, edit):
    first, second = token_on(lead.get(edit)), token_on(lead.get(edit))
    lead.post(edit, {**written(abstract="一つ目"), "kept_token": first})
    refused = lead.post(edit, {**written(abstract="二つ目"), "kept_token": second})

    lead.post(edit, {**written(abstract="二つ目"), "kept_token": token_on(refused)})

    assert Proposal.objects.get().abstract == "二つ目"


def test_a_form_with_a_fault_still_knows_what_it_was_opened_on(lead, edit):
    first, second = token_on(lead.get(edit)), token_on(lead.get(edit))
    faulty = lead.post(edit, {**written(effort_percent="101"), "kept_token": second})
    lead.post(edit, {**written(abstract="一つ目"), "kept_token": first})

    refused = lead.post(edit, {**written(abstract="二つ目"), "kept_token": token_on(faulty)})

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Proposal.objects.get().abstract == "一つ目"


def test_the_same_text_from_two_tabs_is_no_clash(lead, edit):
    first, second = token_on(lead.get(edit)), token_on(lead.get(edit))
    lead.post(edit, {**written(), "kept_token": first})

    again = lead.post(edit, {**written(), "kept_token": second})

    assert again.status_code == HTTPStatus.SEE_OTHER


def test_two_tabs_keep_their_texts_apart(lead, edit):
    first, second = token_on(lead.get(edit)), token_on(lead.get(edit))

    keep(lead, first, abstract="一つ目")
    keep(lead, second, abstract="二つ目")

    kept = {one.fields["abstract"][0] for one in KeptText.objects.all()}
    assert kept == {"一つ目", "二つ目"}
    page = lead.get(edit).text
    assert {"一つ目</textarea>" in page, "二つ目</textarea>" in page} == {True, False}
    assert "<p>一つ目</p>" in page
    assert "<p>二つ目</p>" in page


def test_two_tabs_that_took_up_the_same_text_keep_theirs_apart(lead, edit):
    keep(lead, token_on(lead.get(edit)), abstract="はじめ")
    first, second = token_on(lead.get(edit)), token_on(lead.get(edit))

    keep(lead, first, abstract="一つ目")
    keep(lead, second, abstract="二つ目")

    kept = {one.fields["abstract"][0] for one in KeptText.objects.all()}
    assert kept == {"一つ目", "二つ目"}


def test_text_is_not_put_over_a_record_that_changed_since(lead, edit, draft):
    keep(lead, token_on(lead.get(edit)), abstract="古い入力")
    Proposal.objects.update(abstract="ほかの人が保存した要旨")

    page = lead.get(edit).text
    [kept] = KeptText.objects.all()
    restored = lead.get(edit, {"restore": str(kept.pk)}).text

    assert "ほかの人が保存した要旨</textarea>" in page
    assert "<p>古い入力</p>" in page
    assert "古い入力</textarea>" in restored
