"""The sample bodies and people, every one of them marked 見本 / sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from banso.ledger.requests import is_request_known
from banso.people.actors import (
    AGENCY_OFFICER,
    AUDITOR,
    CONSOLE,
    INSTITUTION_OFFICER,
    MINISTRY_OFFICER,
    OPERATOR_AT_CONSOLE,
    REVIEWER,
)
from banso.people.commands.bodies.register_organisation import register_organisation
from banso.people.commands.registry.appoint import appoint
from banso.people.commands.registry.register_person import register_person
from banso.people.queries.organisations import organisation_with_short_name

if TYPE_CHECKING:
    from banso.people.models import Organisation, Person
    from banso.rehearsal.playing import Stage

FIRST_DAY = date(2022, 6, 17)
FIRST_INSTANT = datetime(2022, 6, 17, 0, tzinfo=UTC)
AGENCIES = ("JST", "NEDO")

# Code: kind, Japanese name, English name.
BODIES = {
    "ministry": ("ministry", "見本省", "Sample Ministry"),
    "fund-ministry": ("ministry", "見本所管省", "Sample Fund Ministry"),
    "user-agency": ("ministry", "見本庁", "Sample Agency for Users"),
    "university": ("institution", "見本大学", "Sample University"),
    "institute": ("institution", "見本研究所", "Sample Research Institute"),
    "college": ("institution", "見本学院", "Sample College"),
    "company": ("company", "見本海運", "Sample Shipping"),
    "audit": ("other", "見本監査室", "Sample Audit Office"),
}

FAMILY_NAMES = (
    ("見本田", "MIHONDA"),
    ("見本山", "MIHONYAMA"),
    ("見本川", "MIHONKAWA"),
    ("見本原", "MIHONHARA"),
    ("見本島", "MIHONJIMA"),
    ("見本野", "MIHONNO"),
    ("見本沢", "MIHONZAWA"),
    ("見本崎", "MIHONZAKI"),
)
GIVEN_NAMES = (
    ("葵", "Aoi"),
    ("蓮", "Ren"),
    ("凛", "Rin"),
    ("湊", "Minato"),
    ("楓", "Kaede"),
    ("樹", "Itsuki"),
    ("咲", "Saki"),
    ("翼", "Tsubasa"),
    ("渚", "Nagisa"),
    ("薫", "Kaoru"),
    ("遥", "Haruka"),
)

# Code: family, given, their English, body, role held for that body or none.
PLAYERS = {
    "JST-officer": ("見本", "一花", "MIHON", "Ichika", "JST", AGENCY_OFFICER),
    "JST-program-officer": ("見本", "二葉", "MIHON", "Futaba", "JST", ""),
    "NEDO-officer": ("見本", "三咲", "MIHON", "Misaki", "NEDO", AGENCY_OFFICER),
    "NEDO-program-officer": ("見本", "四郎", "MIHON", "Shiro", "NEDO", ""),
    "ministry-officer": ("見本", "五月", "MIHON", "Satsuki", "ministry", MINISTRY_OFFICER),
    "user-officer": ("見本", "六花", "MIHON", "Rikka", "user-agency", MINISTRY_OFFICER),
    "company-member": ("見本", "七海", "MIHON", "Nanami", "company", ""),
    "university-officer": ("見本", "八重", "MIHON", "Yae", "university", INSTITUTION_OFFICER),
    "institute-officer": ("見本", "九十九", "MIHON", "Tsukumo", "institute", INSTITUTION_OFFICER),
    "reviewer": ("見本", "十和", "MIHON", "Towa", "college", ""),
    "reviewer-with-tie": ("見本", "百合", "MIHON", "Yuri", "college", ""),
    "auditor": ("見本", "千尋", "MIHON", "Chihiro", "audit", AUDITOR),
    "JST-registrar": ("見本", "万里", "MIHON", "Mari", "JST", AGENCY_OFFICER),
    "university-registrar": ("見本", "億斗", "MIHON", "Okuto", "university", INSTITUTION_OFFICER),
}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: bodies and people by code."""

    bodies: dict[str, Organisation]
    people: dict[str, Person]


def gather_cast(stage: Stage) -> Cast:
    """Register the bodies and the people who appear in every concept."""
    bodies = {short: organisation_with_short_name(short) for short in AGENCIES}
    bodies |= {code: _body(stage, code) for code in BODIES}
    people = {code: _player(stage, code, bodies) for code in PLAYERS}
    for short in AGENCIES:
        for code in ("reviewer", "reviewer-with-tie"):
            stage.act(
                f"{short} appoints {code}",
                appoint,
                OPERATOR_AT_CONSOLE,
                FIRST_INSTANT,
                person_id=people[code].pk,
                role=REVIEWER,
                organisation_id=bodies[short].pk,
                from_on=FIRST_DAY,
            )
    return Cast(bodies, people)


def has_played(stage: Stage) -> bool:
    """Tell whether the first step of this seed is on record."""
    return is_request_known(CONSOLE, stage.key(f"register body {next(iter(BODIES))}"))


def researcher(stage: Stage, step: str, number: int, body: Organisation) -> Person:
    """Register a sample researcher; the number chooses the name, so that none repeats."""
    family, family_en = FAMILY_NAMES[number % len(FAMILY_NAMES)]
    given, given_en = GIVEN_NAMES[number // len(FAMILY_NAMES) % len(GIVEN_NAMES)]
    return stage.act(
        f"register {step}",
        register_person,
        OPERATOR_AT_CONSOLE,
        FIRST_INSTANT,
        family_name=family,
        given_name=given,
        family_name_en=family_en,
        given_name_en=given_en,
        email=f"{step}@sample.example".replace(" ", "-"),
        organisation_id=body.pk,
        from_on=FIRST_DAY,
        is_sample=True,
    )


def _body(stage: Stage, code: str) -> Organisation:
    kind, name_ja, name_en = BODIES[code]
    return stage.act(
        f"register body {code}",
        register_organisation,
        OPERATOR_AT_CONSOLE,
        FIRST_INSTANT,
        kind=kind,
        name_ja=name_ja,
        name_en=name_en,
        is_sample=True,
    )


def _player(stage: Stage, code: str, bodies: dict[str, Organisation]) -> Person:
    family, given, family_en, given_en, body, role = PLAYERS[code]
    person = stage.act(
        f"register {code}",
        register_person,
        OPERATOR_AT_CONSOLE,
        FIRST_INSTANT,
        family_name=family,
        given_name=given,
        family_name_en=family_en,
        given_name_en=given_en,
        email=f"{code}@sample.example",
        organisation_id=bodies[body].pk,
        from_on=FIRST_DAY,
        is_sample=True,
    )
    if role:
        stage.act(
            f"appoint {code}",
            appoint,
            OPERATOR_AT_CONSOLE,
            FIRST_INSTANT,
            person_id=person.pk,
            role=role,
            organisation_id=bodies[body].pk,
            from_on=FIRST_DAY,
        )
    return person
