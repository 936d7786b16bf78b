import io
import json
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ledger.sample_log import (
    archive_of,
    members_of,
)
from tests.ledger.verifying.samples import (
    BUNDLE,
    EARLY,
    JSON,
    LOG,
    RECEIPT,
    a_text,
    bound,
    changed_receipt,
)

from banso.ledger import verify
from banso.ledger.verify import BEGIN, END, MEMBERS, check_files


def archive_with(*names, content=b"", compression=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name in names:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive_with(), "bundle"),
        (archive_with(*MEMBERS[:-1]), "bundle"),
        (archive_with(*MEMBERS, "more"), "bundle"),
        (archive_with(*MEMBERS), "JSON"),
        (
            archive_with(*MEMBERS, content=bytes(1 << 25), compression=zipfile.ZIP_DEFLATED),
            "README.txt",
        ),
        (b"PK", "bundle"),
        (BUNDLE[:-30], "bundle"),
        (b"QK" + BUNDLE[2:], "note"),
    ],
)
def test_an_archive_that_is_no_bundle_is_a_finding(check, content, code):
    exit_code, [(found, _)] = check(bundle=content)

    assert (exit_code, found) == (1, code)


def test_a_file_that_stands_in_the_archive_twice_is_refused(check):
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = archive_with(*MEMBERS, "checkpoint")

    assert check(bundle=twice) == (1, [("bundle", "")])


def test_a_damaged_archive_is_a_finding(check):
    place = BUNDLE.index(b"entries.jsonl") + 200
    damaged = BUNDLE[:place] + bytes([BUNDLE[place] ^ 1]) + BUNDLE[place + 1 :]

    code, [(found, _)] = check(bundle=damaged)

    assert code == 1
    assert found in {"bundle", "JSON", "leaf-differs"}
    assert zlib.crc32(damaged) != zlib.crc32(BUNDLE)


def is_answered(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(content)
    reports = check_files([str(path)], [])
    assert all(report.findings for report in reports)
    for japanese in (False, True):
        verify.as_text(reports, japanese=japanese)
    json.loads(verify.as_json(reports))


@settings(max_examples=200)
@given(content=st.binary(max_size=300), before=st.sampled_from([b"", b"PK", BEGIN, b"a\n\n"]))
def test_any_bytes_are_answered(tmp_path_factory, content, before):
    is_answered(tmp_path_factory, before + content + (END if before == BEGIN else b""))


@settings(max_examples=200)
@given(
    facts=st.dictionaries(
        st.sampled_from(sorted(verify.RECEIPT)),
        JSON,
        max_size=3,
    ),
    receipt=st.sampled_from([RECEIPT, EARLY]),
)
def test_a_receipt_with_any_values_is_answered(tmp_path_factory, facts, receipt):
    is_answered(tmp_path_factory, changed_receipt(receipt, **facts))


@settings(max_examples=100)
@given(text=st.text() | JSON.map(json.dumps) | JSON.map(lambda value: a_text(id=str(value))))
def test_a_receipt_of_any_entry_is_answered(tmp_path_factory, text):
    is_answered(tmp_path_factory, changed_receipt(EARLY, **bound(text)))


@settings(max_examples=150)
@given(
    facts=st.dictionaries(st.sampled_from(sorted(verify.BUNDLE)), JSON, max_size=2),
    line=JSON | st.fixed_dictionaries({"index": JSON, "leaf": JSON, "salt": JSON, "text": JSON}),
    past=JSON | st.fixed_dictionaries({"size": JSON, "signed_at": JSON, "note": JSON}),
    place=st.integers(0, 3),
    tree=st.binary(max_size=64),
)
def test_a_bundle_with_any_values_is_answered(tmp_path_factory, facts, line, past, place, tree):
    members = members_of(BUNDLE)
    members["bundle.json"] = json.dumps({**json.loads(members["bundle.json"]), **facts}).encode()
    for name, value in (("entries.jsonl", line), ("checkpoints.jsonl", past)):
        lines = members[name].splitlines()
        if place:
            lines[place - 1] = json.dumps(value).encode()
        members[name] = b"\n".join(lines) + b"\n"
    members["tree.bin"] = tree or members["tree.bin"]

    is_answered(tmp_path_factory, archive_of(members))


@settings(max_examples=150)
@given(
    cut=st.integers(0, len(BUNDLE)),
    flips=st.lists(st.integers(0, len(BUNDLE) * 8 - 1), max_size=4),
)
def test_a_cut_or_damaged_archive_is_answered(tmp_path_factory, cut, flips):
    content = bytearray(BUNDLE)
    for flip in flips:
        content[flip // 8] ^= 1 << flip % 8

    is_answered(tmp_path_factory, bytes(content[cut:] if cut % 2 else content[:cut]))


def test_an_entry_of_any_depth_is_answered(tmp_path_factory):
    for depth in (10, 100, *range(900, 1010)):
        details = '{"deep":' + "[" * depth + "]" * depth + "}"
        text = LOG.texts[7].replace('"details":{', f'"details":{details[:-1]},', 1)

        is_answered(tmp_path_factory, changed_receipt(EARLY, **bound(text)))
