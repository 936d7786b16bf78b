"""Whom a text reaches, in words that a person can check."""

import pytest

from banso.engines.expertise import Library, Texts

PEOPLE = [
    ("Aoki", "a1", "Entanglement distribution over fibre", "Quantum repeaters for secure links."),
    ("Aoki", "a2", "Quantum key distribution in orbit", "Photon sources on small satellites."),
    ("Brun", "b1", "Autonomous underwater vehicles", "Navigation under ice by sonar."),
    ("Chiba", "c1", "自律型無人探査機の海底測位", "音響測位により海底の地形を測る。"),
    ("Chiba", "c2", "深海の生態系の観測", "環境DNAで深海の魚類を調べる。"),
    ("Doi", "d1", "量子暗号（quantum cryptography）の実装", "量子鍵配送の安全性を評価する。"),
    ("Endo", "e1", "ロボットとセンサーの制御", "アルゴリズムの設計について述べる。"),
]


@pytest.fixture
def library():
    filled = Library()
    for person, paper, title, abstract in PEOPLE:
        filled.add_paper(person, paper, title, abstract)
    return filled


@pytest.mark.parametrize(
    ("text", "person", "paper"),
    [
        pytest.param("Sonar navigation for vehicles under the sea", "Brun", "b1", id="english"),
        pytest.param("海底を測る無人探査機の測位", "Chiba", "c1", id="japanese"),
        pytest.param("A small satellite that sends photons", "Aoki", "a2", id="plural-and-order"),
        pytest.param("A robot with many sensors", "Endo", "e1", id="katakana-by-sound"),
        pytest.param("Cryptography", "Doi", "d1", id="english-to-japanese-by-gloss"),
        pytest.param("音響と暗号", "Doi", "d1", id="rarest-word-decides"),
    ],
)
def test_the_nearest_person_is_found_with_the_paper_that_says_why(library, text, person, paper):
    [match] = library.rank(text, top=1)

    assert (match.person, match.papers[0].paper) == (person, paper)


def test_japanese_reaches_an_english_paper_by_a_gloss_that_another_paper_gave(library):
    library.add_paper("Fujii", "f1", "Cryptography after quantum computers", "Lattice schemes.")

    people = [match.person for match in library.rank("新しい暗号", top=2)]

    assert people == ["Doi", "Fujii"]


def test_a_match_is_explained_in_the_words_of_the_asked_text(library):
    [match] = library.rank("Navigating by Sonar", top=1)

    assert [term.surface for term in match.terms[:2]] == ["Navigating", "Sonar"]


def test_a_translated_match_is_explained_in_the_language_that_was_asked(library):
    library.add_paper("Fujii", "f1", "Lattice cryptography", "Schemes on lattices.")

    match = next(match for match in library.rank("暗号") if match.person == "Fujii")

    assert match.terms[0].surface == "暗号"


def test_a_person_of_two_subjects_is_found_by_each_of_them():
    library = Library()
    for number in range(6):
        library.add_paper(
            "Both", f"coral {number}", "Coral reefs", f"Reef survey number {number}."
        )
    for number in range(3):
        library.add_paper(
            "Both", f"laser {number}", "Laser welding", f"Weld test number {number}."
        )
    library.add_paper("Neither", "n1", "Medieval trade", "Ports and guilds.")

    best = {text: library.rank(text, top=1)[0].person for text in ("coral reefs", "laser welds")}

    assert best == {"coral reefs": "Both", "laser welds": "Both"}


def test_a_paper_of_two_authors_counts_for_both():
    library = Library()
    library.add_paper("Gunji", "joint", "Graphene membranes")
    library.add_paper("Honda", "joint", "Graphene membranes")
    library.add_paper("Ibe", "other", "Tidal power")

    scores = [(match.person, match.score) for match in library.rank("graphene", top=2)]

    assert scores[0][0] == "Gunji"
    assert scores[1] == ("Honda", scores[0][1])


def test_a_need_finds_its_seed_and_says_which_terms_they_share():
    seeds = Texts()
    seeds.add("membrane", "Graphene membranes", "They let water pass and hold salt back.")
    seeds.add("turbine", "Tidal turbines", "Blades for slow currents.")

    [found] = seeds.nearest("Salt must be taken out of water")

    assert found.text == "membrane"
    assert {term.surface for term in found.terms} == {"Salt", "water"}


def test_a_need_in_japanese_finds_its_seed():
    seeds = Texts()
    seeds.add("膜", "グラフェン膜による海水淡水化", "塩分を除く膜を開発した。")
    seeds.add("翼", "潮流発電の翼", "遅い流れで回る翼を開発した。")

    found = seeds.nearest("海水から塩分を取り除きたい", top=1)

    assert [match.text for match in found] == ["膜"]
