"""Columns, filters and order of the registry's lists."""

from __future__ import annotations

from datetime import timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from banso.people.forms.registry.filters import BodiesFilter, PersonsFilter, StandingFilter
from banso.people.models import Appointment, Organisation
from banso.people.models.keys import words_in
from banso.people.queries.persons import affiliations_matching, people_matching
from banso.people.queries.registry import persons_chosen
from banso.people.records.person_rows import stamp_of
from banso.web.fronts import in_language
from banso.web.lists.columns import Bilingual, Column, Kind
from banso.web.lists.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import QuerySet

A_DAY = timedelta(days=1)
_ROLES = dict(Appointment.Role.choices)
_KINDS = dict(Organisation.Kind.choices)


def _last_day(until_on: date | None) -> date | None:
    return until_on - A_DAY if until_on else None


def _places(person: Any) -> str:  # noqa: ANN401 - a row of a list
    names = (
        in_language(one.organisation.name_ja, one.organisation.name_en) for one in person.places
    )
    return " / ".join(dict.fromkeys(names))


def _units(person: Any) -> str:  # noqa: ANN401 - a row of a list
    return " / ".join(dict.fromkeys(one.unit for one in person.places if one.unit))


def _roles(person: Any) -> str:  # noqa: ANN401 - a row of a list
    return " / ".join(dict.fromkeys(str(_ROLES[one.role]) for one in person.roles))


def _person_of(row: Any) -> Bilingual:  # noqa: ANN401 - a row of a list
    return Bilingual(row.person.name_ja, row.person.name_en)


def _record(row: Any) -> str:  # noqa: ANN401 - a row of a list
    return reverse("registry:person", args=[row.person_id])


def _body_of(row: Any) -> Bilingual:  # noqa: ANN401 - a row of a list
    body = row.organisation
    return Bilingual(body.name_ja, body.name_en) if body else Bilingual("", "")


def _with_body(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        rows = rows.filter(words_in(word, "person__") | words_in(word, "organisation__"))
    return rows


def _standing(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    if chosen.get("role"):
        rows = rows.filter(role=chosen["role"])
    match chosen.get("state"):
        case "current":
            return rows.filter(until_on=None)
        case "ending":
            return rows.filter(until_on__isnull=False)
        case _:
            return rows


def _of_kind(rows: QuerySet[Any], chosen: Mapping[str, Any]) -> QuerySet[Any]:
    if not chosen["kind"]:
        return rows
    kind = chosen["kind"]
    return rows.filter(Q(kind=kind) | Q(further_kinds__contains=[kind]))


_NAME_IN_LIST: tuple[Column[Any], ...] = (
    Column(
        "person",
        _("Name"),
        _person_of,
        Kind.BILINGUAL,
        address=_record,
        order=("person__sort_key",),
        is_heading=True,
    ),
    Column("number", _("Number"), lambda row: row.person.number),
    Column(
        "organisation",
        _("Organisation"),
        _body_of,
        Kind.BILINGUAL,
        order=("organisation__sort_key",),
    ),
)
_DAYS: tuple[Column[Any], ...] = (
    Column("from_on", _("First day"), lambda row: row.from_on, Kind.DATE, order=("from_on",)),
    Column(
        "last_on",
        _("Last day"),
        lambda row: _last_day(row.until_on),
        Kind.DATE,
        order=("until_on",),
    ),
)

PERSONS = Listing(
    name="persons",
    caption=_("Persons"),
    columns=(
        Column(
            "name",
            _("Name"),
            lambda person: Bilingual(person.name_ja, person.name_en),
            Kind.BILINGUAL,
            address=lambda person: reverse("registry:person", args=[person.pk]),
            order=("sort_key",),
            is_heading=True,
        ),
        Column("kana", _("Kana"), lambda person: person.name_kana, Kind.JAPANESE),
        Column("number", _("Number"), lambda person: person.number),
        Column("affiliation", _("Affiliation"), _places, is_wide=True),
        Column("unit", _("Unit"), _units),
        Column("roles", _("Roles"), _roles, is_wide=True),
        Column("record", _("Record"), lambda person: person.pk, is_shown=False),
        Column("stamp", _("Mark of the download"), stamp_of, is_shown=False),
        *(
            Column(name, label, attrgetter(name), is_shown=False)
            for name, label in (
                ("family_name", _("Family name")),
                ("given_name", _("Given name")),
                ("family_name_kana", _("Family name in kana")),
                ("given_name_kana", _("Given name in kana")),
                ("family_name_en", _("Family name in Latin letters")),
                ("given_name_en", _("Given name in Latin letters")),
            )
        ),
        Column(
            "name_en", _("Name in Latin letters"), lambda person: person.name_en, is_shown=False
        ),
        Column(
            "erad_number",
            _("e-Rad researcher number"),
            lambda person: person.erad_number,
            is_shown=False,
        ),
        Column("orcid", _("ORCID iD"), lambda person: person.orcid, is_shown=False),
        Column("researchmap_id", _("researchmap"), lambda one: one.researchmap_id, is_shown=False),
    ),
    order=("sort_key",),
    filters=PersonsFilter,
    narrow=persons_chosen,
    search=people_matching,
    search_label=_("Name, number or body; in kanji, kana or Latin letters"),
    is_sample=lambda person: person.is_sample,
    empty=_("Nobody is registered here yet."),
)
BODIES = Listing(
    name="bodies",
    caption=_("Bodies"),
    columns=(
        Column(
            "name",
            _("Name of the body"),
            lambda body: Bilingual(body.name_ja, body.name_en),
            Kind.BILINGUAL,
            address=lambda body: reverse("registry:body", args=[body.pk]),
            order=("sort_key",),
            is_heading=True,
            is_wide=True,
        ),
        Column("short_name", _("Short name"), lambda body: body.short_name, order=("short_name",)),
        Column("kind", _("Kind"), lambda body: _KINDS[body.kind], order=("kind",)),
        Column("corporate_number", _("Corporate number"), lambda body: body.corporate_number),
        Column("ror", _("ROR"), lambda body: body.ror),
        Column("erad_code", _("e-Rad institution code"), lambda body: body.erad_code),
        Column("kana", _("Name in kana"), lambda body: body.name_kana, is_shown=False),
    ),
    order=("sort_key",),
    filters=BodiesFilter,
    narrow=_of_kind,
    search=lambda rows, words: rows.filter(words_in(words)),
    search_label=_("Name or number of the body"),
    is_sample=lambda body: body.is_sample,
)
AFFILIATIONS = Listing(
    name="affiliations",
    caption=_("Affiliations"),
    columns=(
        *_NAME_IN_LIST,
        Column("unit", _("Unit"), lambda row: row.unit, order=("unit",)),
        *_DAYS,
    ),
    order=("person__sort_key",),
    filters=StandingFilter.of_affiliations,
    narrow=_standing,
    search=affiliations_matching,
    search_label=_("Name, number or body; in kanji, kana or Latin letters"),
    is_sample=lambda row: row.person.is_sample,
)
APPOINTMENTS = Listing(
    name="appointments",
    caption=_("Appointments"),
    columns=(
        *_NAME_IN_LIST,
        Column("role", _("Role"), lambda row: _ROLES[row.role], order=("role",)),
        *_DAYS,
    ),
    order=("person__sort_key",),
    filters=StandingFilter,
    narrow=_standing,
    search=_with_body,
    search_label=_("Name, number or body; in kanji, kana or Latin letters"),
    is_sample=lambda row: row.person.is_sample,
)
