"""A registry of many persons, its pages and an import, in a process of its own on DATA's folder.

`registry_pages fill|pages|import PERSONS`.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "banso.site.settings"
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from banso.people.commands.importing.import_persons import import_persons  # noqa: E402
from banso.people.commands.importing.upload_table import upload_table  # noqa: E402
from banso.people.forms.registry.importing import clean_rows, headings_of  # noqa: E402
from banso.people.models import (  # noqa: E402
    Account,
    Affiliation,
    Appointment,
    Organisation,
    Person,
)
from banso.people.queries.actors import actor_for  # noqa: E402
from banso.people.queries.records.tables import judged_rows  # noqa: E402
from banso.people.records.tables import read_table  # noqa: E402
from benchmarks.figures import Figure  # noqa: E402
from benchmarks.lists import PORT  # noqa: E402
from benchmarks.load import drive  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

CLIENTS, SECONDS, RUNS = 4, 3.0, 50
LEAST_ANSWERS = 20
P95_MS, IMPORT_SECONDS = 60.0, 20.0
FIRST_DAY: Final = date(2022, 6, 17)
EMAIL: Final = "officer@bench.example"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES: Final = (
    ("list of persons", "/my/registry/persons/"),
    ("the last page of that list", "/my/registry/persons/?sort=-name"),
    ("search in kanji, 高橋", "/my/registry/persons/?q=%E9%AB%98%E6%A9%8B"),
    ("search in kana, タカハシ", "/my/registry/persons/?q=%E3%82%BF%E3%82%AB%E3%83%8F%E3%82%B7"),
    ("search in letters, Takahashi", "/my/registry/persons/?q=Takahashi"),
    ("search by number", "/my/registry/persons/?q=00004321"),
    ("search for nobody", "/my/registry/persons/?q=Nobody"),
    ("list of affiliations", "/my/registry/affiliations/"),
)
NAMES: Final = (
    *(("高橋", "タカハシ"), ("髙橋", "タカハシ"), ("佐藤", "サトウ"), ("鈴木", "スズキ")),
    *(("山﨑", "ヤマザキ"), ("渡邊", "ワタナベ"), ("小林", "コバヤシ"), ("見本田", "ミホンダ")),
)


def fill(persons: int) -> None:
    """Enter one institution, its officer and that many researchers."""
    dice = random.Random(1)  # noqa: S311 - sample data, not secrets
    body = Organisation.objects.create(kind="institution", name_ja="計測大学", is_sample=True)
    officer = Person.objects.create(family_name="担当", is_sample=True)
    Account.objects.create(person=officer, email=EMAIL)
    Appointment.objects.create(
        person=officer, organisation=body, role="institution-officer", from_on=FIRST_DAY
    )
    rows = [_person(number, dice).make_keys() for number in range(persons)]
    Person.objects.bulk_create(rows, batch_size=1000)
    Affiliation.objects.bulk_create(
        (Affiliation(person=one, organisation=body, from_on=FIRST_DAY) for one in rows),
        batch_size=1000,
    )


def _person(number: int, dice: random.Random) -> Person:
    if dice.random() < 0.1:  # noqa: PLR2004 - a tenth has one of a few names
        family, kana = dice.choice(NAMES)
    else:
        family = chr(dice.randrange(0x4E00, 0x9000)) + chr(dice.randrange(0x4E00, 0x9000))
        kana = "".join(dice.choices("アイウエオカキクケコサシスセソタチツテト", k=4))
    given, given_kana = dice.choice((("一郎", "イチロウ"), ("花子", "ハナコ"), ("葵", "アオイ")))
    return Person(
        family_name=family,
        given_name=given,
        family_name_kana=kana,
        given_name_kana=given_kana,
        erad_number=f"{number:08}",
        is_sample=True,
    )


def pages(persons: int) -> list[Figure]:
    """Drive each page with the clients, and send its statements alone."""
    account, session = Account.objects.get(email=EMAIL), SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.create()
    cookie = f"sessionid={session.session_key}"
    return [_page(name, address, cookie, persons) for name, address in PAGES]


def _page(name: str, address: str, cookie: str, persons: int) -> Figure:
    sent: list[tuple[str, Any]] = []

    def note(execute: Callable[..., object], sql: str, params: object, *rest: object) -> object:
        if sql.lstrip("( ").upper().startswith(("SELECT", "WITH")):
            sent.append((sql, params))
        return execute(sql, params, *rest)

    browser = Client(headers={"Cookie": cookie})
    browser.cookies["sessionid"] = cookie.partition("=")[2]
    with connection.execute_wrapper(note):
        answer = browser.get(address, headers={"Host": "127.0.0.1"})
    if answer.status_code != 200:  # noqa: PLR2004 - the one answer that is measured
        raise SystemExit(f"{address} answered {answer.status_code}")
    began = time.perf_counter()
    for _ in range(RUNS):
        with connection.cursor() as cursor:
            for sql, params in sent:
                cursor.execute(sql, params)
                cursor.fetchall()
    alone = (time.perf_counter() - began) / RUNS * 1000
    p95 = _p95(address, f"Cookie: {cookie}\r\n")
    return Figure(
        figure=f"{name}, {persons:,}, p95, {len(sent)} statements",
        value=round(p95, 1),
        unit="ms",
        baseline=round(alone, 2),
        ratio=round(p95 / alone, 1),
        target=f"<= {P95_MS:.0f} ms",
        met=p95 <= P95_MS,
    )


def _p95(address: str, headers: str) -> float:
    """Drive a page until there are answers to speak of, longer where the machine is busy."""
    seconds = SECONDS
    while True:
        seen = drive(PORT, [address], clients=CLIENTS, seconds=seconds, headers=headers)
        if len(seen.waits) >= LEAST_ANSWERS:
            return seen.percentile(0.95)
        seconds *= 2


def imported(rows: int) -> list[Figure]:
    """Read, look over and take a table of new persons, as the pages do."""
    officer = actor_for(Account.objects.get(email=EMAIL).person_id, on=date(2027, 4, 1))
    lines = [
        f"新{number},葵,アオイ,{90_000_000 + number},工学部,2027-04-01" for number in range(rows)
    ]
    head = "family_name,given_name,given_name_kana,erad_number,unit,from_on"
    content = "\r\n".join([head, *lines, ""]).encode()
    steps: dict[str, float] = {}
    began = time.perf_counter()
    table = read_table(content, headings_of("persons"))
    kept = upload_table(
        actor=officer,
        kind="persons",
        file_name="bench.csv",
        sha256="0" * 64,
        encoding=table.encoding,
        rows=[(row.number, dict(row.cells)) for row in table.rows],
    )
    steps["read and kept"] = time.perf_counter() - began
    began = time.perf_counter()
    cleaned = clean_rows("persons", table.rows)
    judged_rows(officer, "persons", cleaned)
    steps["looked over"] = time.perf_counter() - began
    began = time.perf_counter()
    import_persons(
        actor=officer, table_id=kept.pk, rows=cleaned, at=datetime(2027, 4, 1, tzinfo=UTC)
    )
    steps["taken in one act"] = time.perf_counter() - began
    return [
        Figure(
            figure=f"import of {rows:,} rows: {name}",
            value=round(seconds, 1),
            unit="s",
            target=f"<= {IMPORT_SECONDS:.0f} s",
            met=seconds <= IMPORT_SECONDS,
        )
        for name, seconds in steps.items()
    ]


def main() -> int:
    """Do what the first word says."""
    what, persons = sys.argv[1], int(sys.argv[2])
    if what == "fill":
        fill(persons)
        return 0
    figures = pages(persons) if what == "pages" else imported(persons)
    print(json.dumps([asdict(figure) for figure in figures]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
