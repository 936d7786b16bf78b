import pytest

from banso.web.downloads import PDF, disposition, serve_file
from banso.web.file_store import FileDamaged, StoredBytes, store, trouble


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES = str(tmp_path / "files")


def test_a_stored_file_is_given_whole_as_an_attachment_that_runs_nothing():
    stored = store([b"%PDF-1.7 ", b"%%EOF"])

    response = serve_file(stored=stored, name="plan.exe", media_type=PDF)

    assert response.content == b"%PDF-1.7 %%EOF"
    assert response["Content-Disposition"] == 'attachment; filename="plan.exe.pdf"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.assurance("A-99")
@pytest.mark.parametrize("size", [20, 5_000_000])
def test_changed_bytes_are_never_served(tmp_path, size):
    stored = store([b"x" * size])
    (tmp_path / "files" / stored.sha256).write_bytes(b"x" * (size - 1) + b"y")

    with pytest.raises(FileDamaged, match=f"{stored.sha256} is changed"):
        serve_file(stored=stored, name="plan.pdf", media_type=PDF)


@pytest.mark.assurance("A-99")
def test_bytes_that_change_between_proof_and_sending_cut_the_answer_short(tmp_path):
    stored = store([b"x" * 5_000_000])
    response = serve_file(stored=stored, name="plan.pdf", media_type=PDF)
    (tmp_path / "files" / stored.sha256).write_bytes(b"x" * 4_999_999 + b"y")
    sent = []

    with pytest.raises(FileDamaged):
        sent.extend(response)

    assert sum(map(len, sent)) < stored.size


def test_a_missing_file_is_named_by_its_hash():
    store([b"another"])

    with pytest.raises(FileDamaged, match="is missing"):
        serve_file(stored=StoredBytes("0" * 64, 3), name="plan.pdf", media_type=PDF)


def test_a_japanese_name_has_a_plain_one_beside_it():
    assert disposition("計画.pdf", PDF) == (
        "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E8%A8%88%E7%94%BB.pdf"
    )


def test_a_store_that_can_be_written_is_well():
    assert trouble() is None


def test_a_store_that_cannot_be_written_says_so(settings, tmp_path):
    (tmp_path / "not-a-folder").write_bytes(b"")
    settings.FILES = str(tmp_path / "not-a-folder" / "files")

    assert trouble() == "the file store cannot be written: Not a directory"
