"""The app's entry in the list of installed apps."""

from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Papers out of data, which owns no table."""

    name = "banso.papers"
