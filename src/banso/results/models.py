"""Results are open; a withholding needs everyone, and lapses to open."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Council, Membership, sits_with
from banso.ledger.commitments import canonical_json
from banso.people.models import Organisation, Person
from banso.projects.models import Project, in_team, inside
from banso.rulebook.japan import day_in_japan
from banso.rulebook.limits import Span, is_under_review, terms_where_silent
from banso.rulebook.results import (
    Member,
    Stance,
    WithholdingState,
    is_too_late_to_answer,
    lapses,
    may_take_effect,
    withholding_state,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from banso.people.actors import Actor


def _own(viewer: Actor) -> Q:
    """Pick results of which the viewer is an author, or in the project's team today."""
    return in_team(viewer) | Q(authors=viewer.person_id)


def _sits_on_the_concept(viewer: Actor) -> Exists:
    """Ask whether the viewer is a member today of a council of the result's concept."""
    return Exists(
        Membership.objects.in_office().filter(
            council__concept_id=OuterRef("project__concept_id"), person_id=viewer.person_id
        )
    )


class ResultQuerySet(models.QuerySet["Result"]):
    """Queries over results."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep what is published, what is planned in the viewer's projects, what a team presents.

        A team presents to the council of its concept: to those who are members today.
        """
        presented = Q(is_presented_to_council=True) & Q(_sits_on_the_concept(viewer))
        readable = Result.objects.filter(
            Q(published_at__isnull=False) | _own(viewer) | inside(viewer) | presented
        ).values("pk")
        return self.filter(pk__in=readable)

    def of_own_projects(self, viewer: Actor) -> Self:
        """Keep what is planned or published where the viewer is an author or in the team."""
        return self.filter(pk__in=Result.objects.filter(_own(viewer)).values("pk"))

    def presented_to(self, viewer: Actor) -> Self:
        """Keep planned results that teams present to councils in which the viewer sits today."""
        return self.filter(
            _sits_on_the_concept(viewer), is_presented_to_council=True, published_at=None
        )

    def published(self) -> Self:
        """Keep what anyone can read."""
        return self.filter(published_at__isnull=False)


class Result(models.Model):
    """A paper, a data set, a patent: planned, then published, and nothing in between (R1, R2)."""

    class Kind(models.TextChoices):
        """What a result is."""

        PAPER = "paper", _("Paper")
        DATA = "data", _("Data set")
        SOFTWARE = "software", _("Software")
        PATENT = "patent", _("Patent")
        STANDARD = "standard", _("Standard")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="results")
    kind = models.CharField(max_length=10, choices=Kind)
    title_ja = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    doi = models.CharField(max_length=200, blank=True)
    authors = models.ManyToManyField(Person, related_name="results")
    is_presented_to_council = models.BooleanField(
        default=False, help_text="The team lets the members of its concept's council see the plan."
    )
    planned_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    is_sample = models.BooleanField(default=False)

    objects = ResultQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-published_at", "id"], name="results_by_publication")]

    def __str__(self) -> str:
        return str(self.pk)


@dataclass(frozen=True, slots=True)
class Roll:
    """Everyone who was ever in a council's room; joining and leaving give it another version."""

    memberships: Sequence[Membership]

    @property
    def version(self) -> str:
        """Hash the roll; no version ever comes back, because who left stays in it, marked."""
        marks = sorted([str(one.pk), one.left_at is None] for one in self.memberships)
        return hashlib.sha256(canonical_json({"roll": marks}).encode()).hexdigest()

    @property
    def in_office(self) -> list[str]:
        """Name the memberships of today, as a request keeps them."""
        return sorted(str(one.pk) for one in self.memberships if one.left_at is None)

    def members(self, consents: Iterable[Consent]) -> list[Member]:
        """Join each person who was ever in the room with what they last said."""
        latest = {consent.person_id: consent for consent in consents}
        last_in_office = sorted(self.memberships, key=lambda one: one.left_at is None)
        places = {one.person_id: one for one in last_in_office}
        return [_member(place, latest.get(person_id)) for person_id, place in places.items()]


def _member(place: Membership, consent: Consent | None) -> Member:
    return Member(
        person=place.person_id,
        side=place.side,
        in_office=place.left_at is None,
        stance=STANCES[consent.stance] if consent else Stance.SILENT,
        consented_text_version=consent.text_sha256 if consent else "",
        consented_roll_version=consent.roll_sha256 if consent else "",
    )


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    """Queries over requests to withhold."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of the viewer's rooms of today and of the viewer's own results (R5, R6).

        Both see the text and one state; funding agency, PD and PO see neither (C5).
        """
        author = Q(result__authors=viewer.person_id)
        room = Q(sits_with(viewer, "council_id"))
        readable = Withholding.objects.filter(author | room).values("pk")
        return self.filter(pk__in=readable)

    def in_force_on(self, day: date) -> Self:
        """Keep those whose part is withheld on a day, at whatever review they have come to."""
        return self.alias(due_on=Coalesce("next_review_on", "review_on")).filter(
            state=Withholding.State.IN_FORCE, ends_on__gt=day, due_on__gt=day
        )


class Withholding(models.Model):
    """A ministry asks the council to keep a part of a planned result back (R5–R7).

    `state` is what the last act left behind; `state_on` says where the request stands.
    """

    class State(models.TextChoices):
        """All that anyone sees of where the request stands."""

        OPEN = "open", _("Asked; the result is open")
        ENDED = "ended", _("Ended; the result is open")
        IN_FORCE = "in-force", _("In force")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    result = models.ForeignKey(Result, on_delete=models.PROTECT, related_name="withholdings")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="withholdings")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ministry = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    part = models.TextField(help_text="The exact passage or part that is asked to be withheld.")
    reason = models.TextField()
    ends_on = models.DateField()
    review_on = models.DateField()
    copy = models.TextField(
        blank=True, help_text="The requester's copy of the text in which the part stands."
    )
    clear_diversion = models.TextField(blank=True)
    grave_effect = models.TextField(blank=True)
    answer_by_on = models.DateField(
        null=True, help_text="The last day to answer; after it an open request has ended."
    )
    text_sha256 = models.CharField(max_length=64)
    roll = models.JSONField(help_text="Memberships in office when asked.")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    requested_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    in_force_at = models.DateTimeField(null=True, blank=True)
    renewed_at = models.DateTimeField(
        null=True, blank=True, help_text="When everyone last consented anew at a review (R7)."
    )
    next_review_on = models.DateField(
        null=True, blank=True, help_text="The review after the one that everyone consented at."
    )

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__lte=F("ends_on")), name="review_before_the_end"
            ),
            models.CheckConstraint(
                condition=~Q(state="in-force") | Q(in_force_at__isnull=False),
                name="in_force_since_an_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_at__isnull=False),
                name="ended_at_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(renewed_at__isnull=True, next_review_on__isnull=True)
                | Q(
                    renewed_at__isnull=False,
                    in_force_at__lt=F("renewed_at"),
                    next_review_on__isnull=False,
                    next_review_on__gt=F("review_on"),
                ),
                name="renewed_after_it_took_effect",
            ),
            models.CheckConstraint(
                condition=Q(next_review_on=None) | Q(next_review_on__lte=F("ends_on")),
                name="next_review_before_the_end",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def text_version(self) -> str:
        """Hash the exact text that a consent binds: result, part, reason and period."""
        facts = {
            "result": self.result_id,
            "part": self.part,
            "reason": self.reason,
            "ends_on": self.ends_on,
            "review_on": self.review_on,
        }
        # What an earlier release did not ask for changes no version that was consented to.
        later = {
            "copy": self.copy,
            "clear_diversion": self.clear_diversion,
            "grave_effect": self.grave_effect,
            "answer_by_on": self.answer_by_on,
        }
        facts |= {name: value for name, value in later.items() if value}
        return hashlib.sha256(canonical_json(facts).encode()).hexdigest()

    def state_on(self, day: date, roll: Roll, consents: Iterable[Consent]) -> WithholdingState:
        """Tell where the request stands on a day, by the rule; nothing has to be swept.

        Only an answer makes a request take effect: nobody's leaving and nothing around it does.
        """
        if self.state == self.State.ENDED:
            return "ended"
        state = self.state_by_rule(day, roll, consents)
        return "open" if state == "in-force" and self.in_force_at is None else state

    def state_by_rule(
        self, day: date, roll: Roll, consents: Iterable[Consent]
    ) -> WithholdingState:
        """Ask the rule with all answers, as the command does that adds one."""
        return withholding_state(
            members=roll.members(self.answers_that_count(consents)),
            text_version=self.text_version(),
            roll_version=roll.version,
            published=False,
            representative_in_office=self.council.has_representative_in_office,
            took_effect=self.in_force_at is not None,
            has_lapsed=self._has_lapsed(day),
        )

    def is_consented_by_all(self, roll: Roll, consents: Iterable[Consent]) -> bool:
        """Tell whether everyone in office has consented, in a review: anew."""
        effect = may_take_effect(
            members=roll.members(self.answers_that_count(consents)),
            text_version=self.text_version(),
            roll_version=roll.version,
            published=False,
            representative_in_office=self.council.has_representative_in_office,
        )
        return not effect.is_refusal

    @property
    def review_due_on(self) -> date:
        """The review date that comes next; every renewal sets another one."""
        return self.next_review_on or self.review_on

    def is_under_review(self, day: date) -> bool:
        """Tell whether everyone in office is asked anew on a day (R7)."""
        return self.state == self.State.IN_FORCE and is_under_review(
            review_on=self.review_due_on,
            ends_on=self.ends_on,
            answer_days=self._answer_days,
            on=day,
        )

    def answers_that_count(self, consents: Iterable[Consent]) -> list[Consent]:
        """Keep the answers of the running round: a review hears nobody's earlier one."""
        since = self.renewed_at or self.in_force_at
        return [one for one in consents if since is None or one.at > since]

    @property
    def _answer_days(self) -> int:
        asked_on = day_in_japan(self.requested_at)
        if self.answer_by_on is None:
            return terms_where_silent(asked_on).answer_days
        return (self.answer_by_on - asked_on).days

    def span_on(self, day: date) -> Span:
        """Tell the days of the request as they are known on a day, for the yearly figures (R7)."""
        known = [] if self.ended_at is None else [day_in_japan(self.ended_at)]
        lapsing = [self.ends_on, self.review_due_on]
        if self.in_force_at is None and self.answer_by_on is not None:
            lapsing.append(self.answer_by_on + timedelta(days=1))
        ended_on = min(known + lapsing)
        return Span(
            asked_on=day_in_japan(self.requested_at),
            in_force_on=None if self.in_force_at is None else day_in_japan(self.in_force_at),
            ended_on=ended_on if ended_on <= day else None,
        )

    def _has_lapsed(self, day: date) -> bool:
        # Who renews sets another review date, so that one that has come was not renewed.
        due_on = self.review_due_on
        if lapses(ends_on=self.ends_on, review_on=due_on, renewed_by_all=False, on=day):
            return True
        return (
            self.in_force_at is None
            and self.answer_by_on is not None
            and is_too_late_to_answer(answer_by_on=self.answer_by_on, on=day)
        )


class OwnConsentQuerySet(models.QuerySet["Consent"]):
    """Queries over answers to a request to withhold."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep the viewer's own; nobody sees another's answer (R5)."""
        return self.filter(person_id=viewer.person_id)


class Consent(models.Model):
    """One member's answer to the exact text and roll; every change of mind is kept."""

    class Stance(models.TextChoices):
        """What a member says; silence says nothing."""

        CONSENT = "consent", _("Consent")
        REFUSE = "refuse", _("Do not consent")
        TAKE_BACK = "take-back", _("Take consent back")

    id = models.BigAutoField(primary_key=True)
    withholding = models.ForeignKey(Withholding, on_delete=models.PROTECT, related_name="consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance)
    text_sha256 = models.CharField(max_length=64)
    roll_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = OwnConsentQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.pk)


STANCES = {
    Consent.Stance.CONSENT.value: Stance.CONSENTED,
    Consent.Stance.REFUSE.value: Stance.REFUSED,
    Consent.Stance.TAKE_BACK.value: Stance.WITHDREW,
}
