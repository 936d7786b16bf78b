import pytest
from tests.people.factories import AppointmentFactory
from tests.projects.factories import RUNNING, TeamChangeFactory

from banso.ledger.models import Entry
from banso.projects.commands.acknowledge_team_change import acknowledge_team_change
from banso.projects.commands.apply_team_change import apply_team_change
from banso.projects.commands.end_team_change import end_team_change
from banso.projects.commands.request_team_change import request_team_change
from banso.projects.messages import COUNCIL_GROUNDS, GROUNDS
from banso.projects.models import ProjectMember, TeamChange
from banso.rulebook import projects as rules
from banso.rulebook.verdicts import NotPermitted, RuleRefused


def ask(actor, place, ground="moved"):
    return request_team_change(
        actor=actor,
        project_id=place.project_id,
        member_id=place.pk,
        ground=ground,
        explanation="四月から別の機関で働きます。",
        at=RUNNING,
    )


def seen_change(place, **facts):
    return TeamChangeFactory(member=place, **{"seen_at": RUNNING, **facts})


def test_the_forms_grounds_are_those_of_the_rule():
    assert GROUNDS.keys() == rules.TEAM_CHANGE_GROUNDS
    assert COUNCIL_GROUNDS.keys() == rules.COUNCIL_GROUNDS


@pytest.mark.parametrize("asking", ["lead", "officer", "director"])
def test_requesting_keeps_the_ground_and_writes_one_entry(asking, place, request):
    actor = request.getfixturevalue(asking)

    change = ask(actor, place)

    assert (change.member, change.ground, change.requested_by_id) == (
        place,
        "moved",
        actor.person_id,
    )
    assert (change.requested_at, change.seen_at, change.applied_at) == (RUNNING, None, None)
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at", "is_sealed")
    assert entry == (actor.person_id, "projects.request_team_change", "G2", RUNNING, True)
    place.refresh_from_db()
    assert place.until_on is None


@pytest.mark.parametrize("ground", sorted(COUNCIL_GROUNDS))
def test_using_a_councils_freedom_is_never_a_ground(lead, place, ground):
    with pytest.raises(RuleRefused, match=r"ground-is-a-council-freedom \(C5\)"):
        ask(lead, place, ground=ground)

    assert not TeamChange.objects.exists()
    assert not Entry.objects.exists()


def test_a_ground_that_is_not_listed_is_refused(lead, place):
    with pytest.raises(RuleRefused, match=r"ground-not-on-list \(G2\)"):
        ask(lead, place, ground="disliked")

    assert not TeamChange.objects.exists()


def test_a_co_investigator_and_the_institution_do_not_request(member, institution_officer, place):
    for actor in (member, institution_officer):
        with pytest.raises(NotPermitted, match=r"projects\.request_team_change"):
            ask(actor, place)

    assert not TeamChange.objects.exists()


def test_a_stranger_finds_no_place_to_ask_about(actor_of, place):
    stranger = actor_of(AppointmentFactory(role="reviewer").person)

    with pytest.raises(ProjectMember.DoesNotExist):
        ask(stranger, place)


def test_a_place_of_another_project_or_one_that_ended_cannot_be_asked_about(lead, place):
    place.until_on = RUNNING.date()
    place.save()

    with pytest.raises(ProjectMember.DoesNotExist):
        ask(lead, place)


def test_seeing_is_kept_once_and_writes_an_entry(member, place):
    change = TeamChangeFactory(member=place)

    seen = acknowledge_team_change(actor=member, change_id=change.pk, at=RUNNING)

    assert seen.seen_at == RUNNING
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at")
    assert entry == (member.person_id, "projects.acknowledge_team_change", "G2", RUNNING)
    again = acknowledge_team_change(
        actor=member, change_id=change.pk, at=RUNNING.replace(year=2029)
    )
    assert again.seen_at == RUNNING


def test_nobody_sees_a_request_for_another(lead, officer, place):
    change = TeamChangeFactory(member=place)

    TeamChange.objects.update(requested_by_id=lead.person_id)
    for act in (acknowledge_team_change, end_team_change):
        with pytest.raises(NotPermitted):
            act(actor=lead, change_id=change.pk, at=RUNNING)
        with pytest.raises(TeamChange.DoesNotExist):
            act(actor=officer, change_id=change.pk, at=RUNNING)

    change.refresh_from_db()
    assert (change.seen_at, change.ended_at) == (None, None)


def test_ending_is_kept_and_sealed(member, place):
    change = TeamChangeFactory(member=place)

    ended = end_team_change(actor=member, change_id=change.pk, at=RUNNING)

    assert (ended.ended_at, ended.seen_at) == (RUNNING, None)
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at", "is_sealed")
    assert entry == (member.person_id, "projects.end_team_change", "C5", RUNNING, True)
    with pytest.raises(TeamChange.DoesNotExist):
        acknowledge_team_change(actor=member, change_id=change.pk, at=RUNNING)


def test_what_the_person_ended_changes_no_team_even_where_it_says_that_they_died(officer, place):
    change = TeamChangeFactory(
        member=place, ground="died", ended_at=RUNNING, requested_by_id=officer.person_id
    )

    with pytest.raises(RuleRefused, match=r"not-seen-by-the-person \(G2\)"):
        apply_team_change(actor=officer, change_id=change.pk, at=RUNNING)

    place.refresh_from_db()
    assert place.until_on is None


def test_what_was_passed_on_is_not_ended(member, place):
    change = seen_change(place)

    with pytest.raises(RuleRefused, match=r"request-is-passed-on \(C5\)"):
        end_team_change(actor=member, change_id=change.pk, at=RUNNING)

    assert not Entry.objects.exists()


def test_applying_ends_the_place_today_and_writes_one_entry(officer, place):
    change = seen_change(place)

    applied = apply_team_change(actor=officer, change_id=change.pk, at=RUNNING)

    assert applied.applied_at == RUNNING
    place.refresh_from_db()
    assert place.until_on == RUNNING.date()
    [entry] = Entry.objects.values_list("actor_id", "act", "clause", "at")
    assert entry == (officer.person_id, "projects.apply_team_change", "G2", RUNNING)


def test_a_team_does_not_change_before_the_person_has_seen_the_request(officer, place):
    change = TeamChangeFactory(member=place, requested_by_id=officer.person_id)

    with pytest.raises(RuleRefused, match=r"not-seen-by-the-person \(G2\)"):
        apply_team_change(actor=officer, change_id=change.pk, at=RUNNING)

    place.refresh_from_db()
    change.refresh_from_db()
    assert (place.until_on, change.applied_at) == (None, None)
    assert not Entry.objects.exists()


def test_the_place_of_one_who_died_ends_without_their_seeing_it(officer, place):
    change = TeamChangeFactory(member=place, ground="died")

    apply_team_change(actor=officer, change_id=change.pk, at=RUNNING)

    place.refresh_from_db()
    assert place.until_on == RUNNING.date()


def test_only_the_agency_applies_a_change(lead, director, member, place):
    change = seen_change(place)

    for actor in (lead, director, member):
        with pytest.raises(NotPermitted, match=r"projects\.apply_team_change"):
            apply_team_change(actor=actor, change_id=change.pk, at=RUNNING)

    place.refresh_from_db()
    assert place.until_on is None


def test_a_place_that_ended_is_not_ended_again(officer, place):
    first, second = seen_change(place), seen_change(place, ground="retired")
    apply_team_change(actor=officer, change_id=first.pk, at=RUNNING)

    with pytest.raises(ProjectMember.DoesNotExist):
        apply_team_change(actor=officer, change_id=second.pk, at=RUNNING)

    second.refresh_from_db()
    assert second.applied_at is None
