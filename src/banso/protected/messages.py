"""What we say when a rule about protected information refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from banso.web.fronts import Sentence

REFUSALS: dict[str, Sentence] = {
    "no-longer-a-member": gettext_lazy(
        "You are no longer a member of this council, so the content does not open."
        " Your register of what you received stays open to you."
    ),
    "provider-not-a-member": gettext_lazy(
        "Information in confidence comes from a member of the council, and you are not one now."
    ),
    "card-not-complete": gettext_lazy(
        "The card is not complete. Enter title, origin and scope, until when silence is owed, and"
        " at least one recipient."
    ),
    "recipient-not-a-member": gettext_lazy(
        "Not everybody you chose is a member of the council today. Choose from the list again."
    ),
    "reply-for-another": gettext_lazy(
        "Each person answers for themselves. Nobody answers for another."
    ),
    "not-a-recipient": gettext_lazy("This item was not offered to you."),
    "offer-has-closed": gettext_lazy(
        "This offer is no longer open, so an answer cannot be given or changed."
        " If you would like to receive the item, ask its provider to offer it again."
    ),
    "already-replied-so": gettext_lazy("This is already your answer. Nothing was changed."),
    "not-accepted": gettext_lazy(
        "The content opens only after you accept the item. You have not accepted it."
    ),
    "delivery-not-recorded": gettext_lazy(
        "The delivery is not on record, so nothing of the content was sent. Open the item again."
    ),
    "item-not-accepted": gettext_lazy(
        "Only those who accepted the item are admitted while it is spoken of."
    ),
    "origin-in-own-project": gettext_lazy(
        "A project's own work cannot be made protected information: its results are its own to"
        " publish. Leave it out and offer only what comes from elsewhere."
    ),
    "marked-under-another-regime": gettext_lazy(
        "This bears a marking of 特定秘密 or 重要経済安保情報, which other laws govern. banso does"
        " not take it, and nothing was kept. Bring it to the office of your own body that handles"
        " such information. If the text only mentions such a law, write the law's own name."
    ),
}
