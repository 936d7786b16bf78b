import datetime

import factory
from tests.councils.factories import CouncilFactory, MinistryFactory
from tests.people.factories import PersonFactory
from tests.projects.factories import JAPAN, ProjectFactory

from banso.results.models import Result, Withholding

PLANNED = datetime.datetime(2028, 5, 1, 10, 0, tzinfo=JAPAN)
NOW = datetime.datetime(2028, 6, 1, 10, 0, tzinfo=JAPAN)
PUBLISHED = datetime.datetime(2028, 5, 20, 10, 0, tzinfo=JAPAN)
REVIEW_ON = datetime.date(2029, 6, 1)
ENDS_ON = datetime.date(2030, 6, 1)


SUMMARY = (
    "海の測り方を新しくしました。第三節の加工条件は九百度で三時間です。強さは二倍になりました。"
)
CLEAR = "同じ加工を求める海外の兵器工場が知られており、転用は明らかです。"
GRAVE = "公表されると、海上の安全に取り返しのつかない影響が生じます。"


class ResultFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Result
        skip_postgeneration_save = True

    project = factory.SubFactory(ProjectFactory)
    kind = "paper"
    title_ja = factory.Sequence(lambda number: f"見本論文{number}")
    title_en = factory.Sequence(lambda number: f"Sample paper {number}")
    summary = SUMMARY
    planned_at = PLANNED

    @factory.post_generation
    def authors(self, _create, extracted, **_extra):
        self.authors.set(extracted or [])


class WithholdingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Withholding

    result = factory.SubFactory(ResultFactory)
    council = factory.SubFactory(CouncilFactory)
    requested_by = factory.SubFactory(PersonFactory)
    ministry = factory.SubFactory(MinistryFactory)
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
