"""What projects tell a person whom a rule refused, and the names of grounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REFUSALS: dict[str, StrOrPromise] = {
    "ground-is-a-council-freedom": _(
        "Joining or leaving a council, declining information, refusing to withhold, consulting and"
        " checking a manuscript are each person's own choice, and never a ground to change a team"
        " (Q&A 6 of the Cabinet Office, qa 6). Nothing was changed."
    ),
    "request-is-passed-on": _(
        "You have passed this request on, so others have read it. It can no longer be ended here."
    ),
    "ground-not-on-list": _("A team changes only on a ground from the list. Choose one of them."),
    "not-seen-by-the-person": _(
        "The person whom the request is about has not seen it yet. The team can change after that."
    ),
}

# The grounds on which a person may leave a team (G2), in the order in which the form shows them.
GROUNDS: dict[str, StrOrPromise] = {
    "own-request": _("The person asks for it"),
    "moved": _("Moved to another institution"),
    "left-post": _("Left the post"),
    "retired": _("Retired"),
    "illness-or-leave": _("Illness, or a longer leave"),
    "died": _("Died"),
    "changed-plan": _("The plan was changed"),
    "added-expertise": _("Other expertise is needed"),
    "integrity-breach": _("Breach of research integrity"),
}
# No form offers these; a request on any of them is refused all the same (C5).
COUNCIL_GROUNDS: dict[str, StrOrPromise] = {
    "did-not-join-council": _("Did not join a council"),
    "left-council": _("Left a council"),
    "declined-information": _("Declined protected information"),
    "refused-withholding": _("Refused to withhold a result"),
    "consulted": _("Consulted before publishing"),
    "checked-manuscript": _("Checked a manuscript"),
}
EVERY_GROUND = GROUNDS | COUNCIL_GROUNDS
