"""The lists of protected information: a person's own register, and what they provided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banso.rulebook.secrecy import FEWEST_RECIPIENTS_FOR_A_COUNT
from banso.web.addresses import address_of
from banso.web.formats import active_language, day_text
from banso.web.lists.columns import Bilingual, Column, Kind, Status
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from banso.protected.queries.provided import Provided
    from banso.protected.queries.received import Received

A_DAY = timedelta(days=1)


def silence_words(item: Any) -> str:  # noqa: ANN401 - lists know no models
    """Say until when silence is owed about an item."""
    language = active_language()
    if item.released_at:
        return _("Released on %(day)s") % {"day": day_text(item.released_at, language)}
    if item.silence_until:
        last_day = item.silence_until - A_DAY
        return _("Until %(day)s") % {"day": day_text(last_day, language)}
    return _("Until it is released")


def accepted_words(provided: Provided) -> str:
    """Say what the provider sees of the answers (S2)."""
    if provided.accepted is not None:
        return _("%(number)s accepted") % {"number": provided.accepted}
    if provided.recipients < FEWEST_RECIPIENTS_FOR_A_COUNT:
        return _("Not shown: it went to fewer than three people")
    return _("Shown after the offer has closed")


def _duty(received: Received) -> Status:
    if received.owes_silence:
        return Status(_("Silence is owed today"), "warning")
    return Status(_("Free"), "success")


def _rule_of_silence(_received: Received) -> str:
    return reverse("portal:rule", args=["S4"])


RECEIVED = Listing(
    name="received-items",
    caption=gettext_lazy("What I received"),
    columns=(
        Column(
            "title",
            gettext_lazy("Item"),
            lambda received: received.item.title,
            address=lambda received: address_of("protected:offer", received.offer_id),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "provider",
            gettext_lazy("From"),
            lambda received: Bilingual(
                received.item.provider.name_ja, received.item.provider.name_en
            ),
            Kind.BILINGUAL,
        ),
        Column(
            "council",
            gettext_lazy("Council of the concept"),
            lambda received: Bilingual(
                received.item.council.concept.title, received.item.council.concept.title_en
            ),
            Kind.BILINGUAL,
            is_shown=False,
        ),
        Column(
            "delivered_at",
            gettext_lazy("Received on"),
            lambda received: received.delivery.delivered_at,
            Kind.INSTANT,
            order=("delivered_at",),
        ),
        Column(
            "number",
            gettext_lazy("Number"),
            lambda received: received.delivery.number,
            order=("number",),
        ),
        Column(
            "clause",
            gettext_lazy("Clause"),
            lambda _received: _("Article 62(7)"),
            address=_rule_of_silence,
        ),
        Column(
            "silence_until",
            gettext_lazy("Silence is owed"),
            lambda received: silence_words(received.item),
        ),
        Column("today", gettext_lazy("Today"), _duty, Kind.STATUS),
    ),
    order=("-delivered_at",),
    is_sample=lambda received: received.item.is_sample,
    empty=gettext_lazy("Nothing has reached you in confidence."),
)

PROVIDED = Listing(
    name="provided-items",
    caption=gettext_lazy("What I provided"),
    columns=(
        Column(
            "title",
            gettext_lazy("Item"),
            lambda provided: provided.item.title,
            address=lambda provided: address_of("protected:item", provided.item.pk),
            is_heading=True,
            is_wide=True,
        ),
        Column(
            "council",
            gettext_lazy("Council of the concept"),
            lambda provided: Bilingual(
                provided.item.council.concept.title, provided.item.council.concept.title_en
            ),
            Kind.BILINGUAL,
        ),
        Column(
            "offered_at",
            gettext_lazy("Offered on"),
            lambda provided: provided.item.offered_at,
            Kind.DATE,
            order=("offered_at",),
        ),
        Column(
            "answers_until",
            gettext_lazy("Answers until"),
            lambda provided: provided.item.answers_until,
            Kind.INSTANT,
            order=("answers_until",),
        ),
        Column(
            "recipients",
            gettext_lazy("People it was offered to"),
            lambda provided: provided.recipients,
            Kind.NUMBER,
        ),
        Column("accepted", gettext_lazy("How many accepted"), accepted_words),
        Column(
            "silence_until",
            gettext_lazy("Silence is owed"),
            lambda provided: silence_words(provided.item),
        ),
    ),
    order=("-offered_at",),
    is_sample=lambda provided: provided.item.is_sample,
    empty=gettext_lazy("You have provided nothing in confidence."),
)
