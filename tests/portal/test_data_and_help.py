import re
from http import HTTPStatus

import pytest


@pytest.mark.parametrize("language", ["", "/en"])
def test_every_file_on_the_data_page_can_be_taken(client, db, language):
    text = client.get(f"{language}/data/").text
    files = re.findall(r'href="([^"]+\.(?:csv|json))"', text)

    answers = {file: client.get(file).status_code for file in files}

    assert len(files) == 22
    assert set(answers.values()) == {HTTPStatus.OK}


def test_every_column_is_explained(client, db):
    text = client.get("/en/data/").text
    header = client.get("/results.csv").content.decode("utf-8-sig").strip()

    assert [name for name in header.split(",") if f"<code>{name}</code>" not in text] == []


def test_the_help_page_is_honest(client, db):
    text = client.get("/en/help/").text

    assert "We do not claim conformance." in text
    assert "No outside audit has been made" in text
    assert text.count('class="missing"') == 2


def test_the_help_link_is_on_every_page(client, db):
    for path in ("/en/", "/en/rules/", "/en/results/", "/en/no-such-page/"):
        assert 'href="/en/help/"' in client.get(path).text
