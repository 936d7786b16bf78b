"""Pages say things in the words of `docs/japanese.md`; the refused ones are kept out."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "tools"))

import catalogues  # noqa: E402

# The refused words and what to write instead, as in docs/japanese.md.
ENGLISH = {
    "the version of now": "the current version",
    "Members of today": "Current members",
    "members of today": "current members",
    "What needs me": "To do",
    "Take this list away": "Download this list",
    "Most for one project": "Maximum per project",
    "in whose team the viewer is": "of whose team the viewer is a member",
    "Let go of": "Release, or Forget",
    "has still to": "must still",
    "offer stands": "offer is open",
}
JAPANESE = {
    "非公開の求め": "非公開の要請",
    "脱退": "離脱",
    "受け取らない": "受領しない",
    "今日の構成員": "現在の構成員",
    "協議会の場": "協議会のページ",
    "お誘い": "ご案内",
    "頁": "ページ",
    "直してほしいこと": "差戻し理由",
    "一課題の上限額": "1課題あたりの上限額",
    "整った項目": "入力済み",
    "その瞬間": "締切時刻ちょうど",
    "最初の一字": "内容を表示する前に",
    "答えの期限": "回答期限",
    "成果を予定する": "公表予定の成果を登録する",
    "わたしの": "自分の",
    "あなた": "自分の, 本人 or ご自身",
    "今日やること": "対応が必要なこと",
    "サインイン": "ログイン",
    "運営者": "運用者",
    "呼びかけ": "ご案内",
    "希望する金額": "申請総額",
    "採用する、一部を採用する": "対応する、一部対応する",
}


def strings_of(app):
    for message in catalogues.messages_of(catalogues.read_catalogue(app)):
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        yield " ".join(english), " ".join(catalogues.translations_of(message))


def refused_in(text, refused):
    """Say which refused words a text has, each with the better one."""
    return [f"{word} → {better}" for word, better in refused.items() if re.search(word, text)]


@pytest.mark.parametrize("app", catalogues.apps())
def test_no_catalogue_says_a_refused_word(app):
    faults = [
        f"{fault}: {text}"
        for english, japanese in strings_of(app)
        for text, refused in ((english, ENGLISH), (japanese, JAPANESE))
        for fault in refused_in(text, refused)
    ]

    assert faults == []


def test_a_refused_word_is_named_with_the_better_one():
    assert refused_in("直してほしいことを書く", JAPANESE) == ["直してほしいこと → 差戻し理由"]
