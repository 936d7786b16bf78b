"""Addresses of the pages that join apps."""

from __future__ import annotations

from django.urls import path

from banso.portal.views import bundle, ledger, mine, public, receipts

app_name = "portal"
urlpatterns = [
    path("", public.home, name="home"),
    path("concepts/<slug:slug>/", public.concept, name="concept"),
    path("rules/", public.rules, name="rules"),
    path("rules/<str:rule_id>/", public.rule, name="rule"),
    path("data/", public.take_away, name="data"),
    path("help/", public.help_page, name="help"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("ledger/checkpoint", ledger.checkpoint, name="checkpoint"),
    path("ledger/checkpoints/<str:size>", ledger.checkpoint_of_size, name="checkpoint_of_size"),
    path("ledger/inclusion", ledger.inclusion, name="inclusion"),
    path("ledger/consistency", ledger.consistency, name="consistency"),
    path("ledger/keys", ledger.keys, name="ledger_keys"),
    path("ledger/tile/<str:level>/<path:place>", ledger.tile, name="tile"),
    path("ledger/verify.py", ledger.script, name="verify_script"),
    path("ledger/bundle", bundle.bundle, name="bundle"),
    path("my/", mine.my, name="my"),
    path("my/desk/", mine.desk, name="desk"),
    path("my/receipts/", receipts.receipts, name="receipts"),
    path("my/receipts/<uuid:entry_id>/", receipts.receipt, name="receipt"),
    path("my/receipts/<uuid:entry_id>.txt", receipts.receipt_text, name="receipt_text"),
    path("my/receipts/<uuid:entry_id>.pdf", receipts.receipt_pdf, name="receipt_pdf"),
]
