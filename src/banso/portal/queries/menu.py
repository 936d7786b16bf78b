"""Which of the signed-in pages apply to a person (N2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from banso.councils.models import Council, Membership
from banso.people.models import Person
from banso.projects.models import ProjectMember
from banso.proposals.models import TeamMember
from banso.protected.models import Offer, ProtectedItem
from banso.results.models import Result
from banso.review.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from banso.people.actors import Actor

Entry = tuple["StrOrPromise", str]
_OWN = Q(person_id=OuterRef("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMenu:
    """A signed-in person's name and the entries that apply to them."""

    person: Person
    entries: Sequence[Entry]

    def name(self, language: str) -> str:
        """Write the person's name as the page's language does."""
        return self.person.name_en if language == "en" else self.person.name_ja


def own_menu(viewer: Actor) -> OwnMenu:
    """Find out in one query what applies to the viewer; roles are known from the actor."""
    person = Person.objects.annotate(
        proposes=Exists(TeamMember.objects.filter(_OWN)),
        reviews=Exists(Assignment.objects.filter(_OWN)),
        researches=Exists(ProjectMember.objects.on(viewer.on).filter(_OWN)),
        is_author=Exists(Result.objects.filter(authors=OuterRef("pk"))),
        is_asked=Exists(Membership.objects.filter(_OWN)),
        represents=Exists(Council.objects.filter(representative_id=OuterRef("pk"))),
        sits=Exists(Membership.objects.in_office().filter(_OWN)),
        is_offered=Exists(Offer.objects.filter(_OWN)),
        provides=Exists(ProtectedItem.objects.filter(provider_id=OuterRef("pk"))),
    ).get(pk=viewer.person_id)
    runs = bool(viewer.agencies or viewer.directs)
    leads_results = person.researches or person.is_author
    applies = (
        (True, _("To do"), "portal:my"),
        (person.proposes, _("My proposals"), "proposals:my_proposals"),
        (bool(viewer.institutions), _("Approvals"), "proposals:approvals"),
        (person.proposes or bool(viewer.institutions), _("Letters"), "review:letters"),
        (person.reviews, _("My reviews"), "review:reviews"),
        (runs, _("Desk"), "portal:desk"),
        (
            person.researches or runs or bool(viewer.institutions),
            _("My projects"),
            "projects:my_projects",
        ),
        (
            person.is_asked or person.represents or bool(viewer.ministries),
            _("Councils"),
            "councils:councils",
        ),
        (person.sits or person.researches, _("Agreed items"), "councils:agreed_items"),
        (
            person.sits or person.is_offered or person.provides,
            _("Received information"),
            "protected:register",
        ),
        (leads_results, _("My results"), "results:my_results"),
        (person.sits or person.is_author, _("Requests to withhold"), "results:withholdings"),
    )
    return OwnMenu(
        person=person, entries=[(label, name) for is_shown, label, name in applies if is_shown]
    )
