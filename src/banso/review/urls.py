"""Addresses of review: the reviewer's queue, the agency's desk, the letters."""

from __future__ import annotations

from banso.review import views
from banso.web.addresses import signed_in

app_name = "review"
_TASK = "my/reviews/<uuid:assignment_id>/"
_DESK = "my/desk/reviews/"
_PROPOSAL = f"{_DESK}proposals/<uuid:proposal_id>/"
urlpatterns = [
    signed_in("my/reviews/", views.reviews, "reviews"),
    signed_in(_TASK, views.assignment, "assignment"),
    signed_in(f"{_TASK}pledge/", views.pledge, "pledge"),
    signed_in(f"{_TASK}declaration/", views.declare, "declare"),
    signed_in(f"{_TASK}assessment/", views.assess, "assess"),
    signed_in(f"{_TASK}files/<slug:part>/", views.file, "file"),
    signed_in(_DESK, views.desk, "desk", is_heavy=True),
    signed_in(f"{_DESK}<slug:slug>/", views.desk_call, "desk_call", is_heavy=True),
    signed_in(_PROPOSAL, views.desk_proposal, "desk_proposal"),
    signed_in(f"{_PROPOSAL}files/<slug:part>/", views.desk_file, "desk_file"),
    signed_in(f"{_PROPOSAL}reviewers/", views.assign, "assign"),
    signed_in(f"{_PROPOSAL}examination/", views.examine, "examine"),
    signed_in(f"{_PROPOSAL}decision/", views.decide, "decide"),
    signed_in("my/letters/", views.letters, "letters"),
    signed_in("my/letters/<uuid:letter_id>/", views.letter, "letter"),
]
