"""What notices give to the apps on their left: their page, and the jobs that tell."""

from __future__ import annotations

from datetime import time, timedelta
from functools import partial

from django.utils.translation import gettext_lazy as _

from banso.notices.mail.delivering import delete_old_mail, deliver, mail_waits
from banso.notices.permissions import CHOOSE_NOTICES, END_FEED, OPEN_FEED
from banso.notices.telling.digests import daily_digest, weekly_digest
from banso.notices.telling.following import TELL_OF_ACT, acts_wait, follow, tell_of_one_act
from banso.notices.telling.letters import letter_of
from banso.notices.telling.reminding import remind
from banso.web.fronts import Front
from banso.web.fronts.events import NoticeKind, Told
from banso.web.fronts.jobs import JobKind

MORNING = time(8, 30)
MONDAY = 0

FRONT = Front(
    jobs={
        "notices.follow_acts": JobKind(
            label=_("Tell of what happened"),
            run=follow,
            every=timedelta(seconds=1),
            waits=acts_wait,
        ),
        TELL_OF_ACT: JobKind(label=_("Tell of an act that was put aside"), run=tell_of_one_act),
        "notices.deliver_mail": JobKind(
            label=_("Send mail"),
            run=partial(deliver, write=letter_of),
            every=timedelta(seconds=1),
            waits=mail_waits,
        ),
        "notices.remind": JobKind(
            label=_("Remind of deadlines"), run=remind, every=timedelta(minutes=1)
        ),
        "notices.daily_digest": JobKind(label=_("Daily digest"), run=daily_digest, daily=MORNING),
        "notices.weekly_digest": JobKind(
            label=_("Weekly digest"), run=weekly_digest, daily=MORNING, weekday=MONDAY
        ),
        "notices.delete_old_mail": JobKind(
            label=_("Delete the records of old mail"), run=delete_old_mail, daily=time(3, 40)
        ),
    },
    told=Told(
        kinds={"reminders": NoticeKind(place=10, label=_("Reminders of deadlines"))},
        silent={
            CHOOSE_NOTICES.name: "how somebody wants to be told is theirs alone",
            OPEN_FEED.name: "a calendar feed is its person's alone",
            END_FEED.name: "a calendar feed is its person's alone",
        },
    ),
)
