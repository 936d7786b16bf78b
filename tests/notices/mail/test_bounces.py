"""Mail that comes back after it has left: the report is read, and names which mail and why."""

import pytest
from tests.notices.mail.test_mail import what_became

from banso.ledger.clock import read_clock
from banso.notices.mail.bounces import take_bounce
from banso.notices.models import Message

pytestmark = pytest.mark.enable_socket

BOUNCE = """\
From: mailer-daemon@example.jp
To: banso@localhost
Subject: Undelivered Mail
Content-Type: multipart/report; report-type=delivery-status; boundary="b"
MIME-Version: 1.0

--b
Content-Type: text/plain

It came back.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.jp

Final-Recipient: rfc822; aoi@example.jp
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such person

--b
Content-Type: message/rfc822

Message-ID: <{message_id}@localhost>
Subject: x

--b--
"""


@pytest.mark.parametrize(
    ("action", "state", "reason"),
    [("failed", "bounced", "550 5.1.1 no such person"), ("delayed", "sent", "")],
)
def test_a_mail_that_comes_back_is_kept_with_the_reason(
    post_office, post, work_through, action, state, reason
):
    post(at=read_clock())
    work_through()
    [message] = Message.objects.all()

    take_bounce(BOUNCE.format(action=action, message_id=message.pk).encode())

    assert what_became() == [(state, reason)]


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xfe", b"Subject: hello\n\nno report", BOUNCE.encode()]
)
def test_what_is_no_bounce_of_ours_changes_nothing(post, raw):
    post(at=read_clock())

    assert take_bounce(raw) is False
    assert what_became() == [("waiting", "")]
