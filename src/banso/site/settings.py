"""Settings, read from the environment: DATA, PORT, DATABASE_URL and names that begin BANSO_."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from banso.notices.mail.configured import mail_settings, provider_settings, sender, site_address
from banso.people.accounts.providers import form_targets, identity_providers
from banso.site.database import connection_settings, role_names
from banso.site.database.settings import POOL_SIZE
from banso.site.front.intake.proxies import TrustedProxies, require_transport
from banso.site.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DATA") or "banso-data").absolute()
# Empty: the folder `files` of DATA. Else a folder, or s3://bucket/prefix.
FILES = os.environ.get("BANSO_FILES", "")
S3_ENDPOINT = os.environ.get("BANSO_S3_ENDPOINT", "")

IS_DEMO = os.environ.get("BANSO_DEMO") == "1"
# Whether we watch the clock that deadlines are judged by, or somebody else vouches for it.
CLOCK = os.environ.get("BANSO_CLOCK") or ("trusted" if IS_DEMO else "watched")
if CLOCK not in {"watched", "trusted"}:
    raise ImproperlyConfigured(f"BANSO_CLOCK is {CLOCK}; it has to be watched or trusted.")
DEBUG = False
SECRET_KEY = secret_key(os.environ, DATA)
ALLOWED_HOSTS = os.environ.get("BANSO_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("BANSO_ORIGINS", "").split(",") if origin
]

# The project's apps, in the order in which they may import: each from those before it. What an
# app adds (tables, addresses, templates, its front) is found in its own folder.
APPS = (
    "ledger",
    "web",
    "kept",
    "papers",
    "people",
    "jobs",
    "notices",
    "catalogue",
    "calls",
    "proposals",
    "review",
    "projects",
    "councils",
    "protected",
    "results",
    "portal",
    "proofs",
    "rehearsal",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    *(f"banso.{app}" for app in APPS),
]

MIDDLEWARE = [
    "banso.site.middleware.arrival.ArrivalMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "banso.site.middleware.unanswered.UnansweredMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "banso.site.middleware.public_cache.PublicCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "banso.site.middleware.acting.ActingMiddleware",
    "banso.site.middleware.session_end.SessionEndMiddleware",
    "banso.site.middleware.sign_in.SignInMiddleware",
    "banso.site.middleware.second_factor.SecondFactorMiddleware",
    "banso.site.middleware.statements.StatementMiddleware",
    "banso.site.middleware.refusals.RefusalMiddleware",
    "banso.site.middleware.idempotency.IdempotencyMiddleware",
]

ROOT_URLCONF = "banso.site.urls"
WSGI_APPLICATION = "banso.site.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / app / "templates" for app in APPS],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "banso.web.templating.environment",
            "kept_in": DATA / "templates",
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "banso.portal.context.chrome",
            ],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "banso.web.forms.BansoRenderer"

DATABASES = {"default": connection_settings(os.environ, DATA)}
# Threads that answer visitors, and as many that answer whoever brings a session; two wait for the
# file store, one makes heavy pages, and each has a connection.
FILE_THREADS = 2
PAGE_THREADS = max(1, (int(os.environ.get("BANSO_DB_POOL") or POOL_SIZE) - FILE_THREADS - 1) // 2)
# How long one query may take on a page; a console command may take as long as it needs.
STATEMENT_SECONDS = {
    kind: float(os.environ.get(variable) or seconds)
    for kind, variable, seconds in (
        ("public", "BANSO_PUBLIC_SECONDS", 5),
        ("signed-in", "BANSO_SIGNED_IN_SECONDS", 10),
        ("heavy", "BANSO_HEAVY_SECONDS", 20),
    )
}
DATABASE_ROLES = role_names(os.environ, DATA)
# The log's name, which is also the name of its keys; it never changes once something is signed.
LEDGER_ORIGIN = os.environ.get("BANSO_LEDGER_ORIGIN") or "banso.localhost/ledger"
LEDGER_KEYS = Path(os.environ.get("BANSO_LEDGER_KEYS") or DATA / "keys" / "ledger").absolute()

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "banso.people.accounts.passwords.GuessableValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:my"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_ADAPTER = "banso.people.accounts.adapter.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Tries are counted in the database, by `people.accounts.throttling`, and not in each process.
ACCOUNT_RATE_LIMITS = False
MFA_RATE_LIMITS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "banso.people.accounts.adapter.ResetTokens"  # noqa: S105 - a name
PASSWORD_RESET_TIMEOUT = 60 * 60
# Outside identities sign in who linked them; none makes an account and no address links one.
IDENTITY_PROVIDERS = identity_providers(os.environ)
SOCIALACCOUNT_ADAPTER = "banso.people.accounts.identities.IdentitiesAdapter"
SOCIALACCOUNT_PROVIDERS = {"oidc": {"APPS": IDENTITY_PROVIDERS, "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
ACCOUNT_USER_DISPLAY = "banso.people.accounts.adapter.display_name"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
MFA_ADAPTER = "banso.people.accounts.factors.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "banso.people.forms.factors.CodeForm",
    "reauthenticate": "banso.people.forms.factors.CodeAgainForm",
    "activate_totp": "banso.people.forms.factors.SetUpAppForm",
    "add_webauthn": "banso.people.forms.factors.AddPasskeyForm",
    "edit_webauthn": "banso.people.forms.factors.RenamePasskeyForm",
    "authenticate_webauthn": "banso.people.forms.factors.PasskeyForm",
}
ACCOUNT_FORMS = {
    "login": "banso.people.forms.accounts.SignInForm",
    "change_password": "banso.people.forms.accounts.ChangePasswordForm",
    "set_password": "banso.people.forms.accounts.SetPasswordForm",
    "reset_password": "banso.people.forms.accounts.ForgottenForm",
    "reset_password_from_key": "banso.people.forms.accounts.NewPasswordForm",
    "reauthenticate": "banso.people.forms.accounts.PasswordAgainForm",
}

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# Mail enters the outbox in the act's transaction; the tasks carry it to where MAIL says.
EMAIL_BACKEND = "banso.notices.mail.outbox.OutboxBackend"
MAIL = mail_settings(os.environ)
ANYMAIL = provider_settings(os.environ)
DEFAULT_FROM_EMAIL = sender(os.environ)
SITE_ADDRESS = site_address(os.environ)
# Letters that a request causes name this where it is given, whatever host the request named.
GIVEN_ADDRESS = os.environ.get("BANSO_ADDRESS", "").rstrip("/")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# As much as the front takes in of what somebody wrote; each field says how much it takes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A scanner of files, as `unix:/run/clamav/clamd.ctl` or `host:port`; none where it is empty.
CLAMD = os.environ.get("BANSO_CLAMD", "")

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_END_COOKIE_NAME = "session_end"
CSRF_FAILURE_VIEW = "banso.site.faults.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

IS_BEHIND_TLS = os.environ.get("BANSO_TLS") == "1"
TRUSTED_PROXIES = TrustedProxies.parse(os.environ.get("BANSO_TRUSTED_PROXIES", ""))
require_transport(is_behind_tls=IS_BEHIND_TLS, proxies=TRUSTED_PROXIES)
SESSION_COOKIE_SECURE = IS_BEHIND_TLS
CSRF_COOKIE_SECURE = IS_BEHIND_TLS
LANGUAGE_COOKIE_SECURE = IS_BEHIND_TLS
if IS_BEHIND_TLS:
    # A browser takes such a name only over TLS, for the whole host, and from no subdomain.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SESSION_END_COOKIE_NAME = "__Host-session_end"
    LANGUAGE_COOKIE_NAME = "__Host-language"
SECURE_SSL_REDIRECT = IS_BEHIND_TLS
SECURE_HSTS_SECONDS = 31_536_000 if IS_BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_BEHIND_TLS
SECURE_HSTS_PRELOAD = IS_BEHIND_TLS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
        *("encrypted-media", "fullscreen", "geolocation", "gyroscope", "magnetometer"),
        *("microphone", "midi", "payment", "picture-in-picture", "usb", "xr-spatial-tracking"),
    )
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'", *form_targets(IDENTITY_PROVIDERS)],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "banso.site.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
