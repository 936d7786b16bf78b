import numpy as np
import pytest
from tests.engines.reuse.sample_texts import JAPANESE, KEY, OTHER_KEY

from banso.engines.reuse import WrongKeyError, index_source, open_index
from banso.engines.reuse.fingerprints import GRAM, character_codes, gram_values, keyed
from banso.engines.text.normal import normalise


def windows(sealed):
    return {sealed[at : at + 4] for at in range(len(sealed) - 3)}


def test_an_index_opens_again_under_its_key():
    index = index_source(JAPANESE, KEY)

    opened = open_index(index.sealed(KEY, "item"), KEY, "item")

    for part in ("characters", "triples", "places", "figures"):
        assert getattr(opened, part).tolist() == getattr(index, part).tolist()


@pytest.mark.parametrize(
    ("key", "source"),
    [
        pytest.param(OTHER_KEY, "item", id="another-key"),
        pytest.param(KEY, "another item", id="another-source"),
    ],
)
def test_an_index_does_not_open_under_another_key_or_name(key, source):
    sealed = index_source(JAPANESE, KEY).sealed(KEY, "item")

    with pytest.raises(WrongKeyError):
        open_index(sealed, key, source)


def test_a_changed_index_is_refused():
    sealed = bytearray(index_source(JAPANESE, KEY).sealed(KEY, "item"))
    sealed[40] ^= 1

    with pytest.raises(WrongKeyError):
        open_index(bytes(sealed), KEY, "item")


@pytest.mark.parametrize("size", [0, 7, 12, 27, 40])
def test_an_index_that_was_cut_is_refused(size):
    sealed = index_source(JAPANESE, KEY).sealed(KEY, "item")

    with pytest.raises(WrongKeyError):
        open_index(sealed[:size], KEY, "item")


def test_a_short_key_is_refused():
    index = index_source(JAPANESE, KEY)

    with pytest.raises(ValueError, match="at least 16"):
        index_source(JAPANESE, b"secret")
    with pytest.raises(ValueError, match="at least 16"):
        index.sealed(b"secret", "item")


@pytest.mark.parametrize("key", [KEY, OTHER_KEY], ids=["same-key", "another-key"])
def test_sealed_indexes_of_two_equal_texts_share_nothing(key):
    one = index_source(JAPANESE, KEY).sealed(KEY, "item")
    other = index_source(JAPANESE, key).sealed(key, "item")

    assert len(windows(one) & windows(other)) <= 1


def test_fingerprints_of_two_persons_share_nothing():
    mine, theirs = index_source(JAPANESE, KEY), index_source(JAPANESE, OTHER_KEY)

    assert not np.intersect1d(mine.characters, theirs.characters).size
    assert not np.intersect1d(mine.triples, theirs.triples).size


def test_a_dictionary_of_the_very_text_finds_no_fingerprint_without_the_key():
    index = index_source(JAPANESE, KEY)
    guesses = gram_values(character_codes(normalise(JAPANESE).text), GRAM)
    bare = (guesses >> np.uint64(32)).astype(np.uint32)

    hits = [
        np.isin(attempt, index.characters).sum()
        for attempt in (
            bare,
            keyed(guesses, OTHER_KEY, "characters"),
            keyed(guesses, KEY, "pairs"),
        )
    ]

    assert hits == [0, 0, 0]
    assert np.isin(keyed(guesses, KEY, "characters"), index.characters).any()
