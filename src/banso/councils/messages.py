"""What we say when a rule about councils refuses, and who is who around a council."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from banso.web.fronts import Sentence

THE_SECRETARIAT = gettext_lazy("Officers of the ministry that organises the council.")
MEMBERS_TODAY = gettext_lazy("The members of this council as of today.")

_NOTHING_CHANGED = gettext_lazy(
    "The council's freedoms stay out of selection and evaluation. Nothing was changed."
)

REFUSALS: dict[str, Sentence] = {
    "concept-has-a-council": gettext_lazy(
        "This concept has a council already, and as a rule it has one."
        " A further one needs its reason: enter why."
    ),
    "no-representative": gettext_lazy(
        "Nobody represents the R&D yet. Name the representative, then establish the council."
    ),
    "organisers-missing": gettext_lazy(
        "The minister of the designated fund and the Prime Minister's side organise this council"
        " together, and one of them is not on record. Prepare it with both."
    ),
    "no-consent-of-representative": gettext_lazy(
        "The representative's own consent is not on record yet."
        " They find the question on their page of councils."
    ),
    "no-prior-consultation": gettext_lazy(
        "The prior consultation is not on record yet. Record it, then establish the council."
    ),
    "neither-director-nor-lead": gettext_lazy(
        "The representative is the PD, the PO or the principal investigator of an adopted project"
        " of this concept. Choose one of them."
    ),
    "no-representative-in-office": gettext_lazy(
        "Nobody represents the R&D in this council now. Until somebody does, it makes no agreed"
        " item. The secretariat names a representative."
    ),
    "consent-for-another": gettext_lazy(
        "Each person consents for themselves. Nobody joins a council through another."
    ),
    "not-invited": gettext_lazy(
        "There is no invitation that waits for your answer. The secretariat may invite you again."
    ),
    "already-a-member": gettext_lazy(
        "This person is a member of the council already. Each member may leave at any time."
    ),
    "not-a-member": gettext_lazy(
        "You are not a member of this council. There is nothing to leave."
    ),
    "fact-is-protected": _NOTHING_CHANGED,
    "council-does-not-manage": gettext_lazy(
        "A council cannot change a plan, a budget, a team or a score, and approves nothing."
        " It can agree an item, which the projects answer."
    ),
    "agreed-item-carries-a-label": gettext_lazy(
        "An agreed item carries no label. Write it without anything of a protected item."
    ),
    "project-of-another-concept": gettext_lazy(
        "A council belongs to one concept. Name projects of this concept only."
    ),
    "not-of-the-research-side": gettext_lazy(
        "The answer is the research side's own: the principal investigator gives it."
    ),
    "already-answered": gettext_lazy(
        "Your project has answered this item. Show what became of it as evidence."
    ),
    "answer-not-on-list": gettext_lazy(
        "There are three answers: adopt, adopt in part, do not adopt. Choose one."
    ),
    "answer-has-no-reason": gettext_lazy("An answer goes with its reason. Write the reason."),
    "not-answered-yet": gettext_lazy("Answer the item first, then show your evidence."),
}
