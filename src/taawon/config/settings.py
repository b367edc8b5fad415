"""The one settings file. What differs between machines comes from the environment."""

from __future__ import annotations

from pathlib import Path

from django.conf.locale import LANG_INFO

from taawon.config import env

BASE = Path(__file__).parents[1]
HOME = Path(env.text("HOME", str(Path.cwd() / "data"))).absolute()

DEMO = env.flag("DEMO", default=False)
DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = "Taawon"
CNDP_RECEIPT = env.text("CNDP_RECEIPT", "")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("TRUSTED_ORIGINS")
RATE_LIMIT = env.flag("RATE_LIMIT", default=True)
BEHIND_PROXY = env.flag("BEHIND_PROXY", default=False)
HTTPS = SITE_URL.startswith("https://")
PAGE_CACHE_SECONDS = env.number("PAGE_CACHE_SECONDS", default=10)
ORDER_EXPIRY_HOURS = env.number("ORDER_EXPIRY_HOURS", default=72)
# A message that was claimed so long ago and never settled was on the road when a worker died.
LOST_AFTER_SECONDS = env.number("LOST_AFTER_SECONDS", default=120)

DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite://{HOME}/taawon.sqlite3"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["taawon.accounts.backend.PhoneCodeBackend"]
TASKS = {
    "default": {
        "BACKEND": env.text("TASKS", "django_tasks_db.DatabaseBackend"),
        "ENQUEUE_ON_COMMIT": False,
    }
}
# The lines that carry texts, a table each (see docs/sms).
SMS_GATEWAYS = env.tables("SMS_GATEWAYS", '[console]\nkind = "console"')
# Where gateways reach us: often another address than the public one.
GATEWAY_URL = env.text("GATEWAY_URL", SITE_URL)
# The number that people write to.
SHORT_CODE = env.text("SHORT_CODE", "2255")
# Texts and the numbers that they came from or went to are erased after so many days.
TEXTS_KEPT_DAYS = env.number("TEXTS_KEPT_DAYS", default=90)
# A file of the register may be taken back for so many days; then its rows are erased.
REGISTER_UNDO_DAYS = env.number("REGISTER_UNDO_DAYS", default=180)
# When campaigns may be sent, in full hours where their readers live.
CAMPAIGN_HOURS = env.hours("CAMPAIGN_HOURS", "9-20")
# A number of cooperatives or people below it is withheld from tables that could tell of somebody.
SMALL_NUMBER = env.number("SMALL_NUMBER", default=5)
# A campaign to so many people waits for a second person of the team.
CAMPAIGN_APPROVAL_FROM = env.number("CAMPAIGN_APPROVAL_FROM", default=200)
EMAIL_GATEWAY = env.text("EMAIL_GATEWAY", "taawon.messaging.gateways.console.ConsoleGateway")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "taawon@localhost")
EMAIL_REPLY_TO = env.text("EMAIL_REPLY_TO", "")

ROOMS = [
    "core",
    "journal",
    "places",
    "messaging",
    "accounts",
    "search",
    "cooperatives",
    "catalogue",
    "shipping",
    "orders",
    "reviews",
    "observatory",
    "conversations",
    "campaigns",
    "notifications",
    "sms",
    "web",
    "backoffice",
    "api",
]
INSTALLED_APPS = [
    "modeltranslation",
    *(f"taawon.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "taawon.web.middleware.headers",
    "taawon.web.pagecache.PageCacheMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "taawon.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "taawon.config.urls"
WSGI_APPLICATION = "taawon.config.wsgi.application"
_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "taawon.web.templatetags.taawon",
                "taawon.web.templatetags.structured",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "taawon.web.context.page",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
        },
    }
]

# Languages. Tamazight in Tifinagh is unknown to Django: said here.
LANG_INFO["zgh"] = {
    "bidi": False,
    "code": "zgh",
    "name": "Standard Moroccan Tamazight",
    "name_local": "ⵜⴰⵎⴰⵣⵉⵖⵜ",
}
LANGUAGE_CODE = "fr"
LANGUAGES = [
    ("fr", "Français"),
    ("ar", "العربية"),
    ("zgh", "ⵜⴰⵎⴰⵣⵉⵖⵜ"),
    ("en", "English"),
]
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = ["taawon.config.formats"]
MODELTRANSLATION_DEFAULT_LANGUAGE = "fr"
MODELTRANSLATION_LANGUAGES = ("fr", "ar", "zgh", "en")
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("fr", "ar", "en"),
    "zgh": ("fr", "ar"),
    "en": ("fr", "ar"),
}
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Africa/Casablanca"

# Files: public ones have hashed names; private ones are papers, served after a rule.
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "media", "base_url": MEDIA_URL},
    },
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "private"},
    },
    "staticfiles": {"BACKEND": "taawon.web.statics.Storage"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_MAX_AGE = 3600
# A whole request may weigh 40 MB (several pictures); one picture 25 MB (catalogue.rules).
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
DATA_UPLOAD_MAX_NUMBER_FILES = 12
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

# Sessions and safety.
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "taawon.web.pages.views.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Request lines are not logged: they hold codes, keys and words that people searched for.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"no_query": {"()": "taawon.config.logs.WithoutQuery"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["no_query"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # Robots that try names of hosts are answered 400; nobody needs to read of each.
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
        "taawon": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
