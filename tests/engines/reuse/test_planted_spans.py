import random

import pytest
from tests.engines.reuse.sample_texts import (
    ENGLISH,
    JAPANESE,
    KEY,
    OTHER_ENGLISH,
    OTHER_JAPANESE,
    laid_out,
)

from banso.engines.reuse import Advice, Shelf, advise, check_manuscript, index_source
from banso.engines.reuse.fingerprints import GUARANTEED
from banso.engines.text.normal import normalise

CASES = 300
PARTICLES = "をにがはのへと"
KANJI_NUMBERS = {
    "二年間": "２年間",
    "半年": "はん年",
    "交換": "こうかん",
    "観測": "かんそく",
    "温度": "おんど",
}


@pytest.fixture
def rng(request):
    return random.Random(request.config.getoption("randomly_seed"))  # noqa: S311 - repeatable texts


@pytest.mark.assurance("A-106")
def test_every_planted_span_of_24_normalised_characters_is_found(rng):
    missed = []
    for number in range(CASES):
        source, host = rng.choice([(JAPANESE, OTHER_JAPANESE), (ENGLISH, OTHER_ENGLISH)])
        normal = normalise(source)
        size = rng.randrange(GUARANTEED, 61)
        first = rng.randrange(len(normal.text) - size)
        start, end = normal.original_span(first, first + size)
        span = laid_out(source[start:end], rng)
        place = rng.randrange(len(host))
        manuscript = f"{host[:place]}\n{span}\n{host[place:]}"
        if not _covers(manuscript, source, (place + 1, place + 1 + len(span.rstrip()))):
            missed.append((number, span))

    assert missed == []


@pytest.mark.assurance("A-106")
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text, rng: _respelled(text), id="orthography"),
        pytest.param(lambda text, rng: _without_particles(rng, text), id="particles"),
    ],
)
def test_98_of_100_japanese_spans_from_40_characters_are_found(rng, change):
    found = 0
    for _ in range(100):
        size = rng.choice([40, 60, 100])
        start = rng.randrange(len(JAPANESE) - size)
        span = change(JAPANESE[start : start + size], rng)
        manuscript = f"{OTHER_JAPANESE}{span}。{OTHER_JAPANESE}"
        place = len(OTHER_JAPANESE)
        found += _covers_half(manuscript, (place, place + len(span)))

    assert found >= 98


@pytest.mark.assurance("A-106")
def test_exact_figures_are_found_however_they_are_written(rng):
    for _ in range(50):
        code = f"{rng.choice('KMQX')}{rng.choice('BTZ')}-{rng.randrange(1000, 9999)}"
        wide = code.translate({at: at + 0xFEE0 for at in range(0x21, 0x7F)})
        manuscript, source = f"部品の型番は{wide}である。", f"型番 {code} の部品を使う。"

        [found] = check_manuscript(
            manuscript,
            Shelf({"item": index_source(source, KEY)}, lambda _, text=source: text),
            KEY,
        )

        assert manuscript[slice(*found.manuscript)] == wide


@pytest.mark.assurance("A-106")
def test_the_paraphrase_channel_says_that_it_is_absent():
    assert advise(JAPANESE, JAPANESE) == Advice("absent")


def _covers(manuscript, source, span):
    shelf = Shelf({"item": index_source(source, KEY)}, lambda _: source)
    return any(
        one.manuscript[0] <= span[0] and span[1] <= one.manuscript[1] + 2
        for one in check_manuscript(manuscript, shelf, KEY)
    )


def _covers_half(manuscript, span):
    shelf = Shelf({"item": index_source(JAPANESE, KEY)}, lambda _: JAPANESE)
    covered = set()
    for one in check_manuscript(manuscript, shelf, KEY):
        covered |= set(range(*one.manuscript)) & set(range(*span))
    return len(covered) * 2 >= span[1] - span[0]


def _respelled(text):
    for usual, other in KANJI_NUMBERS.items():
        text = text.replace(usual, other)
    return text.replace("、", "，").replace("。", "．")


def _without_particles(rng, text):
    return "".join(one for one in text if one not in PARTICLES or rng.random() < 0.5)
