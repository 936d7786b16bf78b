import datetime

import factory

from banso.councils.models import Council, Membership
from banso.results.models import Result, Withholding
from tests.people.factories import OrganisationFactory, PersonFactory
from tests.projects.factories import JAPAN, ProjectFactory

PLANNED = datetime.datetime(2028, 5, 1, 10, 0, tzinfo=JAPAN)
NOW = datetime.datetime(2028, 6, 1, 10, 0, tzinfo=JAPAN)
PUBLISHED = datetime.datetime(2028, 5, 20, 10, 0, tzinfo=JAPAN)
REVIEW_ON = datetime.date(2029, 6, 1)
ENDS_ON = datetime.date(2030, 6, 1)


class ResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Result
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    kind = "paper"
    title_ja = factory.Sequence(lambda number: f"見本論文{number}")
    title_en = factory.Sequence(lambda number: f"Sample paper {number}")
    summary = "海の測り方を新しくしました。"
    planned_at = PLANNED

    @factory.post_generation
    def authors(self, _create, extracted, **_extra):
        self.authors.set(extracted or [])


class CouncilFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Council

    concept = factory.SelfAttribute("project.concept")
    kind = "63-4"
    organiser = factory.SubFactory(OrganisationFactory, kind="ministry")
    representative = factory.SubFactory(PersonFactory)
    prepared_at = PLANNED
    established_at = PLANNED

    class Params:
        project = factory.SubFactory(ProjectFactory)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    council = factory.SubFactory(CouncilFactory)
    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    side = "research-side"
    invited_at = PLANNED
    accepted_at = PLANNED


class WithholdingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Withholding

    result = factory.SubFactory(ResultFactory)
    council = factory.SubFactory(CouncilFactory)
    requested_by = factory.SubFactory(PersonFactory)
    ministry = factory.SubFactory(OrganisationFactory, kind="ministry")
    part = "第三節の加工条件"
    reason = "兵器の製造に使われることが明らかです。"
    ends_on = ENDS_ON
    review_on = REVIEW_ON
    roll = factory.LazyFunction(list)
    requested_at = NOW

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        asked = model_class(*args, **kwargs)
        asked.text_sha256 = asked.text_version()
        asked.save()
        return asked
