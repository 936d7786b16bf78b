"""Settings for tests: the program's own, on a data folder that the session throws away."""

import os
from pathlib import Path

# The workers of pytest-xdist are children of the session's process, and share its folder.
SESSION = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()

# Whatever the developer's shell names, tests never touch it.
NAMED = ("DATABASE_URL", "DATABASE_OWNER_URL", "BANSO_DB_ROLE", "BANSO_DB_POOL", "BANSO_DEMO")
for name in (*NAMED, "BANSO_FILES", "BANSO_S3_ENDPOINT"):
    os.environ.pop(name, None)
os.environ["DATA"] = str(Path("/tmp") / f"banso-test-{SESSION}")  # noqa: S108 - see `prepare`
os.environ["BANSO_SECRET_KEY"] = "only-for-tests"
# Tests set and freeze clocks; those about a clock in doubt watch it themselves.
os.environ["BANSO_CLOCK"] = "trusted"

from banso.site.settings import *  # noqa: E402, F403 - it reads what was just set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files are served by their own name, without being collected first. Whole pages are kept in
# a transaction of their own, which a test's transaction does not allow; their own tests put it back.
LEFT_OUT = ("whitenoise.", "banso.site.middleware.public_cache.")
MIDDLEWARE = [one for one in MIDDLEWARE if not one.startswith(LEFT_OUT)]  # noqa: F405
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
