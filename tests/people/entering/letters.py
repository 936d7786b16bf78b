"""Inviting somebody, and the link in the letter."""

import re

from django.urls import reverse

LINK = re.compile(r"http://testserver(/\S+)")
WHO = {
    "family_name": "髙﨑",
    "given_name": "𠮷乃",
    "family_name_kana": "たかさき",
    "given_name_kana": "よしの",
    "family_name_en": "Takasaki",
    "given_name_en": "Yoshino",
    "language": "en",
    "means": "password",
}


def invite(browser, body, people, purpose="reviewer", **facts):
    entered = {
        "organisation_id": body.pk,
        "purpose": purpose,
        "people": people,
        "language": "ja",
        **facts,
    }
    return browser.post(reverse("people:invite"), entered)


def link_in(letter):
    return LINK.search(letter.body)[1]
