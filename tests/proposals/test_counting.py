"""How a call's received proposals are counted and listed: from one index, without their texts."""

import pytest
from django.db import connection
from tests.proposals.factories import ProposalFactory

from banso.proposals.models import LONG_TEXTS
from banso.proposals.queries.desk import received_proposals


@pytest.fixture
def received(ready, agency_officer, actor_of):
    ProposalFactory.create_batch(60, call=ready.call)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE proposals_proposal")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    return received_proposals(actor_of(agency_officer), ready.call)


def test_they_are_counted_from_an_index_alone(received):
    plan = received.order_by().values("pk").explain()

    assert received.count() == 60
    assert "Index Only Scan using proposals_as_received" in plan


def test_a_page_comes_in_the_order_of_the_index(received):
    plan = received[:2].explain()

    assert "Index Scan using proposals_as_received" in plan
    assert "Sort" not in plan


def test_a_list_leaves_the_long_texts_where_they_are(received):
    assert received.first().get_deferred_fields() == set(LONG_TEXTS)
