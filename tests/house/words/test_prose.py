"""What people wrote in several lines is shown in several lines, wherever a page shows it."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.template import engines
from jinja2 import nodes

SOURCES = Path(__file__).parents[3] / "src" / "banso"
TEMPLATES = sorted(SOURCES.glob("*/templates/**/*.html"))
# Each of these keeps the lines of what it is given.
KEEPS_LINES = {"written", "written_text", "prose", "paragraphs"}
# A name of prose that a template uses for what is one line: rules and clauses, a key, a note of
# ours, the part that a file is, how a meeting was held.
ONE_LINE = {
    ("portal/rules/rule.html", "text_ja"),
    ("portal/rules/rule.html", "text_en"),
    ("portal/rules/rules.html", "text_ja"),
    ("portal/rules/rules.html", "text_en"),
    ("councils/membership/leave.html", "text_ja"),
    ("councils/membership/leave.html", "text_en"),
    ("councils/_duty.html", "text_ja"),
    ("councils/_duty.html", "text_en"),
    ("proofs/_ledger_signers.html", "text"),
    ("portal/my.html", "note"),
    ("portal/desk.html", "note"),
    ("review/_content.html", "part"),
    ("catalogue/meeting.html", "how_ja"),
    ("catalogue/publications/questions.html", "question_ja"),
    ("catalogue/publications/questions.html", "question_en"),
}


def fields_of(kind, app=None):
    models = (model for model in apps.get_models() if model.__module__.startswith("banso."))
    return {
        field.name
        for model in models
        if model._meta.app_label != "ledger" and app in {None, model._meta.app_label}
        for field in model._meta.get_fields()
        if type(field) is kind
    }


def prose_fields(app):
    """Name what is prose on the pages of an app; what its own models keep as a line is none."""
    return (fields_of(TextField) | {"return_comment"}) - fields_of(CharField, app)


def bare(node, names):
    """Find prose that reaches the page without its lines, below an expression of a template."""
    if isinstance(node, nodes.CondExpr):
        yield from bare(node.expr1, names)
        if node.expr2 is not None:
            yield from bare(node.expr2, names)
        return
    if isinstance(node, nodes.Compare | nodes.Not | nodes.Test):
        return
    if isinstance(node, nodes.Call) and getattr(node.node, "name", "") in KEEPS_LINES:
        return
    if isinstance(node, nodes.Filter) and node.name in KEEPS_LINES:
        return
    if isinstance(node, nodes.Getattr) and node.attr in names:
        yield node.attr
    for child in node.iter_child_nodes():
        yield from bare(child, names)


def shown_without_lines(source, names):
    tree = engines["jinja2"].env.parse(source)
    outputs = [*tree.find_all(nodes.Output), *tree.find_all(nodes.CallBlock)]
    found = set()
    for output in outputs:
        parts = output.nodes if isinstance(output, nodes.Output) else [output.call]
        for part in parts:
            found |= set(bare(part, names))
    return found


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_prose_on_a_page_keeps_its_lines(template):
    where = template.as_posix().partition("/templates/")[2]
    found = shown_without_lines(template.read_text(), prose_fields(where.partition("/")[0]))

    assert sorted(name for name in found if (where, name) not in ONE_LINE) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{{ letter.reasons }}", {"reasons"}),
        ("{{ written(letter.reasons) }}", set()),
        ("{% if letter.reasons %}there{% endif %}", set()),
        ("{{ description_list([(_('Reasons'), letter.reasons)]) }}", {"reasons"}),
        ("{{ letter.reasons | paragraphs }}", set()),
        ("{% call row('x') %}{{ letter.reasons }}{% endcall %}", {"reasons"}),
    ],
)
def test_prose_without_its_lines_is_named(source, found):
    assert shown_without_lines(source, {"reasons"}) == found
