import datetime
from zoneinfo import ZoneInfo

import factory
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.projects.factories import ProjectFactory
from tests.review.factories import ConceptFactory

from banso.councils.models import (
    AgendaItem,
    AgreedItem,
    BylawsEdition,
    Council,
    CouncilMeeting,
    Membership,
    Response,
)

JAPAN = ZoneInfo("Asia/Tokyo")
PREPARED = datetime.datetime(2028, 4, 3, 10, 0, tzinfo=JAPAN)
ESTABLISHED = datetime.datetime(2028, 5, 8, 10, 0, tzinfo=JAPAN)
INVITED = datetime.datetime(2028, 5, 10, 10, 0, tzinfo=JAPAN)
JOINED = datetime.datetime(2028, 5, 12, 10, 0, tzinfo=JAPAN)
MET = datetime.datetime(2028, 5, 25, 14, 0, tzinfo=JAPAN)
NOW = datetime.datetime(2028, 6, 1, 10, 0, tzinfo=JAPAN)


class MinistryFactory(OrganisationFactory):
    kind = "ministry"
    name_ja = factory.Sequence(lambda number: f"見本省{number}")
    name_en = factory.Sequence(lambda number: f"Sample Ministry {number}")


class PreparedCouncilFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Council

    concept = factory.SubFactory(ConceptFactory)
    kind = "62-1"
    organiser = factory.SubFactory(MinistryFactory)
    prepared_at = PREPARED


class CouncilFactory(PreparedCouncilFactory):
    representative = factory.SubFactory(PersonFactory)
    representative_consented_at = PREPARED
    consulted_at = PREPARED
    established_at = ESTABLISHED


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    council = factory.SubFactory(CouncilFactory)
    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    side = "research-side"
    invited_at = INVITED


class MembershipFactory(InvitationFactory):
    accepted_at = JOINED


class BylawsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = BylawsEdition

    council = factory.SubFactory(CouncilFactory)
    number = 1
    text = "座長は互選とします。"
    adopted_at = ESTABLISHED


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CouncilMeeting

    council = factory.SubFactory(CouncilFactory)
    number = factory.Sequence(lambda number: number + 1)
    held_at = MET
    minutes = "実証の場所について意見を交わしました。"


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    number = 1
    kind = "promotion"
    title = "実証の場所"


class AgreedItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgreedItem
        skip_postgeneration_save = True

    council = factory.SelfAttribute("agenda_item.meeting.council")
    agenda_item = factory.SubFactory(AgendaItemFactory)
    number = factory.Sequence(lambda number: number + 1)
    text = "実証の一部を利用者の設備で行うことを検討します。"
    research_side_took_part = True
    agreed_at = MET

    @factory.post_generation
    def projects(self, _create, extracted, **_extra):
        self.projects.set(extracted or [])


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Response

    agreed_item = factory.SubFactory(AgreedItemFactory)
    project = factory.SubFactory(ProjectFactory)
    answer = "adopt"
    reason = "設備を借りられるからです。"
    answered_by = factory.SubFactory(PersonFactory)
    answered_at = NOW
