from tests.councils.factories import MembershipFactory
from tests.results.factories import NOW
from tests.results.withholding.answers import EVERYONE, consents, leave

from banso.results.models import Consent


def test_asking_is_the_askers_own_consent(asked, answer, state):
    answer(*consents("researcher", "company"))

    assert state() == "in-force"
    asked.refresh_from_db()
    [own] = Consent.objects.filter(person=asked.requested_by).values_list(
        "stance", "text_sha256", "at"
    )
    assert own == ("consent", asked.text_sha256, NOW)


def test_the_asker_consents_anew_like_everyone_once_somebody_joined(world, answer, state):
    world.newcomer = MembershipFactory(council=world.council).person

    answer(*consents("researcher", "company", "newcomer"))
    assert state() == "open"
    answer(*consents("official"))

    assert state() == "in-force"


def test_nobodys_leaving_completes_it(world, answer, state):
    answer(*consents("official", "researcher"))

    leave(world.seats["company"])

    assert state() == "open"
    answer(("official", "consent"))
    assert state() == "open"
    answer(("researcher", "consent"))
    assert state() == "in-force"


def test_joining_voids_every_consent_and_the_newcomer_must_consent_too(world, answer, state):
    answer(*consents("official", "researcher"))
    world.newcomer = MembershipFactory(council=world.council).person

    answer(*consents("company", "newcomer"))
    assert state() == "open"
    answer(*consents("official", "researcher"))

    assert state() == "in-force"


def test_a_roll_that_looks_the_same_again_is_another_one(world, answer, state):
    answer(*consents("official", "researcher"))
    leave(MembershipFactory(council=world.council))

    answer(*consents("company"))

    assert state() == "open"


def test_who_left_and_joined_again_consents_anew(world, answer, state):
    answer(*consents("official", "researcher"))
    leave(world.seats["researcher"])
    MembershipFactory(council=world.council, person=world.researcher)

    answer(*consents("official", "company"))
    assert state() == "open"
    answer(*consents("researcher"))

    assert state() == "in-force"


def test_an_invitation_that_waits_changes_nothing(world, answer, state):
    answer(*consents("official", "researcher"))
    MembershipFactory(council=world.council, accepted_at=None)

    answer(*consents("company"))

    assert state() == "in-force"


def test_without_the_research_side_nothing_takes_effect(world, answer, state):
    leave(world.seats["researcher"])

    answer(*consents("official", "company"))

    assert state() == "open"


def test_without_a_representative_nothing_takes_effect_until_someone_answers(world, answer, state):
    world.council.representative = None
    world.council.save()
    answer(*consents(*EVERYONE))
    assert state() == "open"
    world.council.representative = world.researcher
    world.council.save()
    assert state() == "open"

    answer(("company", "consent"))

    assert state() == "in-force"


def test_joining_and_leaving_change_nothing_once_in_force(world, answer, state):
    answer(*consents(*EVERYONE))

    MembershipFactory(council=world.council)
    leave(world.seats["company"])

    assert state() == "in-force"
