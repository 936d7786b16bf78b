import datetime

import pytest
from tests.projects.factories import ProjectMemberFactory
from tests.results.factories import NOW

from banso.catalogue.models import PublicVersion
from banso.ledger import clock as ledger_clock
from banso.ledger.models import Entry
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.commands.publish_result import publish_result
from banso.results.models import Result, Withholding
from banso.results.queries.withholdings import withholding_for
from banso.rulebook.verdicts import NotPermitted

LATER = NOW + datetime.timedelta(days=1)


def publish(actor, result, **facts):
    return publish_result(actor=actor, result_id=result.pk, at=LATER, **facts)


def test_an_author_publishes_at_once_with_one_entry(world, actor_of):
    before = PublicVersion.objects.current()

    published = publish(actor_of(world.author), world.result, doi="10.1234/sea")

    assert (published.published_at, published.doi) == (LATER, "10.1234/sea")
    assert PublicVersion.objects.current() == before + 1
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at", "is_sealed")
    assert entry == (world.author.pk, "results.publish_result", "R2", LATER, False)


def test_a_team_member_who_is_no_author_does_not_publish(world, actor_of):
    colleague = ProjectMemberFactory(project=world.project).person

    with pytest.raises(NotPermitted, match=r"results\.publish_result"):
        publish(actor_of(colleague, on=NOW.date()), world.result)

    world.result.refresh_from_db()
    assert world.result.published_at is None
    assert not Entry.objects.exists()


def test_a_result_is_published_once(world, actor_of):
    publish(actor_of(world.author), world.result)

    with pytest.raises(Result.DoesNotExist):
        publish(actor_of(world.author), world.result)

    assert Entry.objects.count() == 1


def test_publication_ends_an_open_request(world, actor_of, ask):
    asked = ask()

    publish(actor_of(world.author), world.result)

    asked.refresh_from_db()
    assert (asked.state, asked.ended_at) == ("ended", LATER)


@pytest.mark.parametrize(
    ("leaves_part_out", "state"),
    [
        pytest.param(False, "ended", id="the-part-is-published-too"),
        pytest.param(True, "in-force", id="the-part-is-left-out"),
    ],
)
def test_a_withholding_in_force_stands_in_nobodys_way(
    world, actor_of, ask, clock, leaves_part_out, state
):
    asked = ask()
    for member in (world.official, world.researcher, world.company):
        answer_withholding(
            actor=actor_of(member), withholding_id=asked.pk, stance="consent", at=NOW
        )
    clock.set(LATER)

    publish(actor_of(world.author), world.result, leaves_withheld_part_out=leaves_part_out)

    assert (
        withholding_for(actor_of(world.author), asked.pk, at=ledger_clock.read_clock()).state
        == state
    )
    assert Result.objects.get(pk=world.result.pk).published_at == LATER


def test_leaving_the_part_out_still_ends_a_request_that_is_only_open(world, actor_of, ask):
    asked = ask()

    publish(actor_of(world.author), world.result, leaves_withheld_part_out=True)

    assert Withholding.objects.get(pk=asked.pk).state == "ended"
