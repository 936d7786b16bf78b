"""The ledger is followed in order: each act is told once, over interruptions and faults."""

import logging

import pytest
from tests.notices.telling import Work
from tests.people.factories import AccountFactory, AppointmentFactory
from tests.proposals.factories import BEFORE_CLOSING, make_ready

from banso.jobs.models import Job
from banso.jobs.queue import job_kinds
from banso.jobs.running import Runner
from banso.ledger.models import Entry
from banso.notices.models import Cursor, Message, Notice
from banso.notices.telling import following
from banso.notices.telling.following import follow
from banso.proposals.commands.institution.return_proposal import return_proposal

pytestmark = pytest.mark.usefixtures("own_file_store")


class Interrupted(BaseException):
    pass


def test_following_the_ledger_tells_each_act_once_over_an_interruption(
    transactional_db, sequence, actor_of, clock, monkeypatch
):
    clock.set(BEFORE_CLOSING)
    proposal = make_ready()
    officer = AppointmentFactory(
        role="institution-officer", organisation=proposal.institution
    ).person
    AccountFactory(person=proposal.lead)
    work = Work(BEFORE_CLOSING)
    before = following.acts_wait()
    follow(work)
    return_proposal(actor=actor_of(officer), proposal_id=proposal.pk, comment="予算の内訳")
    unplaced = (following.acts_wait(), Notice.objects.count())
    sequence()
    placed = following.acts_wait()
    with monkeypatch.context() as patch:
        patch.setattr(following, "tell_of", interrupted_after(following.tell_of))
        with pytest.raises(Interrupted):
            follow(work)
    interrupted = (Notice.objects.count(), Message.objects.count())

    follow(work)
    follow(work)

    assert (before, unplaced, placed, interrupted) == (True, (False, 0), True, (0, 0))
    assert (Notice.objects.count(), Message.objects.count()) == (1, 1)
    assert not following.acts_wait()
    assert Cursor.objects.get().next_index > 0


def interrupted_after(really):
    def tell_and_fall(entry, *, at):
        really(entry, at=at)
        raise Interrupted

    return tell_and_fall


def test_an_act_that_a_fault_keeps_from_being_told_keeps_no_other_and_is_told_later(
    transactional_db, sequence, actor_of, clock, monkeypatch, caplog
):
    clock.set(BEFORE_CLOSING)
    for title in ("一つ目", "二つ目"):
        proposal = make_ready(title_ja=title)
        officer = AppointmentFactory(
            role="institution-officer", organisation=proposal.institution
        ).person
        return_proposal(actor=actor_of(officer), proposal_id=proposal.pk, comment="予算")
    first, second = Entry.objects.order_by("number")
    really = following.tell_of

    def fall_at_the_first(entry, *, at):
        really(entry, at=at)
        if entry.pk == first.pk:
            raise RuntimeError

    sequence()
    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr(following, "tell_of", fall_at_the_first)
        follow(Work(BEFORE_CLOSING))
    told_at_once = [*Notice.objects.values_list("subject_id", flat=True)]
    kind = job_kinds()[following.TELL_OF_ACT]

    Runner({following.TELL_OF_ACT: kind}).round()

    assert told_at_once == [second.subject_id]
    assert {one.subject_id for one in Notice.objects.all()} == {
        first.subject_id,
        second.subject_id,
    }
    assert [*Job.objects.values_list("state", "attempts")] == [("done", 1)]
