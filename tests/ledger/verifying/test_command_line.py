import re
import runpy
from pathlib import Path

import pytest
from tests.ledger.sample_log import (
    SampleLog,
    archive_of,
    members_of,
    verified,
)
from tests.ledger.verifying.samples import (
    BUNDLE,
    EARLY,
    LOG,
    NEW,
    OLD,
    RECEIPT,
    a_text,
    bound,
    changed_receipt,
)

from banso.ledger import verify
from banso.ledger.verify import SENTENCES, main


def test_a_checkpoint_alone_needs_a_key(saved, capsysbinary):
    paths = saved(checkpoint=LOG.note(40))

    code, document = verified(capsysbinary, *paths)

    assert (code, document["verdict"]) == (2, "unchecked")
    assert verified(capsysbinary, *paths, "--key", NEW)[0] == 0
    assert verified(capsysbinary, *paths, "--key", OLD)[0] == 1


def test_a_checkpoint_takes_the_keys_of_a_bundle_beside_it(check):
    assert check(checkpoint=LOG.note(40), bundle=BUNDLE) == (0, [])


@pytest.mark.parametrize(
    ("language", "said", "verdict"),
    [
        ("en", "[checked] The entry is in the tree of 33 entries", "Nothing wrong was found."),
        (
            "ja",
            "[確認] この記録は、33件の記録の木に入っています。",
            "誤りは見つかりませんでした。",
        ),
    ],
)
def test_people_read_sentences_in_their_language(saved, capsysbinary, language, said, verdict):
    code = main([*map(str, saved(receipt=RECEIPT)), "--lang", language])

    out = capsysbinary.readouterr().out.decode()
    assert code == 0
    assert said in out
    assert out.endswith(f"{verdict}\n")


@pytest.mark.parametrize(
    ("environ", "verdict"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "誤りは"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C"}, "Nothing wrong"),
        ({}, "Nothing wrong"),
    ],
)
def test_the_language_is_that_of_the_terminal(saved, capsysbinary, monkeypatch, environ, verdict):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    main([*map(str, saved(receipt=RECEIPT))])

    assert verdict in capsysbinary.readouterr().out.decode()


def test_what_a_terminal_would_act_upon_is_spelled_out(saved, capsysbinary):
    receipt = changed_receipt(EARLY, **bound(a_text(act="\x1b[2Jacted", clause="")))

    main([*map(str, saved(receipt=receipt)), "--lang", "en"])

    out = capsysbinary.readouterr().out
    assert b"\x1b" not in out
    assert rb"\x1b[2Jacted" in out


def test_the_last_hours_of_the_calendar_are_shown(saved, capsysbinary):
    text = a_text(at="9999-12-31T23:58:00.000000Z")

    assert main([*map(str, saved(receipt=changed_receipt(EARLY, **bound(text))))]) == 0

    assert b"9999-12-31 23:58:00+00:00" in capsysbinary.readouterr().out


@pytest.mark.parametrize(
    "words", [[], ["missing-file"], ["x", "--key", "no key"], ["--lang", "fr"]]
)
def test_what_cannot_be_run_is_a_fault_of_usage(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)

    assert ended.value.code == 2
    assert "usage: verify.py" in capsys.readouterr().err


def test_the_script_runs_as_a_script(saved, capsysbinary, monkeypatch):
    monkeypatch.setattr("sys.argv", ["verify.py", *map(str, saved(receipt=RECEIPT))])

    with pytest.raises(SystemExit) as ended:
        runpy.run_path(verify.__file__, run_name="__main__")

    assert ended.value.code == 0
    assert b"Nothing wrong" in capsysbinary.readouterr().out


def test_an_entry_too_many_is_named_without_a_tree_too(check):
    members = members_of(BUNDLE)
    members["entries.jsonl"] += members["entries.jsonl"].splitlines(keepends=True)[-1]
    members["tree.bin"] = b""

    assert check(bundle=archive_of(members)) == (
        1,
        [("entries", "entries.jsonl:61")],
    )


def test_every_code_has_a_sentence_in_both_languages():
    source = Path(verify.__file__).read_text()
    told = set(re.findall(r'(?:Wrong\(|say\(\s*"[a-z]+",)\s*"([a-z-]+)"', source))
    results = {"right", "unchecked", "wrong"}

    assert set(SENTENCES) == told | results | {f"all-{result}" for result in results}
    assert all(english and japanese for english, japanese in SENTENCES.values())


def test_keys_stand_in_the_order_of_their_successions(check):
    log = SampleLog(9, keys=3)
    first, second, third = (key.verifier_text for key in log.keys)

    receipt = log.receipt(1, 9)

    assert check(receipt=receipt) == (0, [])
    assert check(receipt=changed_receipt(receipt, keys=[first, third, second])) == (
        1,
        [("keys-do-not-succeed", "")],
    )
