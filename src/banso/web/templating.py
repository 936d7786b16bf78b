"""The Jinja2 environment of every template: undefined names are errors, texts are translated."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import jinja2
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static as find_static
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import BytecodeCache, Environment, StrictUndefined, pass_context

from banso.web.formats import FILTERS, active_language, yen_unit
from banso.web.uploads import sentences_about

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.utils.safestring import SafeString
    from jinja2.bccache import Bucket
    from jinja2.runtime import Context

IDEMPOTENCY_FIELD = "idempotency_key"
# The order is the cascade's: tokens, the page, then one file per component.
STYLESHEETS = tuple(
    f"web/{name}.css"
    for name in (
        *("tokens", "page", "site"),
        *("components/button", "components/form", "components/notice", "components/table"),
        *("components/tag", "navigation", "components/list", "components/progress"),
        *("components/timeline", "components/receipt", "components/compare", "components/chart"),
        "components/letter",
    )
)
SCRIPTS = tuple(
    f"web/scripts/{name}.js" for name in ("focus", "count", "keep", "session", "print")
)


def environment(*, kept_in: Path | None = None, **options: Any) -> Environment:  # noqa: ANN401 - Jinja2's own options, passed on
    """Build the environment for Django's Jinja2 engine; what it compiles is kept in the folder."""
    options["undefined"] = StrictUndefined
    options["bytecode_cache"] = KeptTemplates(kept_in) if kept_in else None
    built = Environment(  # noqa: S701 - Django's engine passes autoescape
        **options,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    built.policies["ext.i18n.trimmed"] = True
    built.install_gettext_callables(  # type: ignore[attr-defined] # the extension adds it
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    built.filters.update({name: in_readers_language(show) for name, show in FILTERS.items()})
    built.globals.update(
        about_file=sentences_about,
        active_language=active_language,
        scripts=SCRIPTS,
        static=static,
        stylesheets=STYLESHEETS,
        url=url,
        yen_unit=yen_unit,
    )
    return built


class KeptTemplates(BytecodeCache):
    """Compiled templates on disk, for every process of a data folder and for its next start.

    The name of each says what it was made from: the template's text, Jinja2 and this module. One
    that cannot be read is compiled, and one that cannot be written is not kept.
    """

    def __init__(self, folder: Path) -> None:
        made_by = f"{jinja2.__version__} {sys.version} {Path(__file__).read_text()}"
        self._folder = folder / hashlib.sha256(made_by.encode()).hexdigest()[:16]

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read what was kept, if it was made from this text."""
        try:
            with self._file(bucket).open("rb") as kept:
                bucket.load_bytecode(kept)
        except OSError:
            return

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, whole or not at all."""
        draft = self._file(bucket).with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with draft.open("wb") as written:
                bucket.write_bytecode(written)
            draft.replace(self._file(bucket))
        except OSError:
            return

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.cache"


def in_readers_language(show: Callable[..., str]) -> Callable[..., str]:
    """Make a filter that runs at each rendering.

    Jinja2 would run it once, when it compiles a template that filters a constant, and keep the
    language of that moment.
    """

    @pass_context
    def filtered(_context: Context, *arguments: object, **named: object) -> str:
        return show(*arguments, **named)

    return filtered


def url(name: str, *args: object, **named: object) -> str:
    """Find the address of a page in the reader's language."""
    if args or named:
        return reverse(name, args=args, kwargs=named or None)
    urlconf = get_urlconf() or settings.ROOT_URLCONF
    return _plain_url(name, get_language(), urlconf, get_script_prefix())


@lru_cache(maxsize=2048)
def _plain_url(name: str, _language: str | None, urlconf: str, _prefix: str) -> str:
    """Find an address without parts once: a page asks for some twenty, the same on every page."""
    return reverse(name, urlconf=urlconf)


def static(path: str) -> str:
    """Find the address of a file of pages, once for each way of keeping them."""
    return _static(path, str(staticfiles_storage.__class__))


@lru_cache(maxsize=256)
def _static(path: str, _kept_by: str) -> str:
    return str(find_static(path))


class IdempotencyInput:
    """A form's hidden key: fresh in each form, kept when a form comes back with errors."""

    def __init__(self, kept: str = "") -> None:
        self.kept = kept

    @classmethod
    def of(cls, request: HttpRequest, *, keep: bool) -> IdempotencyInput:
        """Take the key that was sent where the same form is shown again, else a new one."""
        return cls(request.POST.get(IDEMPOTENCY_FIELD, "") if keep else "")

    def __html__(self) -> SafeString:
        field = '<input type="hidden" name="{}" value="{}">'
        return format_html(field, IDEMPOTENCY_FIELD, self.kept or uuid4())
