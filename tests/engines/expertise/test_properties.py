"""What holds for every library, and for texts that nobody would write."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banso.engines.expertise import Library, Texts

WORDS = [
    "quantum", "cipher", "sonar", "vessel", "coral", "laser", "robot", "sensor",
    "量子", "暗号", "海底", "探査", "ロボット", "センサー", "量子暗号（quantum cipher）", "2027", "の",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
PEOPLE = st.sampled_from(["Aoki", "Brun", "Chiba"])
PAPERS = st.sampled_from(["p1", "p2", "p3", "p4", "p5"])
ADDED = st.lists(st.tuples(PEOPLE, PAPERS, TEXTS, TEXTS), min_size=1, max_size=8)
HOSTILE = {
    "nothing": "",
    "spaces": " \n\t ",
    "one word": "sonar",
    "numbers": "12 3.5 1,000,000 ２０２７",
    "marks": "!?（）「」--…",
    "mixed scripts": "Квантовая 量子 quantum الكم 양자 🚢 ﾛﾎﾞｯﾄ",
    "broken surrogates and controls": "a\x00b\x1f\ufffe\u202e量子",
    "one long word": "ab" * 50_000,
    "a million characters": "quantum cipher 量子暗号。" * 50_000,
}


def _filled(added):
    library = Library()
    for person, paper, title, abstract in added:
        library.add_paper(person, paper, title, abstract)
    return library


def _as_last_told(added):
    words = {paper: words for _, paper, *words in added}
    return sorted((person, paper, *words[paper]) for person, paper, *_ in added)


@settings(max_examples=40)
@given(added=ADDED, passing=ADDED, asked=TEXTS)
def test_adding_and_removing_gives_the_scores_of_a_library_built_anew(added, passing, asked):
    changed = _filled([(f"{person} Jr", f"{paper}x", *words) for person, paper, *words in passing])
    changed.scores([("", asked)])
    for person, paper, title, abstract in added:
        changed.add_paper(person, paper, title, abstract)
    changed.scores([("", asked)])
    for person in {f"{person} Jr" for person, *_ in passing}:
        changed.remove_person(person)

    built = _filled(_as_last_told(added))

    assert changed.people == built.people
    np.testing.assert_allclose(
        changed.scores([("", asked)]), built.scores([("", asked)]), atol=1e-6
    )


@settings(max_examples=40)
@given(added=ADDED, asked=TEXTS)
def test_the_shares_of_the_terms_sum_to_the_score(added, asked):
    matches = _filled(added).rank(asked)

    sums = [sum(term.share for term in match.terms) for match in matches]
    assert sums == pytest.approx([match.score for match in matches], abs=1e-5)


@settings(max_examples=40)
@given(added=ADDED, asked=TEXTS)
def test_the_ranking_is_ordered_and_agrees_with_the_table(added, asked):
    library = _filled(added)

    matches = library.rank(asked)

    [row] = library.scores([("", asked)])
    table = dict(zip(library.people, row.tolist(), strict=True))
    assert {match.person: match.score for match in matches} == pytest.approx(table, abs=1e-5)
    order = [(-match.score, match.person) for match in matches]
    assert order == sorted(order)


@settings(max_examples=40)
@given(texts=st.dictionaries(PAPERS, TEXTS, min_size=1), asked=TEXTS)
def test_texts_that_share_terms_are_found_and_no_others(texts, asked):
    library = Texts()
    for name, text in texts.items():
        library.add(name, text)

    found = library.nearest(asked)

    [row] = library.scores([("", asked)])
    positive = {name for name, score in zip(library.names, row, strict=True) if score > 0}
    assert {match.text for match in found} == positive


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
def test_any_text_is_ranked_with_finite_scores(text):
    library = _filled([("Aoki", "p1", "Quantum ciphers", "量子暗号"), ("Brun", "p2", text, text)])

    matches = library.rank(text, title=text)

    assert {match.person for match in matches} == {"Aoki", "Brun"}
    assert np.isfinite([match.score for match in matches]).all()


def test_an_empty_library_ranks_nobody():
    library = Library()

    assert library.rank("sonar") == []
    assert library.scores([("", "sonar")]).shape == (1, 0)


def test_no_texts_have_no_scores():
    library = _filled([("Aoki", "p1", "Quantum ciphers", "")])

    assert library.scores([]).shape == (0, 1)


def test_known_texts_are_never_ranked_and_can_be_forgotten():
    library = _filled([("Aoki", "p1", "sonar", "vessel"), ("Brun", "p2", "coral", "laser")])
    before = library.scores([("", "sonar coral")])
    library.know_text("p1", "sonar", "sonar everywhere")
    during = library.scores([("", "sonar coral")])
    library.forget_text("p1")

    after = library.scores([("", "sonar coral")])

    assert during.shape == before.shape
    assert during[0, 0] < before[0, 0]
    np.testing.assert_allclose(after, before, atol=1e-6)


def test_a_known_text_and_a_paper_may_have_any_names():
    library = _filled([("", "\0p1", "sonar", "vessel"), ("Brun", "p1", "coral", "laser")])
    before = library.scores([("", "sonar coral")])
    library.know_text("p1", "sonar", "robot")
    library.know_text("\0p1", "coral", "robot")

    ranked = library.rank("sonar coral")
    library.forget_text("\0p1")
    library.forget_text("p1")

    assert {match.person for match in ranked} == {"", "Brun"}
    np.testing.assert_allclose(library.scores([("", "sonar coral")]), before, atol=1e-6)
