"""Addresses of calls and proposals."""

from __future__ import annotations

from django.urls import path

from banso.calls import views

app_name = "calls"
urlpatterns = [
    path("calls/", views.calls, name="calls"),
    path("calls.csv", views.calls_csv, name="calls_csv"),
    path("calls.json", views.calls_json, name="calls_json"),
    path("calls/<slug:slug>/", views.call, name="call"),
    path("my/proposals/", views.my_proposals, name="my_proposals"),
    path("my/proposals/new/<slug:slug>/", views.draft, name="draft"),
    path("my/proposals/<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("my/proposals/<uuid:proposal_id>/edit/", views.edit, name="edit"),
    path("my/proposals/<uuid:proposal_id>/file/", views.attach, name="attach"),
    path("my/proposals/<uuid:proposal_id>/file/<uuid:file_id>/", views.file, name="file"),
    path("my/proposals/<uuid:proposal_id>/send/", views.send, name="send"),
    path("my/proposals/<uuid:proposal_id>/check/", views.check, name="check"),
    path("my/proposals/<uuid:proposal_id>/withdraw/", views.withdraw, name="withdraw"),
    path("my/proposals/<uuid:proposal_id>/receipt/<str:number>/", views.receipt, name="receipt"),
    path("my/approvals/", views.approvals, name="approvals"),
    path("my/approvals/<uuid:proposal_id>/", views.approval, name="approval"),
    path("my/approvals/<uuid:proposal_id>/return/", views.return_, name="return"),
    path("my/desk/calls/", views.desk, name="desk"),
    path("my/desk/calls/new/", views.announce, name="announce"),
    path("my/desk/calls/<slug:slug>/", views.desk_call, name="desk_call"),
]
