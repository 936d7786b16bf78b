"""What the apps give to those on their left is whole: words, addresses, kinds."""

import datetime

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.translation import override
from tests.house.test_commands import permissions

from banso.people.actors import VISITOR
from banso.proofs.queries.receipts import receipt_kinds, receipted
from banso.site.surface import Surface, surface_of
from banso.web.fronts import fronts

NOON = datetime.datetime(2026, 5, 1, 3, tzinfo=datetime.UTC)
ACTS = [
    pytest.param(label, act, told, id=act)
    for label, front in fronts().items()
    for act, told in front.receipts.items()
]


def in_both(words):
    with override("en"):
        english = str(words)
    with override("ja"):
        japanese = str(words)
    return english, japanese


@pytest.mark.parametrize(("label", "act", "told"), ACTS)
def test_an_act_with_a_receipt_is_allowed_by_its_own_app_and_has_words_and_a_kind(
    label, act, told
):
    words = [told.words, *(detail.label for detail in told.details.values())]

    assert act in permissions()
    assert act.split(".")[0] == label
    assert told.kind in receipt_kinds()
    assert [english for english, japanese in map(in_both, words) if not english.isascii()] == []
    assert [japanese for english, japanese in map(in_both, words[:1]) if english == japanese] == []


def test_every_act_is_told_by_one_app_alone():
    assert len(receipted()) == len(ACTS)


def test_the_titles_are_of_things_that_there_are():
    kinds = {model._meta.label_lower: model._meta.app_label for model in apps.get_models()}

    told = {kind: label for label, front in fronts().items() for kind in front.titles}

    assert told.items() <= kinds.items()


def every(part):
    return [one for front in fronts().values() for one in getattr(front, part)]


@pytest.mark.parametrize("entry", every("menu"), ids=lambda entry: entry.address)
def test_an_entry_of_a_persons_menu_leads_to_a_page_of_persons_and_has_words(entry):
    english, japanese = in_both(entry.label)

    assert reverse(entry.address)
    assert surface_of(entry.address) is Surface.SIGNED_IN
    assert english.isascii()
    assert english != japanese


@pytest.mark.parametrize("page", every("public_pages"), ids=lambda page: page.address)
def test_a_page_in_everybodys_menu_is_public_and_has_words(page):
    english, japanese = in_both(page.label)

    assert reverse(page.address)
    assert surface_of(page.address) is Surface.PUBLIC
    assert english.isascii()
    assert japanese


@pytest.mark.parametrize("found", every("public_lists"), ids=lambda found: found.files)
def test_a_public_list_is_routed_with_its_page_and_its_files_and_has_columns(found):
    names = [found.page, *(f"{found.files}_{ending}" for ending in ("csv", "json"))]

    assert [name for name in names if not reverse(name)] == []
    assert {surface_of(name) for name in names} == {Surface.PUBLIC}
    assert found.columns


@pytest.mark.parametrize("part", ["menu", "public_pages", "public_lists"])
def test_what_is_shown_in_one_order_has_a_place_each(part):
    places = [one.place for one in every(part)]

    assert len(set(places)) == len(places)


@pytest.mark.parametrize("source", every("tasks"), ids=lambda source: source.gather.__name__)
def test_the_whole_list_of_tasks_has_an_address_and_words(db, source):
    told = source.gather(VISITOR, NOON)

    assert told.total == 0
    assert told.list_address.startswith("/")
    assert told.heading


def test_each_stage_of_a_life_is_declared_once_and_can_be_counted(db):
    stages = [(code, stage) for front in fronts().values() for code, stage in front.stages.items()]

    assert len({code for code, _ in stages}) == len(stages)
    assert [stage.counts() for _, stage in stages] == [{}] * len(stages)
