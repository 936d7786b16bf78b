"""Addresses of proposals."""

from __future__ import annotations

from banso.proposals.views import desk, drafting, institution, submission
from banso.web.addresses import signed_in
from banso.web.fields import LARGEST_FILE_BYTES

app_name = "proposals"
_PROPOSAL = "my/proposals/<uuid:proposal_id>/"
_APPROVAL = "my/approvals/<uuid:proposal_id>/"
urlpatterns = [
    signed_in("my/proposals/", drafting.my_proposals, "my_proposals"),
    signed_in("my/proposals/new/<slug:slug>/", drafting.draft, "draft"),
    signed_in(_PROPOSAL, drafting.proposal, "proposal"),
    signed_in(f"{_PROPOSAL}edit/", drafting.edit, "edit"),
    signed_in(f"{_PROPOSAL}file/", drafting.attach, "attach", file_bytes=LARGEST_FILE_BYTES),
    signed_in(f"{_PROPOSAL}file/<uuid:file_id>/", drafting.file, "file"),
    signed_in(f"{_PROPOSAL}send/", drafting.send, "send"),
    signed_in(f"{_PROPOSAL}check/", submission.check, "check"),
    signed_in(f"{_PROPOSAL}withdraw/", submission.withdraw, "withdraw"),
    signed_in(f"{_PROPOSAL}receipt/<str:number>/", submission.receipt, "receipt"),
    signed_in("my/approvals/", institution.approvals, "approvals"),
    signed_in(_APPROVAL, institution.approval, "approval"),
    signed_in(f"{_APPROVAL}return/", institution.return_, "return"),
    signed_in("my/desk/calls/", desk.desk, "desk", is_heavy=True),
    signed_in("my/desk/calls/<slug:slug>/", desk.desk_call, "desk_call", is_heavy=True),
]
