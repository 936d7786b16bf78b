import datetime

import pytest
from tests.people.factories import PersonFactory
from tests.projects.factories import ProjectMemberFactory
from tests.results.factories import NOW

from banso.ledger.models import Entry
from banso.results.commands.plan_result import plan_result
from banso.results.models import Result
from banso.rulebook.verdicts import NotPermitted


def plan(actor, project, author, **facts):
    return plan_result(
        actor=actor,
        project_id=project.pk,
        kind="paper",
        title_ja="海の測り方",
        author_ids=[author.pk],
        at=NOW,
        **facts,
    )


def test_a_plan_is_noted_with_its_authors_and_one_entry(world, actor_of):
    planned = plan(actor_of(world.author), world.project, world.author)

    assert planned.planned_at == NOW
    assert planned.published_at is None
    assert not planned.is_presented_to_council
    assert list(planned.authors.all()) == [world.author]
    [entry] = Entry.objects.values_list("actor_id", "act", "subject_id", "clause", "is_sealed")
    assert entry == (world.author.pk, "results.plan_result", str(planned.pk), "R1", False)


def test_the_team_may_present_a_plan_to_the_council(world, actor_of):
    planned = plan(actor_of(world.author), world.project, world.author, presented_to_council=True)

    assert planned.is_presented_to_council


@pytest.mark.parametrize(
    "until_on",
    [
        pytest.param(NOW.date(), id="left-today"),
        pytest.param(NOW.date() - datetime.timedelta(days=1), id="left-yesterday"),
    ],
)
def test_who_left_the_team_plans_nothing(world, actor_of, until_on):
    leaver = ProjectMemberFactory(project=world.project, until_on=until_on).person

    with pytest.raises(NotPermitted, match=r"results\.plan_result"):
        plan(actor_of(leaver), world.project, leaver)

    assert Result.objects.count() == 1
    assert not Entry.objects.exists()


def test_a_stranger_plans_nothing(world, actor_of):
    stranger = PersonFactory()

    with pytest.raises(NotPermitted, match=r"results\.plan_result"):
        plan(actor_of(stranger), world.project, stranger)

    assert Result.objects.count() == 1
    assert not Entry.objects.exists()
