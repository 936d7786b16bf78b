"""Every table says who may read it, or why nobody reads it through its own rows."""

import pytest
from django.apps import apps

# What no page, file or command reads as itself, each with the reason.
INTERNAL = {
    "ledger.Detail": "what an entry binds; opened with its entry only",
    "ledger.Entry": "opened to its person, and to auditors unless C5 seals it: `opened_to`",
    "ledger.Erasure": "told with its entry, where that may be opened",
    "ledger.Pending": "which entries wait for a place; only their number is told",
    "ledger.Request": "the memory by which a repetition gives the first result",
    "notices.Cursor": "up to where the ledger was told; only the tasks read it",
    "people.Organisation": "bodies by name, which everybody may read",
    "people.Person": "a name, shown with whatever the viewer may read that names it",
    "people.Affiliation": "loaded into the actor, and where a command needs it",
    "people.Appointment": "loaded into the actor, and where a command needs it",
    "people.Account": "how a person signs in; read by sign-in",
    "people.Tries": "counters of tries by a digest; only limits read them",
    "proposals.Exclusion": "the fact that bars a person; only predicates read it (V2)",
}


def tables():
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("banso.") and not model._meta.auto_created
    ]


def path_exists(model, path):
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return says_who_reads(model)


def says_who_reads(model):
    if getattr(model, "is_public", False) or hasattr(model.objects, "visible_to"):
        return True
    read_with = getattr(model, "is_read_with", "")
    return bool(read_with) and path_exists(model, read_with)


@pytest.mark.parametrize("model", tables(), ids=lambda model: model._meta.label)
def test_every_table_says_who_may_read_it(model):
    assert says_who_reads(model) or model._meta.label in INTERNAL


def test_the_list_of_internal_tables_names_only_tables():
    assert set(INTERNAL) <= {model._meta.label for model in tables()}


@pytest.mark.parametrize(
    "model",
    [model for model in tables() if hasattr(model.objects, "visible_to")],
    ids=lambda model: model._meta.label,
)
def test_a_table_with_its_own_rule_of_reading_is_not_called_public(model):
    assert not getattr(model, "is_public", False)
