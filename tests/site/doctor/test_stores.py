"""`banso doctor` on files in a store that is no folder."""

import pytest
from tests.web.files.faulty_proxy import faulty_proxy
from tests.web.files.test_file_store import s3, s3_endpoint

from banso.site.doctor.files import check_files

__all__ = ["s3", "s3_endpoint"]
BYTES = b"%PDF-1.7 received"


class Naming:
    """A database that names these files."""

    def __init__(self, *named):
        self.named = named

    def execute(self, _query):
        return [(one.sha256, one.size) for one in self.named]


@pytest.mark.enable_socket
@pytest.mark.parametrize(
    ("harm", "is_deep", "expected"),
    [
        pytest.param(None, True, ("good", "1 files are read whole"), id="whole"),
        pytest.param("gone", False, ("wrong", "is missing"), id="gone"),
        pytest.param("short", False, ("wrong", "has 5 bytes instead of 17"), id="short"),
        pytest.param("changed", True, ("wrong", "has other bytes"), id="changed"),
    ],
)
def test_a_store_elsewhere_is_looked_at_as_a_folder_is(
    s3, s3_endpoint, tmp_path, harm, is_deep, expected
):
    stored = s3.write([BYTES])
    if harm == "gone":
        s3.bucket.delete(stored.sha256)
    elif harm:
        s3.bucket.put(stored.sha256, b"short" if harm == "short" else BYTES.swapcase())
    environ = {"BANSO_FILES": "s3://banso-files/some/prefix", "BANSO_S3_ENDPOINT": s3_endpoint}

    [finding] = check_files(Naming(stored), tmp_path, environ, is_deep=is_deep)

    state, words = expected
    assert finding.state == state
    assert words in finding.says


@pytest.mark.enable_socket
def test_a_store_that_names_no_bucket_is_said(tmp_path):
    [finding] = check_files(Naming(), tmp_path, {"BANSO_FILES": "s3://"}, is_deep=False)

    assert (finding.state, finding.says) == (
        "wrong",
        "The files could not be looked at: BANSO_FILES names no bucket: s3://.",
    )


@pytest.mark.enable_socket
@pytest.mark.assurance("A-99")
@pytest.mark.parametrize(
    ("fault", "why"),
    [
        pytest.param("busy", "it takes no more requests at the moment", id="slow-down"),
        pytest.param("refused", "it refuses our credentials", id="credentials-refused"),
    ],
)
def test_a_store_that_is_not_well_is_named_although_nothing_lies_there(
    s3, s3_endpoint, tmp_path, fault, why
):
    with faulty_proxy(s3_endpoint) as proxy, proxy.suffering(fault):
        environ = {
            "BANSO_FILES": "s3://banso-files/empty",
            "BANSO_S3_ENDPOINT": proxy.endpoint,
        }
        [finding] = check_files(Naming(), tmp_path, environ, is_deep=False)

    says = f"The files could not be looked at: the file store cannot be read: {why}."
    assert (finding.state, finding.says) == ("wrong", says)
    assert finding.mend
