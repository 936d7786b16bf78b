"""Digests: what a person wants gathered, in one mail a day or a week."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db import transaction

from banso.notices.mail.outbox import queue_for
from banso.notices.models import Notice
from banso.notices.telling.following import NEWS_FOR
from banso.people.models import Account
from banso.web.fronts.events import How

if TYPE_CHECKING:
    from datetime import timedelta

    from banso.web.fronts.jobs import Work


def daily_digest(work: Work) -> None:
    """Gather what people want told once a day."""
    _gather(work, How.DAILY, NEWS_FOR)


def weekly_digest(work: Work) -> None:
    """Gather what people want told once a week."""
    _gather(work, How.WEEKLY, NEWS_FOR * 4)


def _gather(work: Work, how: How, news_for: timedelta) -> None:
    """Put one mail for each person into the outbox; what they may read is asked as it leaves."""
    waiting = Notice.objects.filter(
        how=how, message=None, seen_at=None, at__gt=work.at - news_for
    ).order_by("person_id", "at", "pk")
    addresses = dict(Account.objects.filter(is_active=True).values_list("person", "email"))
    for person_id, notices in groupby(waiting, key=attrgetter("person_id")):
        if person_id not in addresses:
            continue
        with transaction.atomic():
            key = f"digest:{how}:{person_id}:{work.at:%Y-%m-%d}"
            message = queue_for(addresses[person_id], key=key, cause=None, at=work.at)
            if message is not None:
                Notice.objects.filter(pk__in=[one.pk for one in notices]).update(message=message)
