import random

import pytest
from tests.engines.reuse.sample_texts import (
    ENGLISH,
    JAPANESE,
    KEY,
    OTHER_ENGLISH,
    OTHER_JAPANESE,
    clauses_of,
)

from banso.engines.reuse import Background, Finding, Shelf, check_manuscript, index_source


def shelf_of(**texts):
    return Shelf({name: index_source(text, KEY) for name, text in texts.items()}, texts.get)


def findings_in(manuscript, **texts):
    return check_manuscript(manuscript, shelf_of(**texts), KEY)


def passages(manuscript, findings, **texts):
    return [
        (manuscript[slice(*one.manuscript)], texts[one.source][slice(*one.origin)], one.reasons)
        for one in findings
    ]


def test_a_copied_sentence_is_shown_in_both_texts_with_its_reason():
    copied = "破断した試料の断面を電子顕微鏡で調べると、気泡の周りから細かな割れ目が伸びていた"
    manuscript = f"{OTHER_JAPANESE}{copied}。{OTHER_JAPANESE}"

    found = findings_in(manuscript, cable=JAPANESE)

    start, origin = manuscript.index(copied), JAPANESE.index(copied)
    assert found == [
        Finding(
            source="cable",
            manuscript=(start, start + len(copied)),
            origin=(origin, origin + len(copied)),
            reasons=frozenset({"same-words"}),
            score=1.0,
        )
    ]


def test_lines_widths_and_hyphens_do_not_hide_a_copy():
    copied = "ＢＡＴＴＥＲＹ consumption fell shar-\nply once the\nbuoyancy pump was re-\nbuilt"

    manuscript = f"{OTHER_ENGLISH} {copied} {OTHER_ENGLISH}"

    assert passages(manuscript, findings_in(manuscript, glider=ENGLISH), glider=ENGLISH) == [
        (
            copied,
            "Battery consumption fell sharply once the buoyancy pump was rebuilt",
            {"same-words"},
        )
    ]


def test_another_spelling_of_the_same_words_is_found_as_spelling():
    copied = (
        "製造行程に真空の脱泡を加え、冷却のはやさを半分におとしたところ、われ目は見られなくなった"
    )
    respelled = copied.replace("行程", "工程")

    [found] = findings_in(f"{OTHER_JAPANESE}{respelled}。", cable=JAPANESE)

    assert found.reasons & {"spelling", "same-words", "reworded"}
    assert found.source == "cable"


def test_dropped_particles_do_not_hide_a_copy():
    manuscript = (
        f"{OTHER_JAPANESE}試験、温度二度から四十度変えながら、半年わたり曲げ引張り繰り返した。"
    )

    [(mine, theirs, reasons)] = passages(
        manuscript, findings_in(manuscript, cable=JAPANESE), cable=JAPANESE
    )

    assert mine == "試験、温度二度から四十度変えながら、半年わたり曲げ"
    assert theirs == "試験では、温度を二度から四十度まで変えながら、半年にわたり曲げ"
    assert reasons == {"spelling"}


def test_the_order_of_clauses_does_not_hide_a_copy():
    parts = [
        "割れ目は見られなくなった。",
        "冷却の速さを半分に落としたところ、",
        "製造工程に真空の脱泡を加え、",
    ]
    copied = "".join(parts)
    manuscript = f"{OTHER_JAPANESE}{copied}"

    [found] = findings_in(manuscript, cable=JAPANESE)

    start = len(OTHER_JAPANESE)
    assert found.reasons == {"reordered"}
    assert found.manuscript[0] == start
    assert JAPANESE[slice(*found.origin)].startswith("製造工程")


def test_changed_words_in_english_are_found_as_reworded():
    manuscript = (
        f"{OTHER_ENGLISH} Battery consumption dropped sharply once the buoyancy pump was rebuilt using ceramic "
        "rings, because friction had previously consumed a third of the stored energy."
    )

    [found] = findings_in(manuscript, glider=ENGLISH)

    assert "reworded" in found.reasons
    assert manuscript[slice(*found.manuscript)].startswith("Battery consumption dropped")
    assert ENGLISH[slice(*found.origin)].endswith("stored energy")


def test_unrelated_texts_share_nothing():
    texts = {"cable": JAPANESE, "glider": ENGLISH}

    assert findings_in(OTHER_JAPANESE + OTHER_ENGLISH, **texts) == []


@pytest.mark.parametrize(
    ("manuscript", "source", "shared"),
    [
        pytest.param(
            "部品 XK-4471B を用いた。", "型番はXK-4471Bとする。", "XK-4471B", id="part-number"
        ),
        pytest.param(
            "共振は 12.375 MHz に現れる。",
            "周波数12.375MHzで共振した。",
            "12.375 MHz",
            id="quantity",
        ),
    ],
)
def test_an_exact_figure_is_found_alone(manuscript, source, shared):
    found = findings_in(manuscript, source=source)

    assert [(manuscript[slice(*one.manuscript)], one.reasons) for one in found] == [
        (shared, {"number"})
    ]


def test_a_common_quantity_alone_is_no_finding():
    assert findings_in("長さは 25 mm である。", source="幅を25mmに広げた。") == []


def test_three_common_quantities_close_together_are_found():
    source = "試料は 25 mm 幅で、厚さ 18 kg の錘を載せ、37 ℃ に保った。"
    manuscript = f"{OTHER_JAPANESE}錘 18 kg、温度 37 ℃、幅 25 mm とした。"

    found = findings_in(manuscript, source=source)

    assert {reason for one in found for reason in one.reasons} == {"number"}
    assert "".join(manuscript[slice(*one.manuscript)] for one in found).startswith("18 kg")


def test_a_table_of_ten_thousand_figures_ends_soon():
    table = " ".join(f"{number % 90 + 10} mm" for number in range(10_000))

    assert findings_in(table, source=table)


def test_what_stands_in_the_authors_own_earlier_text_is_set_aside():
    copied, foreign = clauses_of(JAPANESE)[5:7], clauses_of(JAPANESE)[8:10]
    manuscript = f"{OTHER_JAPANESE}{''.join(copied)}{OTHER_JAPANESE}{''.join(foreign)}"

    found = check_manuscript(
        manuscript, shelf_of(cable=JAPANESE), KEY, own=shelf_of(thesis="".join(copied))
    )

    assert {one.source for one in found} == {"cable"}
    assert all(one.manuscript[0] >= manuscript.index(foreign[0]) for one in found)
    assert found


def test_the_same_own_text_on_both_sides_leaves_nothing():
    own = shelf_of(thesis=JAPANESE)

    assert check_manuscript(JAPANESE, shelf_of(item=JAPANESE), KEY, own=own) == []


def test_a_public_phrase_is_set_aside_and_more_than_it_is_not():
    phrase = "経済安全保障重要技術育成プログラムに係る研究開発の基本的な考え方について"
    novel = "この樹脂の被覆は深海でも形を保つ"
    manuscript, source = f"{phrase}を述べる。", f"本書は{phrase}をまとめた。"
    background = Background.of([f"政府は{phrase}を公表した。"])

    set_aside = check_manuscript(manuscript, shelf_of(item=source), KEY, background=background)
    longer = check_manuscript(
        novel + phrase, shelf_of(item=novel + phrase), KEY, background=background
    )

    assert set_aside == []
    assert [one.manuscript for one in longer] == [(0, len(novel + phrase))]


def test_only_sources_that_share_something_are_opened():
    opened = []
    texts = {"cable": JAPANESE, "glider": ENGLISH}

    def read(name):
        opened.append(name)
        return texts[name]

    indexes = {name: index_source(text, KEY) for name, text in texts.items()}
    check_manuscript(OTHER_JAPANESE + JAPANESE[:60], Shelf(indexes, read), KEY)

    assert opened == ["cable"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("あ" * 100_000, id="one-character"),
        pytest.param("ab" * 50_000, id="two-characters"),
        pytest.param("深海 " * 30_000, id="one-word"),
        pytest.param("深海 樹脂 " * 15_000, id="two-words"),
        pytest.param("深海 樹脂 試験 " * 10_000, id="three-words"),
    ],
)
def test_a_text_that_repeats_itself_ends_soon_and_is_found(text):
    found = findings_in(text, source=text)

    assert found
    assert found[0].manuscript[0] == 0


def test_the_order_of_sources_does_not_change_the_findings():
    texts = {f"source {number}": JAPANESE[number * 20 :] for number in range(5)}
    names = random.Random(3).sample(sorted(texts), 5)  # noqa: S311 - repeatable texts

    one = findings_in(JAPANESE, **texts)
    other = findings_in(JAPANESE, **{name: texts[name] for name in names})

    assert one == other
