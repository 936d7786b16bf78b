"""A-102: acts on calls, proposals, projects and protected items at once never stop each other."""

from types import SimpleNamespace

import pytest
from tests.assurance.busy_councils import Confiding
from tests.assurance.busy_worlds import Applying, Judging

pytestmark = pytest.mark.assurance("A-102")


@pytest.fixture
def worlds(many_connections, _own_files):
    return SimpleNamespace(applying=Applying, judging=Judging, confiding=Confiding)


def test_writing_approving_and_submitting_at_once_never_stop_each_other(worlds, act_at_once):
    act_at_once(
        worlds.applying().everything(),
        recorded={
            "proposals.edit_proposal",
            "proposals.approve_proposal",
            "proposals.submit_proposal",
            "proposals.withdraw_submission",
        },
    )


def test_judging_deciding_and_starting_at_once_never_stop_each_other(worlds, act_at_once):
    act_at_once(
        worlds.judging().everything(),
        recorded={
            "review.assign_reviewer",
            "review.submit_assessment",
            "review.decide_proposal",
            "projects.request_team_change",
            "projects.apply_team_change",
        },
    )


def test_offering_opening_and_leaving_at_once_never_stop_each_other(worlds, act_at_once):
    act_at_once(
        worlds.confiding().everything(),
        recorded={
            "protected.offer_item",
            "protected.accept_offer",
            "protected.open_item",
            "councils.leave_council",
        },
    )


def test_whoever_acts_anywhere_at_once_never_stops_another(worlds, act_at_once):
    everywhere = (worlds.applying(), worlds.judging(), worlds.confiding())

    act_at_once(
        [act for world in everywhere for act in world.everything()],
        recorded={
            "proposals.edit_proposal",
            "review.assign_reviewer",
            "projects.request_team_change",
            "protected.offer_item",
            "councils.leave_council",
        },
    )
