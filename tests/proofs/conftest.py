import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _in_japanese():
    with override("ja"):
        yield
