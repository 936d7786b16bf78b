import pytest
from tests.people.factories import PersonFactory
from tests.portal.appointments import appointed
from tests.results.factories import NOW, ResultFactory

from banso.portal.queries.menu import own_menu

OWN = ("record:own", "people:sign_ins")


def entries(viewer):
    return [entry.address for entry in own_menu(viewer).entries]


def test_the_menu_of_somebody_new_has_what_everybody_has(journey, actor_of):
    assert entries(actor_of(PersonFactory())) == ["portal:my", *OWN]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (
            "agency-officer",
            [
                "portal:my",
                "portal:desk",
                "projects:my_projects",
                "registry:desk",
                "people:invitations",
                *OWN,
            ],
        ),
        ("program-officer", ["portal:my", "portal:desk", "projects:my_projects", *OWN]),
        (
            "institution-officer",
            [
                *("portal:my", "proposals:approvals", "review:letters", "projects:my_projects"),
                *("registry:desk", "people:invitations", *OWN),
            ],
        ),
        (
            "ministry-officer",
            ["portal:my", "councils:councils", "registry:desk", "people:invitations", *OWN],
        ),
        ("reviewer", ["portal:my", *OWN]),
        ("auditor", ["portal:my", *OWN]),
    ],
)
def test_the_menu_shows_what_applies_to_a_role(journey, actor_of, role, expected):
    person = appointed(role, journey.concept.agency, journey.concept.pk)

    assert entries(actor_of(person, on=NOW.date())) == expected


def test_the_menu_of_a_researcher_and_of_a_member(journey, actor_of):
    ResultFactory(project=journey.project, authors=[journey.lead])

    assert entries(actor_of(journey.lead)) == [
        "portal:my",
        "projects:my_projects",
        "councils:agreed_items",
        "results:my_results",
        "results:withholdings",
        *OWN,
    ]
    assert entries(actor_of(journey.member)) == [
        "portal:my",
        "councils:councils",
        "councils:agreed_items",
        "protected:register",
        "results:withholdings",
        *OWN,
    ]


def test_the_desk_is_for_those_who_run_something(journey, client_for):
    officer = appointed("agency-officer", journey.concept.agency)

    text = client_for(officer).get("/en/my/desk/").text

    assert "/en/my/desk/calls/" in text
    assert "/en/my/desk/reviews/" in text
    assert "/en/my/desk/projects/" in text
    assert client_for(PersonFactory()).get("/en/my/desk/").status_code == 404
