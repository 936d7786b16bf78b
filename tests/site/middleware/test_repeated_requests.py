import uuid
from http import HTTPStatus

import pytest
from django.urls import reverse
from tests.people.factories import FIRST_DAY, AffiliationFactory
from tests.projects.factories import ProjectFactory

from banso.ledger.models import Entry
from banso.projects.models import ProjectMember
from banso.results.models import Result


@pytest.fixture
def planning(db, client_for):
    """A browser on the page where a member of a team plans a result."""
    project = ProjectFactory()
    person = AffiliationFactory().person
    ProjectMember.objects.create(project=project, person=person, role="member", from_on=FIRST_DAY)
    address = reverse("results:plan_result", args=[project.pk])
    fields = {"kind": "paper", "title_ja": "見本の論文", "author_ids": [str(person.pk)]}
    return client_for(person), address, fields


@pytest.mark.assurance("A-92")
def test_pressing_twice_plans_one_result(planning):
    browser, address, fields = planning
    key = {"idempotency_key": str(uuid.uuid4())}

    first = browser.post(address, fields | key)
    second = browser.post(address, fields | key)

    assert (first.status_code, second["Location"]) == (HTTPStatus.SEE_OTHER, first["Location"])
    assert (Result.objects.count(), Entry.objects.count()) == (1, 1)


@pytest.mark.assurance("A-92")
def test_the_same_key_with_another_body_is_a_conflict(planning):
    browser, address, fields = planning
    key = {"idempotency_key": str(uuid.uuid4())}
    browser.post(address, fields | key)

    response = browser.post(address, fields | key | {"title_ja": "別の論文"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert [result.title_ja for result in Result.objects.all()] == ["見本の論文"]


def test_without_a_key_each_request_is_its_own(planning):
    browser, address, fields = planning

    browser.post(address, fields)
    browser.post(address, fields)

    assert Result.objects.count() == 2
