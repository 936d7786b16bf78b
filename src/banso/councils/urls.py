"""Addresses of councils."""

from __future__ import annotations

from banso.councils.views import acts, agreement, by_letter, membership, rooms, secretariat
from banso.web.addresses import Factor, sign_in, signed_in

app_name = "councils"

_COUNCIL = "my/councils/<uuid:council_id>/"
_SECRETARIAT = f"{_COUNCIL}secretariat/"

urlpatterns = [
    sign_in("councils/answer/<str:token>/", by_letter.answer_by_letter, "answer_by_letter"),
    signed_in("my/councils/", rooms.my_councils, "councils"),
    signed_in("my/councils/organised/", rooms.organised_councils, "organised"),
    signed_in("my/councils/record/", membership.own_record, "own_record", factor=Factor.NEVER),
    signed_in("my/councils/prepare/", acts.prepare, "prepare"),
    signed_in(
        "my/councils/invitations/<uuid:membership_id>/",
        membership.invitation,
        "invitation",
        factor=Factor.NEVER,
    ),
    signed_in(_COUNCIL, rooms.room, "room", factor=Factor.ALWAYS),
    signed_in(f"{_COUNCIL}members/", rooms.members, "members", factor=Factor.ALWAYS),
    signed_in(f"{_COUNCIL}meetings/", rooms.room_meetings, "meetings", factor=Factor.ALWAYS),
    signed_in(f"{_COUNCIL}meetings/<int:number>/", rooms.meeting, "meeting", factor=Factor.ALWAYS),
    signed_in(f"{_COUNCIL}leave/", membership.leave, "leave", factor=Factor.NEVER),
    signed_in(
        f"{_COUNCIL}representation/",
        membership.representation,
        "representation",
        factor=Factor.NEVER,
    ),
    signed_in(_SECRETARIAT, secretariat.secretariat, "secretariat"),
    signed_in(f"{_SECRETARIAT}people/", secretariat.people_asked, "people_asked"),
    signed_in(f"{_SECRETARIAT}meetings/", secretariat.meeting_dates, "meeting_dates"),
    signed_in(f"{_SECRETARIAT}representative/", acts.representative, "representative"),
    signed_in(f"{_SECRETARIAT}consultation/", acts.consultation, "consultation"),
    signed_in(f"{_SECRETARIAT}establish/", acts.establish, "establish"),
    signed_in(f"{_SECRETARIAT}invite/", acts.invite, "invite"),
    signed_in(f"{_SECRETARIAT}meeting/", acts.record_meeting, "record_meeting"),
    signed_in(f"{_SECRETARIAT}agreement/", acts.agreement, "agreement"),
    signed_in("my/agreed-items/", agreement.agreed_items, "agreed_items"),
    signed_in("my/agreed-items/<uuid:agreed_item_id>/", agreement.agreed_item, "agreed_item"),
]
