import functools

import pytest

from banso.ledger import verify


@pytest.fixture(scope="module", autouse=True)
def reads_each_line_once():
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(verify, "parse_line", functools.cache(verify.parse_line))
        yield
