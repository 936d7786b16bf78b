"""The optional encoder: read from files, or said to be absent."""

import json

import numpy as np
import pytest

from banso.engines.expertise import Library, load_embedding

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "sonar", "coral", "reef", "##s", "a", "quantum"]
SIZE = 8


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"num_attention_heads": 2}))
    (tmp_path / "vocab.txt").write_text("\n".join(VOCABULARY))
    (tmp_path / "model.safetensors").write_bytes(_safetensors(_tensors()))
    return tmp_path


def _tensors():
    random = np.random.default_rng(1)
    dense = {
        "attention.self.query": (SIZE, SIZE),
        "attention.self.key": (SIZE, SIZE),
        "attention.self.value": (SIZE, SIZE),
        "attention.output.dense": (SIZE, SIZE),
        "intermediate.dense": (16, SIZE),
        "output.dense": (SIZE, 16),
    }
    shapes = {
        "embeddings.word_embeddings.weight": (len(VOCABULARY), SIZE),
        "embeddings.position_embeddings.weight": (256, SIZE),
        "embeddings.token_type_embeddings.weight": (2, SIZE),
    }
    for name, shape in dense.items():
        shapes[f"encoder.layer.0.{name}.weight"] = shape
        shapes[f"encoder.layer.0.{name}.bias"] = shape[:1]
    norms = ("embeddings.", "encoder.layer.0.attention.output.", "encoder.layer.0.output.")
    for name in norms:
        shapes[f"{name}LayerNorm.weight"] = shapes[f"{name}LayerNorm.bias"] = (SIZE,)
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


def _safetensors(tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        end = len(body) + tensor.nbytes
        header[name] = {"dtype": "F32", "shape": tensor.shape, "data_offsets": [len(body), end]}
        body += tensor.tobytes()
    written = json.dumps(header).encode()
    return len(written).to_bytes(8, "little") + written + body


class ByLetters:
    """Stands for an encoder: two texts are alike as their letters are."""

    def vectors(self, texts):
        rows = np.array(
            [[text.lower().count(letter) + 0.1 for letter in "abcdefgh"] for text in texts]
        ).reshape(len(texts), 8)
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_without_a_folder_or_a_package_the_embedding_is_said_to_be_absent(monkeypatch):
    monkeypatch.setattr("banso.engines.expertise.embedding.find_spec", lambda name: None)

    embedding = load_embedding()

    assert (embedding.status, embedding.encoder) == ("absent", None)


def test_a_folder_without_weights_is_absent_and_says_what_it_lacks(folder):
    (folder / "model.safetensors").unlink()

    embedding = load_embedding(folder)

    assert embedding.status == "absent"
    assert embedding.note.endswith("lacks model.safetensors")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xff" * 100, id="noise"),
        pytest.param((2).to_bytes(8, "little") + b"{}", id="no-tensors"),
        pytest.param((7).to_bytes(8, "little") + b"[1, 2] ", id="a-list"),
    ],
)
def test_broken_weights_are_unreadable_and_raise_nothing(folder, content):
    (folder / "model.safetensors").write_bytes(content)

    embedding = load_embedding(folder)

    assert (embedding.status, embedding.encoder) == ("unreadable", None)


@pytest.mark.parametrize(
    "config",
    [
        pytest.param("[" * 100_000, id="nested-too-deep"),
        pytest.param('{"num_attention_heads": 0}', id="no-heads"),
        pytest.param("null", id="nothing"),
    ],
)
def test_a_broken_configuration_is_unreadable_and_raises_nothing(folder, config):
    (folder / "config.json").write_text(config)

    embedding = load_embedding(folder)

    assert (embedding.status, embedding.encoder) == ("unreadable", None)


def test_an_empty_library_with_an_encoder_has_no_scores():
    library = Library(ByLetters())
    library.know_text("call", "Sonar", "")

    assert library.scores([("", "cab")]).shape == (1, 0)


def test_vectors_have_length_one_and_do_not_depend_on_the_other_texts(folder):
    encoder = load_embedding(folder).encoder

    together = encoder.vectors(["sonar", "coral reefs a sonar", "", "unknown Coral"])

    alone = np.vstack([encoder.vectors([text]) for text in ["sonar", "coral reefs a sonar", ""]])
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(together[:3], alone, atol=1e-5)


def test_case_and_accents_do_not_change_a_vector(folder):
    encoder = load_embedding(folder).encoder

    plain, written = encoder.vectors(["sonar coral", "Sonar CÓRAL"])

    np.testing.assert_allclose(plain, written, atol=1e-6)


def test_with_an_encoder_terms_and_meaning_sum_to_the_score():
    library = Library(ByLetters())
    library.add_paper("Aoki", "p1", "A bad cab", "Sonar")
    library.add_paper("Brun", "p2", "Fine hedge", "Coral")

    matches = library.rank("a cab with sonar")

    sums = [match.meaning + sum(term.share for term in match.terms) for match in matches]
    assert sums == pytest.approx([match.score for match in matches], abs=1e-6)
    assert all(match.meaning > 0 for match in matches)


def test_with_an_encoder_a_replaced_paper_is_encoded_anew():
    library = Library(ByLetters())
    library.add_paper("Aoki", "p1", "Hedge", "")
    library.scores([("", "cab")])
    library.add_paper("Aoki", "p1", "Cab", "")
    built = Library(ByLetters())
    built.add_paper("Aoki", "p1", "Cab", "")

    np.testing.assert_allclose(library.scores([("", "cab")]), built.scores([("", "cab")]))
