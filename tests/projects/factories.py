import datetime
import uuid

import factory
from tests.people.factories import PersonFactory
from tests.review.factories import JAPAN, ProposalFactory

from banso.projects.models import PlanEdition, Project, ProjectMember, TeamChange, Viewpoint

STARTS_ON = datetime.date(2027, 10, 1)
ENDS_ON = datetime.date(2032, 3, 31)
STARTED = datetime.datetime(2027, 9, 15, 10, 0, tzinfo=JAPAN)
RUNNING = datetime.datetime(2028, 6, 1, 10, 0, tzinfo=JAPAN)


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Project

    code = factory.Sequence(lambda number: f"SAMPLE{number}")
    proposal = factory.SubFactory(ProposalFactory)
    concept = factory.SelfAttribute("proposal.call.concept")
    agency = factory.SelfAttribute("proposal.call.agency")
    institution = factory.SelfAttribute("proposal.institution")
    lead = factory.SelfAttribute("proposal.lead")
    title_ja = factory.Sequence(lambda number: f"見本課題{number}")
    title_en = factory.Sequence(lambda number: f"Sample project {number}")
    summary_ja = "海を測ります。"
    summary_en = "We measure the sea."
    amount_yen = 1_234_500_000
    starts_on = STARTS_ON
    ends_on = ENDS_ON


class ProjectMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProjectMember

    project = factory.SubFactory(ProjectFactory)
    person = factory.SubFactory(PersonFactory)
    role = "member"
    from_on = STARTED.date()


class PlanEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanEdition

    project = factory.SubFactory(ProjectFactory)
    number = 1
    text = "試作機を二つ作ります。"
    budget_yen = 1_234_500_000
    agreed_by = factory.SubFactory(PersonFactory)
    agreed_at = STARTED


class TeamChangeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamChange

    project = factory.SelfAttribute("member.project")
    member = factory.SubFactory(ProjectMemberFactory)
    ground = "moved"
    explanation = "四月から別の機関で働きます。"
    requested_by = factory.SubFactory(PersonFactory)
    requested_at = RUNNING


class ViewpointFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Viewpoint

    project = factory.SubFactory(ProjectFactory)
    agreed_item_id = factory.LazyFunction(uuid.uuid4)
    text = "夜間の試験を加えることが望まれます。"
    counts_in_evaluation = True
