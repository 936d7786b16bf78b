"""Every reason for which a rule refuses has one sentence, in both languages."""

from collections import Counter

import pytest
from django.utils.translation import override

from banso.portal.queries.rules import sentence_without_facts
from banso.rulebook.reasons import all_reasons
from banso.web.explanations import sentence_for
from banso.web.fronts import fronts

REASONS = sorted({reason for reasons in all_reasons().values() for reason in reasons})
SAID = Counter(reason for front in fronts().values() for reason in front.refusals)
# What a sentence to a person never says (house guide, section 9).
UNKIND = ("invalid", "illegal", "an error occurred", "不正", "違法", "エラー")


def in_language(reason, language):
    with override(language):
        return sentence_without_facts(sentence_for(reason))


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_a_sentence_in_exactly_one_app(reason):
    assert SAID[reason] == 1


def test_no_sentence_is_left_without_a_reason():
    assert set(SAID) - set(REASONS) == set()


@pytest.mark.parametrize("reason", sorted(SAID))
def test_a_sentence_is_said_in_both_languages_and_kindly(reason):
    english, japanese = in_language(reason, "en"), in_language(reason, "ja")

    assert english != japanese
    assert english[-1] in ".!?…"
    assert japanese.endswith("。")
    assert not [word for word in UNKIND if word in f"{english.lower()} {japanese}"]
