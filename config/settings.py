"""All settings. An empty environment is the embedded mode: one machine, one SQLite file."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import policy, sign_in
from config.api import framework
from config.environment import (
    database_url,
    domains,
    files_url,
    kept_secret,
    log_level,
    mail_url,
    names,
    networks,
    port,
    positive,
    private_folder,
    read,
    read_address,
    read_text,
    site_url,
    video_sites,
    yes_or_no,
)
from config.logs import logging
from config.stores import caches, channel_layers, database, files

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = private_folder(read("DATA_DIR", Path, BASE_DIR / "data").resolve())

DEBUG = read("DEBUG", yes_or_no, False)
HOST = read("HOST", str, "127.0.0.1")
PORT = read("PORT", port, 8000)
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

# Where people reach the site: scheme, host and port exactly, without a path.
_host = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(HOST, HOST)  # noqa: S104
SITE_URL = read("SITE_URL", site_url, f"http://{_host}:{PORT}")
_site = urlsplit(SITE_URL)
HTTPS = _site.scheme == "https"
SITE_NAME_FILE = DATA_DIR / "site_name"
SITE_NAME = read_text("SITE_NAME") or (
    SITE_NAME_FILE.read_text(encoding="utf-8") if SITE_NAME_FILE.exists() else "Guildhall"
)

_database_url = read("DATABASE_URL", database_url, None)
REDIS_URL = read_address("REDIS_URL", "redis", "rediss", "unix")
ELASTICSEARCH_URL = read_address("ELASTICSEARCH_URL", "http", "https")
EMBEDDED = _database_url is None and REDIS_URL is None and not HTTPS
# The demo people's password is printed in the README: they live on this machine only.
DEMO = read("DEMO", yes_or_no, EMBEDDED and HOST in LOOPBACK)
WEB_PROCESSES = read("WEB_PROCESSES", positive, 1)

_secret = read_text("SECRET_KEY")
if _secret is None and not EMBEDDED:
    raise ImproperlyConfigured("SECRET_KEY (or SECRET_KEY_FILE) is needed outside embedded mode.")
SECRET_KEY = _secret or kept_secret(DATA_DIR / "secret_key")

ALLOWED_HOSTS = [
    _site.hostname or "",
    *(["127.0.0.1", "localhost", "[::1]"] if EMBEDDED else []),
    *read("EXTRA_HOSTS", names, names("")),
]
_origin_port = f":{_site.port}" if _site.port else ""
ALLOWED_ORIGINS = [SITE_URL] + (
    [f"http://{host}{_origin_port}" for host in ("127.0.0.1", "localhost")] if EMBEDDED else []
)
CSRF_TRUSTED_ORIGINS = ALLOWED_ORIGINS

INSTALLED_APPS = [
    "config",
    "search",
    "learning",
    "expertise",
    "discussions",
    "community",
    "frontend",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "community.http.client_address.trust_proxies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "community.http.uploads.keep_names",
    "community.http.middleware.refuse_nul",
    "community.http.middleware.forbid_caching",
    "community.http.middleware.explain_method",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "community.accounts.middleware.PersonMiddleware",
    "community.guests.middleware.lead_to_people_seen",
    "community.sessions.middleware.note_session",
    "community.http.position.note_position",
    "community.accounts.middleware.SignInMiddleware",
    "community.two_step.middleware.TwoStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "config.shell.shell",
            ],
            "builtins": [
                "frontend.templatetags.guildhall",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

DATABASES = {"default": database(_database_url, DATA_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = caches(REDIS_URL)
CHANNEL_LAYERS = channel_layers(REDIS_URL)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

# Tables in config/ that low capabilities load by name; see architecture, "direction".
SUBSCRIPTIONS = "config.subscriptions.SUBSCRIPTIONS"
FANOUTS = "config.subscriptions.FANOUTS"
SCHEDULES = "config.schedules.SCHEDULES"
STREAMS = "config.streams.STREAMS"
PANELS = "config.panels.PANELS"
REFERENCE_KINDS = "config.references.REFERENCE_KINDS"
API_AREAS = "config.areas.AREAS"
ATTACHABLES = "config.attachables.ATTACHABLES"
PERSON_ARCHIVE = "config.archives.OF_PERSON"
SPACE_ARCHIVE = "config.archives.OF_SPACE"

# People and sign-in
AUTH_USER_MODEL = "community.User"
AUTHENTICATION_BACKENDS = ["community.roles.backend.GrantBackend"]
PASSWORD_HASHERS = ["community.accounts.hashers.BoundedArgon2"]
AUTH_PASSWORD_VALIDATORS = sign_in.AUTH_PASSWORD_VALIDATORS
SESSION_ENGINE = "community.sessions.store"
# So many devices at once; at the next sign-in the one that was used longest ago is signed out.
MAX_SESSIONS = read("MAX_SESSIONS", positive, 20)
MAX_TOKENS = read("MAX_TOKENS", positive, 20)
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "community.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = sign_in.ACCOUNT_RATE_LIMITS
# Whose people sign up by themselves, with an address that they confirm, such as "example.com".
SIGN_UP_DOMAINS = read("SIGN_UP_DOMAINS", domains, domains(""))
# Whether those who manage people look at each account that somebody asks for by domain or link.
APPROVE_NEW_ACCOUNTS = read("APPROVE_NEW_ACCOUNTS", yes_or_no, False)
INVITATION_DAYS = read("INVITATION_DAYS", positive, 14)

# Who holds one of these capabilities, such as community.people, must set two-step sign-in up first.
MFA_REQUIRED_FOR = read("MFA_REQUIRED_FOR", names, names(""))
MAX_PASSKEYS = read("MAX_PASSKEYS", positive, 10)
MFA_ADAPTER = "community.two_step.adapter.TwoStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Each sign-in with a passkey asks twice; whole offices share one address.
MFA_FORMS = sign_in.MFA_FORMS
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

DEFAULT_FROM_EMAIL = read("MAIL_FROM", str, f"Guildhall <no-reply@{_site.hostname}>")
if read_text("MAIL_URL"):
    _mail: dict[str, Any] = read("MAIL_URL", mail_url, {})
    EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
    EMAIL_HOST = _mail["EMAIL_HOST"]
    EMAIL_PORT = _mail["EMAIL_PORT"]
    EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
    EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
    EMAIL_USE_TLS = _mail.get("EMAIL_USE_TLS", False)
    EMAIL_USE_SSL = _mail.get("EMAIL_USE_SSL", False)
else:
    # Without a mail server, letters are kept as files, so that a reset link can still be found.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 10

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [BASE_DIR / "frontend" / "locale"]

# Files of the site itself
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_FINDERS = [
    "frontend.stylesheet.StylesheetFinder",
    "frontend.swagger.SwaggerFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": files(read("FILES_URL", files_url, None)),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Browser side
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SECURE_SSL_REDIRECT = HTTPS and read("SSL_REDIRECT", yes_or_no, True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
# For browsers that don't know frame-ancestors, which others follow instead.
X_FRAME_OPTIONS = "DENY"
# The client's address and scheme come only from configured proxies.
TRUSTED_PROXIES = read("TRUSTED_PROXIES", networks, networks(""))
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
else:
    # A proxy compresses pages without holding one of our threads; here nobody else does it.
    MIDDLEWARE.insert(1, "django.middleware.gzip.GZipMiddleware")

CONTENT_SECURITY_POLICY = policy.CONTENT_SECURITY_POLICY

# Limits (each tested at the limit and one above)
MAX_BODY_BYTES = read("MAX_BODY_BYTES", positive, 1024 * 1024)
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_BODY_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10
MAX_FILE_BYTES = read("MAX_FILE_BYTES", positive, 25 * 1024 * 1024)
# A form with files: what they weigh together, and the rest of it.
MAX_UPLOAD_BYTES = MAX_FILE_BYTES + MAX_BODY_BYTES
# Videos of these sites may be played in a page, once somebody asks to: see embeds.py.
VIDEO_SITES = read("VIDEO_SITES", video_sites, ["youtube", "vimeo"])
MAX_PERSON_FILE_BYTES = read("MAX_PERSON_FILE_BYTES", positive, 1024 * 1024 * 1024)
MAX_IMAGE_PIXELS = read("MAX_IMAGE_PIXELS", positive, 50_000_000)
MAX_FRAME_BYTES = read("MAX_FRAME_BYTES", positive, 64 * 1024)
MAX_TITLE_LENGTH = read("MAX_TITLE_LENGTH", positive, 200)
MAX_POST_LENGTH = read("MAX_POST_LENGTH", positive, 50_000)
MAX_COMMENT_LENGTH = read("MAX_COMMENT_LENGTH", positive, 2_000)
MAX_TAGS = read("MAX_TAGS", positive, 5)
MAX_MENTIONS = read("MAX_MENTIONS", positive, 20)
MAX_DRAFTS = read("MAX_DRAFTS", positive, 20)
MAX_DRAFT_BYTES = read("MAX_DRAFT_BYTES", positive, 64 * 1024)
MAX_SAVED = read("MAX_SAVED", positive, 2_000)
MAX_COLLECTIONS = read("MAX_COLLECTIONS", positive, 200)
MAX_COLLECTION_ITEMS = read("MAX_COLLECTION_ITEMS", positive, 200)
MAX_COLLECTION_DESCRIPTION = read("MAX_COLLECTION_DESCRIPTION", positive, 5_000)
MAX_CURATORS = read("MAX_CURATORS", positive, 20)
MAX_FOLLOWED = read("MAX_FOLLOWED", positive, 500)
MAX_TABLE_COLUMNS = read("MAX_TABLE_COLUMNS", positive, 50)
MAX_TABLE_CELLS = read("MAX_TABLE_CELLS", positive, 2_000)
MAX_HTML_BYTES = read("MAX_HTML_BYTES", positive, 256 * 1024)
MAX_VOTES_PER_DAY = read("MAX_VOTES_PER_DAY", positive, 200)
MAX_POSTS_PER_DAY = read("MAX_POSTS_PER_DAY", positive, 500)
MAX_INVITATIONS_AT_ONCE = read("MAX_INVITATIONS_AT_ONCE", positive, 2_000)
MAX_LINK_USES = read("MAX_LINK_USES", positive, 5_000)
MAX_SHEET_BYTES = read("MAX_SHEET_BYTES", positive, 1024 * 1024)
MAX_SHEET_ROWS = read("MAX_SHEET_ROWS", positive, 2_000)
MAX_ROSTER_BYTES = read("MAX_ROSTER_BYTES", positive, 10 * 1024 * 1024)
MAX_ROSTER_ROWS = read("MAX_ROSTER_ROWS", positive, 50_000)
# How long somebody can fetch an export.
EXPORT_HOURS = read("EXPORT_HOURS", positive, 24)

# What this site asks of others, such as the title of a shared page: seconds and bytes an answer.
OUTGOING_SECONDS = read("OUTGOING_SECONDS", positive, 10)
OUTGOING_BYTES = read("OUTGOING_BYTES", positive, 1024 * 1024)
# Hosts of the own network, with or without a port, that may be asked all the same.
OUTGOING_HOSTS = read("OUTGOING_HOSTS", names, names(""))
API_READS_PER_MINUTE = read("API_READS_PER_MINUTE", positive, 600)
API_WRITES_PER_MINUTE = read("API_WRITES_PER_MINUTE", positive, 120)

# Who may create tags: everybody, or those with the capability community.tags.
OPEN_TAGS = read("OPEN_TAGS", yes_or_no, True)

REST_FRAMEWORK = framework.REST_FRAMEWORK
SPECTACULAR_SETTINGS = framework.SPECTACULAR_SETTINGS

# The server
HTTP_THREADS = read("HTTP_THREADS", positive, 4)
HTTP_QUEUE = read("HTTP_QUEUE", positive, 64)
DRAIN_SECONDS = read("DRAIN_SECONDS", positive, 10)
LIVE_SOCKETS_PER_PERSON = read("LIVE_SOCKETS_PER_PERSON", positive, 20)
LIVE_STREAMS_PER_SOCKET = read("LIVE_STREAMS_PER_SOCKET", positive, 20)
LIVE_FRAMES_PER_10_SECONDS = read("LIVE_FRAMES_PER_10_SECONDS", positive, 30)
# How long a page waits for a lock of PostgreSQL, and how long one statement may take.
WEB_LOCK_SECONDS = read("WEB_LOCK_SECONDS", positive, 5)
WEB_STATEMENT_SECONDS = read("WEB_STATEMENT_SECONDS", positive, 30)

LOG_LEVEL = read("LOG_LEVEL", log_level, "INFO")
LOGGING = logging(LOG_LEVEL)
