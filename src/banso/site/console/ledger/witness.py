"""`banso witness`: another organisation checks a log and cosigns it; no database is opened."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from banso.ledger.verify import LOG_KEY, VerifierKey, Wrong
from banso.ledger.witness.fetching import SourceUnfit
from banso.ledger.witness.folder import CHECKPOINT, KEPT_NAMES, FolderUnfit, WitnessFolder
from banso.ledger.witness.sources import present
from banso.ledger.witness.witnessing import Outcome, check

if TYPE_CHECKING:
    import argparse

    from banso.ledger.verify import Checkpoint
    from banso.ledger.witness.sources import Presented
    from banso.ledger.witness.witnessing import Finding

SENTENCES: Final = {
    Outcome.COSIGNED: (
        "Cosigned: {origin} with {size} entries. Send {out} to the log's operator, or let them "
        "fetch it."
    ),
    Outcome.NOTHING_NEW: (
        "Nothing new: {origin} still has {size} entries, which this witness has cosigned. "
        "The cosigned checkpoint is in {out}."
    ),
    Outcome.NOT_A_CHECKPOINT: (
        "{source} gave no checkpoint of a log; nothing was cosigned. Give the log's address, its "
        "bundle, or a file with its checkpoint."
    ),
    Outcome.KEY_NEEDED: (
        "This witness does not know the log's key yet, so nothing was cosigned. Ask the log's "
        "operator for the key by another channel (by telephone, or in print), compare it with "
        "what {source} says, and run this again with --log-key 'KEY'.\n{told}"
    ),
    Outcome.KEY_DIFFERS: (
        "--log-key is not a key that this witness trusts for this log, so nothing was cosigned. "
        "A log changes its key with a note that its old key signs, and this witness takes it up "
        "by itself. Leave --log-key out; if the log is another one, give it a --state of its own."
    ),
    Outcome.NOT_SIGNED: (
        "The checkpoint from {source} is not signed by the log's key that this witness trusts, "
        "and no succession leads from that key to one that signed it; nothing was cosigned. "
        "Anyone can write such a file: fetch it again from the log's own address. If it is the "
        "log's, ask its operator for the note by which the old key names the new one."
    ),
    Outcome.RETIRED_KEY: (
        "The checkpoint from {source} is signed only by a key that the log has retired; nothing "
        "was cosigned. Tell the log's operator: whoever holds the old key still signs with it."
    ),
    Outcome.STATE_LOST: (
        "This witness's key has cosigned a larger checkpoint than {state} remembers: the folder "
        "was put back from a copy, or the key is used in two folders. Nothing was cosigned, and "
        "nothing should be with this key any more. Make a new key in a new folder, and tell the "
        "log's operator that the old one has ended."
    ),
    Outcome.PROOF_MISSING: (
        "A proof is missing: {source} does not show that the checkpoint with {size} entries "
        "continues the one with {seen} that this witness has cosigned; nothing was cosigned. "
        "Give the log's address or its whole bundle instead."
    ),
    Outcome.OLD: (
        "The checkpoint from {source} is an older one: {size} entries, and the {seen} that this "
        "witness has cosigned continue it. Nothing is wrong, and nothing was cosigned. Fetch the "
        "latest checkpoint."
    ),
    Outcome.OLD_WITHOUT_PROOF: (
        "The checkpoint from {source} has {size} entries, fewer than the {seen} that this witness "
        "has cosigned, and nothing there shows whether those continue it. It may be merely old; "
        "nothing was cosigned. Give the log's address, which tells."
    ),
    Outcome.NOT_SHOWN: (
        "The log gave no valid proof that its checkpoint with {size} entries continues the one "
        "with {seen} that this witness has cosigned; nothing was cosigned. A log that has "
        "rewritten its history looks like this; so does a faulty server. Evidence is kept in "
        "{evidence}. Ask the log's operator for a bundle and check that: it decides."
    ),
    Outcome.ROLLED_BACK: (
        "The log went back: it shows {size} entries, fewer than the {seen} that this witness has "
        "cosigned, and gave no valid proof that those continue it; nothing was cosigned. Evidence "
        "is kept in {evidence}. Ask the log's operator what became of the later entries."
    ),
    Outcome.FORK: (
        "The log shows two histories: its checkpoint with {size} entries and the one with {seen} "
        "that this witness has cosigned cannot both be true, and the log signed both. Nothing was "
        "cosigned. The proof is kept in {evidence}; its README.txt says how anyone verifies it. "
        "Show it to the log's operator and to those who rely on the log."
    ),
}


def run(arguments: argparse.Namespace) -> int:
    """Make a key, or check a checkpoint; 0 cosigned or nothing new, 1 refused, 2 usage."""
    act = _make_key if arguments.command == "witness new-key" else _check
    try:
        return act(arguments)
    except (SourceUnfit, FolderUnfit) as unfit:
        return _refuse(str(unfit))
    except OSError as failed:
        return _refuse(f"{failed.filename or arguments.state}: {failed.strerror or failed}")


def _make_key(arguments: argparse.Namespace) -> int:
    try:
        key = WitnessFolder(arguments.state).make_key(arguments.name)
    except Wrong:
        print(
            f"banso: a witness's name has neither spaces nor +, as witness.example.jp has; "
            f"{arguments.name!r} has.",
            file=sys.stderr,
        )
        return 2
    if arguments.json:
        print(json.dumps({"verifier_key": key.cosigner_text}, ensure_ascii=False))
    else:
        print(key.cosigner_text)
    print(
        f"banso: give this verifier key to the log's operator. The private key is in "
        f"{arguments.state}, and stays there alone.",
        file=sys.stderr,
    )
    return 0


def _check(arguments: argparse.Namespace) -> int:
    out = arguments.out or Path(arguments.state, CHECKPOINT)
    unusable = _unusable(arguments) or _unusable_out(arguments.out, arguments.state)
    if unusable:
        print(f"banso: {unusable}", file=sys.stderr)
        return 2
    presented = present(arguments.ledger)
    finding = check(
        WitnessFolder(arguments.state),
        presented,
        log_key=VerifierKey.parse(arguments.log_key) if arguments.log_key else None,
        out=out,
        at=datetime.now(UTC),
    )
    if arguments.json:
        print(json.dumps(_document(finding, presented, out), ensure_ascii=False))
    _say(finding, presented, out, arguments.state, as_json=arguments.json)
    return 0 if finding.is_done else 1


def _unusable(arguments: argparse.Namespace) -> str:
    if "://" not in arguments.ledger and not Path(arguments.ledger).exists():
        return f"there is no file {arguments.ledger}"
    if arguments.log_key and not _is_log_key(arguments.log_key):
        return "--log-key is no verifier key of a log: NAME+KEY ID+BASE64, in quotation marks"
    return ""


def _unusable_out(out: Path | None, state: Path) -> str:
    if out is None:
        return ""
    if (out.exists() and not out.is_file()) or not out.absolute().parent.is_dir():
        return f"--out {out} is no place for a file"
    if out.resolve().parent == state.resolve() and out.name in KEPT_NAMES:
        return f"--out {out} is a file of the witness's own"
    return ""


def _is_log_key(text: str) -> bool:
    try:
        return VerifierKey.parse(text).kind == LOG_KEY
    except Wrong:
        return False


def _keys_told(presented: Presented) -> list[str]:
    return [key for key in presented.keys if _is_log_key(key)]


def _say(finding: Finding, presented: Presented, out: Path, state: Path, *, as_json: bool) -> None:
    checkpoint, seen = finding.presented, finding.seen
    sentence = SENTENCES[finding.outcome].format(
        source=presented.source,
        origin=checkpoint.origin if checkpoint else "",
        size=checkpoint.size if checkpoint else 0,
        seen=seen.size if seen else 0,
        out=out,
        state=state,
        evidence=finding.evidence,
        told="\n".join(f"  {key}" for key in _keys_told(presented)) or "  (it names none)",
    )
    changes = [
        f"The log changed its key, as its old key says, to {one}" for one in finding.adopted
    ]
    for line in [*changes, sentence]:
        if finding.is_done and not as_json:
            print(line)
        else:
            print(f"banso: {line}", file=sys.stderr)


def _document(finding: Finding, presented: Presented, out: Path) -> dict[str, object]:
    return {
        "outcome": finding.outcome,
        "cosigned": finding.is_done,
        "source": presented.source,
        "presented": _tree(finding.presented),
        "seen": _tree(finding.seen),
        "keys_told": _keys_told(presented),
        "keys_adopted": finding.adopted,
        "out": str(out) if finding.is_done else None,
        "evidence": str(finding.evidence) if finding.evidence else None,
    }


def _tree(checkpoint: Checkpoint | None) -> dict[str, object] | None:
    if checkpoint is None:
        return None
    return {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}


def _refuse(sentence: str) -> int:
    print(f"banso: {sentence}", file=sys.stderr)
    return 1
