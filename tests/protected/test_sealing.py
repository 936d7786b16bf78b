import stat
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from django.conf import settings
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from banso.protected.sealing import seal, unseal

COUNCIL, ITEM = uuid.uuid4(), uuid.uuid4()
TEXT = "運用条件: 稼働率は九割以上"


@pytest.fixture(autouse=True)
def empty_data_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return tmp_path


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@example(text="\ud800 lone")
@given(text=st.text(max_size=200))
def test_whatever_is_sealed_opens_again(text):
    assert unseal(COUNCIL, ITEM, 1, seal(COUNCIL, ITEM, 1, text)) == text


def test_two_seals_of_one_text_share_nothing():
    one, other = seal(COUNCIL, ITEM, 1, TEXT), seal(COUNCIL, ITEM, 1, TEXT)

    assert one.nonce != other.nonce
    assert one.ciphertext != other.ciphertext
    assert one.wrapped_key != other.wrapped_key
    assert TEXT.encode() not in one.ciphertext


def test_a_changed_byte_anywhere_opens_nothing():
    sealed = seal(COUNCIL, ITEM, 1, TEXT)

    for part in ("nonce", "ciphertext", "wrapped_key"):
        value = getattr(sealed, part)
        for index in (0, len(value) // 2, len(value) - 1):
            changed = bytearray(value)
            changed[index] ^= 1
            with pytest.raises(InvalidTag):
                unseal(COUNCIL, ITEM, 1, replace(sealed, **{part: bytes(changed)}))


def test_the_key_is_a_file_that_only_its_owner_reads(empty_data_folder):
    seal(COUNCIL, ITEM, 1, TEXT)

    folder = empty_data_folder / "keys"
    [key] = folder.iterdir()
    assert key.name == f"{COUNCIL}.key"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.stat().st_size == 32


def test_opening_never_makes_a_key(empty_data_folder):
    sealed = seal(COUNCIL, ITEM, 1, TEXT)
    key = empty_data_folder / "keys" / f"{COUNCIL}.key"
    key.unlink()

    with pytest.raises(FileNotFoundError):
        unseal(COUNCIL, ITEM, 1, sealed)

    assert list(key.parent.iterdir()) == []


def test_many_who_seal_first_at_once_agree_on_one_key(empty_data_folder):
    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(lambda number: seal(COUNCIL, ITEM, number, TEXT), range(1, 25)))

    assert [unseal(COUNCIL, ITEM, number, one) for number, one in enumerate(sealed, 1)] == [
        TEXT
    ] * len(sealed)
    assert [one.name for one in (empty_data_folder / "keys").iterdir()] == [f"{COUNCIL}.key"]
