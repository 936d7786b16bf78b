"""Addresses of calls."""

from __future__ import annotations

from banso.calls.views import desk, public
from banso.web import addresses
from banso.web.addresses import signed_in

app_name = "calls"
urlpatterns = [
    addresses.public("calls/", public.calls, "calls"),
    addresses.public("calls.csv", public.calls_file, "calls_csv", form="csv"),
    addresses.public("calls.xlsx", public.calls_file, "calls_xlsx", form="xlsx"),
    addresses.public("calls.json", public.calls_file, "calls_json", form="json"),
    addresses.public("calls/<slug:slug>/", public.call, "call"),
    signed_in("my/desk/calls/new/", desk.announce, "announce"),
]
