import pytest

# `clock` sets whoever read the clock by name before the test; what is first loaded in a test
# would keep that test's clock for good.
import banso.site.middleware.acting
import banso.site.middleware.arrival
import banso.site.urls  # noqa: F401 - loaded for the reason above


@pytest.fixture(autouse=True)
def _own_file_store(settings, tmp_path):
    """Each test has its own file store, so that bytes can be spoilt in it."""
    settings.DATA = tmp_path


@pytest.fixture(autouse=True)
def _plain_delivery(settings):
    """Static files and whole pages are kept elsewhere; here every answer comes from its view."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    kept = ("whitenoise.", "banso.site.middleware.public_cache.")
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.startswith(kept)]
