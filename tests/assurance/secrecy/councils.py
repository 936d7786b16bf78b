"""A council with everybody who may look at it or at its project, for checks that compare worlds."""

from types import SimpleNamespace

from tests.catalogue.factories import ConceptEditionFactory
from tests.councils.factories import (
    AgendaItemFactory,
    AgreedItemFactory,
    CouncilFactory,
    InvitationFactory,
    MembershipFactory,
    MinistryFactory,
    ResponseFactory,
)
from tests.people.factories import AppointmentFactory, PersonFactory
from tests.projects.factories import (
    PlanEditionFactory,
    ProjectFactory,
    ProjectMemberFactory,
    ViewpointFactory,
)
from tests.protected.factories import ItemFactory, OfferFactory, VersionFactory
from tests.review.factories import TeamMemberFactory

from banso.protected.models import Offer


def council_with_item(*, recipients):
    """Build a project, its council, an agreed item, and an item offered to so many members."""
    project = ProjectFactory()
    ConceptEditionFactory(concept=project.concept)
    PlanEditionFactory(project=project)
    TeamMemberFactory(proposal=project.proposal, person=project.lead, role="lead")
    ProjectMemberFactory(project=project, person=project.lead, role="lead")
    ministry = MinistryFactory()
    council = CouncilFactory(concept=project.concept, organiser=ministry)
    matter = AgendaItemFactory(meeting__council=council)
    agreed = AgreedItemFactory(agenda_item=matter, projects=[project])
    ResponseFactory(agreed_item=agreed, project=project)
    ViewpointFactory(project=project, agreed_item_id=agreed.pk)
    people = {
        "officer": AppointmentFactory(organisation=ministry, role="ministry-officer").person,
        "agency": AppointmentFactory(organisation=project.agency, role="agency-officer").person,
        "po": AppointmentFactory(
            organisation=project.agency, role="program-officer", scope_id=project.concept_id
        ).person,
        "institution": AppointmentFactory(organisation=project.institution).person,
        "lead": project.lead,
        "provider": PersonFactory(),
        "bystander": PersonFactory(),
        "outsider": PersonFactory(),
        "invited": PersonFactory(),
    }
    chosen = [PersonFactory() for _ in range(recipients)]
    for person in chosen:
        ProjectMemberFactory(project=project, person=person)
    seats = {
        person.pk: MembershipFactory(council=council, person=person)
        for person in (people["provider"], people["bystander"], *chosen)
    }
    item = ItemFactory(council=council, provider=people["provider"])
    return SimpleNamespace(
        project=project,
        ministry=ministry,
        council=council,
        agreed=agreed,
        people=people,
        recipients=chosen,
        seats=seats,
        item=item,
        version=VersionFactory(item=item),
        offers=[OfferFactory(item=item, person=person) for person in chosen],
        invitation=InvitationFactory(council=council, person=people["invited"]),
        second_invitation=InvitationFactory(council=council),
    )


def known_to(world):
    """Name the values that the addresses of this world take."""
    return {
        "council_id": [world.council.pk],
        "membership_id": [world.invitation.pk],
        "agreed_item_id": [world.agreed.pk],
        "item_id": [world.item.pk],
        "offer_id": list(Offer.objects.values_list("pk", flat=True)),
        "code": [world.project.code],
        "slug": [world.project.concept.slug, world.project.proposal.call.slug],
        "proposal_id": [world.project.proposal_id],
        "project_id": [world.project.pk],
        "rule_id": ["S2", "C5"],
    }
