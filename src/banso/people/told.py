"""What is told about where people belong; and what is not told here, and why.

Mail of accounts (invitations, new devices, passwords) is written where the account changes and
leaves through the outbox like every mail.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from banso.people.actors import AGENCY_OFFICER, INSTITUTION_OFFICER
from banso.people.models import AffiliationClaim
from banso.people.queries.serving import officers_of
from banso.web.fronts.events import Event, How, NoticeKind, Telling, Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from banso.people.actors import Actor
    from banso.web.fronts import Titled
    from banso.web.fronts.events import Happened

CLAIM: Final = "people.affiliationclaim"
_REGISTRY: Final = "a step of the registry desk, which the person's own page shows"
_ACCOUNT: Final = "the account's own mail says it, where there is something to say"
_INVITED: Final = "the invitation's own mail says it, to whom it is for alone"


def claim_titles(viewer: Actor, keys: Iterable[str]) -> Iterator[Titled]:
    """Name who says that they belong where, as far as the viewer may read it."""
    readable = AffiliationClaim.objects.visible_to(viewer).filter(pk__in=list(keys))
    for claim in readable.select_related("person", "organisation"):
        body = claim.organisation
        japanese = body.name_ja if body else claim.body_name_ja
        english = (body.name_en if body else claim.body_name_en) or japanese
        yield (
            claim.pk,
            f"{claim.person.name_ja}（{japanese}）",
            f"{claim.person.name_en} ({english})",
        )


def _officers(happened: Happened) -> Iterator[Telling]:
    """Tell the body's officers, or the agencies' where the body is not known yet."""
    claimant = happened.details.get("person") or happened.subject_id
    for claim in AffiliationClaim.objects.waiting().filter(person_id=claimant):
        role = INSTITUTION_OFFICER if claim.organisation_id else AGENCY_OFFICER
        for person_id in officers_of(role, claim.organisation_id, on=localdate(happened.at)):
            yield Telling(person_id=person_id, subject_type=CLAIM, subject_id=claim.pk)


def _the_person(happened: Happened) -> Iterator[Telling]:
    claim = AffiliationClaim.objects.get(pk=happened.subject_id)
    yield Telling(person_id=claim.person_id, subject_type=CLAIM, subject_id=claim.pk)


_TO_CONFIRM: Final = Event(
    name="people.to_confirm",
    kind="affiliations",
    words=_("An affiliation waits to be confirmed: %(title)s"),
    tell=_officers,
    page=lambda key: reverse("people:claim", args=[key]),
    once=True,
)


def _answered(name: str, words: object) -> Event:
    return Event(
        name=name,
        kind="own-affiliations",
        words=words,  # type: ignore[arg-type] # lazy text
        tell=_the_person,
        page=lambda _key: reverse("people:own_claims"),
        shows_reach=True,
    )


TOLD: Final = Told(
    kinds={
        "own-affiliations": NoticeKind(place=90, label=_("Where you belong"), must_reach=True),
        "affiliations": NoticeKind(
            place=91, label=_("Affiliations to confirm"), usually=How.DAILY
        ),
    },
    events={
        "people.claim_affiliation": (_TO_CONFIRM,),
        "people.sign_up": (_TO_CONFIRM,),
        "people.enter_by_invitation": (_TO_CONFIRM,),
        "people.confirm_affiliation": (
            _answered(
                "people.affiliation_confirmed", _("Your affiliation was confirmed: %(title)s")
            ),
        ),
        "people.refuse_affiliation": (
            _answered(
                "people.affiliation_refused",
                _("Your affiliation was not confirmed; its page says why: %(title)s"),
            ),
        ),
    },
    silent={
        "people.register_organisation": _REGISTRY,
        "people.register_person": _REGISTRY,
        "people.appoint": _REGISTRY,
        "people.affiliate_person": _REGISTRY,
        "people.confirm_appointment": _REGISTRY,
        "people.correct_affiliation": _REGISTRY,
        "people.correct_organisation": _REGISTRY,
        "people.correct_person": _REGISTRY,
        "people.end_affiliation": _REGISTRY,
        "people.end_appointment": _REGISTRY,
        "people.enter_person": _REGISTRY,
        "people.name_deputy": "the desk's list of deputies and either's own page show it",
        "people.end_deputy": "the desk's list of deputies and either's own page show it",
        "people.propose_merging": "the list of mergings that wait shows it",
        "people.confirm_merging": _REGISTRY,
        "people.withdraw_merging": "the list of mergings that wait shows it",
        "people.upload_table": "nothing is registered by it",
        "people.drop_table": "nothing is registered by it",
        "people.import_persons": _REGISTRY,
        "people.import_bodies": _REGISTRY,
        "people.open_record": "who read one's record is shown on one's own page",
        "people.propose_appointment": "the list of proposed appointments shows it",
        "people.withdraw_proposed_appointment": "the list of proposed appointments shows it",
        "people.register_witness": "a step of the operator's, and the ledger's page shows it",
        "people.erase_details": "it is done at its person's own wish",
        "people.end_session": _ACCOUNT,
        "people.end_other_sessions": _ACCOUNT,
        "people.ask_factor_reset": _ACCOUNT,
        "people.confirm_factor_reset": _ACCOUNT,
        "people.withdraw_factor_reset": _ACCOUNT,
        "people.end_device": _ACCOUNT,
        "people.ask_address_change": _ACCOUNT,
        "people.confirm_address_change": _ACCOUNT,
        "people.withdraw_address_change": _ACCOUNT,
        "people.stop_address_change": _ACCOUNT,
        "people.invite_people": _INVITED,
        "people.renew_invitation": _INVITED,
        "people.withdraw_invitation": "its link says so to whoever follows it",
        "people.confirm_invitation": _INVITED,
        "people.agree_to_invitation": "the list of invitations shows it to whoever invited",
    },
)
