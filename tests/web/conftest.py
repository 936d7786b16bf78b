"""The kit alone: its own addresses, and a frame with plain values around its pages."""

from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils.translation import get_language

VISITORS_FRAME = {
    "site_name": "banso",
    "menu": [("Calls", "/calls/", True)],
    "my_menu": [],
    "person_name": "",
    "is_demo": True,
    "demo_address": "/demo/",
    "other_language_address": "/other/",
    "sign_in_address": "/in/",
    "sign_out_address": "/out/",
    "session_address": "",
    "notices_address": "",
    "unseen_notices": 0,
    "audience": "",
    "restricted": False,
}


@pytest.fixture
def frame():
    """Values of the frame; a test changes what matters to it."""
    return SimpleNamespace(**VISITORS_FRAME)


@pytest.fixture(autouse=True)
def _kit_alone(settings, monkeypatch, frame):
    def chrome(request):
        frame.language = get_language()
        return {"chrome": frame, "request": request, "messages": []}

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.ROOT_URLCONF = "tests.web.addresses"
    monkeypatch.setattr(engines.all()[0], "template_context_processors", [chrome])
