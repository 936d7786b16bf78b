"""What kept text gives to others: its page, and the job that forgets what is old."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from banso.kept.models import KeptText
from banso.kept.storing import forget_old
from banso.web.fronts import Applies, Front, MenuEntry
from banso.web.fronts.jobs import JobKind

if TYPE_CHECKING:
    from datetime import date

    from banso.web.fronts.jobs import Work


def _has_kept_text(_on: date) -> Exists:
    return Exists(KeptText.objects.filter(person_id=OuterRef("pk"), ended_at=None))


def _forget(work: Work) -> None:
    forget_old(work.at)


FRONT = Front(
    menu=(
        MenuEntry(
            place=175,
            label=_("Text not sent yet"),
            address="kept:kept_texts",
            applies=Applies(record=_has_kept_text),
        ),
    ),
    jobs={
        "kept.forget_old": JobKind(
            label=_("Delete text that was kept for 30 days"), run=_forget, daily=time(3, 40)
        )
    },
)
