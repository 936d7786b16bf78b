"""The public record of the program, and the earlier contents of whatever changed in it."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import connection, models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banso.people.models import Organisation


class Domain(models.TextChoices):
    """The domains of the public concept table; empty means that none was printed."""

    OCEAN = "ocean", _("Ocean")
    SPACE_AVIATION = "space-aviation", _("Space and aviation")
    CROSS_DOMAIN = "cross-domain", _("Cross-domain, cyberspace, biotechnology")


class CallType(models.TextChoices):
    """What a call asks for: a whole project, or separate studies (K9)."""

    PROJECT = "project", _("Project type")
    INDIVIDUAL_RESEARCH = "individual-research", _("Individual research type")


class Maturity(models.TextChoices):
    """How mature a technology is; one of the two facts of rule R6."""

    LOW = "low", _("Low")
    MIDDLE = "middle", _("Middle")
    HIGH = "high", _("High")


class Body(models.TextChoices):
    """Who met."""

    PROGRAM_MEETING = "program-meeting", _("Program meeting")
    WORKING_GROUP = "vision-working-group", _("Working group on the R&D vision")
    JOINT_SESSION = "joint-session", _("Joint session of the two ministerial councils")


class PublicRecord(models.Model):
    """A record that everybody may read; one that its source dropped is kept as withdrawn."""

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(default=0, help_text="Its place in the source.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class ProgramText(models.Model):
    """What the program says of itself: one row."""

    is_public: ClassVar[bool] = True
    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    short = models.CharField(max_length=40)
    name_ja = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    purpose_ja = models.TextField()
    purpose_en = models.TextField(blank=True)
    how_ja = models.TextField()
    how_en = models.TextField(blank=True)
    fund_ja = models.TextField(blank=True)
    fund_en = models.TextField(blank=True)
    page = models.URLField(max_length=500)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_program_text")]

    def __str__(self) -> str:
        return self.name_ja


class ProgramBody(PublicRecord):
    """An organisation's part in the program: it runs it, or it funds and calls."""

    class Part(models.TextChoices):
        """What the organisation does for the program."""

        RUNS = "runs", _("Runs the program")
        FUNDS = "funds", _("Funds the R&D and calls for proposals")

    part = models.CharField(max_length=10, choices=Part)
    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="program_body"
    )
    calls_page = models.URLField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.part} {self.organisation_id}"


class Vision(PublicRecord):
    """An R&D vision: which technologies the state wants, as decided by the two councils."""

    number = models.PositiveSmallIntegerField(unique=True)
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_in = models.CharField(max_length=7, blank=True, help_text="Year and month, 2022-09.")
    decided_by_ja = models.CharField(max_length=300, blank=True)
    how_ja = models.CharField(max_length=300, blank=True)
    source = models.URLField(max_length=500)

    def __str__(self) -> str:
        return self.title_ja

    @property
    def name(self) -> str:
        """The vision by its number."""
        return gettext("Vision %(number)s") % {"number": self.number}

    @property
    def decided_month(self) -> str:
        """The month of the decision in the reader's form, where its day is not known."""
        if not self.decided_in:
            return ""
        return date_format(date.fromisoformat(f"{self.decided_in}-01"), "YEAR_MONTH_FORMAT")


class VisionFile(models.Model):
    """A file of a vision, by title, format and size; the file itself is at its source."""

    is_public: ClassVar[bool] = True

    vision = models.ForeignKey(Vision, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveIntegerField()
    title_ja = models.CharField(max_length=300)
    format = models.CharField(max_length=300, blank=True)
    kb = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title_ja


class Concept(models.Model):
    """An R&D concept: one supported technology under one funding agency, in dated editions.

    `title` is the newest edition's, without the mark of a revision. Maturity and foreseen
    concern are the two facts of rule R6; empty and null mean that nobody has stated them.
    """

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    vision = models.ForeignKey(Vision, on_delete=models.PROTECT, related_name="concepts")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="concepts")
    domain = models.CharField(max_length=20, choices=Domain, blank=True)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    maturity = models.CharField(max_length=10, choices=Maturity, blank=True)
    has_foreseen_concern = models.BooleanField(null=True, blank=True)

    def __str__(self) -> str:
        return self.title


class ConceptEdition(models.Model):
    """A row of the public concept table: one dated edition of one concept."""

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    concept = models.ForeignKey(Concept, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    row_id = models.CharField(max_length=40, unique=True)
    title_as_printed = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    created_on = models.DateField(null=True, blank=True)
    announced_on = models.DateField(null=True, blank=True)
    concept_pdf_kb = models.PositiveIntegerField(null=True, blank=True)
    overview_pdf_kb = models.PositiveIntegerField(null=True, blank=True)
    call_type = models.CharField(max_length=20, choices=CallType, blank=True)
    budget_as_printed = models.CharField(max_length=300, blank=True)
    call_source = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    source = models.URLField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["concept", "number"], name="one_concept_edition_per_number"
            ),
            models.CheckConstraint(
                condition=Q(call_type="", budget_as_printed="") | ~Q(call_source=""),
                name="call_facts_have_their_source",
            ),
        ]

    def __str__(self) -> str:
        return self.row_id

    @property
    def name(self) -> str:
        """The edition by its number and its row."""
        return gettext("Edition %(number)s (%(row)s)") % {
            "number": self.number,
            "row": self.row_id,
        }


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


class Meeting(PublicRecord):
    """A meeting of one of the program's bodies."""

    slug = models.SlugField(max_length=60, unique=True)
    body = models.CharField(max_length=30, choices=Body)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    held_on = models.DateField()
    how_ja = models.CharField(max_length=300, blank=True)
    has_papers = models.BooleanField(null=True, blank=True, help_text="Null: not known.")
    summary_kb = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "number"], name="one_public_meeting_per_number"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The body, with the meeting's number where it has one."""
        body = self.get_body_display()
        if self.number is None:
            return body
        return gettext("%(body)s, no. %(number)s") % {"body": body, "number": self.number}


class MeetingPaper(models.Model):
    """A paper of a meeting whose title is known."""

    is_public: ClassVar[bool] = True

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="papers")
    position = models.PositiveIntegerField()
    title_ja = models.CharField(max_length=300)
    format = models.CharField(max_length=300, blank=True)
    kb = models.PositiveIntegerField(null=True, blank=True)

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


class PublicEdition(models.Model):
    """What a public record said until it was changed (E1)."""

    is_public: ClassVar[bool] = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record_kind = models.CharField(max_length=30)
    record_key = models.CharField(max_length=320, help_text="What its source names it by.")
    number = models.PositiveIntegerField()
    replaced_at = models.DateTimeField()
    content = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_kind", "record_key", "number"],
                name="one_earlier_content_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_key} {self.number}"


class PublicVersionManager(models.Manager["PublicVersion"]):
    """How the number of the public data is read and raised."""

    def current(self) -> int:
        """Read the number, by one plain statement; 0 until something public was written."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT coalesce(max(version), 0) FROM catalogue_publicversion")
            [version] = cursor.fetchone()
        return int(version)

    def bump(self) -> None:
        """Raise the number: the last statement of every command whose change is public."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO catalogue_publicversion AS stored (id, version) VALUES (1, 1)"
                " ON CONFLICT (id) DO UPDATE SET version = stored.version + 1"
            )


class PublicVersion(models.Model):
    """The number of the public data, by which whole public pages are cached: one row."""

    is_public: ClassVar[bool] = True

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    version = models.BigIntegerField(default=0)

    objects: ClassVar[PublicVersionManager] = PublicVersionManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_public_version")]

    def __str__(self) -> str:
        return str(self.version)
