import json
import zipfile
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

from banso.ledger.signing.notes import SigningKey
from banso.ledger.verify import Note, VerifierKey, cosigned_at
from banso.ledger.witness.witnessing import Outcome
from banso.site.command_line import main
from banso.site.console.ledger.witness import SENTENCES


def test_a_new_key_prints_what_the_operator_needs_and_hides_the_rest(tmp_path, capsys):
    state = tmp_path / "state"

    status = main(["witness", "new-key", "witness.example.jp", "--state", str(state)])

    told = capsys.readouterr()
    key = VerifierKey.parse(told.out.strip())
    assert (status, key.name, key.kind) == (0, "witness.example.jp", 0x04)
    assert Path(state, "key").read_text().strip() not in told.out + told.err
    assert [one.name for one in state.iterdir() if one.stat().st_mode & 0o077] == []


def test_a_second_key_is_refused_and_shows_the_first(state, capsys):
    status = main(["witness", "new-key", "other.example.jp", "--state", str(state)])

    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert "has a key already, and keeps it: witness.example.jp+" in told.err


@pytest.mark.parametrize("name", ["two words", "a+b", ""])
def test_a_name_that_no_note_can_hold_makes_no_key(tmp_path, name):
    assert main(["witness", "new-key", name, "--state", str(tmp_path / "state")]) == 2
    assert not Path(tmp_path, "state", "key").exists()


@pytest.mark.enable_socket
def test_an_addresss_checkpoints_are_cosigned_as_the_log_grows(log, state, capsys):
    statuses = [pinned(log.address, state)]
    for size in (3, 5, 12):
        log.size = size
        statuses.append(check(f"{log.address}ledger/checkpoint", state))

    assert statuses == [0, 0, 0, 0]
    note = Note.parse(Path(state, "checkpoint").read_text())
    key = SigningKey.parse(Path(state, "key").read_text().strip())
    assert note.body == checkpoint(OURS, 12)
    assert cosigned_at(note, key.cosigner_key)
    assert capsys.readouterr().out.splitlines()[0].startswith(f"Cosigned: {ORIGIN} with 3 entries")


@pytest.mark.enable_socket
def test_the_first_use_shows_the_key_to_compare_and_cosigns_nothing(log, state, capsys):
    log.keys += "\x1b[2Jnot a key\n"

    status = check(log.address, state)

    told = capsys.readouterr()
    assert (status, told.out, Path(state, "checkpoint").exists()) == (1, "", False)
    assert told.err.endswith(f"\n  {LOG.verifier_text}\n")
    assert "by another channel" in told.err


@pytest.mark.enable_socket
def test_the_cosigned_checkpoint_goes_where_it_is_asked_for(log, state, tmp_path, capsys):
    out = tmp_path / "for the operator"

    status = pinned(log.address, state, "--out", str(out), "--json")

    told = json.loads(capsys.readouterr().out)
    assert (status, told["outcome"], told["out"]) == (0, "cosigned", str(out))
    assert Note.parse(out.read_text()).body == checkpoint(OURS, 3)
    assert out.stat().st_mode & 0o777 == 0o644


@pytest.mark.assurance("A-78")
@pytest.mark.enable_socket
def test_a_log_that_shows_another_history_is_refused_with_evidence(log, state, capsys):
    log.size = 8
    pinned(log.address, state)
    log.leaves = THEIRS

    statuses = [check(log.address, state)]
    for size in (10, 6):
        log.size = size
        statuses.append(check(log.address, state, "--json"))

    told = capsys.readouterr()
    assert (statuses, cosigned_size(state)) == ([1, 1, 1], 8)
    outcomes = [json.loads(line)["outcome"] for line in told.out.splitlines()[1:]]
    assert outcomes == ["not-shown", "rolled-back"]
    assert "The log shows two histories" in told.err
    assert len(evidence(state)) == 3


@pytest.mark.enable_socket
def test_a_log_that_gives_an_old_checkpoint_of_its_own_is_told_so(log, state, capsys):
    log.size = 8
    pinned(log.address, state)
    log.answers["/ledger/checkpoint"] = LOG.sign_note(checkpoint(OURS, 3))

    status = check(log.address, state)

    assert (status, evidence(state)) == (1, [])
    assert "is an older one: 3 entries" in capsys.readouterr().err


@pytest.mark.parametrize("has_folder", [True, False])
def test_a_witness_without_a_key_is_told_how_to_make_one(tmp_path, capsys, has_folder):
    state = tmp_path / "other"
    if has_folder:
        state.mkdir()

    status = pinned(packed(tmp_path / "bundle.zip", OURS, 6), state)

    assert status == 1
    assert "Run `banso witness new-key NAME --state" in capsys.readouterr().err


def test_every_outcome_has_its_sentence():
    assert set(SENTENCES) == set(Outcome)


@pytest.mark.enable_socket
def test_a_log_whose_keys_cannot_be_fetched_is_still_checked(log, state):
    log.answers["/ledger/keys"] = (500, {}, b"")

    assert pinned(log.address, state) == 0


def test_a_bundle_without_its_tree_shows_nothing(tmp_path, state, capsys):
    pinned(packed(tmp_path / "first.zip", OURS, 6), state)
    bundle = tmp_path / "next.zip"
    with zipfile.ZipFile(bundle, "w") as archive:
        archive.writestr("checkpoint", LOG.sign_note(checkpoint(OURS, 8)))

    assert (check(bundle, state), cosigned_size(state)) == (1, 6)
    assert "A proof is missing" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path, capsys):
    file = tmp_path / "file"
    file.write_text("")

    status = main(["witness", "new-key", "witness.example.jp", "--state", str(file / "state")])

    assert (status, capsys.readouterr().err) == (1, f"banso: {file / 'state'}: Not a directory\n")


def test_a_new_key_is_told_to_programs_as_one_document(tmp_path, capsys):
    words = ["--state", str(tmp_path / "state"), "--json"]

    status = main(["witness", "new-key", "witness.example.jp", *words])

    [told] = json.loads(capsys.readouterr().out).items()
    assert (status, told[0]) == (0, "verifier_key")
    assert VerifierKey.parse(told[1]).name == "witness.example.jp"


@pytest.mark.parametrize("text", ["", "\xff", "PRIVATE+KEY+a+00+AA==", "é"])
def test_a_damaged_key_cosigns_nothing(tmp_path, state, capsys, text):
    Path(state, "key").write_bytes(text.encode("latin-1"))

    status = pinned(packed(tmp_path / "bundle.zip", OURS, 6), state)

    assert (status, Path(state, "checkpoint").exists()) == (1, False)
    assert "key is damaged" in capsys.readouterr().err


def test_a_record_of_two_logs_cosigns_nothing(tmp_path, state, capsys):
    bundle = packed(tmp_path / "bundle.zip", OURS, 6)
    pinned(bundle, state)
    log = Path(state, "log.json")
    other = SigningKey.generate("other.example/log").verifier_text
    log.write_text(log.read_text().replace(LOG.verifier_text, other))

    assert check(bundle, state) == 1
    assert "log.json is damaged" in capsys.readouterr().err
