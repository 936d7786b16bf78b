"""Addresses of review: the reviewer's queue, the agency's desk, the letters."""

from __future__ import annotations

from django.urls import path

from banso.review import views

app_name = "review"
_TASK = "my/reviews/<uuid:assignment_id>/"
_DESK = "my/desk/reviews/"
_PROPOSAL = f"{_DESK}proposals/<uuid:proposal_id>/"
urlpatterns = [
    path("my/reviews/", views.reviews, name="reviews"),
    path(_TASK, views.assignment, name="assignment"),
    path(f"{_TASK}pledge/", views.pledge, name="pledge"),
    path(f"{_TASK}declaration/", views.declare, name="declare"),
    path(f"{_TASK}assessment/", views.assess, name="assess"),
    path(f"{_TASK}files/<slug:part>/", views.file, name="file"),
    path(_DESK, views.desk, name="desk"),
    path(f"{_DESK}<slug:slug>/", views.desk_call, name="desk_call"),
    path(_PROPOSAL, views.desk_proposal, name="desk_proposal"),
    path(f"{_PROPOSAL}files/<slug:part>/", views.desk_file, name="desk_file"),
    path(f"{_PROPOSAL}reviewers/", views.assign, name="assign"),
    path(f"{_PROPOSAL}examination/", views.examine, name="examine"),
    path(f"{_PROPOSAL}decision/", views.decide, name="decide"),
    path("my/letters/", views.letters, name="letters"),
    path("my/letters/<uuid:letter_id>/", views.letter, name="letter"),
]
