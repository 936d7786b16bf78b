"""Who may do what in and around a council; nobody joins, leaves or answers for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.councils.messages import THE_SECRETARIAT
from banso.people.permissions import Permission
from banso.projects.models import Project, led_by

if TYPE_CHECKING:
    from banso.councils.models import Council, Membership
    from banso.people.actors import Actor


def _keeps_the_secretariat(actor: Actor, council: Council) -> bool:
    return council.organiser_id in actor.ministries


def _is_named_representative(actor: Actor, council: Council) -> bool:
    return council.representative_id == actor.person_id


def _is_the_person_asked(actor: Actor, membership: Membership) -> bool:
    return membership.person_id == actor.person_id


def _leads(actor: Actor, project: Project) -> bool:
    return Project.objects.filter(led_by(actor, path=""), pk=project.pk).exists()


_THE_PERSON_ASKED = _("The person who was invited, and nobody for them.")
_LEAD = _("The principal investigator of the project.")

PREPARE_COUNCIL = Permission["Council"](
    "councils.prepare_council", _keeps_the_secretariat, THE_SECRETARIAT
)
NAME_REPRESENTATIVE = Permission["Council"](
    "councils.name_representative", _keeps_the_secretariat, THE_SECRETARIAT
)
CONSENT_TO_REPRESENT = Permission["Council"](
    "councils.consent_to_represent",
    _is_named_representative,
    _("The person who was named the representative of the R&D."),
)
RECORD_CONSULTATION = Permission["Council"](
    "councils.record_consultation", _keeps_the_secretariat, THE_SECRETARIAT
)
ESTABLISH_COUNCIL = Permission["Council"](
    "councils.establish_council", _keeps_the_secretariat, THE_SECRETARIAT
)
INVITE_MEMBER = Permission["Council"](
    "councils.invite_member", _keeps_the_secretariat, THE_SECRETARIAT
)
ACCEPT_INVITATION = Permission["Membership"](
    "councils.accept_invitation", _is_the_person_asked, _THE_PERSON_ASKED
)
DECLINE_INVITATION = Permission["Membership"](
    "councils.decline_invitation", _is_the_person_asked, _THE_PERSON_ASKED
)
LEAVE_COUNCIL = Permission["Membership"](
    "councils.leave_council",
    _is_the_person_asked,
    _("Each member for themselves, and nobody for them."),
)
HOLD_MEETING = Permission["Council"](
    "councils.hold_meeting", _keeps_the_secretariat, THE_SECRETARIAT
)
AGREE_ITEM = Permission["Council"](
    "councils.agree_item",
    _keeps_the_secretariat,
    _("Officers of the ministry that organises the council who are members of it."),
)
ANSWER_ITEM = Permission["Project"]("councils.answer_item", _leads, _LEAD)
SHOW_EVIDENCE = Permission["Project"]("councils.show_evidence", _leads, _LEAD)
