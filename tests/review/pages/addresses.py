import pytest
from django.urls import reverse
from django.utils.translation import override

PDF = b"%PDF-1.7 sample"
HTMX = {"HX-Request": "true"}
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


def address(name, *ids, language="ja"):
    with override(language):
        return reverse(name, args=ids)
