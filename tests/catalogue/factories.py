import datetime

import factory

from banso.catalogue.models import (
    Concept,
    ConceptEdition,
    Document,
    Meeting,
    NewsItem,
    QuestionAnswer,
    Vision,
)
from banso.people.models import Organisation

DAY = datetime.date(2022, 12, 27)
SOURCE = "https://example.jp/source"


class AgencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ["name_ja"]

    kind = "funding-agency"
    name_ja = "見本推進機構"
    name_en = "Sample Agency"
    short_name = "SAMPLE"


class VisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Vision
        django_get_or_create = ["number"]

    number = 1
    title_ja = "見本のビジョン"
    title_en = "Sample vision"
    decided_on = DAY
    source = SOURCE


class ConceptFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Concept

    slug = factory.Sequence(lambda number: f"v1-s{number}")
    vision = factory.SubFactory(VisionFactory)
    agency = factory.SubFactory(AgencyFactory)
    domain = "ocean"
    title = factory.Sequence(lambda number: f"見本の構想{number}")


class ConceptEditionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConceptEdition

    concept = factory.SubFactory(ConceptFactory)
    number = 1
    row_id = factory.Sequence(lambda number: f"V1-S{number}")
    title_as_printed = factory.SelfAttribute("concept.title")
    title = factory.SelfAttribute("concept.title")
    created_on = DAY
    concept_pdf_kb = 900
    overview_pdf_kb = 800
    source = SOURCE


class MeetingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Meeting

    body = "program-meeting"
    number = factory.Sequence(lambda number: number + 1)
    slug = factory.LazyAttribute(lambda meeting: f"{meeting.body}-{meeting.number}")
    held_on = DAY
    has_papers = True


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionAnswer

    number = factory.Sequence(lambda number: number + 1)
    question_ja = "見本の質問"
    question_en = "A sample question"
    answer_ja = "見本の回答"
    answer_en = "A sample answer"


class NewsFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NewsItem

    published_on = DAY
    title_ja = factory.Sequence(lambda number: f"見本のお知らせ{number}")
    title_en = factory.Sequence(lambda number: f"Sample news {number}")


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Document

    title_ja = factory.Sequence(lambda number: f"見本の文書{number}")
    dated_on = DAY
    format = "PDF"
    kb = 100
