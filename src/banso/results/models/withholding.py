"""A withholding needs everyone, and lapses to open."""

from __future__ import annotations

import hashlib
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Council, sits_with
from banso.ledger.commitments import canonical_json
from banso.people.models import Organisation, Person
from banso.results.models.result import Result
from banso.rulebook.japan import day_in_japan
from banso.rulebook.results.limits import Span, is_under_review, terms_where_silent
from banso.rulebook.results.withholding import (
    is_too_late_to_answer,
    lapses,
    may_take_effect,
    withholding_state,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from banso.people.actors import Actor
    from banso.results.models.consent import Consent
    from banso.results.models.roll import Roll
    from banso.rulebook.results.withholding import WithholdingState


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    """Queries over requests to withhold."""

    def visible_to(self, viewer: Actor) -> Self:
        """Keep those of the viewer's rooms of today and of the viewer's own results (R5, R6).

        Both see the text and one state; funding agency, PD and PO see neither (C5).
        """
        authored = Result.authors.through.objects.filter(person_id=viewer.person_id)
        author = Q(result_id__in=authored.values("result_id"))
        return self.filter(author | Q(sits_with(viewer, "council_id")))

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
