"""Who sees a job, cancels it, and has it tried again."""

from datetime import UTC, datetime
from http import HTTPStatus

import pytest
from django.urls import reverse
from tests.people.factories import AppointmentFactory, PersonFactory

from banso.jobs.commands.cancel_job import cancel_job
from banso.jobs.commands.repeat_job import repeat_job
from banso.jobs.models import Job
from banso.ledger.models import Entry

NOON = datetime(2027, 5, 31, 3, tzinfo=UTC)


@pytest.fixture
def operator(db):
    return AppointmentFactory(role="operator", organisation=None).person


@pytest.fixture
def asker(db):
    return PersonFactory()


def a_job(asker, **facts):
    return Job.objects.create(
        **{"kind": "sample.export", "key": "key", "asked_by_id": asker.pk}
        | {"asked_at": NOON, "due_at": NOON}
        | facts
    )


def test_a_job_is_seen_by_who_asked_and_by_the_operator_alone(actor_of, operator, asker):
    ours = a_job(asker)
    by_the_clock = Job.objects.create(kind="jobs.clear_up", asked_at=NOON, due_at=NOON)

    seen = {
        name: set(Job.objects.visible_to(actor_of(person)))
        for name, person in {"o": operator, "a": asker, "n": PersonFactory()}.items()
    }

    assert seen == {"o": {ours, by_the_clock}, "a": {ours}, "n": set()}


@pytest.mark.parametrize(
    ("state", "becomes", "is_asked"),
    [("waiting", "cancelled", False), ("running", "running", True), ("done", "done", False)],
)
def test_cancelling_ends_what_waits_and_asks_what_runs_to_stop(
    actor_of, asker, state, becomes, is_asked
):
    job = a_job(asker, state=state)

    cancel_job(actor=actor_of(asker), job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.is_cancel_asked) == (becomes, is_asked)
    assert [*Entry.objects.values_list("act", flat=True)] == ["jobs.cancel_job"]


def test_what_was_given_up_is_tried_again_with_all_its_attempts(actor_of, operator, asker):
    job = a_job(asker, state="failed", attempts=5, reason="The store is away.", ended_at=NOON)

    repeat_job(actor=actor_of(operator), job_id=job.pk)

    job.refresh_from_db()
    assert (job.state, job.attempts, job.reason, job.ended_at) == ("waiting", 0, "", None)


def test_what_comes_by_the_clock_cannot_be_cancelled(actor_of, operator):
    job = Job.objects.create(kind="jobs.clear_up", asked_at=NOON, due_at=NOON)

    for act in (cancel_job, repeat_job):
        with pytest.raises(Job.DoesNotExist):
            act(actor=actor_of(operator), job_id=job.pk)


def test_the_pages_say_why_a_job_waits_and_take_it_back(client_for, asker):
    job = a_job(asker, reason="The store is away.")
    browser, address = client_for(asker), reverse("jobs:job", args=[job.pk])

    listed = browser.get(reverse("jobs:jobs")).text
    before = browser.get(address).text
    cancelled = browser.post(
        reverse("jobs:act", args=[job.pk]), {"act": "cancel"}, follow=True
    ).text

    assert "The store is away." in listed
    assert "処理を取り消す" in before
    assert ("処理を取り消しました" in cancelled, "再度実行する" in cancelled) == (True, True)


def test_somebody_elses_job_does_not_exist(client_for, asker):
    job, browser = a_job(asker), client_for(PersonFactory())

    answers = [
        browser.get(reverse("jobs:job", args=[job.pk])).status_code,
        browser.post(reverse("jobs:act", args=[job.pk]), {"act": "cancel"}).status_code,
        client_for(asker).post(reverse("jobs:act", args=[job.pk]), {"act": "x"}).status_code,
    ]

    assert answers == [HTTPStatus.NOT_FOUND] * 3
