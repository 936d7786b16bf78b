import pytest
from django.urls import reverse
from django.utils.translation import override

# Rows of a list, and how many questions more than for one: what fills more pages is counted.
COUNTED_BEYOND_A_PAGE = [(1, 0), (25, 0), (100, 1)]
LANGUAGES = pytest.mark.parametrize("language", ["ja", "en"])


def address(name, *ids, language="ja"):
    with override(language):
        return reverse(name, args=ids)
