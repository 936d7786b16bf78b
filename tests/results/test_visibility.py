import pytest
from tests.councils.factories import CouncilFactory, MembershipFactory
from tests.people.factories import PersonFactory
from tests.projects.factories import ProjectFactory, ProjectMemberFactory
from tests.results.factories import (
    NOW,
    PUBLISHED,
    ResultFactory,
    WithholdingFactory,
)

from banso.ledger import clock as ledger_clock
from banso.ledger.models import Entry
from banso.people.actors import VISITOR
from banso.people.models import Appointment
from banso.results.commands.answer_withholding import answer_withholding
from banso.results.models import Consent, Result, Withholding
from banso.results.queries.withholdings import withholdings_for


@pytest.fixture
def people(world):
    """Everyone who could look at the world's results."""
    elsewhere = ProjectFactory()
    ResultFactory(project=world.project, title_ja="公表したもの", published_at=PUBLISHED)
    ResultFactory(project=world.project, title_ja="見せない計画")
    ResultFactory(project=elsewhere, title_ja="よその計画", is_presented_to_council=True)
    Result.objects.filter(pk=world.result.pk).update(title_ja="見せる計画")
    world.seats["company"].left_at = NOW
    world.seats["company"].save()
    found = {
        "author": world.author,
        "researcher": world.researcher,
        "official": world.official,
        "leaver": world.company,
        "invited": MembershipFactory(council=world.council, accepted_at=None).person,
        "elsewhere": MembershipFactory(council=CouncilFactory(concept=elsewhere.concept)).person,
        "team": ProjectMemberFactory(project=world.project).person,
        "former": ProjectMemberFactory(project=world.project, until_on=NOW.date()).person,
        "stranger": PersonFactory(),
    }
    roles = {
        "institution": ("institution-officer", world.project.institution_id, None),
        "agency": ("agency-officer", world.project.agency_id, None),
        "po": ("program-officer", world.project.agency_id, world.concept.pk),
        "ministry": ("ministry-officer", world.ministry.pk, None),
        "auditor": ("auditor", None, None),
    }
    for name, (role, organisation_id, scope_id) in roles.items():
        found[name] = PersonFactory()
        Appointment.objects.create(
            person=found[name],
            role=role,
            organisation_id=organisation_id,
            scope_id=scope_id,
            from_on=NOW.date(),
        )
    return found


OPEN = {"公表したもの"}
PRESENTED = OPEN | {"見せる計画"}
INSIDE = PRESENTED | {"見せない計画"}


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("visitor", OPEN),
        ("stranger", OPEN),
        ("author", INSIDE),
        ("team", INSIDE),
        ("former", OPEN),
        ("institution", INSIDE),
        ("agency", INSIDE),
        ("po", INSIDE),
        ("researcher", PRESENTED),
        ("official", PRESENTED),
        ("leaver", OPEN),
        ("invited", OPEN),
        ("elsewhere", OPEN | {"よその計画"}),
        ("ministry", OPEN),
        ("auditor", OPEN),
    ],
)
def test_each_viewer_reads_exactly_these_results(people, actor_of, name, titles):
    viewer = actor_of(people[name], on=NOW.date()) if name in people else VISITOR

    visible = Result.objects.visible_to(viewer)

    assert sorted(visible.values_list("title_ja", flat=True)) == sorted(titles)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("visitor", False),
        ("stranger", False),
        ("author", True),
        ("team", False),
        ("former", False),
        ("institution", False),
        ("agency", False),
        ("po", False),
        ("researcher", True),
        ("official", True),
        ("leaver", False),
        ("invited", False),
        ("elsewhere", False),
        ("ministry", False),
        ("auditor", False),
    ],
)
def test_members_of_today_and_authors_alone_know_of_a_request(world, people, actor_of, name, sees):
    asked = WithholdingFactory(result=world.result, council=world.council)
    WithholdingFactory(
        council=CouncilFactory(concept=ProjectFactory().concept), result__title_ja="よその求め"
    )
    viewer = actor_of(people[name], on=NOW.date()) if name in people else VISITOR

    visible = Withholding.objects.visible_to(viewer)

    assert list(visible) == ([asked] if sees else [])


def test_nobody_reads_anothers_answer(world, actor_of, ask, clock):
    clock.set(NOW)
    asked = ask()
    for member in (world.official, world.researcher):
        answer_withholding(
            actor=actor_of(member), withholding_id=asked.pk, stance="consent", at=NOW
        )

    for viewer, seen in (
        (world.official, [world.official.pk]),
        (world.researcher, [world.researcher.pk]),
        (world.company, []),
        (world.author, []),
    ):
        visible = Consent.objects.visible_to(actor_of(viewer))
        assert set(visible.values_list("person_id", flat=True)) == set(seen)
    assert not Consent.objects.visible_to(VISITOR).exists()
    assert set(
        Entry.objects.filter(act="results.answer_withholding").values_list("is_sealed", flat=True)
    ) == {True}


def test_what_others_see_is_the_same_whatever_one_member_answered(world, actor_of, ask, clock):
    clock.set(NOW)
    asked = ask()
    others = [actor_of(world.researcher), actor_of(world.author), actor_of(world.company)]
    silent = [withholdings_for(viewer, at=ledger_clock.read_clock()) for viewer in others]

    answer_withholding(
        actor=actor_of(world.official), withholding_id=asked.pk, stance="consent", at=NOW
    )
    consented = [withholdings_for(viewer, at=ledger_clock.read_clock()) for viewer in others]
    answer_withholding(
        actor=actor_of(world.official), withholding_id=asked.pk, stance="take-back", at=NOW
    )

    assert (
        silent
        == consented
        == [withholdings_for(viewer, at=ledger_clock.read_clock()) for viewer in others]
    )
