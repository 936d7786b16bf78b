import datetime
import re
from http import HTTPStatus

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.catalogue.factories import ConceptEditionFactory
from tests.councils.factories import CouncilFactory, MeetingFactory, PreparedCouncilFactory
from tests.projects.factories import ProjectFactory
from tests.results.factories import NOW, PUBLISHED, ResultFactory
from tests.review.factories import CallFactory, ConceptFactory, ProposalFactory

from banso.portal.queries.timeline import journey_of


def steps_of(slug):
    return [(step.title, step.state, step.when) for step in journey_of(slug, NOW).steps]


def test_the_timeline_runs_from_the_vision_to_the_results(journey):
    vision = journey.concept.vision.name

    assert [(title, state) for title, state, _when in steps_of("v1-r01")] == [
        (f"{vision}の決定", "done"),
        (f"研究開発構想: {journey_of('v1-r01', NOW).page.edition_names[0]}", "done"),
        ("公募の予告: 海の公募", "done"),
        ("公募の開始", "done"),
        ("公募の締切", "done"),
        (f"課題の採択: SEA1 {journey.project.title_ja}", "done"),
        ("協議会の設置", "done"),
        ("協議会の会議 第1回", "done"),
        ("成果の公表: 海の論文", "done"),
    ]


def test_what_has_not_happened_is_missing_or_still_to_come(db):
    bare = ConceptFactory(slug="v2-r09", vision__decided_on=None)
    ConceptEditionFactory(concept=bare, created_on=None, announced_on=None)

    assert [(state, when) for _title, state, when in steps_of("v2-r09")] == [
        ("missing", ""),
        ("missing", ""),
        ("missing", ""),
        ("ahead", ""),
        ("ahead", ""),
        ("ahead", ""),
    ]


@pytest.mark.parametrize(
    ("opened", "closes", "states"),
    [
        pytest.param(False, "2028-07-01", ["done", "ahead", "ahead"], id="not-opened-yet"),
        pytest.param(True, "2028-07-01", ["done", "done", "current"], id="open"),
        pytest.param(True, "2028-05-31", ["done", "done", "done"], id="closed"),
    ],
)
def test_a_call_stands_where_the_clock_says(journey, opened, closes, states):
    call = journey.call
    type(call).objects.filter(pk=call.pk).update(
        opened_at=call.opens_at if opened else None, closes_at=f"{closes}T12:00+09:00"
    )

    assert [state for _title, state, _when in steps_of("v1-r01")[2:5]] == states


def test_a_draft_a_plan_and_a_council_that_is_only_prepared_stay_hidden(journey, client):
    CallFactory(
        concept=journey.concept, announced_at=None, opened_at=None, round=2, title_ja="草稿"
    )
    ResultFactory(project=journey.project, title_ja="まだ予定")
    other = ConceptFactory(slug="v1-r02")
    ConceptEditionFactory(concept=other)
    PreparedCouncilFactory(concept=other)

    assert "草稿" not in client.get("/concepts/v1-r01/").text
    assert "まだ予定" not in client.get("/concepts/v1-r01/").text
    assert ("協議会の設置", "ahead", "") in steps_of("v1-r02")


def test_no_person_of_the_council_is_named(journey, client):
    text = client.get("/concepts/v1-r01/").text

    assert journey.member.family_name not in re.sub("協議会", "", text)
    assert "SEA1" in text


@pytest.mark.parametrize(
    ("language", "title", "call"),
    [("", "海を測る技術", "海の公募"), ("/en", "Measuring the sea", "Call for the sea")],
)
def test_the_page_links_calls_projects_and_results(journey, client, language, title, call):
    text = client.get(f"{language}/concepts/v1-r01/").text

    assert title in text
    assert call in text
    for address in (
        f"/calls/{journey.call.slug}/",
        "/projects/SEA1/",
        f"/results/{journey.result.pk}/",
        "/results/?concept=v1-r01",
    ):
        assert f'href="{language}{address}"' in text


def test_the_latest_projects_are_shown_and_all_are_one_link_away(journey, client):
    for number in range(21):
        ProjectFactory(
            proposal=ProposalFactory(call=journey.call),
            code=f"LATER{number:02}",
            starts_on=journey.project.starts_on + datetime.timedelta(days=1 + number),
            ends_on=journey.project.ends_on + datetime.timedelta(days=30),
        )

    text = client.get("/concepts/v1-r01/").text

    shown = re.findall(r'href="/projects/(\w+)/"', text)
    assert sorted(set(shown)) == [f"LATER{number:02}" for number in range(1, 21)]
    assert 'href="/projects/?concept=v1-r01"' in text


def test_an_unknown_concept_is_not_found(client, db):
    assert client.get("/concepts/v9-r99/").status_code == HTTPStatus.NOT_FOUND


def test_the_number_of_queries_does_not_grow(journey, client):
    counts = []
    for number in (1, 9):
        for _ in range(number):
            call = CallFactory(
                concept=journey.concept, round=100 + CallFactory._meta.model.objects.count()
            )
            project = ProjectFactory(proposal=ProposalFactory(call=call))
            ResultFactory(project=project, published_at=PUBLISHED)
            MeetingFactory(council=CouncilFactory(concept=journey.concept))
        with CaptureQueriesContext(connection) as captured:
            client.get("/concepts/v1-r01/")
        counts.append(len(captured))

    assert len(set(counts)) == 1
