"""What is typed into a long form is kept for its person alone, until it is sent."""

from datetime import timedelta
from http import HTTPStatus

from tests.kept.typing_along import address, keep, token_on, written
from tests.proposals.factories import WRITING, AppointmentFactory

from banso.kept.models import KeptText
from banso.kept.storing import KEPT_FOR, forget_old
from banso.ledger.models import Entry


def test_what_is_kept_stands_in_the_form_again_with_what_differs(lead, edit):
    keep(lead, token_on(lead.get(edit)))

    page = lead.get(edit).text

    assert "書きかけの要旨\n二行目</textarea>" in page
    assert "まで入力された内容を表示しています" in page
    assert "<p>書きかけの要旨<br>二行目</p>" in page


def test_keeping_says_the_second_and_records_no_act(lead, edit):
    told = keep(lead, token_on(lead.get(edit)))

    [kept] = KeptText.objects.all()
    assert told["said"] == f"保存済み {timezone_text(kept.kept_at)}"
    assert not Entry.objects.exists()


def timezone_text(at):
    return f"{at + timedelta(hours=9):%H:%M:%S}"


def test_text_goes_with_its_submission_and_a_late_keeping_does_not_bring_it_back(lead, edit):
    token = token_on(lead.get(edit))
    keep(lead, token)

    sent = lead.post(edit, {**written(), "kept_token": token})
    late = keep(lead, token, abstract="遅れて届いた要旨")

    assert sent.status_code == HTTPStatus.SEE_OTHER
    assert late["said"].startswith("保存していません")
    assert [one.fields for one in KeptText.objects.all()] == [{}]
    assert "遅れて届いた" not in lead.get(edit).text


def test_nobody_else_finds_the_text(lead, edit, draft, client_for):
    keep(lead, token_on(lead.get(edit)))
    [kept] = KeptText.objects.all()
    stranger = client_for(AppointmentFactory(role="reviewer").person)

    pages = [
        stranger.get(address("kept:kept_texts")),
        stranger.get(address("kept:kept_text", kept.pk)),
        stranger.post(address("kept:kept_text", kept.pk)),
    ]

    assert [page.status_code for page in pages] == [200, 404, 404]
    assert not any("書きかけ" in page.text for page in pages)
    assert KeptText.objects.get().fields == kept.fields


def test_the_saved_text_can_be_shown_in_its_place(lead, edit, draft):
    keep(lead, token_on(lead.get(edit)))

    page = lead.get(edit, {"restore": "saved"}).text

    assert "書きかけの要旨\n二行目</textarea>" not in page
    assert "<p>書きかけの要旨<br>二行目</p>" in page


def test_its_person_reads_and_deletes_it(lead, edit):
    keep(lead, token_on(lead.get(edit)))
    [kept] = KeptText.objects.all()

    shown = lead.get(address("kept:kept_text", kept.pk)).text
    lead.post(address("kept:kept_text", kept.pk))

    assert "<p>書きかけの要旨<br>二行目</p>" in shown
    assert "まだ送信していない文章はありません" in lead.get(address("kept:kept_texts")).text
    assert "書きかけ" not in lead.get(edit).text


def test_more_than_a_form_holds_is_told(lead, edit):
    told = keep(lead, token_on(lead.get(edit)), abstract="a" * 1_000_001)

    assert told["said"].startswith("保存していません")
    assert not KeptText.objects.exists()


def test_text_is_deleted_after_30_days_and_what_was_sent_after_one(lead, edit):
    keep(lead, token_on(lead.get(edit)))
    lead.post(edit, {**written(), "kept_token": token_on(lead.get(edit))})
    keep(lead, token_on(lead.get(edit)), abstract="残る")
    moment = timedelta(seconds=1)

    assert forget_old(WRITING + timedelta(days=1) - moment) == 0
    assert forget_old(WRITING + timedelta(days=1) + moment) == 1
    assert forget_old(WRITING + KEPT_FOR - moment) == 0
    assert forget_old(WRITING + KEPT_FOR + moment) == 1


def test_only_the_latest_of_one_form_are_kept(lead, edit):
    for number in range(22):
        keep(lead, token_on(lead.get(edit, {"restore": "saved"})), abstract=f"{number}番目")

    assert KeptText.objects.count() == 20
