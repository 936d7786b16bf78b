"""Mail that a command sends through Django's interface is of its actor's act, and of its outcome."""

import pytest
from django.core.mail import send_mail
from tests.people.factories import PersonFactory

from banso.ledger.record import COMMANDS, command, record
from banso.notices.models import Message


@pytest.fixture(autouse=True)
def _outbox(settings):
    settings.EMAIL_BACKEND = "banso.notices.mail.outbox.OutboxBackend"


@pytest.fixture
def invite():
    """A command that sends mail, and is refused afterwards if it is told to."""

    @command
    def invite_somebody(*, actor, to, is_refused=False):
        send_mail("ご案内", "本文", None, [to])
        record(subject=PersonFactory())
        if is_refused:
            raise RuntimeError

    yield invite_somebody
    del COMMANDS["notices.invite_somebody"]


def test_whoever_acted_is_named_with_the_act(invite, actor_of):
    officer = actor_of(PersonFactory())

    invite(actor=officer, to="aoi@example.jp")

    [message] = Message.objects.all()
    assert (message.caused_by_id, message.act) == (officer.person_id, "notices.invite_somebody")
    assert (message.recipient, message.subject) == ("aoi@example.jp", "ご案内")


def test_an_act_that_is_undone_sends_nothing(invite, actor_of):
    with pytest.raises(RuntimeError):
        invite(actor=actor_of(PersonFactory()), to="aoi@example.jp", is_refused=True)

    assert not Message.objects.exists()


def test_mail_outside_an_act_is_nobodys(db):
    send_mail("再設定", "本文", None, ["aoi@example.jp"])

    assert [*Message.objects.values_list("caused_by_id", "act")] == [(None, "")]
