from http import HTTPStatus

import pytest
from tests.proofs.ledger_acts import grow

from banso.ledger.models import Checkpoint, Leaf
from banso.ledger.queries import latest_checkpoint
from banso.ledger.verify import Checkpoint as Body
from banso.ledger.verify import (
    Frontier,
    Note,
    VerifierKey,
    is_consistent,
    root_of_inclusion,
    signed_by,
)
from banso.proofs.queries.ledger import tile_path

LANGUAGES = ["", "/en"]

NOTHING_YET = {
    "": "記録簿にはまだ何も載っていないため、チェックポイントがありません。",
    "/en": "Nothing is in the ledger yet, so there is no checkpoint.",
}


def test_a_checkpoint_is_a_note_that_the_key_of_the_page_signed(grown, client):
    answer = client.get("/ledger/checkpoint")
    [key] = [VerifierKey.parse(one) for one in client.get("/ledger/keys").text.splitlines()]

    note = Note.parse(answer.text)
    assert signed_by(note, key)
    assert Body.parse(note.body)[:2] == ("banso.localhost/ledger", 13)
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"


def test_an_earlier_checkpoint_is_found_by_its_size_alone(grown, client):
    note = Note.parse(client.get("/ledger/checkpoints/5").text)

    assert Body.parse(note.body).size == 5


def test_a_size_that_was_never_signed_has_no_checkpoint(grown, client):
    sizes = ["0", "6", "14", "-5", "05", "five", "9" * 30]

    answers = [client.get(f"/en/ledger/checkpoints/{size}") for size in sizes]

    sentence = "The ledger has signed no checkpoint of this size."
    assert {one.status_code for one in answers} == {HTTPStatus.NOT_FOUND}
    assert {one.text.startswith(sentence) for one in answers} == {True}


def test_every_leaf_is_proven_to_be_in_the_tree(grown, client):
    root, size = latest_checkpoint().root, len(grown)
    roots = set()
    for index, leaf in enumerate(grown):
        proof = client.get(f"/ledger/inclusion?leaf={leaf.hex()}").json()
        assert (proof["index"], proof["size"], proof["leaf"]) == (index, size, leaf.hex())
        hashes = [bytes.fromhex(one) for one in proof["hashes"]]
        roots.add(root_of_inclusion(index, size, leaf, hashes))

    assert roots == {root}


def test_a_leaf_is_proven_in_any_earlier_tree_that_has_it(grown, client):
    tree = Frontier()
    for leaf in grown[:7]:
        tree.append(leaf)

    proof = client.get(f"/ledger/inclusion?leaf={grown[6].hex()}&size=7").json()

    hashes = [bytes.fromhex(one) for one in proof["hashes"]]
    assert root_of_inclusion(6, 7, grown[6], hashes) == tree.root()


def test_the_later_tree_is_proven_to_continue_the_earlier_one(grown, client):
    proof = client.get("/ledger/consistency?first=5&second=13").json()

    earlier, later = (Checkpoint.objects.get(size=size) for size in (5, 13))
    hashes = [bytes.fromhex(one) for one in proof["hashes"]]
    assert is_consistent(5, bytes(earlier.root), 13, bytes(later.root), hashes)


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ("inclusion", {"leaf"}),
        ("inclusion?leaf=xyz", {"leaf"}),
        ("inclusion?leaf=" + "0" * 63, {"leaf"}),
        ("inclusion?leaf=" + "0" * 64 + "&size=-1", {"size"}),
        ("inclusion?leaf=" + "0" * 64 + "&size=1.5", {"size"}),
        ("inclusion?size=" + "9" * 40, {"leaf", "size"}),
        ("consistency", {"first", "second"}),
        ("consistency?first=2&second=1", {"first"}),
    ],
)
def test_a_question_that_cannot_be_understood_is_answered_with_what_to_give(
    client, db, query, fields
):
    for language in LANGUAGES:
        answer = client.get(f"{language}/ledger/{query}")

        said = answer.json()
        assert (answer.status_code, said["reason"]) == (HTTPStatus.BAD_REQUEST, "not-understood")
        assert set(said["sentences"]) == fields
        assert {one[-1] for one in said["sentences"].values()} == {"." if language else "。"}


REFUSED = {
    "inclusion?leaf=" + "0" * 64: "leaf-not-in-the-tree",
    "inclusion?leaf=" + "0" * 64 + "&size=14": "tree-not-that-large",
    "inclusion?leaf=" + "0" * 64 + "&size=0": "leaf-not-in-the-tree",
    "consistency?first=5&second=14": "tree-not-that-large",
}


def test_a_proof_that_cannot_be_given_is_refused_in_a_sentence(grown, client):
    for language in LANGUAGES:
        answers = {query: client.get(f"{language}/ledger/{query}") for query in REFUSED}

        said = {query: answer.json() for query, answer in answers.items()}
        assert {query: one["reason"] for query, one in said.items()} == REFUSED
        assert {one.status_code for one in answers.values()} == {HTTPStatus.NOT_FOUND}
        assert {one["sentence"][-1] for one in said.values()} == {"." if language else "。"}
        assert not [one for one in said.values() if "%(" in one["sentence"]]


@pytest.mark.parametrize("query", ["inclusion?leaf=" + "0" * 64, "consistency?first=0&second=0"])
def test_an_empty_log_proves_nothing_and_says_so(client, db, query):
    said = {language: client.get(f"{language}/ledger/{query}").json() for language in LANGUAGES}

    assert said == {
        language: {"reason": "no-checkpoint-yet", "sentence": NOTHING_YET[language]}
        for language in LANGUAGES
    }


def test_an_empty_log_has_no_checkpoint(client, db):
    answers = {language: client.get(f"{language}/ledger/checkpoint") for language in LANGUAGES}

    assert {one.status_code for one in answers.values()} == {HTTPStatus.NOT_FOUND}
    assert {language: one.text.strip() for language, one in answers.items()} == NOTHING_YET


def test_tiles_hold_the_leaves_and_the_roots_of_full_tiles_below(sequence, client):
    grow(258)
    sequence()
    leaves = [bytes(one) for one in Leaf.objects.order_by("index").values_list("hash", flat=True)]
    below = Frontier()
    for leaf in leaves[:256]:
        below.append(leaf)

    full, rest, above = (
        client.get(f"/ledger/tile/{path}") for path in ("0/000", "0/001.p/2", "1/000.p/1")
    )

    assert full.content == b"".join(leaves[:256])
    assert rest.content == b"".join(leaves[256:])
    assert above.content == below.root()
    assert full["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_tile_that_is_not_full_or_not_written_so_is_not_found(grown, client):
    paths = [
        *("0/001", "0/000", "0/000.p/14", "0/000.p/0", "0/000.p/256", "0/000.p/013", "0/0"),
        *("0/x000/000.p/13", "64/000", "00/000.p/13", "-1/000", "a/000", "0/..%2f000", "0/tile"),
        "0/x999/x999/x999/x999/x999/999",
    ]

    answers = {path: client.get(f"/en/ledger/tile/{path}") for path in paths}

    sentence = "There is no such tile, or it is not full yet."
    said = {path: (one.status_code, one.text[:45]) for path, one in answers.items()}
    assert said == dict.fromkeys(paths, (HTTPStatus.NOT_FOUND, sentence))
    assert {one["Cache-Control"] for one in answers.values()} == {"no-cache"}


@pytest.mark.parametrize(
    ("number", "path"), [(5, "005"), (1000, "x001/000"), (1234067, "x001/x234/067")]
)
def test_a_tiles_number_is_written_as_tiled_logs_write_it(number, path):
    assert tile_path(number) == path
