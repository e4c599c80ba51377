"""Settings: SQLite and files by default; PostgreSQL, Redis, S3 and many hosts by environment variables.

docs/operations.md lists every variable.
"""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from loa.config.api import *  # noqa: F403  settings are names of this module
from loa.config.clocks import CLOCKS  # noqa: F401  a setting
from loa.config.env import read_environment, runs_tests
from loa.config.files import *  # noqa: F403  settings are names of this module
from loa.config.newsroom import *  # noqa: F403  settings are names of this module

env, DATA_DIR = read_environment()
PACKAGE = Path(__file__).resolve().parents[1]

DEBUG = env.bool("LOA_DEBUG", default=False)
SECRET_KEY = env.str("LOA_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("LOA_SECRET_KEY_FALLBACKS", default=[])
FIELD_KEYS = env.list("LOA_FIELD_KEYS")  # of sealed fields: the first seals, all open
BASE_URL = env.str("LOA_BASE_URL", default="http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list("LOA_ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("LOA_TRUSTED_ORIGINS", default=[])
TODAY = env.str("LOA_TODAY", default="")  # the demo's date; loa.core.clock reads it

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",  # Wagtail's widgets include the templates of Django's
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_htmx",
    "django_q",
    "django_tables2",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "template_partials.apps.SimpleAppConfig",
    "loa.core.apps.CoreConfig",
    "loa.directory.apps.DirectoryConfig",
    "loa.channels.apps.ChannelsConfig",
    "loa.documents.apps.DocumentsConfig",
    "loa.plans.apps.PlansConfig",
    "loa.budgets.apps.BudgetsConfig",
    "loa.procedures.apps.ProceduresConfig",
    "loa.campaigns.apps.CampaignsConfig",
    "loa.feedback.apps.FeedbackConfig",
    "loa.events.apps.EventsConfig",
    "loa.reports.apps.ReportsConfig",
    "loa.portal.apps.PortalConfig",
    "loa.desk.apps.DeskConfig",
    "loa.api.apps.ApiConfig",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.contrib.redirects",
    "wagtail.contrib.table_block",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]

MIDDLEWARE = [
    "loa.core.page_cache.KeepPublicPages",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "loa.core.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "loa.directory.middleware.HatMiddleware",
    "loa.core.calendar_data.CalendarMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "loa.portal.middleware.NewsroomMiddleware",
]

ROOT_URLCONF = "loa.config.urls"
WSGI_APPLICATION = "loa.config.wsgi.application"
ASGI_APPLICATION = "loa.config.asgi.application"

_LOADERS = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "core" / "templates"],  # before the libraries' own: every page wears our shell
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _LOADERS)])
            ],
            "builtins": ["template_partials.templatetags.partials", "loa.core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loa.core.context.interface",
                "loa.desk.context.shell",
                "loa.portal.context.site_shell",
            ],
        },
    }
]
FORM_RENDERER = "loa.core.forms.LoaRenderer"

# Databases ----------------------------------------------------------------------------------------
DATABASES: dict[str, Any] = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'loa.sqlite3'}")
}
IS_SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if IS_SQLITE:
    # FULL: what was committed is on the disk, so that a receipt is true after a power failure too
    _SYNCHRONOUS = env.str("LOA_SQLITE_SYNCHRONOUS", default="NORMAL" if runs_tests() else "FULL")
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        # secure_delete: what is taken out of a row, as of a denunciation's case, leaves the file too
        "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={_SYNCHRONOUS}; PRAGMA foreign_keys=ON; "
        "PRAGMA secure_delete=ON;",
    }
    DATABASES["default"]["TEST"] = {
        "NAME": DATA_DIR / "test.sqlite3"
    }  # a file: threads lock it as in earnest
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # compiling one of our long counting queries takes PostgreSQL longer than running it
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("LOA_DB_CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
elif runs_tests():
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
else:
    # several processes of one machine (site, worker) must count failed logins together
    CACHES = {
        "default": {
            "BACKEND": "loa.core.file_cache.CountingFileCache",
            "LOCATION": DATA_DIR / "cache",
            # Django's 300 would throw counts of floods and used proofs of a person away at random
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }

# Public pages, kept as files: loa.core.page_cache. Empty switches it off -----------------------------
PAGE_CACHE_DIR = env.str("LOA_PAGE_CACHE_DIR", default="" if runs_tests() else str(DATA_DIR / "pages"))
PAGE_CACHE_SECONDS = env.int("LOA_PAGE_CACHE_SECONDS", default=600)  # after a crash nothing is older
# what every page rests on though it may have been read from memory
PAGE_CACHE_ALWAYS = {
    "wagtailcore_site",
    "wagtailcore_page",
    "core_calendarday",
    "core_legalrule",
    "directory_agency",
}
# written all day long and read by no public page
PAGE_CACHE_UNREAD = (
    "django_q_",
    "django_session",
    "core_clockrun",
    "core_job",
    "usersessions_",
    "mfa_",
    "account_",
    "portal_readingcount",
    "core_live",
)

# Live pages: loa.core.live ---------------------------------------------------------------------------
LIVE_KEPT_HOURS = env.int("LOA_LIVE_KEPT_HOURS", default=24)  # a page that is older is loaded again
LIVE_LISTENERS = env.int("LOA_LIVE_LISTENERS", default=10_000)  # streams of one process
LIVE_LISTENERS_PER_ADDRESS = env.int("LOA_LIVE_LISTENERS_PER_ADDRESS", default=200)  # an office has one

# Jobs: one queue in the database on every profile -------------------------------------------------
Q_CLUSTER = {
    "name": "loa",
    "orm": "default",
    "broker_class": "loa.core.broker.KeptQueue",
    "workers": env.int("LOA_WORKERS", default=2),
    "timeout": 300,
    "retry": 600,  # must exceed the timeout, else a slow job runs twice
    "max_attempts": 5,
    "ack_failures": True,
    "catch_up": False,
    "poll": 0.5,
    "label": "Loa",
    "sync": runs_tests(),
}

FEED_ALLOW_PRIVATE = env.bool(
    "LOA_FEED_ALLOW_PRIVATE", default=False
)  # feeds of press bodies: for tests alone
WEBHOOK_ALLOW_PRIVATE = env.bool(
    "LOA_WEBHOOK_ALLOW_PRIVATE", default=False
)  # systems of agencies inside the city's own network

# Language and time --------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "core" / "locale", PACKAGE / "portal" / "locale"]  # the first wins
LANGUAGE_COOKIE_NAME = "loa_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_TZ = True
TIME_ZONE = env.str("LOA_TIME_ZONE", default="Asia/Ho_Chi_Minh")
FORMAT_MODULE_PATH = ["loa.core.formats"]

# Accounts -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "directory.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 10}  # type: ignore[assignment]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher"
    if runs_tests()
    else "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:mine"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"  # where it is said that one is signed out
ACCOUNT_ADAPTER = "loa.directory.accounts.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "loa.directory.accounts.SingleSignOnAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by an administrator, never by signing up
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/15m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Loa"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith(("http://127.0.0.1", "http://localhost"))
USERSESSIONS_TRACK_ACTIVITY = False  # it would write on every request
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if oidc_url := env.str("LOA_OIDC_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "city",
                "name": env.str("LOA_OIDC_NAME", default="SSO"),
                "client_id": env.str("LOA_OIDC_CLIENT_ID"),
                "secret": env.str("LOA_OIDC_SECRET"),
                "settings": {"server_url": oidc_url},
            }
        ],
    }

# Mail ---------------------------------------------------------------------------------------------
EMAIL_TIMEOUT = 60  # seconds: a mail server that does not answer must not hold a worker
DEFAULT_FROM_EMAIL = env.str("LOA_MAIL_FROM", default="Loa <loa@localhost>")
if env.str("EMAIL_URL", default=""):
    globals().update(env.email("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# Safety -------------------------------------------------------------------------------------------
_SECURE = BASE_URL.startswith("https://")
SECURE_SSL_REDIRECT = _SECURE
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _SECURE
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
BEHIND_PROXY = env.bool("LOA_BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-src": ["'self'", *(f"https://{host}" for host in STREAM_HOSTS)],  # noqa: F405
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# Portal and newsroom: what is the same in every installation stands in loa.config.newsroom ----------
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES  # spoken, not offered: one chooses in the header
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
OPEN_DATA_LICENCE = env.str("LOA_OPEN_DATA_LICENCE", default="CC-BY-4.0")  # an SPDX id
OPEN311_JURISDICTION = env.str(
    "LOA_OPEN311_JURISDICTION", default=""
)  # "": every jurisdiction_id is taken as ours
OPEN_DATA_RATE = env.str("LOA_OPEN_DATA_RATE", default="120/min")  # calls of one address to /api/v1/open/

DJANGO_TABLES2_TEMPLATE = "ui/table.html"
DJANGO_TABLES2_PAGE_RANGE = 5

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOA_LOG_LEVEL", default="WARNING")},
}
