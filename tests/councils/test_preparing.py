import pytest
from tests.councils.factories import (
    NOW,
    PREPARED,
    CouncilFactory,
    MembershipFactory,
    MinistryFactory,
)
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.projects.factories import ProjectFactory

from banso.catalogue.models import PublicVersion
from banso.councils.commands.preparation.consent_to_represent import consent_to_represent
from banso.councils.commands.preparation.establish_council import establish_council
from banso.councils.commands.preparation.name_representative import name_representative
from banso.councils.commands.preparation.prepare_council import prepare_council
from banso.councils.commands.preparation.record_consultation import record_consultation
from banso.councils.models import BylawsEdition, Council
from banso.ledger.models import Entry
from banso.rulebook.verdicts import NotPermitted, RuleRefused


def entries():
    return list(Entry.objects.values_list("actor_id", "act", "clause", "is_sealed"))


def test_preparing_makes_a_council_that_is_not_established(world):
    council = prepare_council(
        actor=world.officer,
        concept_id=world.concept.pk,
        kind="63-4",
        organiser_id=world.ministry.pk,
        at=NOW,
    )

    assert (council.concept, council.prepared_at, council.established_at) == (
        world.concept,
        NOW,
        None,
    )
    assert entries() == [(world.officer.person_id, "councils.prepare_council", "C1", False)]


def test_only_the_organisers_own_officers_prepare(world):
    with pytest.raises(NotPermitted, match=r"councils\.prepare_council"):
        prepare_council(
            actor=world.officer,
            concept_id=world.concept.pk,
            kind="62-1",
            organiser_id=MinistryFactory().pk,
            at=NOW,
        )

    assert list(Council.objects.all()) == [world.council]
    assert entries() == []


@pytest.mark.parametrize("who", ["lead", "program_officer"])
def test_a_director_or_a_lead_of_the_concept_can_be_named(world, who):
    person_id = getattr(world, who).person_id

    named = name_representative(
        actor=world.officer, council_id=world.council.pk, person_id=person_id, at=NOW
    )

    assert (named.representative_id, named.representative_consented_at) == (person_id, None)
    assert entries() == [(world.officer.person_id, "councils.name_representative", "C2", False)]


def test_naming_another_voids_the_first_consent(world):
    Council.objects.update(
        representative_id=world.lead.person_id, representative_consented_at=PREPARED
    )

    name_representative(
        actor=world.officer,
        council_id=world.council.pk,
        person_id=world.program_officer.person_id,
        at=NOW,
    )

    world.council.refresh_from_db()
    assert world.council.representative_consented_at is None


@pytest.mark.parametrize(
    "who", ["somebody", "lead elsewhere", "director elsewhere", "director once"]
)
def test_nobody_else_can_be_named(world, who):
    candidates = {
        "somebody": PersonFactory,
        "lead elsewhere": lambda: ProjectFactory().lead,
        "director elsewhere": lambda: (
            AppointmentFactory(
                role="program-director", scope_id=ProjectFactory().concept_id
            ).person
        ),
        "director once": lambda: (
            AppointmentFactory(
                role="program-director", scope_id=world.concept.pk, until_on=PREPARED.date()
            ).person
        ),
    }

    with pytest.raises(RuleRefused, match=r"neither-director-nor-lead \(C2\)"):
        name_representative(
            actor=world.officer,
            council_id=world.council.pk,
            person_id=candidates[who]().pk,
            at=NOW,
        )

    world.council.refresh_from_db()
    assert (world.council.representative_id, entries()) == (None, [])


def test_a_representative_consents_in_their_own_name(world):
    Council.objects.update(representative_id=world.lead.person_id)

    council = consent_to_represent(actor=world.lead, council_id=world.council.pk, at=NOW)

    assert council.representative_consented_at == NOW
    assert entries() == [(world.lead.person_id, "councils.consent_to_represent", "C2", False)]


@pytest.mark.parametrize("who", ["officer", "program_officer", "stranger"])
def test_nobody_consents_for_the_representative(world, who):
    Council.objects.update(representative_id=world.lead.person_id)

    with pytest.raises(Council.DoesNotExist):
        consent_to_represent(actor=getattr(world, who), council_id=world.council.pk, at=NOW)

    world.council.refresh_from_db()
    assert (world.council.representative_consented_at, entries()) == (None, [])


def test_the_first_consent_keeps_its_date(world):
    Council.objects.update(
        representative_id=world.lead.person_id, representative_consented_at=PREPARED
    )

    with pytest.raises(Council.DoesNotExist):
        consent_to_represent(actor=world.lead, council_id=world.council.pk, at=NOW)

    world.council.refresh_from_db()
    assert world.council.representative_consented_at == PREPARED


def test_the_consultation_is_recorded_once_held(world):
    council = record_consultation(actor=world.officer, council_id=world.council.pk, at=NOW)

    assert council.consulted_at == NOW
    assert entries() == [(world.officer.person_id, "councils.record_consultation", "C1", False)]


def test_establishing_starts_the_council_with_its_bylaws_and_is_public(world):
    Council.objects.update(
        representative_id=world.lead.person_id,
        representative_consented_at=PREPARED,
        consulted_at=PREPARED,
    )
    version = PublicVersion.objects.current()

    council = establish_council(
        actor=world.officer, council_id=world.council.pk, bylaws_text="規約", at=NOW
    )

    assert council.established_at == NOW
    assert list(BylawsEdition.objects.values_list("council", "number", "text", "adopted_at")) == [
        (council.pk, 1, "規約", NOW)
    ]
    assert PublicVersion.objects.current() == version + 1
    assert entries() == [(world.officer.person_id, "councils.establish_council", "C1", False)]


@pytest.mark.parametrize(
    ("kind", "missing", "reason"),
    [
        pytest.param("62-1", "representative", "no-representative", id="nobody-represents"),
        pytest.param(
            "62-1",
            "representative_consented_at",
            "no-consent-of-representative",
            id="named-and-silent",
        ),
        pytest.param("62-1", "consulted_at", "no-prior-consultation", id="no-consultation"),
        pytest.param("63-4", "fund_minister", "organisers-missing", id="fund-minister-missing"),
    ],
)
def test_a_council_does_not_start_without_what_its_kind_needs(world, kind, missing, reason):
    complete = {
        "kind": kind,
        "representative": world.project.lead,
        "representative_consented_at": PREPARED,
        "consulted_at": PREPARED,
        "fund_minister": MinistryFactory(),
    }
    Council.objects.update(**complete | {missing: None})

    with pytest.raises(RuleRefused, match=rf"{reason} \(C1\)"):
        establish_council(
            actor=world.officer, council_id=world.council.pk, bylaws_text="規約", at=NOW
        )

    world.council.refresh_from_db()
    assert world.council.established_at is None
    assert (BylawsEdition.objects.count(), entries()) == (0, [])


def test_a_funds_council_needs_the_prime_ministers_side_beside_the_minister(world):
    Council.objects.update(
        kind="63-4", representative=world.project.lead, fund_minister=world.ministry
    )

    with pytest.raises(RuleRefused, match="organisers-missing") as refused:
        establish_council(
            actor=world.officer, council_id=world.council.pk, bylaws_text="規約", at=NOW
        )

    assert refused.value.verdict.facts["missing"] == ("prime-minister",)


def test_a_further_council_of_a_concept_needs_its_reason(world):
    CouncilFactory(concept=world.concept)
    Council.objects.update(
        representative=world.project.lead,
        representative_consented_at=PREPARED,
        consulted_at=PREPARED,
    )

    def establish(**facts):
        return establish_council(
            actor=world.officer,
            council_id=world.council.pk,
            bylaws_text="規約",
            at=NOW,
            **facts,
        )

    with pytest.raises(RuleRefused, match=r"concept-has-a-council \(C1\)"):
        establish()
    assert establish(reason_for_another="二つの利用分野があるため").established_at == NOW


@pytest.mark.parametrize(
    "act",
    [
        lambda actor, council: name_representative(
            actor=actor, council_id=council.pk, person_id=actor.person_id, at=NOW
        ),
        lambda actor, council: record_consultation(actor=actor, council_id=council.pk, at=NOW),
        lambda actor, council: establish_council(
            actor=actor, council_id=council.pk, bylaws_text="規約", at=NOW
        ),
    ],
    ids=["name", "consult", "establish"],
)
def test_a_member_does_not_do_the_secretariats_acts_and_a_stranger_finds_no_council(world, act):
    MembershipFactory(council=world.council, person=world.project.lead)

    with pytest.raises(NotPermitted):
        act(world.lead, world.council)
    with pytest.raises(Council.DoesNotExist):
        act(world.stranger, world.council)

    assert entries() == []
