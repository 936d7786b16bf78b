"""Telling of recorded acts in a test, as the tasks do once the ledger has placed them."""

from django.db import transaction

from banso.ledger.models import Entry
from banso.notices.models import Notice
from banso.notices.telling.following import tell_of


def tell_of_everything(at=None):
    with transaction.atomic():
        for entry in Entry.objects.order_by("number").select_related("detail"):
            tell_of(entry, at=at or entry.at)


def told():
    return {(notice.name, notice.person_id) for notice in Notice.objects.all()}


class Work:
    def __init__(self, at):
        self.at, self.subject = at, ""

    def progressed(self, done, total):
        pass
