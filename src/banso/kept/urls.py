"""Addresses at which typed text is kept, shown and thrown away."""

from __future__ import annotations

from banso.kept import views
from banso.web.addresses import sign_in, signed_in

app_name = "kept"
urlpatterns = [
    # Open to a page whose session is over; what it sends is signed for its person.
    sign_in("typed/keep/", views.keep_typed, "keep"),
    signed_in("my/typed/", views.kept_texts, "kept_texts"),
    signed_in("my/typed/<uuid:kept_id>/", views.kept_text, "kept_text"),
    signed_in("my/session/", views.extend_session, "extend_session"),
]
