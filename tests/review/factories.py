import datetime
import uuid
from zoneinfo import ZoneInfo

import factory
from tests.people.factories import OrganisationFactory, PersonFactory

from banso.calls.models import Call
from banso.catalogue.models import Concept, Vision
from banso.proposals.models import Exclusion, Proposal, ProposalFile, Receipt, TeamMember
from banso.review.models import Assessment, Assignment, Decision, Letter, SecurityExamination

JAPAN = ZoneInfo("Asia/Tokyo")
OPENS = datetime.datetime(2027, 4, 1, 12, 0, tzinfo=JAPAN)
SUBMITTED = datetime.datetime(2027, 5, 20, 9, 30, tzinfo=JAPAN)
CLOSES = datetime.datetime(2027, 5, 31, 12, 0, tzinfo=JAPAN)
IN_REVIEW = datetime.datetime(2027, 6, 15, 10, 0, tzinfo=JAPAN)
DECIDED = datetime.datetime(2027, 7, 20, 10, 0, tzinfo=JAPAN)
VERSION = "5" * 64


class AgencyFactory(OrganisationFactory):
    kind = "funding-agency"
    name_ja = factory.Sequence(lambda number: f"見本機構{number}")
    name_en = factory.Sequence(lambda number: f"Sample Agency {number}")
    short_name = factory.Sequence(lambda number: f"SA{number}")


class VisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vision

    number = factory.Sequence(lambda number: number + 1)
    title_ja = "見本ビジョン"
    source = "https://example.jp/vision"


class ConceptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Concept

    slug = factory.Sequence(lambda number: f"v1-r{number}")
    vision = factory.SubFactory(VisionFactory)
    agency = factory.SubFactory(AgencyFactory)
    title = factory.Sequence(lambda number: f"見本構想{number}")
    title_en = factory.Sequence(lambda number: f"Sample concept {number}")


class CallFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Call

    slug = factory.Sequence(lambda number: f"call-{number}")
    concept = factory.SubFactory(ConceptFactory)
    agency = factory.SelfAttribute("concept.agency")
    fiscal_year = 2027
    type = "project"
    slots = 1
    title_ja = factory.Sequence(lambda number: f"見本公募{number}")
    title_en = factory.Sequence(lambda number: f"Sample call {number}")
    summary_ja = "見本の公募です。"
    opens_at = OPENS
    closes_at = CLOSES
    announced_at = OPENS - datetime.timedelta(days=30)
    opened_at = OPENS


class ProposalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Proposal

    call = factory.SubFactory(CallFactory)
    lead = factory.SubFactory(PersonFactory)
    institution = factory.SubFactory(OrganisationFactory)
    title_ja = factory.Sequence(lambda number: f"見本提案{number}")
    title_en = factory.Sequence(lambda number: f"Sample proposal {number}")
    abstract = "海を測る方法を作ります。"
    core_technology = "ありません。"
    requested_yen = 250_000_000
    drafted_at = OPENS
    version = VERSION
    approved_version = VERSION
    submitted_at = SUBMITTED


class TeamMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamMember

    proposal = factory.SubFactory(ProposalFactory)
    person = factory.SubFactory(PersonFactory)
    role = "member"


class ProposalFileFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProposalFile

    proposal = factory.SubFactory(ProposalFactory)
    part = "proposal"
    name = "plan.pdf"
    sha256 = "0" * 64
    size = 8
    attached_at = OPENS


class ExclusionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Exclusion

    proposal = factory.SubFactory(ProposalFactory)
    person = factory.SubFactory(PersonFactory)


class AssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assignment

    proposal = factory.SubFactory(ProposalFactory)
    person = factory.SubFactory(PersonFactory)
    assigned_by = factory.SubFactory(PersonFactory)
    assigned_at = IN_REVIEW


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    assignment = factory.SubFactory(AssignmentFactory, pledged_at=IN_REVIEW, declared_at=IN_REVIEW)
    feasibility = 4
    soundness = 5
    comment = "よく練られています。"
    submitted_at = IN_REVIEW


class ExaminationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SecurityExamination

    proposal = factory.SubFactory(ProposalFactory)
    measures = "データの保管場所を分けます。"
    examined_by = factory.SubFactory(PersonFactory)
    examined_at = DECIDED


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    proposal = factory.SubFactory(ProposalFactory)
    recommendation = "adopt"
    outcome = "adopt"
    decided_by = factory.SubFactory(PersonFactory)
    decided_at = DECIDED


class LetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Letter

    proposal = factory.SubFactory(ProposalFactory)
    outcome = "adopt"
    reasons = "実現の道筋が明確です。"
    sent_at = DECIDED


class ReceiptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Receipt

    number = factory.Sequence(lambda number: f"R2027-9{number:05d}")
    proposal = factory.SubFactory(ProposalFactory)
    person = factory.SelfAttribute("proposal.lead")
    received_at = SUBMITTED
    version = VERSION
    files = factory.LazyFunction(list)
    entry_id = factory.LazyFunction(uuid.uuid4)
    commitment = "6" * 64
