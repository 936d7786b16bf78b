"""What notices give to the apps on their left: the jobs that send mail."""

from __future__ import annotations

from datetime import time, timedelta

from django.utils.translation import gettext_lazy as _

from banso.notices.mail.delivering import delete_old_mail, deliver, mail_waits
from banso.web.fronts import Front
from banso.web.fronts.jobs import JobKind

FRONT = Front(
    jobs={
        "notices.deliver_mail": JobKind(
            label=_("Send mail"), run=deliver, every=timedelta(seconds=1), waits=mail_waits
        ),
        "notices.delete_old_mail": JobKind(
            label=_("Delete the records of old mail"), run=delete_old_mail, daily=time(3, 40)
        ),
    },
)
