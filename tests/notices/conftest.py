import pytest
from tests.notices.mail.post_office import open_post_office

from banso.jobs.queue import job_kinds
from banso.jobs.running import Runner
from banso.notices.mail.outbox import Mail, put


@pytest.fixture
def post_office(settings):
    """A mail server that banso is told to send through."""
    with open_post_office() as office:
        settings.MAIL = office.address
        yield office


@pytest.fixture
def work_through(db):
    """Let the tasks do what is due, of one kind."""

    def work(kind="notices.deliver_mail"):
        runner = Runner({kind: job_kinds()[kind]})
        runner.prepare()
        return runner.round()

    return work


@pytest.fixture
def post(db, clock):
    """Put one mail into the outbox."""

    def put_one(to="aoi@example.jp", *, at, **facts):
        mail = {"subject": "お知らせ", "text": "本文です。\n.\n末尾\n", **facts}
        return put([Mail(to=to, **mail)], at=at)

    return put_one


@pytest.fixture
def own_file_store(settings, tmp_path):
    """Each test has its own file store."""
    settings.DATA = tmp_path
