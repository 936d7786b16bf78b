"""Addresses of the registry desk."""

from __future__ import annotations

from banso.people.records.tables import MOST_BYTES
from banso.people.views import own_record
from banso.people.views.registry import bodies, deputies, desk, merging, offices, persons, tables
from banso.web.addresses import signed_in

_PERSON = "my/registry/persons/<uuid:person_id>/"
_BODY = "my/registry/bodies/<uuid:organisation_id>/"
_MERGING = "my/registry/merging/"
_TWO = "<uuid:kept_id>/<uuid:gone_id>/"
_AFFILIATION = "my/registry/affiliations/<uuid:affiliation_id>/"

urlpatterns = [
    signed_in("my/registry/", desk.desk, "desk"),
    signed_in("my/registry/persons/", desk.persons, "persons"),
    signed_in("my/registry/persons/new/", persons.enter, "enter_person"),
    signed_in(_PERSON, persons.person, "person"),
    signed_in(f"{_PERSON}correct/", persons.correct, "correct_person"),
    signed_in(f"{_PERSON}affiliate/", persons.affiliate, "affiliate"),
    signed_in("my/registry/bodies/", desk.bodies, "bodies"),
    signed_in("my/registry/bodies/new/", bodies.register, "register_body"),
    signed_in(_BODY, bodies.body, "body"),
    signed_in(f"{_BODY}correct/", bodies.correct, "correct_body"),
    signed_in(f"{_PERSON}merge/", merging.choose_other, "choose_other"),
    signed_in(f"{_MERGING}persons/{_TWO}", merging.persons, "merge_persons"),
    signed_in(f"{_MERGING}bodies/{_TWO}", merging.bodies, "merge_bodies"),
    signed_in(f"{_MERGING}<uuid:merging_id>/", merging.merging, "merging"),
    signed_in("my/registry/deputies/", deputies.deputies, "deputies"),
    signed_in("my/registry/deputies/new/", deputies.name, "name_deputy"),
    signed_in("my/registry/deputies/<uuid:deputy_id>/end/", deputies.end, "end_deputy"),
    signed_in("my/registry/tables/<slug:kind>/template/", tables.template, "template"),
    signed_in(
        "my/registry/tables/<slug:kind>/upload/",
        tables.upload,
        "upload",
        file_bytes=MOST_BYTES,
        is_heavy=True,
    ),
    signed_in("my/registry/tables/<uuid:table_id>/", tables.table, "table", is_heavy=True),
    signed_in("my/registry/affiliations/", desk.affiliations, "affiliations"),
    signed_in(f"{_AFFILIATION}correct/", persons.edit_affiliation, "correct_affiliation"),
    signed_in(f"{_AFFILIATION}end/", persons.leave_body, "end_affiliation"),
    signed_in("my/registry/appointments/", desk.appointments, "appointments"),
    signed_in("my/registry/appointments/new/", offices.give, "appoint"),
    signed_in(
        "my/registry/appointments/proposed/<uuid:proposed_id>/", offices.proposed, "proposed"
    ),
    signed_in(
        "my/registry/appointments/<uuid:appointment_id>/end/", offices.end, "end_appointment"
    ),
]

own_urlpatterns = [
    signed_in("my/record/", own_record.own, "own"),
    signed_in("my/record/correct/", own_record.correct, "correct"),
    signed_in("my/record/take-away/", own_record.take_away, "take_away"),
]
