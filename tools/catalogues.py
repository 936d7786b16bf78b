"""Keeps each app's Japanese catalogue: `update`, `check` and `build`, without GNU gettext."""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages import Catalog, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "banso"
LOCALE = "ja"
# No Django app, so no catalogue of its own would be read; its few words are Django's.
WITHOUT_CATALOGUE = "site"
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: banso\\n"
"Language: ja\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
KEYWORDS = {
    **extract.DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
JINJA2_OPTIONS = {"trimmed": "true", "silent": "false", "encoding": "utf-8"}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)\}(?!\})")

Key = tuple[str, str]


def apps() -> list[str]:
    """Name every app, in the order of the alphabet."""
    names = (file.parent.name for file in PACKAGE.glob("*/__init__.py"))
    return sorted(name for name in names if name != WITHOUT_CATALOGUE)


def catalogue_path(app: str) -> Path:
    """Say where an app keeps its Japanese."""
    return PACKAGE / app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def key_of(message: Message) -> Key:
    """Tell messages apart by context and English text."""
    english = message.id if isinstance(message.id, str) else message.id[0]
    return (message.context or "", english)


@cache
def strings_in_source(app: str) -> Catalog:
    """Collect the texts of an app's modules and templates."""
    catalogue = Catalog(locale=LOCALE, domain="django", fuzzy=False)
    folder = PACKAGE / app
    sources = [(path, "python") for path in folder.rglob("*.py") if "migrations" not in path.parts]
    sources += [(path, "jinja2") for path in (folder / "templates").rglob("*.*")]
    for path, method in sorted(sources):
        how = babel_extract if method == "jinja2" else method
        options = JINJA2_OPTIONS if method == "jinja2" else {}
        content = io.BytesIO(path.read_bytes())
        # Jinja2 annotates its extractor more narrowly than Babel calls it.
        found = extract.extract(how, content, keywords=KEYWORDS, options=options)  # type: ignore[arg-type]
        for _, text, _, context in found:
            if text:
                catalogue.add(text, context=context)
    return catalogue


def read_catalogue(app: str) -> Catalog:
    """Read an app's Japanese, empty if it has none yet."""
    path = catalogue_path(app)
    if not path.exists():
        return Catalog(locale=LOCALE, domain="django", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE, domain="django", abort_invalid=True)


def messages_of(catalogue: Catalog) -> Iterator[Message]:
    """Give the messages without the header."""
    return (message for message in catalogue if message.id)


def update(names: list[str]) -> int:
    """Bring the catalogues in line with the source and keep what was translated."""
    for app in names:
        known = {key_of(message): message for message in messages_of(read_catalogue(app))}
        found = strings_in_source(app)
        if not len(found):
            continue
        for message in messages_of(found):
            before = known.get(key_of(message))
            if before is not None and before.pluralizable == message.pluralizable:
                message.string = before.string
        write_catalogue(app, found)
        print(f"{app}: {len(found)}, to fill: {sum(not filled(m) for m in messages_of(found))}")
    return 0


def write_catalogue(app: str, catalogue: Catalog) -> None:
    """Write an app's catalogue so that equal contents are equal bytes."""
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
    path = catalogue_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode().strip() + "\n", encoding="utf-8")


def filled(message: Message) -> bool:
    """Whether a message has its Japanese, in every form."""
    return bool(message.string) and all(translations_of(message))


def translations_of(message: Message) -> tuple[str, ...]:
    """Give one translation, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def problems() -> Iterator[str]:
    """Name everything that would show a reader the wrong text."""
    everywhere: dict[Key, dict[tuple[str, ...], str]] = defaultdict(dict)
    for app in apps():
        found = {key_of(message): message for message in messages_of(strings_in_source(app))}
        known = {key_of(message): message for message in messages_of(read_catalogue(app))}
        yield from (f"{app}: missing: {key[1]!r}" for key in found.keys() - known.keys())
        yield from (f"{app}: obsolete: {key[1]!r}" for key in known.keys() - found.keys())
        for key, message in known.items():
            if not filled(message):
                yield f"{app}: not translated: {key[1]!r}"
                continue
            if message.fuzzy:
                yield f"{app}: fuzzy: {key[1]!r}"
            yield from (f"{app}: {fault}: {key[1]!r}" for fault in placeholder_faults(message))
            everywhere[key].setdefault(translations_of(message), app)
    for key, translations in everywhere.items():
        if len(translations) > 1:
            ways = "; ".join(f"{app}: {texts[0]}" for texts, app in translations.items())
            yield f"translated differently: {key[1]!r}: {ways}"


def placeholder_faults(message: Message) -> Iterator[str]:
    """Compare the named places of each form with those of the English text."""
    english = message.id if isinstance(message.id, str) else message.id[-1]
    wanted = placeholders(english)
    for text in translations_of(message):
        for name in sorted(wanted ^ placeholders(text)):
            yield f"placeholder {name!r} is not on both sides"


def placeholders(text: str) -> set[str]:
    """Name the places that a text leaves open."""
    return {percent or brace for percent, brace in PLACEHOLDER.findall(text)}


def check() -> int:
    """Print every fault; 1 if there is one."""
    faults = sorted(problems())
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def build() -> int:
    """Write what Django reads; the files are not committed."""
    for app in apps():
        path = catalogue_path(app)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read_catalogue(app))
    return 0


def main() -> int:
    """Run one of the three acts."""
    parser = argparse.ArgumentParser(description=__doc__)
    acts = parser.add_subparsers(dest="act", required=True)
    updating = acts.add_parser("update", help="extract the texts of all apps or of those named")
    updating.add_argument("apps", nargs="*", metavar="APP", choices=[[], *apps()])
    acts.add_parser("check", help="name every text that is missing, obsolete or not translated")
    acts.add_parser("build", help="write the .mo files")
    arguments = parser.parse_args()
    match arguments.act:
        case "update":
            return update(arguments.apps or apps())
        case "check":
            return check()
        case _:
            return build()


if __name__ == "__main__":
    sys.exit(main())
