"""Whatever stands against a file is told in a sentence with what to do."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from tests.engines.files.test_corpus import TABLE, content_of

from banso.web.fields import PdfField
from banso.web.uploads import FAULTS, sentences_about

TOLD = sorted({fault for _, faults, _ in TABLE.values() for fault in faults})


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_has_its_sentences(fault, language):
    with override(language):
        [told] = sentences_about([fault])

    assert told.endswith("。" if language == "ja" else ".")


@pytest.mark.parametrize("fault", TOLD)
def test_what_the_corpus_shows_has_a_sentence(fault):
    assert fault in FAULTS


@pytest.mark.parametrize("name", ["html", "script-at-opening", "password-to-open", "docx"])
def test_a_file_that_is_not_taken_is_told_why_at_its_field(name):
    made_by, faults, _ = TABLE[name]
    file = SimpleUploadedFile("plan.pdf", content_of(made_by))

    with override("en"):
        with pytest.raises(ValidationError) as refused:
            PdfField().clean(file)

        assert refused.value.messages == sentences_about(list(faults))
