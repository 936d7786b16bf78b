"""Addresses of notices and of mail."""

from __future__ import annotations

from django.conf import settings

from banso.notices.views import mailbox
from banso.web.addresses import demo

app_name = "notices"
DEMO_PAGES = [
    demo("demo/mail/", mailbox.mailbox, "mailbox"),
    demo("demo/mail/<uuid:message_id>/", mailbox.mail, "mail"),
]
urlpatterns = [*(DEMO_PAGES if settings.IS_DEMO else [])]
