"""What refers to a person or a body, so that it refers to the other one once two are merged.

Each reference is named once, in the order of docs/lock-order.md: either it follows, or it stays
with its reason. A test walks the models and fails when one is named by neither list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db.models import OneToOneField, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.db.models import Model
    from django_stubs_ext import StrOrPromise

Reference = tuple[str, str]

TO_PERSONS: Final[Sequence[Reference]] = (
    ("people.Invitation", "person"),
    ("people.AffiliationClaim", "person"),
    ("people.Affiliation", "person"),
    ("people.ProposedAppointment", "person"),
    ("people.Appointment", "person"),
    ("people.Deputy", "person"),
    ("people.Deputy", "deputy"),
    ("proposals.Proposal", "lead"),
    ("proposals.Proposal", "approved_by"),
    ("proposals.TeamMember", "person"),
    ("review.Assignment", "person"),
    ("review.Assignment", "assigned_by"),
    ("review.SecurityExamination", "examined_by"),
    ("review.Decision", "decided_by"),
    ("proposals.Exclusion", "person"),
    ("projects.Project", "lead"),
    ("projects.ProjectMember", "person"),
    ("projects.PlanEdition", "agreed_by"),
    ("projects.TeamChange", "requested_by"),
    ("councils.Council", "representative"),
    ("councils.Membership", "person"),
    ("councils.Response", "answered_by"),
    ("protected.ProtectedItem", "provider"),
    ("protected.Offer", "person"),
    ("results.Result_authors", "person"),
    ("results.Withholding", "requested_by"),
    ("people.Change", "person"),
    ("notices.Notice", "person"),
    ("notices.Choice", "person"),
    ("notices.Feed", "person"),
)
TO_BODIES: Final[Sequence[Reference]] = (
    ("people.Invitation", "organisation"),
    ("people.Person", "kept_by"),
    ("people.AffiliationClaim", "organisation"),
    ("people.Affiliation", "organisation"),
    ("people.ProposedAppointment", "organisation"),
    ("people.ProposedAppointment", "proposed_for"),
    ("people.Appointment", "organisation"),
    ("people.Deputy", "organisation"),
    ("calls.Call", "agency"),
    ("proposals.Proposal", "institution"),
    ("projects.Project", "agency"),
    ("projects.Project", "institution"),
    ("councils.Council", "organiser"),
    ("councils.Council", "fund_minister"),
    ("councils.Membership", "organisation"),
    ("results.Withholding", "ministry"),
    ("people.Change", "organisation"),
)
# How many of these are locked before the records themselves.
BEFORE_PERSONS: Final = 1
BEFORE_BODIES: Final = 3
# What does not follow, each with the reason.
STAYING: Final[Mapping[Reference, str]] = {
    ("people.Person", "merged_into"): "the pointer itself; earlier ones are turned along",
    ("people.Organisation", "merged_into"): "the pointer itself, as of a person",
    ("people.Account", "person"): "of two accounts one stays; moved by the command",
    ("people.ProposedAppointment", "proposed_by"): "who did an act stays, as in the ledger",
    ("people.ProposedAppointment", "closed_by"): "who did an act stays, as in the ledger",
    ("people.Deputy", "named_by"): "who did an act stays, as in the ledger",
    ("people.Merging", "kept"): "says of itself what became what",
    ("people.Merging", "gone"): "says of itself what became what",
    ("people.Merging", "kept_body"): "says of itself what became what",
    ("people.Merging", "gone_body"): "says of itself what became what",
    ("people.Merging", "proposed_by"): "who did an act stays, as in the ledger",
    ("people.Merging", "confirmed_by"): "who did an act stays, as in the ledger",
    ("people.UploadedTable", "uploaded_by"): "gone within a day",
    ("proposals.Receipt", "person"): "a receipt is never changed; the pointer leads to its person",
    ("protected.Delivery", "person"): "a delivery is never changed; `Actor.selves` reads both",
    ("results.Consent", "person"): "a consent is never changed; the person answers anew",
    ("catalogue.ProgramBody", "organisation"): "a body of the program is not merged away",
    ("catalogue.Concept", "agency"): "its agency is a body of the program",
}
# Where both stand in one place: what officers may know is settled there first, and named here.
SETTLED_FIRST: Final[Mapping[str, StrOrPromise]] = {
    "proposals.TeamMember": _("the team of a proposal"),
    "review.Assignment": _("the reviewers of a proposal"),
    "projects.ProjectMember": _("the team of a project"),
    "results.Result_authors": _("the authors of a result"),
}


def follow(references: Sequence[Reference], kept: Model, gone: Model) -> None:
    """Let every reference to `gone` lead to `kept`.

    A row that would stand twice in one place stays as it is: the other one counts. Nothing says
    that there was one, since some of these places are nobody's to know (C5, V2).
    """
    for label, name in references:
        model = apps.get_model(label)
        rows = _rows(model).filter(**{name: gone})
        twice = set(_twice(model, name, kept, gone))
        rows.exclude(pk__in=twice | _of_both(model, name, kept)).update(**{name: kept})


def shared_places(references: Sequence[Reference], kept: Model, gone: Model) -> list[str]:
    """Name the places, of those that officers may know, in which both records stand.

    A body of the program itself, of which its concepts and pages speak, never goes.
    """
    program = apps.get_model("catalogue.ProgramBody")
    if references is TO_BODIES and _rows(program).filter(organisation=gone).exists():
        return [str(_("the bodies of the program"))]
    return [
        str(SETTLED_FIRST[label])
        for label, name in references
        if label in SETTLED_FIRST and any(_twice(apps.get_model(label), name, kept, gone))
    ]


def _twice(model: type[Model], name: str, kept: Model, gone: Model) -> Iterator[object]:
    """Find the rows of `gone` beside which `kept` has one in the same place."""
    for others, condition in _unique_with(model, name):
        rows = _rows(model).filter(condition)
        taken = set(rows.filter(**{name: kept}).values_list(*others))
        for key, *place in rows.filter(**{name: gone}).values_list("pk", *others):
            if tuple(place) in taken or (not others and taken):
                yield key


def _unique_with(model: type[Model], name: str) -> Iterator[tuple[list[str], Q]]:
    if isinstance(model._meta.get_field(name), OneToOneField):
        yield [], Q()
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint) and name in constraint.fields:
            others = [field for field in constraint.fields if field != name]
            yield others, constraint.condition or Q()
    for fields in model._meta.unique_together:
        if name in fields:
            yield [field for field in fields if field != name], Q()


def _of_both(model: type[Model], name: str, kept: Model) -> set[object]:
    """Find what would become of a person with themselves: a deputy of the other record."""
    if model._meta.label != "people.Deputy" or name == "organisation":
        return set()
    other = "deputy" if name == "person" else "person"
    return set(_rows(model).filter(**{other: kept}).values_list("pk", flat=True))


def _rows(model: type[Model]) -> Any:  # noqa: ANN401 - the rows of any model
    return model._base_manager
