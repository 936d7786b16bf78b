"""Numbers are taken as people write them, and refused with a sentence when they cannot be right."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from banso.people.forms.numbers import (
    CorporateNumberField,
    EradCodeField,
    EradNumberField,
    OrcidField,
    ResearchmapField,
    RorField,
)


@pytest.mark.convention("I1")
@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (EradNumberField, "１２３４５６７８", "12345678"),
        (EradNumberField, " 1234-5678 ", "12345678"),
        (OrcidField, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        (OrcidField, "0000‐0002‐1694‐233x", "0000-0002-1694-233X"),
        (ResearchmapField, "https://researchmap.jp/mihon", "mihon"),
        (CorporateNumberField, "4030005012570", "4030005012570"),
        (CorporateNumberField, "２０２０００５００８４８０", "2020005008480"),
        (RorField, "https://ror.org/05DXPS055", "05dxps055"),
        (EradCodeField, "1234567", "1234567"),
        (OrcidField, "", ""),
        (CorporateNumberField, "\u200b", ""),
    ],
)
def test_a_number_is_kept_in_its_one_form(field, typed, kept):
    assert field().clean(typed) == kept


@pytest.mark.convention("I1")
@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        (EradNumberField, "1234567", "8 digits"),
        (EradNumberField, "1234567x", "8 digits"),
        (OrcidField, "0000-0002-1825-0098", "check digit"),
        (OrcidField, "0000-0002-1825", "16 digits"),
        (ResearchmapField, "見本", "researchmap.jp/"),
        (CorporateNumberField, "4030005012571", "check digit"),
        (CorporateNumberField, "403000501257", "13 digits"),
        (RorField, "05dxps05", "ror.org"),
        (EradCodeField, "見本", "20 at most"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_with_what_to_do(field, typed, said):
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            field().clean(typed)
        [sentence] = refused.value.messages

    assert said in sentence
