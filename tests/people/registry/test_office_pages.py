"""Pages on which offices are given and bodies registered."""

from django.urls import reverse
from tests.people.factories import PersonFactory
from tests.people.registry.conftest import DAY, FIRST, NOON

from banso.ledger.models import Entry
from banso.people.commands.offices.propose_appointment import propose_appointment
from banso.people.models import Appointment, ProposedAppointment


def test_an_office_is_proposed_and_confirmed_on_two_desks(
    client_for, clock, agency, agency_officer, other_agency_officer
):
    clock.set(NOON)
    newcomer = PersonFactory(family_name="新任")
    form = {
        "person": str(newcomer.pk),
        "role": "agency-officer",
        "organisation": str(agency.pk),
        **FIRST,
    }
    first, second = (
        client_for(agency_officer.person_id),
        client_for(other_agency_officer.person_id),
    )

    first.post(reverse("registry:appoint"), form)
    proposed = ProposedAppointment.objects.get()
    page = reverse("registry:proposed", args=[proposed.pk])
    own, theirs = first.get(page).text, second.get(page).text
    assert (
        "別の人の確認が必要です" in own,
        "任命を確認する" in own,
        "任命を確認する" in theirs,
    ) == (True, False, True)
    assert "新任" in second.get(reverse("portal:my")).text
    second.post(page)

    assert Appointment.objects.filter(person=newcomer, role="agency-officer").exists()
    assert "任命を確認しました" in second.get(reverse("registry:desk")).text


def test_a_proposal_can_be_closed_without_an_appointment(
    client_for, clock, agency, agency_officer, other_agency_officer
):
    clock.set(NOON)
    newcomer = PersonFactory()
    proposed = propose_appointment(
        actor=agency_officer,
        person_id=newcomer.pk,
        role="agency-officer",
        organisation_id=agency.pk,
        from_on=DAY,
        at=NOON,
    )

    client_for(other_agency_officer.person_id).post(
        reverse("registry:proposed", args=[proposed.pk]), {"act": "withdraw"}
    )

    assert not Appointment.objects.filter(person=newcomer).exists()


def test_a_reviewer_is_appointed_at_once(client_for, clock, agency, agency_officer, stranger):
    clock.set(NOON)
    form = {
        "person": str(stranger.pk),
        "role": "reviewer",
        "organisation": str(agency.pk),
        **FIRST,
    }

    client_for(agency_officer.person_id).post(reverse("registry:appoint"), form)

    assert Appointment.objects.filter(
        person=stranger, role="reviewer", organisation=agency
    ).exists()


def test_a_body_is_registered_and_corrected_from_forms(client_for, clock, agency_officer):
    clock.set(NOON)
    desk = client_for(agency_officer.person_id)
    form = {
        "name_ja": "新しい大学",
        "kind": "institution",
        "further_kinds": ["company"],
        "corporate_number": "4030005012570",
        "units": "工学部\n\n理学部\n工学部",
    }

    desk.post(reverse("registry:register_body"), form)
    wrong = desk.post(
        reverse("registry:register_body"), {**form, "corporate_number": "4030005012571"}
    )

    [body] = [
        one
        for one in (officer_body for officer_body in Entry.objects.all())
        if one.act == "people.register_organisation"
    ]
    page = reverse("registry:body", args=[body.subject_id])
    assert "検査数字が合いません" in wrong.text
    assert all(
        words in desk.get(page).text for words in ("4030005012570", "理学部", "研究機関 / 企業")
    )
    desk.post(
        reverse("registry:correct_body", args=[body.subject_id]), {**form, "short_name": "新大"}
    )
    assert "新大" in desk.get(page).text
