"""Documents, links, questions, news and what was done so that people know of the program."""

from __future__ import annotations

from django.db import models

from banso.catalogue.models.program import PublicRecord


class Document(PublicRecord):
    """A document that governs the program."""

    title_ja = models.CharField(max_length=300, unique=True)
    title_en = models.CharField(max_length=300, blank=True)
    dated_on = models.DateField(null=True, blank=True)
    by_ja = models.CharField(max_length=300, blank=True)
    format = models.CharField(max_length=300, blank=True)
    kb = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title_ja


class Link(PublicRecord):
    """A page elsewhere that the program points to; its address may be missing."""

    title_ja = models.CharField(max_length=300, unique=True)
    title_en = models.CharField(max_length=300, blank=True)
    address = models.URLField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.title_ja


class QuestionAnswer(PublicRecord):
    """A question about the program and its answer, in our own words; its number is fixed."""

    number = models.PositiveSmallIntegerField(unique=True)
    question_ja = models.TextField()
    question_en = models.TextField(blank=True)
    answer_ja = models.TextField()
    answer_en = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Q{self.number}"


class NewsItem(PublicRecord):
    """A piece of news, by date."""

    published_on = models.DateField()
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["published_on", "title_ja"], name="one_news_per_title")
        ]

    def __str__(self) -> str:
        return self.title_ja


class OutreachAction(PublicRecord):
    """Something done so that people know of the program."""

    done_on = models.DateField()
    what_ja = models.CharField(max_length=300)
    what_en = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["done_on", "what_ja"], name="one_action_per_day")
        ]

    def __str__(self) -> str:
        return self.what_ja
