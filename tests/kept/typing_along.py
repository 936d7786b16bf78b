"""What a browser does with a form that keeps its text."""

import re

from django.urls import reverse
from django.utils.translation import override

TOKEN = re.compile(r'name="kept_token" value="([^"]+)"')


def address(name, *arguments):
    with override("ja"):
        return reverse(name, args=arguments)


def token_on(page):
    return TOKEN.search(page.text)[1]


def written(**changes):
    return {
        "title_ja": "題",
        "title_en": "",
        "abstract": "書きかけの要旨\n二行目",
        "core_technology": "",
        "requested_yen": "",
        "effort_percent": "30",
        **changes,
    }


def keep(browser, token, **changes):
    answered = browser.post(address("kept:keep"), {**written(**changes), "kept_token": token})
    return answered.json()
