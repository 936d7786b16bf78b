"""Persons and bodies are entered and put right by whoever keeps them, with one entry each."""

import datetime
import json

import pytest
from tests.people.factories import AffiliationFactory, AppointmentFactory, PersonFactory
from tests.people.registry.conftest import DAY, NOON, officer_of

from banso.ledger.models import Detail, Entry
from banso.people.actors import VISITOR, Actor
from banso.people.commands.bodies.correct_organisation import correct_organisation
from banso.people.commands.bodies.register_organisation import register_organisation
from banso.people.commands.persons.affiliate_person import affiliate_person
from banso.people.commands.persons.correct_affiliation import correct_affiliation
from banso.people.commands.persons.correct_person import correct_person
from banso.people.commands.persons.end_affiliation import end_affiliation
from banso.people.commands.persons.enter_person import enter_person
from banso.people.commands.persons.open_record import open_record
from banso.people.models import Account, Affiliation, Organisation, Person
from banso.people.queries.records.history import history_of, openings_of
from banso.rulebook.verdicts import NotPermitted, RuleRefused


def entered(actor, body, **values):
    return enter_person(
        actor=actor,
        values={"family_name": "見本", "given_name": "葵", **values},
        organisation_id=body.pk,
        unit="工学部",
        from_on=DAY,
        at=NOON,
    )


def test_an_officer_enters_a_person_without_an_account(officer, university):
    person = entered(officer, university, erad_number="12345678")

    affiliation = Affiliation.objects.get(person=person)
    assert (person.kept_by, affiliation.organisation, affiliation.unit) == (
        university,
        university,
        "工学部",
    )
    assert not Account.objects.filter(person=person).exists()
    assert Entry.objects.values_list("act", "subject_id", "clause").get() == (
        "people.enter_person",
        str(person.pk),
        "O3",
    )


@pytest.mark.parametrize("number", ["erad_number", "orcid", "researchmap_id"])
def test_a_number_of_another_record_is_refused_and_nothing_is_entered(officer, university, number):
    PersonFactory(**{number: "12345678"})
    before = Person.objects.count()

    with pytest.raises(RuleRefused, match="number-of-another-record"):
        entered(officer, university, **{number: "12345678"})

    assert (Person.objects.count(), Entry.objects.exists()) == (before, False)


def test_nobody_enters_people_for_another_body(officer, college, researcher):
    for actor in (officer, Actor(person_id=researcher.pk, on=DAY), VISITOR):
        with pytest.raises(NotPermitted):
            entered(actor, college)

    assert not Entry.objects.exists()


def test_a_correction_says_what_was_there_before(officer, researcher):
    correct_person(
        actor=officer,
        person_id=researcher.pk,
        values={"family_name": "高橋", "given_name": "一郎"},
        at=NOON,
    )

    researcher.refresh_from_db()
    [step] = history_of(researcher)
    assert researcher.family_name == "高橋"
    assert (step.by.pk, [(one.before, one.after) for one in step.changed]) == (
        officer.person_id,
        [("髙橋", "高橋")],
    )
    details = json.loads(Detail.objects.get().text)["details"]["records"]
    assert details == {str(researcher.pk): {"family_name": ["髙橋", "高橋"]}}


def test_a_person_corrects_their_own_record(researcher):
    own = Actor(person_id=researcher.pk, on=DAY)

    correct_person(
        actor=own, person_id=researcher.pk, values={"family_name_en": "Takahashi"}, at=NOON
    )

    researcher.refresh_from_db()
    assert researcher.family_name_en == "Takahashi"


def test_who_reads_a_record_and_who_corrects_it(
    officer, agency_officer, operator, researcher, stranger, agency, university
):
    reviewer = PersonFactory(family_name="評価")
    AppointmentFactory(person=reviewer, organisation=agency, role="reviewer")
    kept = PersonFactory(family_name="預かり", kept_by=university)
    gone = PersonFactory(family_name="転出")
    AffiliationFactory(person=gone, organisation=university, until_on=DAY)
    ours = Actor(person_id=researcher.pk, on=DAY)

    def names(viewer):
        return set(Person.objects.visible_to(viewer).values_list("family_name", flat=True))

    def corrects(viewer):
        return set(Person.objects.kept_at(viewer).values_list("family_name", flat=True))

    assert names(VISITOR) == set()
    assert names(ours) == {"髙橋"}
    assert names(officer) == {"髙橋", "預かり", "担当"}
    assert names(agency_officer) == {"評価", "担当"}
    assert names(operator) == {"髙橋", "余所", "評価", "預かり", "転出", "担当", "運用"}
    assert (corrects(officer), corrects(agency_officer)) == ({"髙橋", "預かり"}, set())
    assert kept.kept_by == university


def test_whoever_only_reads_a_record_does_not_correct_it(agency_officer, agency):
    reviewer = PersonFactory(family_name="評価")
    AppointmentFactory(person=reviewer, organisation=agency, role="reviewer")

    with pytest.raises(NotPermitted):
        correct_person(
            actor=agency_officer, person_id=reviewer.pk, values={"family_name": "他"}, at=NOON
        )

    reviewer.refresh_from_db()
    assert (reviewer.family_name, Entry.objects.exists()) == ("評価", False)


def test_a_record_elsewhere_does_not_exist_for_an_officer(officer, stranger):
    for attempt in (
        lambda: correct_person(actor=officer, person_id=stranger.pk, values={}, at=NOON),
        lambda: open_record(actor=officer, person_id=stranger.pk, at=NOON),
    ):
        with pytest.raises(Person.DoesNotExist):
            attempt()

    assert not Entry.objects.exists()


@pytest.mark.assurance("A-81")
def test_a_person_sees_who_opened_their_record(officer, researcher, stranger):
    open_record(actor=officer, person_id=researcher.pk, at=NOON)

    [opening] = openings_of(researcher.pk)
    assert (opening.by.pk, opening.at) == (officer.person_id, NOON)
    assert openings_of(stranger.pk) == []


def test_an_affiliation_is_added_corrected_and_ended(officer, university, stranger):
    affiliation = affiliate_person(
        actor=officer, person_id=stranger.pk, organisation_id=university.pk, from_on=DAY, at=NOON
    )
    correct_affiliation(
        actor=officer,
        affiliation_id=affiliation.pk,
        unit="理学部",
        from_on=DAY,
        until_on=None,
        at=NOON,
    )
    last = DAY + datetime.timedelta(days=31)
    end_affiliation(actor=officer, affiliation_id=affiliation.pk, until_on=last, at=NOON)

    affiliation.refresh_from_db()
    assert (affiliation.unit, affiliation.from_on, affiliation.until_on) == ("理学部", DAY, last)
    assert [str(step.act) for step in history_of(stranger)] == [
        "所属の終了",
        "所属の訂正",
        "所属の追加",
    ]


def test_an_affiliation_with_another_body_does_not_exist_for_an_officer(officer, stranger):
    affiliation = Affiliation.objects.get(person=stranger)

    with pytest.raises(Affiliation.DoesNotExist):
        end_affiliation(actor=officer, affiliation_id=affiliation.pk, until_on=DAY, at=NOON)

    affiliation.refresh_from_db()
    assert (affiliation.until_on, Entry.objects.exists()) == (None, False)


def test_an_agency_registers_a_body_once(agency_officer):
    body = register_organisation(
        actor=agency_officer, kind="institution", name_ja="新しい大学",
        corporate_number="4030005012570", further_kinds=["company"], units=["工学部"], at=NOON,
    )  # fmt: skip

    assert (body.kinds, body.units) == (("institution", "company"), ["工学部"])
    for again in (
        {"name_ja": "新しい大学"},
        {"name_ja": "他", "corporate_number": "4030005012570"},
    ):
        with pytest.raises(RuleRefused, match="number-of-another-record"):
            register_organisation(actor=agency_officer, kind="institution", at=NOON, **again)
    assert Organisation.objects.filter(kind="institution").count() == 1


def test_a_body_is_corrected_by_its_own_officers_and_an_institution_by_agencies(
    officer, agency_officer, university, agency, college
):
    correct_organisation(
        actor=officer, organisation_id=university.pk, values={"units": ["工学部"]}, at=NOON
    )
    correct_organisation(
        actor=agency_officer, organisation_id=college.pk, values={"short_name": "学院"}, at=NOON
    )

    for actor, body in ((officer, college), (officer, agency)):
        with pytest.raises(NotPermitted):
            correct_organisation(
                actor=actor, organisation_id=body.pk, values={"short_name": "?"}, at=NOON
            )
    university.refresh_from_db()
    assert university.units == ["工学部"]
    assert [one.after for one in history_of(university)[0].changed] == ["工学部"]


def test_an_institution_registers_no_body(officer):
    with pytest.raises(NotPermitted):
        register_organisation(actor=officer, kind="other", name_ja="見本", at=NOON)

    assert not Entry.objects.exists()


def test_an_officer_of_one_body_is_found_by_role(university):
    actor = officer_of(university, "institution-officer")

    assert actor.desks == {university.pk}
