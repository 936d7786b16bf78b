"""What calls and proposals give to the apps on their left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from banso.calls.messages import REFUSALS
from banso.calls.models import Proposal
from banso.calls.permissions import SUBMIT_PROPOSAL, WITHDRAW_SUBMISSION
from banso.web.fronts import Detail, Front, Receipted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from banso.people.actors import Actor
    from banso.web.fronts import Titled


def _proposals(viewer: Actor, keys: Sequence[str]) -> Iterable[Titled]:
    readable = Proposal.objects.visible_to(viewer).filter(pk__in=keys)
    return readable.values_list("pk", "title_ja", "title_en")


FRONT = Front(
    refusals=REFUSALS,
    titles={"calls.proposal": _proposals},
    receipts={
        SUBMIT_PROPOSAL.name: Receipted(
            "submission",
            _("Submitted a proposal"),
            {"receipt": Detail(_("Number of the receipt of the call"))},
        ),
        WITHDRAW_SUBMISSION.name: Receipted("submission", _("Withdrew a submitted proposal")),
    },
)
