"""What a witness keeps when it refuses: enough for others to see, offline, what it saw."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from banso.ledger import verify
from banso.ledger.commitments import instant_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from banso.ledger.witness.folder import Record
    from banso.ledger.witness.sources import Presented

README = """\
Evidence of a witness                                            立会機関の証拠
=====================

On {at} the log {origin} was found to show two checkpoints of which neither was shown
to continue the other. The witness had cosigned `seen` ({seen} entries); then it was
presented with `presented` ({presented} entries), from
{source}

  seen, presented   both notes as they were received
  proof.json        what the log answered when it was asked for a proof, if it was asked
  leaves.bin        the leaf hashes that it gave, 32 bytes each, if it gave them
  facts.json        the instant, the source, the outcome, and the keys with their successions
  verify.py         checks the notes, with Python 3.9 or later and no network

How to verify it. Ask the log's operator for the log's key by a channel of your own, and
compare it with facts.json. Then, in this folder:

  python3 verify.py seen presented --key 'KEY'

Both notes must be signed by the log. If they have one size and different roots, nothing
more is needed: the log showed two histories. If their sizes differ, run this as well:

python3 -c '
import json, verify as v
note = lambda name: v.Note.parse(open(name, encoding="utf-8").read())
trees = [v.Checkpoint.parse(note(name).body) for name in ("seen", "presented")]
small, large = sorted(trees, key=lambda tree: tree.size)
{snippet}
'

With leaves.bin, "the smaller: False" and "the larger: True" prove that the log rewrote its
history. With proof.json, "continues: False" (or an error, where the log gave no proof) shows that
the log did not prove what it promises; ask the operator for a bundle, which decides.

同じ大きさで根が異なる二つのチェックポイントの両方に記録簿の署名があれば、記録簿が二つの
歴史を見せたことの証明になります。鍵は、別の経路で運用者に確かめてください。
このフォルダーは書き換えず、控えを取って保管してください。
"""


FROM_LEAVES = """\
leaves, tree = open("leaves.bin", "rb").read(), v.Frontier()
for at in range(large.size):
    tree.append(leaves[32 * at : 32 * at + 32])
    if tree.size == small.size: print("the smaller:", tree.root() == small.root)
print("the larger:", tree.root() == large.root)"""

FROM_PROOF = """\
hashes = [bytes.fromhex(one) for one in json.load(open("proof.json"))["hashes"]]
print("continues:", v.is_consistent(*small[1:3], *large[1:3], hashes))"""


def evidence_of(
    record: Record,
    presented: Presented,
    shown_by: Mapping[str, Iterable[bytes]],
    *,
    outcome: str,
    at: datetime,
) -> tuple[str, dict[str, Iterable[bytes]]]:
    """Name the evidence by what it shows, so that the same finding is kept once, and list it."""
    seen = record.checkpoint
    shown = verify.Checkpoint.parse(verify.Note.parse(presented.note).body)
    facts = {
        "banso": "evidence",
        "version": 1,
        "outcome": outcome,
        "at": instant_text(at),
        "from": presented.source,
        "origin": seen.origin,
        "seen": {"size": seen.size, "root": seen.root.hex()},
        "presented": {"size": shown.size, "root": shown.root.hex()},
        "keys": [asdict(key) for key in record.keys],
        "keys_told": presented.keys,
    }
    readme = README.format(
        at=instant_text(at),
        origin=seen.origin,
        seen=seen.size,
        presented=shown.size,
        source=presented.source,
        snippet=FROM_LEAVES if "leaves.bin" in shown_by else FROM_PROOF,
    )
    files: dict[str, Iterable[bytes]] = {
        "README.txt": [readme.encode()],
        "facts.json": [json.dumps(facts, ensure_ascii=False, indent=1).encode()],
        "presented": [presented.note.encode()],
        "seen": [record.note.encode()],
        "verify.py": [Path(verify.__file__).read_bytes()],
    }
    digest = hashlib.sha256(f"{seen.body}{shown.body}".encode()).hexdigest()
    return f"{outcome}-{seen.size}-{shown.size}-{digest[:16]}", files | dict(shown_by)
