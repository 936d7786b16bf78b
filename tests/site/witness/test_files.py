import json
from pathlib import Path

import pytest
from tests.site.witness.logs import (
    LOG,
    ORIGIN,
    OURS,
    THEIRS,
    check,
    checkpoint,
    cosigned_size,
    evidence,
    packed,
    pinned,
)

from banso.ledger.signing.notes import SigningKey, succession_note


def test_a_bundle_is_checked_by_its_leaves(tmp_path, state, capsys):
    statuses = [
        check(packed(tmp_path / "1.zip", OURS, 6), state),
        pinned(packed(tmp_path / "2.zip", OURS, 6), state),
        check(packed(tmp_path / "3.zip", THEIRS, 8), state),
        check(packed(tmp_path / "4.zip", OURS, 12), state),
    ]

    assert (statuses, cosigned_size(state)) == ([1, 0, 1, 0], 12)
    assert f"  {LOG.verifier_text}\n" in capsys.readouterr().err
    [kept] = evidence(state)
    assert Path(state, "evidence", kept, "leaves.bin").read_bytes() == b"".join(THEIRS[:8])


def test_a_key_that_changed_is_followed_by_the_notes_in_a_bundle(tmp_path, state):
    new = SigningKey.generate(ORIGIN)
    pinned(packed(tmp_path / "1.zip", OURS, 6), state)
    told = json.dumps({"keys": [new.verifier_text], "successions": [succession_note(LOG, new)]})
    note = new.sign_note(checkpoint(OURS, 8))
    bundle = packed(tmp_path / "2.zip", OURS, 8, **{"checkpoint": note, "bundle.json": told})

    assert check(bundle, state) == 0
    assert cosigned_size(state) == 8


@pytest.mark.parametrize(
    "others",
    [
        {"checkpoint": "x" * 70000},
        {"checkpoint": b"\xff\xff"},
        {"checkpoint": b""},
        {"tree.bin": b""},
        {"tree.bin": b"\x00" * (1 << 20)},
        {"bundle.json": "[]"},
        {"bundle.json": '{"keys": 1, "successions": 2}'},
        {"bundle.json": '{"keys": [1], "successions": [{}]}'},
    ],
    ids=["long", "no-text", "empty", "no-leaves", "zeros", "list", "numbers", "objects"],
)
def test_a_bundle_that_is_not_one_is_refused_or_used_for_what_is_whole(tmp_path, state, others):
    pinned(packed(tmp_path / "first.zip", OURS, 6), state)

    status = check(packed(tmp_path / "next.zip", OURS, 8, **others), state)

    assert (status, cosigned_size(state)) in {(0, 8), (1, 6)}
    assert (status == 0) == ("bundle.json" in others)
    assert evidence(state) == []


def test_a_bundle_with_a_broken_byte_is_refused(tmp_path, state):
    pinned(packed(tmp_path / "first.zip", OURS, 6), state)
    whole = packed(tmp_path / "next.zip", OURS, 8).read_bytes()
    broken = tmp_path / "broken.zip"
    for at in range(0, len(whole), 5):
        broken.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])

        assert check(broken, state) in {0, 1}

    assert evidence(state) == []
    assert cosigned_size(state) in {6, 8}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--log-key", "no key"], "--log-key is no verifier key"),
        (["--log-key", LOG.cosigner_text], "--log-key is no verifier key"),
        (["--out", "{state}/key"], "of the witness's own"),
        (["--out", "{state}/../state/log.json"], "of the witness's own"),
        (["--out", "{state}"], "is no place for a file"),
        (["--out", "{state}/missing/file"], "is no place for a file"),
        (["--out", "/dev/null"], "is no place for a file"),
    ],
    ids=["no-key", "a-witnesss-key", "the-key", "the-record", "a-folder", "nowhere", "a-device"],
)
def test_words_that_cannot_be_meant_are_a_usage_error(tmp_path, state, capsys, words, said):
    bundle = packed(tmp_path / "bundle.zip", OURS, 6)
    before = Path(state, "key").read_bytes()

    status = check(bundle, state, *(word.format(state=state) for word in words))

    assert (status, Path(state, "key").read_bytes()) == (2, before)
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_is_a_usage_error(tmp_path, state, capsys):
    assert check(tmp_path / "missing", state) == 2
    assert "there is no file" in capsys.readouterr().err
