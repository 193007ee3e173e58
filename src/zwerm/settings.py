"""Every setting of an installation, read from the environment once at start-up.

What each name means stands in docs/admin/settings.md; a test keeps the two in step.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from zwerm.core.environment import (
    database_from_url,
    env,
    env_choice,
    env_flag,
    env_key,
    env_list,
    env_networks,
    env_number,
)
from zwerm.people.oidc import known

PACKAGE = Path(__file__).resolve().parent

DEMO = env_flag("ZWERM_DEMO")
DEBUG = env_flag("ZWERM_DEBUG")
TESTING = "PYTEST_VERSION" in os.environ
DATA = Path(env("ZWERM_DATA", "data")).resolve()

SECRET_KEY = env_key("ZWERM_SECRET_KEY", DATA / "keys" / "secret", invent=DEMO, testing=TESTING)
SEAL_KEY = env_key("ZWERM_SEAL_KEY", DATA / "keys" / "seal", invent=DEMO, testing=TESTING)
"""The server's key that wraps the key of each scan. It never enters the database."""
LEDGER = Path(env("ZWERM_LEDGER", "") or DATA / "ledger").resolve()
"""What was erased, outside the database: a restore reads it and never replaces it."""

SITE_URL = env("ZWERM_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_IS_SECURE = SITE_URL.startswith("https://")
OPERATOR = env("ZWERM_OPERATOR", "")
SECURITY_CONTACT = env("ZWERM_SECURITY_CONTACT", "")
ALLOWED_HOSTS = env_list("ZWERM_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_IS_SECURE else []

INSTALLED_APPS = [
    "zwerm.home",
    "zwerm.scans",
    "zwerm.people",
    "zwerm.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    # First what every answer gets: also the files, and what the others refuse.
    "zwerm.core.middleware.VisitMiddleware",
    "zwerm.core.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "zwerm.core.middleware.ProxyMiddleware",
    # Before a host or https is asked for: what watches a server asks it itself, not the site.
    "zwerm.home.middleware.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # What a page holds in secret (the token of a form) differs each time, so that its compressed
    # size tells nothing of it.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # In somebody's language, and before anything asks the database.
    "zwerm.core.middleware.OutageMiddleware",
    # Before the token of a form is looked for: that reads all that was sent.
    "zwerm.core.middleware.LargestBodyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "zwerm.people.middleware.ActingMiddleware",
    "zwerm.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "zwerm.urls"
FORM_RENDERER = "zwerm.core.forms.ZwermRenderer"

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "zwerm.home.context.shell",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    },
]

DATABASES = {"default": database_from_url(env("DATABASE_URL", ""), DATA / "zwerm.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
        if TESTING
        else "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "zwerm_cache",
        # Django keeps 300 by itself: whoever asks often enough would be forgotten in time to go on.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend",
        "ENQUEUE_ON_COMMIT": not TESTING,
    }
}

# --- who signs in -----------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
# In a demo one signs in by choosing a person.
LOGIN_URL = "people:demo" if DEMO else "account_request_login_code"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
# The page does not wait until the code was mailed; a test that reads the mail does.
CODES_GO_ASIDE = not TESTING
# What is sent in at sign-in is answered after a whole number of these: see people/even_time.py.
EVEN_SECONDS = 0 if TESTING else 0.25
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# A whole school comes in from one address, in one break: those limits are wide. What protects a
# person are the limits on one mail address (key), and five tries for a code.
ACCOUNT_RATE_LIMITS = {
    "login": "200/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "200/m/ip,3/m/key",
}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "zwerm.people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "request_login_code": "zwerm.people.forms.SignInForm",
    "confirm_login_code": "zwerm.people.forms.CodeForm",
}
ACCOUNT_SESSION_REMEMBER = True
# So long somebody may change how they sign in, after they proved who they are.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "zwerm.people.second_step_adapter.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "zwerm.people.forms.StepForm",
    "reauthenticate": "zwerm.people.forms.AgainForm",
    "add_webauthn": "zwerm.people.forms.PasskeyForm",
    "edit_webauthn": "zwerm.people.forms.NameForm",
    "activate_totp": "zwerm.people.forms.AppForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# A passkey that asks for a finger, a face or a code is both steps in one.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": "200/m/ip"}
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Zwerm"
# The clock of a telephone may differ by half a minute. No code works twice: see forms.StepForm.
MFA_TOTP_TOLERANCE = 1
# Each sign-in proves the address anew: there is no other way to have an account.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- the school's own sign-in -----------------------------------------------
OIDC = [
    known.entree(
        client=env("ZWERM_OIDC_ENTREE_CLIENT", ""),
        secret=env("ZWERM_OIDC_ENTREE_SECRET", ""),
        issuer=env("ZWERM_OIDC_ENTREE_ISSUER", "https://oidcng.entree.kennisnet.nl"),
        second_step=env_list("ZWERM_OIDC_ENTREE_SECOND_STEP", ""),
    ),
    known.surfconext(
        client=env("ZWERM_OIDC_SURFCONEXT_CLIENT", ""),
        secret=env("ZWERM_OIDC_SURFCONEXT_SECRET", ""),
        issuer=env("ZWERM_OIDC_SURFCONEXT_ISSUER", "https://connect.surfconext.nl"),
        second_step=env_list("ZWERM_OIDC_SURFCONEXT_SECOND_STEP", ""),
    ),
    known.microsoft(
        client=env("ZWERM_OIDC_MICROSOFT_CLIENT", ""),
        secret=env("ZWERM_OIDC_MICROSOFT_SECRET", ""),
        tenant=env("ZWERM_OIDC_MICROSOFT_TENANT", ""),
        second_step=env_list("ZWERM_OIDC_MICROSOFT_SECOND_STEP", ""),
    ),
    known.google(
        client=env("ZWERM_OIDC_GOOGLE_CLIENT", ""),
        secret=env("ZWERM_OIDC_GOOGLE_SECRET", ""),
        domain=env("ZWERM_OIDC_GOOGLE_DOMAIN", ""),
    ),
    known.other(
        name=env("ZWERM_OIDC_OTHER_NAME", ""),
        client=env("ZWERM_OIDC_OTHER_CLIENT", ""),
        secret=env("ZWERM_OIDC_OTHER_SECRET", ""),
        issuer=env("ZWERM_OIDC_OTHER_ISSUER", ""),
        second_step=env_list("ZWERM_OIDC_OTHER_SECOND_STEP", ""),
    ),
]
"""Each provider that could be set; None for who is not."""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "zwerm.people.oidc.provider.SchoolProvider"}
}
SOCIALACCOUNT_ADAPTER = "zwerm.people.oidc.adapter.SchoolAdapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# --- language and time ------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
# With these words in its name a browser takes a cookie only over https, and from this host alone.
HOST_ONLY = "__Host-" if SITE_IS_SECURE else ""
LANGUAGE_COOKIE_NAME = f"{HOST_ONLY}django_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- files ------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG or DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG or DEMO
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 5
LARGEST_BODY = 6 * 1024 * 1024
"""A staff list and what a browser puts around it."""

# --- mail -------------------------------------------------------------------
EMAIL_BACKEND = env_choice(
    "ZWERM_MAIL",
    "file" if DEMO else "smtp",
    {
        "smtp": "django.core.mail.backends.smtp.EmailBackend",
        "file": "django.core.mail.backends.filebased.EmailBackend",
        "console": "django.core.mail.backends.console.EmailBackend",
    },
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env("ZWERM_SMTP_HOST", "localhost")
EMAIL_PORT = env_number("ZWERM_SMTP_PORT", "587")
EMAIL_HOST_USER = env("ZWERM_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env("ZWERM_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env_flag("ZWERM_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env("ZWERM_MAIL_FROM", "Zwerm <zwerm@localhost>")

# --- what a browser may do --------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "object-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb")
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
HEADERS = {
    "Cross-Origin-Opener-Policy": SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": X_FRAME_OPTIONS,
}
SESSION_COOKIE_NAME = f"{HOST_ONLY}sessionid"
CSRF_COOKIE_NAME = f"{HOST_ONLY}csrftoken"
MESSAGE_STORAGE = "zwerm.core.told.Told"
MESSAGE_COOKIE_NAME = f"{HOST_ONLY}messages"
ANSWER_COOKIE_NAME = "__Secure-zwerm_answer" if SITE_IS_SECURE else "zwerm_answer"
"""Goes to the pages of one scan only, and so cannot be of the host as a whole."""
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SITE_IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SITE_IS_SECURE
SECURE_HSTS_SECONDS = 31536000 if SITE_IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_SECURE
BEHIND_PROXY = env_flag("ZWERM_BEHIND_PROXY")
PROXIES = env_networks("ZWERM_PROXIES", "127.0.0.1,::1")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CSRF_FAILURE_VIEW = "zwerm.core.views.csrf_failure"

DEFAULT_EXCEPTION_REPORTER_FILTER = "zwerm.core.faults.WithoutSecrets"

# --- what is written down of a visit ----------------------------------------
QUIET_ROUTES = frozenset(
    {
        *("scans:with", "scans:ask", "scans:question", "scans:save", "scans:finish"),
        *("scans:thanks", "scans:withdraw", "scans:being_named", "scans:leave", "scans:left"),
        *("scans:mirror", "scans:mirror_erase"),
    }
)
"""Where people answer: no line in the log when it goes well, and counted in steps."""
WATCHED_ROUTES = frozenset({"home:live", "home:ready", "home:metrics"})
"""What a monitor asks, some times a minute: neither counted nor logged."""
METRICS_TOKEN = env("ZWERM_METRICS_TOKEN", "")
LOGS = env_choice("ZWERM_LOGS", "plain", {"plain": "Plain", "json": "Json"})

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"chosen": {"()": f"zwerm.core.logs.{LOGS}"}},
    "filters": {
        "without_people": {"()": "zwerm.core.logs.WithoutPeople"},
        "without_outages": {"()": "zwerm.core.logs.WithoutOutages"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "chosen",
            "filters": ["without_people"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "zwerm": {"level": "INFO"},
        "zwerm.visits": {"level": "WARNING" if TESTING or DEMO else "INFO"},
        # Its own handlers write what comes past ours.
        "django": {"handlers": [], "level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
        # A page that is not there or not for you is ordinary: no trace of it. Only a fault of ours.
        "django.request": {"level": "ERROR", "filters": ["without_outages"]},
    },
}
