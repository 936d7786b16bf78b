"""What a council agreed, and what the named projects answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from banso.councils.models import AgendaItem, Council, Response
from banso.councils.queries.agreement import projects_of_concept
from banso.councils.queries.meetings import agenda_items_of
from banso.web.fields import ProseField
from banso.web.forms import ActForm
from banso.web.fronts import in_language

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.projects.models import Project


class AgendaItemField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of a matter that the council took up."""

    def label_from_instance(self, item: AgendaItem) -> str:
        """Show meeting, number and title."""
        return _("Meeting %(meeting)s, item %(number)s: %(title)s") % {
            "meeting": item.meeting.number,
            "number": item.number,
            "title": item.title,
        }


class ProjectsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # Django's field takes no parameters when run
    """A choice of projects by code and title."""

    def label_from_instance(self, project: Project) -> str:
        """Show code and title."""
        return f"{project.code} {in_language(project.title_ja, project.title_en)}"


class AgreeForm(ActForm):
    """What was agreed, under which matter, and for which projects."""

    is_kept = True

    agenda_item = AgendaItemField(label=_("Agenda item"), queryset=None, empty_label="—")
    projects = ProjectsField(
        label=_("Projects that it names"),
        help_text=_("The agreed item goes to them, whether their people are members or not."),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
    )
    text = ProseField(
        label=_("What was agreed"),
        help_text=_("It carries no label, so it holds nothing of a protected item."),
        max_length=4_000,
    )
    research_side_took_part = forms.BooleanField(
        label=_("People of the research side took part in agreeing"),
        help_text=_(
            "Then the answer and its evidence are one viewpoint in the agency's evaluation."
        ),
        required=False,
    )

    def __init__(self, *args: Any, council: Council, viewer: Actor) -> None:  # noqa: ANN401 - Django's own arguments
        super().__init__(*args)
        self.fields["agenda_item"].queryset = agenda_items_of(viewer, council.pk)  # type: ignore[attr-defined]  # a choice of rows
        self.fields["projects"].queryset = projects_of_concept(council)  # type: ignore[attr-defined]  # a choice of rows

    def facts(self) -> dict[str, Any]:
        """Give ids."""
        return {
            "agenda_item_id": self.cleaned_data["agenda_item"].pk,
            "project_ids": [project.pk for project in self.cleaned_data["projects"]],
            "text": self.cleaned_data["text"],
            "research_side_took_part": self.cleaned_data["research_side_took_part"],
        }


class AnswerForm(ActForm):
    """What a project does about an agreed item, and why."""

    is_kept = True

    answer = forms.ChoiceField(
        label=_("Answer"), choices=Response.Answer.choices, widget=forms.RadioSelect
    )
    reason = ProseField(
        label=_("Reason"),
        help_text=_("The council, the agency and the ministry read it."),
        max_length=4_000,
    )


class EvidenceForm(ActForm):
    """What became of the answer."""

    is_kept = True

    evidence = ProseField(
        label=_("Evidence"),
        help_text=_("What was done, and where it can be seen."),
        max_length=4_000,
    )


class FollowForm(forms.Form):
    """Which agreed items a list shows: of which council, and what they wait for."""

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", _("All")),
            ("waits-for-me", _("Waits for your answer")),
            ("waits", _("Not answered yet")),
            ("answered", _("Answered")),
        ],
        required=False,
    )
    council = forms.UUIDField(required=False, widget=forms.HiddenInput)
