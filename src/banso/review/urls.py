"""Addresses of review: the reviewer's queue, the agency's desk, the letters."""

from __future__ import annotations

from banso.review.views import desk, letters, reviewing
from banso.web.addresses import signed_in

app_name = "review"
_TASK = "my/reviews/<uuid:assignment_id>/"
_DESK = "my/desk/reviews/"
_PROPOSAL = f"{_DESK}proposals/<uuid:proposal_id>/"
urlpatterns = [
    signed_in("my/reviews/", reviewing.reviews, "reviews"),
    signed_in(_TASK, reviewing.assignment, "assignment"),
    signed_in(f"{_TASK}pledge/", reviewing.pledge, "pledge"),
    signed_in(f"{_TASK}declaration/", reviewing.declare, "declare"),
    signed_in(f"{_TASK}assessment/", reviewing.assess, "assess"),
    signed_in(f"{_TASK}files/<slug:part>/", reviewing.file, "file"),
    signed_in(_DESK, desk.desk, "desk", is_heavy=True),
    signed_in(f"{_DESK}<slug:slug>/", desk.desk_call, "desk_call", is_heavy=True),
    signed_in(_PROPOSAL, desk.desk_proposal, "desk_proposal"),
    signed_in(f"{_PROPOSAL}files/<slug:part>/", desk.desk_file, "desk_file"),
    signed_in(f"{_PROPOSAL}reviewers/", desk.assign, "assign"),
    signed_in(f"{_PROPOSAL}examination/", desk.examine, "examine"),
    signed_in(f"{_PROPOSAL}decision/", desk.decide, "decide"),
    signed_in("my/letters/", letters.letters, "letters"),
    signed_in("my/letters/<uuid:letter_id>/", letters.letter, "letter"),
]
