"""Who may plan and publish results, and who may ask and answer about withholding."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from banso.councils.models import Membership
from banso.people.permissions import Permission

if TYPE_CHECKING:
    from banso.people.actors import Actor
    from banso.results.models import Result, Withholding


def _is_in_the_team(actor: Actor, team: Collection[UUID]) -> bool:
    return actor.person_id in team


def _is_an_author(actor: Actor, result: Result) -> bool:
    return result.authors.filter(pk=actor.person_id).exists()


def _acts_for_its_ministry(actor: Actor, membership: Membership) -> bool:
    return membership.organisation_id in actor.ministries


def _asked_for_it(actor: Actor, withholding: Withholding) -> bool:
    return withholding.requested_by_id == actor.person_id


def _is_in_office(actor: Actor, withholding: Withholding) -> bool:
    in_office = Membership.objects.in_office()
    return in_office.filter(council_id=withholding.council_id, person_id=actor.person_id).exists()


PLAN_RESULT = Permission[Collection[UUID]](
    "results.plan_result",
    _is_in_the_team,
    _("Members of the project's team plan its results."),
)
PUBLISH_RESULT = Permission["Result"](
    "results.publish_result", _is_an_author, _("The authors of a result publish it.")
)
REQUEST_WITHHOLDING = Permission["Membership"](
    "results.request_withholding",
    _acts_for_its_ministry,
    _("An officer of a ministry who is a member of the council today asks to withhold."),
)
TAKE_BACK_REQUEST = Permission["Withholding"](
    "results.take_back_request",
    _asked_for_it,
    _("Whoever asked to withhold takes the request back."),
)
ANSWER_WITHHOLDING = Permission["Withholding"](
    "results.answer_withholding",
    _is_in_office,
    _("The current members of the council answer, each for themselves."),
)
