"""Every reference to a person or a body follows when two records become one, or says why not."""

import pytest
from django.apps import apps
from tests.lock_order import ORDER

from banso.people.models import Organisation, Person
from banso.people.records.following import STAYING, TO_BODIES, TO_PERSONS


def references_to(model):
    return {
        (related.related_model._meta.label, related.field.name)
        for related in model._meta.get_fields(include_hidden=True)
        if related.auto_created and not related.concrete and not related.field.many_to_many
    }


@pytest.mark.parametrize(("model", "following"), [(Person, TO_PERSONS), (Organisation, TO_BODIES)])
def test_every_reference_follows_or_stays_with_its_reason(model, following):
    staying = {one for one in STAYING if one in references_to(model)}

    assert references_to(model) == set(following) | staying
    assert not set(following) & set(STAYING)
    assert all(STAYING.values())


def test_no_reference_that_stays_is_left_over():
    assert set(STAYING) <= references_to(Person) | references_to(Organisation)


@pytest.mark.parametrize("following", [TO_PERSONS, TO_BODIES])
def test_references_follow_in_the_order_of_locks(following):
    ranks = [ORDER.index(label) for label, _name in following]

    assert ranks == sorted(ranks)


# Who is meant by an id without a foreign key, and why it does not follow.
IDS = {
    "ledger.Entry.actor_id": "the ledger stays as it was; `Actor.selves` reads both",
    "ledger.Request.person_id": "the memory of one request",
    "people.Invitation.invited_by": "who did an act stays",
    "people.Invitation.confirmed_by": "who did an act stays",
    "people.FactorReset.asked_by": "who did an act stays",
    "people.FactorReset.confirmed_by": "who did an act stays",
    "people.AffiliationClaim.decided_by": "who did an act stays",
    "kept.KeptText.person_id": "what somebody was typing, gone within 30 days",
    "jobs.Job.asked_by_id": "who did an act stays",
    "notices.Message.caused_by_id": "the act that caused a mail, which stays",
}


def test_every_id_of_a_person_without_a_foreign_key_is_known():
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("banso.")
        for field in model._meta.fields
        if field.get_internal_type() == "UUIDField"
        and field.name.endswith(("_by", "person_id", "actor_id", "by_id"))
    }

    assert found == set(IDS)
