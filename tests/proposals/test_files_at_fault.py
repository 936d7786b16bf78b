"""A file with a problem says so on its page, and no proposal is submitted with it."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from django.urls import reverse
from django.utils.translation import override
from tests.engines.files.documents import scan
from tests.proposals.factories import WRITING, make_draft

from banso.proposals.checking import check_files
from banso.proposals.judging.versions import version_of
from banso.proposals.models import Proposal, ProposalFile
from banso.rehearsal.sample_files import sample_pdf
from banso.web.file_store import store
from banso.web.scanning import Scanned


@dataclass
class Run:
    at: datetime = WRITING
    progress: list = field(default_factory=list)
    subject: str = ""

    def progressed(self, done, total):
        self.progress.append((done, total))


@pytest.fixture(autouse=True)
def _while_the_call_is_open(clock):
    clock.set(WRITING)


def page_of(proposal, name="proposal"):
    with override("ja"):
        return reverse(f"proposals:{name}", args=[proposal.pk])


def keep_file(proposal, content):
    """Leave a file as it was attached before anybody looked into files."""
    stored = store([content])
    ProposalFile.objects.filter(proposal=proposal).delete()
    return ProposalFile.objects.create(
        proposal=proposal,
        part="proposal",
        name="plan.pdf",
        sha256=stored.sha256,
        size=stored.size,
        attached_at=WRITING - timedelta(days=1),
    )


def test_a_file_that_nobody_looked_into_is_being_checked_until_the_job_has(db, client_for):
    draft = make_draft()
    file = keep_file(draft, sample_pdf("sound"))
    browser = client_for(draft.lead)

    before = browser.get(page_of(draft)).text
    check_files(Run())
    after = browser.get(page_of(draft)).text

    file.refresh_from_db()
    assert "確認中" in before
    assert "受付済み" in after
    assert (file.checked_at, file.faults) == (WRITING, [])


def test_what_is_found_stands_beside_the_file_with_what_to_do(db, client_for):
    draft = make_draft()
    keep_file(draft, scan())

    check_files(Run())

    page = client_for(draft.lead).get(page_of(draft)).text
    assert "問題あり" in page
    assert "PDFに読み取れる文字がありません（白紙又は画像のみ）。" in page
    assert "文字認識（OCR）を行ってください。" in page


def test_a_file_with_a_problem_keeps_the_submission_back(ready, client_for):
    ProposalFile.objects.update(faults=["javascript"], checked_at=WRITING)

    refused = client_for(ready.lead).post(page_of(ready, "check"))

    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "ファイルに問題があるため" in refused.text
    assert Proposal.objects.get().submitted_at is None


def test_what_is_found_voids_no_approval(ready):
    before = version_of(ready)

    ProposalFile.objects.update(faults=["javascript"], checked_at=WRITING, scanned_with="x")

    assert version_of(Proposal.objects.get()) == before


def test_a_file_that_was_replaced_meanwhile_is_not_told_of_the_earlier_one(db):
    draft = make_draft()
    file = keep_file(draft, scan())
    newer = store([sample_pdf("newer")])

    class Replacing(Run):
        def progressed(self, *_how_far):
            ProposalFile.objects.filter(pk=file.pk).update(sha256=newer.sha256, size=newer.size)

    check_files(Replacing())

    file.refresh_from_db()
    assert (file.checked_at, file.faults) == (None, [])


def test_an_upload_says_with_which_data_it_was_scanned(draft, client_for, monkeypatch):
    said = "ClamAV 1.4.2, 27500, Sat Nov 28 09:00:00 2026"
    monkeypatch.setattr("banso.web.uploads.scan", lambda _file: Scanned(data_of=said))
    upload = io.BytesIO(sample_pdf("scanned"))
    upload.name = "plan.pdf"

    browser = client_for(draft.lead)
    browser.post(page_of(draft, "attach"), {"file": upload})

    assert said in browser.get(page_of(draft)).text
