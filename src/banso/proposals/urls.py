"""Addresses of proposals."""

from __future__ import annotations

from django.urls import path

from banso.proposals.views import applicant, desk, institution

app_name = "proposals"
urlpatterns = [
    path("my/proposals/", applicant.my_proposals, name="my_proposals"),
    path("my/proposals/new/<slug:slug>/", applicant.draft, name="draft"),
    path("my/proposals/<uuid:proposal_id>/", applicant.proposal, name="proposal"),
    path("my/proposals/<uuid:proposal_id>/edit/", applicant.edit, name="edit"),
    path("my/proposals/<uuid:proposal_id>/file/", applicant.attach, name="attach"),
    path("my/proposals/<uuid:proposal_id>/file/<uuid:file_id>/", applicant.file, name="file"),
    path("my/proposals/<uuid:proposal_id>/send/", applicant.send, name="send"),
    path("my/proposals/<uuid:proposal_id>/check/", applicant.check, name="check"),
    path("my/proposals/<uuid:proposal_id>/withdraw/", applicant.withdraw, name="withdraw"),
    path(
        "my/proposals/<uuid:proposal_id>/receipt/<str:number>/", applicant.receipt, name="receipt"
    ),
    path("my/approvals/", institution.approvals, name="approvals"),
    path("my/approvals/<uuid:proposal_id>/", institution.approval, name="approval"),
    path("my/approvals/<uuid:proposal_id>/return/", institution.return_, name="return"),
    path("my/desk/calls/", desk.desk, name="desk"),
    path("my/desk/calls/<slug:slug>/", desk.desk_call, name="desk_call"),
]
