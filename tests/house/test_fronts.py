"""What the apps give to those on their left is whole: words, addresses, kinds."""

import pytest
from django.apps import apps
from django.utils.translation import override
from tests.house.test_commands import permissions

from banso.proofs.queries.receipts import KINDS, receipted
from banso.web.fronts import fronts

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
    assert told.kind in KINDS
    assert [english for english, japanese in map(in_both, words) if not english.isascii()] == []
    assert [japanese for english, japanese in map(in_both, words[:1]) if english == japanese] == []


def test_every_act_is_told_by_one_app_alone():
    assert len(receipted()) == len(ACTS)


def test_the_titles_are_of_things_that_there_are():
    kinds = {model._meta.label_lower: model._meta.app_label for model in apps.get_models()}

    told = {kind: label for label, front in fronts().items() for kind in front.titles}

    assert told.items() <= kinds.items()
