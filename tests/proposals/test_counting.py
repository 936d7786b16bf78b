"""How a call's received proposals are counted and listed: from one index, without their texts."""

import re

import pytest
from django.db import connection
from tests.proposals.factories import ProposalFactory

from banso.proposals.models import LONG_TEXTS, Proposal
from banso.proposals.queries.desk import received_proposals

IN_INDEX = "proposals_as_received"


@pytest.fixture
def received(ready, agency_officer, actor_of):
    ProposalFactory.create_batch(3, call=ready.call)
    return received_proposals(actor_of(agency_officer), ready.call)


def columns_of_the_index():
    [index] = [one for one in Proposal._meta.indexes if one.name == IN_INDEX]
    names = [*index.fields, *index.include]
    return {Proposal._meta.get_field(name).column for name in names}


def test_counting_asks_for_nothing_that_is_not_in_the_index(received):
    plan = received.order_by().values("pk").explain(verbose=True)

    # What a scan of the table gives on without being asked stands in the lines of its output.
    asked = [line for line in plan.splitlines() if "Output:" not in line]
    columns = set(re.findall(r"proposals_proposal\.(\w+)", "\n".join(asked)))
    assert received.count() == 3
    assert {"call_id", "submitted_at"} <= columns <= columns_of_the_index()


def test_a_page_comes_in_the_order_of_the_index(received):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")

    plan = received[:2].explain()

    assert f"Index Scan using {IN_INDEX}" in plan
    assert "Sort" not in plan


def test_a_list_leaves_the_long_texts_where_they_are(received):
    assert received.first().get_deferred_fields() == set(LONG_TEXTS)
