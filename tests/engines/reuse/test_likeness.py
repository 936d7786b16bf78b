from tests.engines.reuse.sample_texts import ENGLISH, JAPANESE, OTHER_ENGLISH

from banso.engines.reuse import Advice, Likeness, Suggestion, advise, likeness


class SameLength:
    least = 1.0

    def likeness(self, mine, theirs):
        return [[float(len(one) == len(other)) for other in theirs] for one in mine]


def test_a_text_stands_in_itself_wholly():
    whole = Likeness(characters=1.0, short_runs=1.0, words=1.0, pairs=1.0, passages=1.0)

    assert likeness(JAPANESE, JAPANESE) == whole


def test_a_text_of_something_else_stands_nowhere():
    found = likeness(OTHER_ENGLISH, ENGLISH)

    assert (found.characters, found.pairs, found.passages) == (0.0, 0.0, 0.0)
    assert found.words < 0.2


def test_an_empty_text_has_no_share():
    nothing = Likeness(characters=0.0, short_runs=0.0, words=0.0, pairs=0.0, passages=0.0)

    assert likeness("", ENGLISH) == nothing


def test_a_channel_for_paraphrases_suggests_sentences_with_both_places():
    assert advise("今日は雨。", "明日は雪。", SameLength()) == Advice(
        "present", (Suggestion((0, 5), (0, 5), 1.0),)
    )
