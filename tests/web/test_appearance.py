"""Colours that can be read, and templates that keep to the content policy."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

import banso.web
from banso.web.templating import SCRIPTS, STYLESHEETS

PACKAGE = Path(banso.web.__file__).parent
STATIC = PACKAGE / "static" / "web"
TEMPLATES = sorted(PACKAGE.parent.glob("*/templates/**/*.html"))
SHEETS = sorted(STATIC.rglob("*.css"))
TOKENS = dict(
    re.findall(r"(--[\w-]+):\s*([^;]+);", (STATIC / "tokens.css").read_text(encoding="utf-8"))
)
WHITE, PALE = "--color-neutral-white", "--color-neutral-solid-gray-50"
ON_BOTH = [
    "--color-primitive-blue-900",
    "--color-primitive-blue-1000",
    "--color-primitive-magenta-900",
    "--color-primitive-orange-900",
    "--color-semantic-error-2",
    "--color-semantic-success-2",
    "--color-neutral-solid-gray-600",
    "--color-neutral-solid-gray-700",
    "--color-neutral-solid-gray-800",
    "--color-neutral-solid-gray-900",
]
ON_WHITE = ["--color-semantic-warning-orange-2", "--color-semantic-warning-yellow-2"]
TEXT = [
    *product(ON_BOTH, [WHITE, PALE]),
    *product(ON_WHITE, [WHITE]),
    ("--color-neutral-solid-gray-536", WHITE),
    ("--color-neutral-white", "--color-primitive-blue-900"),
    ("--color-neutral-white", "--color-primitive-blue-1000"),
    ("--color-neutral-white", "--color-primitive-purple-900"),
    ("--color-neutral-solid-gray-900", "--color-primitive-yellow-100"),
    ("--color-primitive-blue-1000", "--color-primitive-yellow-100"),
    ("--color-neutral-solid-gray-800", "--color-primitive-yellow-50"),
    ("--color-neutral-solid-gray-600", "--color-primitive-purple-50"),
    ("--color-primitive-blue-1000", "--color-primitive-purple-50"),
    ("--color-neutral-solid-gray-600", "--color-primitive-blue-50"),
    ("--color-primitive-blue-1000", "--color-primitive-blue-100"),
    ("--color-neutral-solid-gray-600", "--color-neutral-solid-gray-100"),
]
MARKS = [
    ("--color-neutral-solid-gray-420", WHITE),
    ("--color-semantic-error-1", WHITE),
    ("--color-semantic-success-1", WHITE),
    ("--color-semantic-warning-yellow-1", WHITE),
    ("--color-semantic-warning-orange-1", WHITE),
]


def colour(token):
    value = TOKENS[token]
    if value.startswith("var("):
        return colour(value[4:-1])
    return value


def luminance(token):
    shares = [int(colour(token)[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    low, high = sorted([luminance(first), luminance(second)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.convention("A3")
@pytest.mark.convention("D2")
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read_on_its_ground(ink, ground):
    assert contrast(ink, ground) >= 4.5


@pytest.mark.convention("D2")
@pytest.mark.parametrize(("ink", "ground"), MARKS)
def test_marks_and_borders_can_be_seen(ink, ground):
    assert contrast(ink, ground) >= 2.99


@pytest.mark.convention("D2")
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_colour_is_a_token(sheet):
    text = sheet.read_text(encoding="utf-8")
    named = set(re.findall(r"var\((--[\w-]+)", text))

    assert named <= set(TOKENS)
    if sheet.name != "tokens.css":
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|color-mix)\(", text)
        assert not re.findall(r":\s*(?:white|black|red|blue|gr[ae]y|green)\b", text)


def test_every_token_is_used():
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)
    unused = {token for token in TOKENS if f"var({token})" not in text}

    # Kept for pages to come: the pairs of a semantic colour belong together.
    assert {token for token in unused if token.startswith("--color-primitive")} == set()


@pytest.mark.convention("D3")
def test_focus_is_never_removed():
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)

    assert "outline: 4px solid var(--color-neutral-black)" in text
    assert not re.search(r"outline(-style|-width)?:\s*(none|0)\b", text)


@pytest.mark.convention("D4")
def test_there_is_one_breakpoint_and_no_font_file():
    text = "".join(sheet.read_text(encoding="utf-8") for sheet in SHEETS)

    assert set(re.findall(r"\((?:min|max)-width:\s*([^)]+)\)", text)) == {"48rem"}
    assert "@font-face" not in text
    assert "@import" not in text
    assert set(re.findall(r"font-weight:\s*(\d+)", text)) == {"400", "700"}


@pytest.mark.parametrize("path", [*STYLESHEETS, *SCRIPTS, "web/print.css", "web/mark.svg"])
def test_every_linked_file_exists(path):
    assert finders.find(path)


def test_every_stylesheet_is_linked():
    found = {f"web/{sheet.relative_to(STATIC).as_posix()}" for sheet in SHEETS}

    assert found == {*STYLESHEETS, "web/print.css"}


@pytest.mark.convention("H5")
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_template_keeps_to_the_content_policy(template):
    text = template.read_text(encoding="utf-8")
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", text)

    assert not [script for script in scripts if "application/ld+json" not in script]
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=|hx-on|javascript:|\bjs:", text)
    assert not re.search(r"hx-trigger=\"[^\"]*\[", text)
    assert ":inherited" not in text
