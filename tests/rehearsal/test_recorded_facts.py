"""What the tables say happened is compared with the entries that recorded it."""

from contextlib import suppress
from datetime import timedelta
from functools import reduce

import pytest
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.timezone import now
from tests.acting import database_role

from banso.ledger.models import Entry
from banso.people.models import Appointment
from banso.people.queries.actors import actor_for
from banso.projects.commands.acknowledge_team_change import acknowledge_team_change
from banso.projects.commands.apply_team_change import apply_team_change
from banso.projects.commands.end_team_change import end_team_change
from banso.projects.commands.request_team_change import request_team_change
from banso.projects.models import ProjectMember
from banso.protected.commands.release_item import release_item
from banso.protected.models import Offer, ProtectedItem, Reply
from banso.rehearsal.program import concepts_to_rehearse, load_sample_program, rehearse
from banso.rulebook.japan import day_in_japan
from banso.site.console.ledger.facts import facts_against_entries
from banso.site.console.ledger.stated import STATED

AT = now()


@pytest.fixture
def played(transactional_db):
    """Three concepts from the call to the result, and what the sample program does not do."""
    load_sample_program()
    rehearse(concepts_to_rehearse()[:3], seed=1, scale=1, report=lambda _slug: None)
    item = ProtectedItem.objects.filter(released_at=None).first()
    release_item(actor=acting(item.provider_id), item_id=item.pk, at=AT)
    first, second = ProjectMember.objects.filter(role="member", until_on=None)[:2]
    change = ask_to_leave(first)
    acknowledge_team_change(actor=acting(first.person_id), change_id=change.pk, at=AT)
    officer = acting(agency_officer(first.project).person_id)
    apply_team_change(actor=officer, change_id=change.pk, at=AT)
    change = ask_to_leave(second)
    end_team_change(actor=acting(second.person_id), change_id=change.pk, at=AT)


def acting(person_id):
    return actor_for(person_id, on=day_in_japan(AT))


def agency_officer(project):
    serving = Appointment.objects.on(day_in_japan(AT)).filter(organisation=project.agency)
    return serving.filter(role="agency-officer").first()


def ask_to_leave(place):
    return request_team_change(
        actor=acting(place.project.lead_id),
        project_id=place.project_id,
        member_id=place.pk,
        ground="moved",
        explanation="四月から別の機関で働きます。",
        at=AT,
    )


def test_what_was_done_is_as_it_was_recorded(played):
    assert {stated.act for stated in STATED} <= set(Entry.objects.values_list("act", flat=True))
    assert list(facts_against_entries()) == []


def test_whatever_the_owner_changes_in_a_recorded_fact_is_found(played):
    with database_role(settings.DATABASE_ROLES["owner"]):
        unnoticed = [
            f"{stated.act}: {stated.model.__name__}.{column}"
            for stated in STATED
            for column in columns(stated)
            if not is_noticed(stated, column)
        ]

    assert unnoticed == []


def test_an_act_that_the_owner_took_out_of_the_tables_is_found(played):
    with database_role(settings.DATABASE_ROLES["owner"]):
        Reply.objects.all().delete()

    says = {one.says for one in facts_against_entries()}

    assert says == {
        "protected.accept_offer: protected_reply has no row of it",
        "protected.decline_offer: protected_reply has no row of it",
    }


def test_an_act_that_nobody_did_is_found(played):
    offer = Offer.objects.first()
    offer.replies.create(answer=Reply.Answer.ACCEPT, at=AT)

    [one] = facts_against_entries()

    assert (one.place, one.says) == (
        "protected_reply",
        "1 rows have at, and no act that is recorded",
    )


def columns(stated):
    return {*stated.details.values(), *stated.fixed, stated.at, stated.actor} - {""}


def is_noticed(stated, column):
    """Give the column another value where an entry tells of it, look, and take it back."""
    *path, name = column.split("__")
    acts = Entry.objects.filter(act=stated.act).values_list("subject_id", flat=True)
    for told in stated.model.objects.filter(**{f"{stated.subject}__in": list(acts)}):
        row = reduce(getattr, path, told)
        for other in others(row, name):
            with suppress(IntegrityError), transaction.atomic():
                type(row).objects.filter(pk=row.pk).update(**{name: other})
                found = list(facts_against_entries())
                transaction.set_rollback(True)
                return found != []
    raise AssertionError(f"no other value fits {column}")


def others(row, name):
    column, value = row._meta.get_field(name), getattr(row, name)
    match column:
        case models.ForeignKey():
            return column.related_model.objects.exclude(pk=value.pk)
        case models.DateTimeField():
            return [(value or AT) + timedelta(seconds=1)]
        case models.DateField():
            return [(value or AT.date()) + timedelta(days=1)]
        case models.BooleanField():
            return [not value]
        case models.IntegerField():
            return [value + 1, value - 1]
    return [("0" * 64) if name.endswith("_sha256") else f"{value}x"]
