"""What a provider fills in: the card, which holds no secret, and the content, which is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.protected.models import Reply
from banso.protected.queries.provided import possible_origins, possible_recipients
from banso.rulebook.japan import day_in_japan
from banso.web.date_fields import JapaneseDateField, JapaneseInstantField
from banso.web.fields import LineField, ProseField
from banso.web.forms import ActForm
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from datetime import datetime

    from banso.councils.models import Council, Membership
    from banso.people.actors import Actor
    from banso.projects.models import Project

UNTIL_RELEASED = "until-released"
UNTIL_A_DAY = "until-a-day"
PERIODS = (
    (UNTIL_A_DAY, gettext_lazy("Until a day")),
    (UNTIL_RELEASED, gettext_lazy("Until I release it")),
)
MARKINGS = (
    ("", gettext_lazy("No marking of another law")),
    ("特定秘密", gettext_lazy("特定秘密 (specially designated secret)")),
    (
        "重要経済安保情報",
        gettext_lazy("重要経済安保情報 (critical economic security information)"),
    ),
)


class ReplyForm(ActForm):
    """A person's own answer to an offer; both answers weigh the same."""

    answer = forms.ChoiceField(choices=Reply.Answer.choices)


class RecipientsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice among the members of today."""

    def label_from_instance(self, member: Membership) -> str:
        """Show name and body."""
        body = in_language(member.organisation.name_ja, member.organisation.name_en)
        name = in_language(member.person.name_ja, member.person.name_en)
        return _("%(person)s (%(place)s)") % {"person": name, "place": body}


class OriginsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice among the concept's projects."""

    def label_from_instance(self, project: Project) -> str:
        """Show code and title."""
        return f"{project.code} {in_language(project.title_ja, project.title_en)}"


class OfferForm(ActForm):
    """An item with its card, its period and its recipients (S1)."""

    title = LineField(
        label=gettext_lazy("Title of the item"),
        help_text=gettext_lazy("Recipients read it before they answer. It holds no secret."),
        max_length=200,
    )
    card = ProseField(
        label=gettext_lazy("Card"),
        help_text=gettext_lazy(
            "What it is about and why it is offered, so that a person can decide. No secret."
        ),
        max_length=2_000,
    )
    origin = LineField(
        label=gettext_lazy("Origin"),
        help_text=gettext_lazy("Where the information comes from."),
        max_length=300,
    )
    origin_projects = OriginsField(
        label=gettext_lazy("Projects in whose own work it arose"),
        help_text=gettext_lazy("Leave all empty if it comes from none of them."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    scope = LineField(
        label=gettext_lazy("Scope"),
        help_text=gettext_lazy("Which part of it is to be kept in confidence."),
        max_length=300,
    )
    marking = forms.ChoiceField(
        label=gettext_lazy("Marking on the material"), choices=MARKINGS, required=False
    )
    period = forms.ChoiceField(
        label=gettext_lazy("How long silence is owed"), choices=PERIODS, widget=forms.RadioSelect
    )
    silence_until = JapaneseDateField(
        label=gettext_lazy("First day without the duty"),
        help_text=gettext_lazy("Only if silence is owed until a day."),
        required=False,
    )
    answers_until = JapaneseInstantField(
        label=gettext_lazy("Answers until"),
        help_text=gettext_lazy("Until then recipients can answer, and change their answer."),
    )
    recipients = RecipientsField(
        label=gettext_lazy("Recipients"),
        help_text=gettext_lazy(
            "Each of them accepts or declines. You see how many accepted, after the offer has"
            " closed and if it went to three people or more."
        ),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    content = ProseField(
        label=gettext_lazy("Content"),
        help_text=gettext_lazy("It is sealed at once and opens only to those who accept."),
        max_length=20_000,
    )

    refused_at = {
        "origin-in-own-project": "origin_projects",
        "recipient-not-a-member": "recipients",
    }

    def __init__(self, *args: Any, council: Council, viewer: Actor, at: datetime) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        self.at = at
        self.fields["recipients"].queryset = possible_recipients(viewer, council.pk)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["origin_projects"].queryset = possible_origins(council)  # type: ignore[attr-defined]  # a choice of rows

    def clean(self) -> dict[str, Any]:
        """Check that what is said of time lies ahead."""
        entered: dict[str, Any] = super().clean() or self.cleaned_data
        until, answers_until = entered.get("silence_until"), entered.get("answers_until")
        if entered.get("period") == UNTIL_A_DAY:
            if until is None and "silence_until" not in self.errors:
                self.add_error(
                    "silence_until", _("Enter the day, or choose “until I release it”.")
                )
            elif until is not None and until <= day_in_japan(self.at):
                self.add_error("silence_until", _("Enter a day after today."))
        if answers_until is not None and answers_until <= self.at:
            self.add_error(
                "answers_until", ValidationError(_("Enter a time that is still to come."))
            )
        return entered

    def facts(self) -> dict[str, Any]:
        """Give what the command takes."""
        entered = self.cleaned_data
        is_dated = entered["period"] == UNTIL_A_DAY
        return {
            **{name: entered[name] for name in ("title", "card", "origin", "scope", "content")},
            "silence_until": entered["silence_until"] if is_dated else None,
            "answers_until": entered["answers_until"],
            "recipient_ids": [member.person_id for member in entered["recipients"]],
            "origin_project_ids": [project.pk for project in entered["origin_projects"]],
            "marking": entered["marking"],
        }
