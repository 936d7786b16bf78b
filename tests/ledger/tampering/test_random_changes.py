import io
import json
import random

import pytest
from tests.ledger.sample_log import SampleLog, archive_of, members_of

from banso.ledger.verify import (
    BEGIN,
    END,
    Report,
    Wrong,
    check_bundle,
    check_receipt,
    receipt_in,
)

IN_CI, LONG = 300, 10_000


def meaning_of_bundle(bundle):
    try:
        members = members_of(bundle)
        facts = json.loads(members["bundle.json"])
        facts["witnesses"] = [witness["key"] for witness in facts["witnesses"]]
        del facts["made_at"]
        lines = [json.loads(line) for line in members["entries.jsonl"].decode().split("\n")[:-1]]
        past = [
            json.loads(line) for line in members["checkpoints.jsonl"].decode().split("\n")[:-1]
        ]
        entries = [{**line, "erased": "erased" in line} for line in lines]
        checkpoints = [(one["size"], body_of(one["note"])) for one in past]
        rest = sorted(members), members["tree.bin"], members["verify.py"]
        return facts, body_of(members["checkpoint"].decode()), entries, checkpoints, rest
    except Exception:  # noqa: BLE001 - whatever cannot be read means nothing
        return None


def meaning_of_receipt(receipt):
    try:
        _, inside = receipt.split(BEGIN)
        facts = json.loads(inside.split(END)[0])
        facts["witnesses"] = [witness["key"] for witness in facts["witnesses"]]
        facts["checkpoint"] = body_of(facts["checkpoint"])
        del facts["served_at"]
    except Exception:  # noqa: BLE001 - as above
        return None
    return facts


def body_of(note):
    return note.rpartition("\n\n")[0]


def found_in_bundle(bundle):
    report = Report("bundle.zip")
    try:
        check_bundle(report, io.BytesIO(bundle), [])
    except Wrong:
        return True
    return any(finding["code"] == "other-script" for finding in report.findings)


def found_in_receipt(receipt):
    try:
        check_receipt(Report("receipt.txt"), receipt_in(receipt) or b"", [])
    except Wrong:
        return True
    return False


def tampered_with(content, chance):
    """Flip a bit; or delete, double or swap bytes or lines; or cut the end."""
    place = chance.randrange(len(content))
    way = chance.choice(["bit", "bit", "cut", "bytes", "lines", "lines"])
    if way == "bit":
        changed = bytearray(content)
        changed[place] ^= 1 << chance.randrange(8)
        return bytes(changed)
    if way == "cut":
        return content[:place]
    lines = content.splitlines(keepends=True)
    parts = lines if way == "lines" else [bytes([one]) for one in content]
    first, second = chance.randrange(len(parts)), chance.randrange(len(parts))
    match chance.choice(["delete", "double", "swap"]):
        case "delete":
            del parts[first]
        case "double":
            parts.insert(first, parts[second])
        case "swap":
            parts[first], parts[second] = parts[second], parts[first]
    return b"".join(parts)


@pytest.fixture
def attempts(request):
    """Say how many random changes to try: many more when a check runs alone."""
    return LONG if request.config.getoption("--check") else IN_CI


def passed_with_another_meaning(attempts, honest, *, change, meaning, found):
    """Change what is honest until so many changes of meaning were tried; list what passed."""
    chance = random.Random(random.random())  # noqa: S311 - no secret; repeatable by its seed
    original, passed, tried = meaning(honest), [], 0
    assert original is not None
    assert not found(honest)
    while tried < attempts:
        name, forged = change(honest, chance)
        if meaning(forged) != original:
            tried += 1
            if not found(forged):
                passed.append((name, forged))
    return passed


def change_a_member(bundle, chance):
    members = members_of(bundle)
    weights = {"entries.jsonl": 6, "README.txt": 0}
    [name] = chance.choices(list(members), [weights.get(one, 1) for one in members])
    return name, archive_of({**members, name: tampered_with(members[name], chance)})


@pytest.mark.assurance("A-74")
def test_no_random_change_of_a_bundles_files_passes(attempts):
    passed = passed_with_another_meaning(
        attempts,
        SampleLog(40, checkpoint_every=10, keys=2).bundle(),
        change=change_a_member,
        meaning=meaning_of_bundle,
        found=found_in_bundle,
    )

    assert passed == []


@pytest.mark.assurance("A-74")
def test_no_random_change_of_a_bundles_bytes_passes(attempts):
    passed = passed_with_another_meaning(
        attempts,
        SampleLog(40, checkpoint_every=10, keys=2).bundle(),
        change=lambda bundle, chance: ("bytes", tampered_with(bundle, chance)),
        meaning=meaning_of_bundle,
        found=found_in_bundle,
    )

    assert passed == []


@pytest.mark.assurance("A-74")
def test_no_random_change_of_a_receipt_passes(attempts):
    passed = passed_with_another_meaning(
        attempts,
        SampleLog(40, keys=2).receipt(7, 33),
        change=lambda receipt, chance: ("receipt", tampered_with(receipt, chance)),
        meaning=meaning_of_receipt,
        found=found_in_receipt,
    )

    assert passed == []
