"""Asking for another address, and the links in the letters."""

import re
from datetime import UTC, datetime
from http import HTTPStatus

from django.test import Client
from django.urls import reverse

PASSWORD = "伴走 runs alongside"
LINK = re.compile(r"http://testserver(/\S+)")
FIRST = datetime(2027, 4, 1, tzinfo=UTC)
OLD, NEW = "aoi@example.jp", "aoi@new.example.jp"


def ask(browser, email=NEW):
    return browser.post(reverse("people:change_address"), {"email": email})


def link_to(mailoutbox, address):
    [latest, *_] = [one for one in reversed(mailoutbox) if one.to == [address]]
    return LINK.search(latest.body)[1]


def signs_in(email):
    answer = Client().post(reverse("account_login"), {"login": email, "password": PASSWORD})
    return answer.status_code == HTTPStatus.FOUND
