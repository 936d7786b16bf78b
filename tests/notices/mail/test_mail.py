"""Mail leaves once, by a real server; what does not is kept with the reason."""

from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.exceptions import ValidationError
from django.db import transaction

from banso.jobs.models import Job
from banso.ledger.clock import read_clock
from banso.notices.mail import delivering
from banso.notices.mail.outbox import KEY_HEADER, OutboxBackend
from banso.notices.models import Message

pytestmark = pytest.mark.enable_socket


def what_became():
    return [*Message.objects.order_by("queued_at", "key").values_list("state", "reason")]


def test_a_mail_arrives_whole_with_its_text_and_nothing_of_it_stays(
    post_office, post, work_through
):
    post(
        subject="締切 7日前：海洋",
        headers={"List-Unsubscribe": "<https://x.jp/s>"},
        at=read_clock(),
    )

    work_through()

    [arrived] = post_office.mails
    assert arrived["Subject"] == "締切 7日前：海洋"
    assert (arrived["To"], arrived["Auto-Submitted"]) == ("aoi@example.jp", "auto-generated")
    assert arrived["List-Unsubscribe"] == "<https://x.jp/s>"
    assert arrived.get_content().replace("\r\n", "\n") == "本文です。\n.\n末尾\n"
    assert [*Message.objects.values_list("state", "text", "headers")] == [("sent", "", {})]


def test_in_the_demo_the_text_stays_and_mail_goes_nowhere(settings, post, work_through):
    settings.IS_DEMO, settings.MAIL = True, None
    post(at=read_clock())

    work_through()

    assert [*Message.objects.values_list("state", "text")] == [("sent", "本文です。\n.\n末尾\n")]


def test_without_a_server_mail_waits_and_says_so_nowhere_else(settings, post, work_through):
    settings.MAIL = None
    post(at=read_clock())

    assert work_through() == 0
    assert what_became() == [("waiting", "")]


def test_under_one_key_one_mail_leaves(post_office, post, work_through):
    asked = [post(key="once", at=read_clock()) for _ in range(2)]

    work_through()
    work_through()

    assert (asked, post_office.recipients) == ([1, 0], ["aoi@example.jp"])


@pytest.mark.parametrize(
    "hostile",
    [
        "海洋\r\nBcc: thief@example.jp",
        "海洋\nBcc: thief@example.jp",
        "海洋\x0bBcc: thief@example.jp",
        "海洋\u2028Bcc: thief@example.jp",
        "海洋\x1b[2J\u202eBcc: thief@example.jp",
        "海洋\r\n\r\nBcc: thief@example.jp",
    ],
)
def test_a_subject_is_one_safe_line_and_adds_no_header(post_office, post, work_through, hostile):
    post(subject=hostile, at=read_clock())

    work_through()

    [arrived] = post_office.mails
    assert (arrived["Bcc"], post_office.recipients) == (None, ["aoi@example.jp"])
    assert arrived["Subject"].isprintable()
    assert arrived["Subject"].startswith("海洋")


def test_a_long_subject_is_cut_and_a_foreign_header_or_address_is_refused_at_once(post):
    at = read_clock()

    post(subject="海" * 300, at=at)
    with pytest.raises(ValueError, match="Bcc"):
        post(headers={"Bcc": "thief@example.jp"}, at=at)
    for address in ("aoi", "aoi@example.jp\r\nRCPT TO:<thief@example.jp>", "a@b.jp>"):
        with pytest.raises(ValidationError):
            post(address, at=at)

    assert [len(one.subject) for one in Message.objects.all()] == [250]


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        ("550 5.1.1 no such person", "refused", "550 5.1.1 no such person"),
        ("450 4.2.1 mailbox is full", "waiting", "450 4.2.1 mailbox is full"),
    ],
)
def test_a_refused_address_is_kept_with_the_reason_and_the_next_mail_leaves(
    post_office, post, work_through, answer, state, reason
):
    at = read_clock()
    post("gone@example.jp", at=at)
    post("aoi@example.jp", at=at + timedelta(microseconds=1))
    post_office.answers["gone@example.jp"] = answer

    work_through()

    assert what_became() == [(state, reason), ("sent", "")]
    assert post_office.recipients == ["aoi@example.jp"]


def test_what_is_not_taken_is_tried_again_later_and_given_up_after_three_days(
    post_office, post, work_through, clock
):
    at = read_clock()
    post(at=at)
    post_office.answers["aoi@example.jp"] = "451 later"
    waits = []

    for _ in range(3):
        clock.set(Message.objects.get().due_at)
        work_through()
        waits.append((Message.objects.get().due_at - at) / timedelta(minutes=1))
    clock.set(at + timedelta(days=3, minutes=1))
    work_through()

    assert waits == [1, 6, 21]
    assert what_became() == [("given-up", delivering.TOO_LATE)]
    assert post_office.arrived == []


def test_one_run_leaves_others_their_turn_and_the_next_goes_on(
    post_office, post, work_through, clock, monkeypatch
):
    at, really = read_clock(), delivering._send  # noqa: SLF001 - what takes time
    clock.set(at)
    monkeypatch.setattr(delivering, "AT_ONCE", 2)
    for number in range(5):
        post(f"person-{number}@example.jp", at=at)

    def slowly(*facts):
        really(*facts)
        clock.set(read_clock() + delivering.TURN)

    monkeypatch.setattr(delivering, "_send", slowly)
    arrived = []
    for _ in range(3):
        work_through()
        arrived.append(len(post_office.arrived))
        clock.set(read_clock() + timedelta(seconds=2))

    assert arrived == [2, 4, 5]


def test_a_server_that_is_away_is_asked_again_and_the_job_says_why(
    settings, post, work_through, clock
):
    settings.MAIL = {"host": "127.0.0.1", "port": 1, "tls": "none"}
    post(at=read_clock())

    work_through()

    job = Job.objects.get(kind="notices.deliver_mail")
    assert what_became() == [("waiting", "")]
    assert job.reason.startswith("The mail server takes no mail: ")
    assert "refused" in job.reason


def test_a_connection_that_breaks_after_the_last_dot_leaves_a_doubt_and_no_second_mail(
    post_office, post, work_through
):
    post(at=read_clock())
    post_office.dropped_at = "after-data"

    work_through()
    post_office.dropped_at = ""
    work_through()

    assert [state for state, _ in what_became()] == ["in-doubt"]
    assert post_office.recipients == ["aoi@example.jp"]


def test_what_a_killed_run_had_handed_over_is_not_sent_again(post_office, post, work_through):
    post(at=read_clock())
    Message.objects.update(state="handed-over")

    work_through()

    assert what_became() == [("in-doubt", delivering.ENDED_BETWEEN)]
    assert post_office.arrived == []


def test_a_provider_takes_mail_through_its_own_interface(settings, post, work_through):
    settings.MAIL = {"backend": "anymail.backends.test.EmailBackend"}
    post(at=read_clock())

    work_through()

    [sent] = django_mail.outbox
    assert (sent.to, sent.subject, what_became()) == (
        ["aoi@example.jp"],
        "お知らせ",
        [("sent", "")],
    )


def test_django_mail_enters_the_outbox_in_the_callers_transaction_one_for_each_recipient(db):
    message = django_mail.EmailMessage(
        "件名", "本文", to=["aoi@example.jp", "ren@example.jp"], headers={KEY_HEADER: ""}
    )
    with transaction.atomic():
        OutboxBackend().send_messages([message])
        transaction.set_rollback(True)
    undone = Message.objects.count()

    OutboxBackend().send_messages([message])

    kept = set(Message.objects.values_list("recipient", "subject", "text", "state"))
    assert undone == 0
    assert kept == {
        ("aoi@example.jp", "件名", "本文", "waiting"),
        ("ren@example.jp", "件名", "本文", "waiting"),
    }


def test_records_of_old_mail_are_deleted_and_what_waits_stays(post, work_through, clock):
    at = read_clock()
    tomorrow = at + timedelta(days=1)
    work_through("notices.delete_old_mail")
    for days in (179, 181):
        post(key=str(days), at=at)
        ended_at = tomorrow - timedelta(days=days)
        Message.objects.filter(key=str(days)).update(state="sent", ended_at=ended_at)
    post(key="waits", at=at - timedelta(days=365))
    clock.set(tomorrow)

    work_through("notices.delete_old_mail")

    assert set(Message.objects.values_list("key", flat=True)) == {"179", "waits"}
