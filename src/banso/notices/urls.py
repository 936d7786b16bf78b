"""Addresses of notices and of mail."""

from __future__ import annotations

from django.conf import settings

from banso.notices.views import mailbox, own, secret
from banso.web import addresses
from banso.web.addresses import demo, signed_in

app_name = "notices"
DEMO_PAGES = [
    demo("demo/mail/", mailbox.mailbox, "mailbox"),
    demo("demo/mail/<uuid:message_id>/", mailbox.mail, "mail"),
]
urlpatterns = [
    signed_in("my/notices/", own.notices, "notices"),
    signed_in("my/notices/seen/", own.see_every_notice, "see_all"),
    signed_in("my/notices/choices/", own.choices, "choices"),
    signed_in("my/notices/calendar/", own.renew_feed, "renew_feed"),
    signed_in("my/notices/calendar/end/", own.close_feed, "close_feed"),
    signed_in("my/notices/reach/", own.reach, "reach"),
    signed_in("my/notices/<uuid:notice_id>/", own.open_notice, "open"),
    addresses.secret("notices/stop/<str:token>/", secret.stop, "stop"),
    addresses.secret("notices/calendar/<str:token>.ics", secret.feed, "feed"),
    *(DEMO_PAGES if settings.IS_DEMO else []),
]
