"""What announcing and opening a call write, what a rule refuses, and who is not permitted."""

import datetime

import pytest
from tests.calls.factories import CLOSES, OPENS, AppointmentFactory, CallFactory, ConceptFactory
from tests.people.factories import PersonFactory

from banso.calls.commands.announce_call import announce_call
from banso.calls.commands.open_call import open_call
from banso.calls.models import Call, CallEdition
from banso.ledger.models import Entry
from banso.rulebook.verdicts import NotPermitted, RuleRefused


def rows():
    """Everything that the commands of this app can write, as it stands."""
    models = (Call, CallEdition, Entry)
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def call_facts(concept, **facts):
    return {
        "concept_id": concept.pk,
        "slug": "new-call",
        "fiscal_year": 2027,
        "type": "project",
        "slots": 2,
        "title_ja": "新しい公募",
        "summary_ja": "要約",
        "guidelines_ja": "要領",
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "at": OPENS - datetime.timedelta(days=30),
        **facts,
    }


def entry_of(subject):
    """Give the act, actor and clause of the one entry about this."""
    [entry] = Entry.objects.filter(subject_id=str(subject.pk))
    return entry.act, entry.actor_id, entry.clause


def refused_by(act):
    before = rows()
    with pytest.raises(RuleRefused) as refused:
        act()
    assert rows() == before
    return refused.value.verdict.reason, refused.value.verdict.clause.id


@pytest.fixture
def concept(db):
    return ConceptFactory()


@pytest.fixture
def officer(concept, actor_of):
    return actor_of(AppointmentFactory(role="agency-officer", organisation=concept.agency).person)


@pytest.fixture
def announced(concept):
    return CallFactory(concept=concept, opened_at=None)


def test_an_agency_announces_a_call_with_its_guidelines(concept, officer):
    call = announce_call(actor=officer, **call_facts(concept))

    edition = CallEdition.objects.get(call=call)
    assert (call.agency_id, call.state_at(OPENS), call.opened_at) == (
        concept.agency_id,
        "announced",
        None,
    )
    assert (edition.number, edition.text_ja) == (1, "要領")
    assert entry_of(call) == ("calls.announce_call", officer.person_id, "K9")


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"slots": 0}, "call-has-no-slot"),
        ({"round": 0}, "call-has-no-round"),
        ({"type": "other"}, "call-has-no-type"),
    ],
)
def test_a_call_without_its_shape_is_not_announced(concept, officer, facts, reason):
    refusal = refused_by(lambda: announce_call(actor=officer, **call_facts(concept, **facts)))

    assert refusal == (reason, "K9")


def test_a_call_does_not_open_before_its_director_is_appointed(announced, officer):
    AppointmentFactory(role="program-director", scope_id=ConceptFactory().pk)

    refusal = refused_by(lambda: open_call(actor=officer, call_id=announced.pk, at=OPENS))

    assert refusal == ("no-director-appointed", "G1")


def test_a_director_of_another_day_does_not_open_a_call(announced, officer):
    AppointmentFactory(
        role="program-director",
        scope_id=announced.concept_id,
        from_on=OPENS.date() + datetime.timedelta(days=1),
    )

    refusal = refused_by(lambda: open_call(actor=officer, call_id=announced.pk, at=OPENS))

    assert refusal == ("no-director-appointed", "G1")


@pytest.mark.parametrize("role", ["program-director", "program-officer"])
def test_a_call_opens_once_its_pd_or_po_is_appointed(announced, officer, role):
    AppointmentFactory(role=role, scope_id=announced.concept_id)

    call = open_call(actor=officer, call_id=announced.pk, at=OPENS)

    assert (call.opened_at, call.state_at(OPENS)) == (OPENS, "open")
    assert entry_of(call) == ("calls.open_call", officer.person_id, "G1")


def test_a_call_that_was_never_announced_does_not_open(announced, officer):
    AppointmentFactory(role="program-officer", scope_id=announced.concept_id)
    announced.announced_at = None
    announced.save()

    refusal = refused_by(lambda: open_call(actor=officer, call_id=announced.pk, at=OPENS))

    assert refusal == ("call-not-announced", "K1")


def barred(act, error, **facts):
    before = rows()
    with pytest.raises(error):
        act(**facts, at=OPENS)
    assert rows() == before


def test_only_the_agency_of_a_concept_announces_and_opens_its_calls(concept, announced, actor_of):
    director = AppointmentFactory(role="program-director", scope_id=concept.pk).person
    other = AppointmentFactory(role="agency-officer").person

    for person in (director, other, PersonFactory()):
        facts = call_facts(concept)
        del facts["at"]
        barred(announce_call, NotPermitted, actor=actor_of(person), **facts)
        barred(open_call, NotPermitted, actor=actor_of(person), call_id=announced.pk)
