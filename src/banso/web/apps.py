"""The app's entry in the list of installed apps."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The HTTP kit, which owns no table."""

    name = "banso.web"
