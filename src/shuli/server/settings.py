"""Django's settings: one module, the same in every place; what differs comes from the environment."""

from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext_lazy as _

from shuli.kit import limits
from shuli.server.data_folder import read_secret
from shuli.server.database_url import django_database
from shuli.server.environment import read_environment
from shuli.server.mail_url import mail_settings
from shuli.server.postgres.folder import Folder

ENVIRONMENT = read_environment()
DATA = ENVIRONMENT.data
# Demo sign-in hands out every person's rights, so it needs both: the demo data and a door that only this machine has.
SHULI_DEMO = ENVIRONMENT.demo
SHULI_LOOPBACK = ENVIRONMENT.is_loopback
SHULI_DEMO_SIGN_IN = SHULI_DEMO and SHULI_LOOPBACK
SHULI_ADDRESS = ENVIRONMENT.address
SHULI_MOVABLE_CLOCK = ENVIRONMENT.demo
SHULI_FAILPOINTS = ENVIRONMENT.failpoints
SHULI_NODE = ENVIRONMENT.node
SHULI_ATTACHMENTS = ENVIRONMENT.shared / "attachments"
SHULI_COMPANY = ENVIRONMENT.company
SHULI_FONTS = ENVIRONMENT.shared / "fonts"
SHULI_INNER_HOSTS = ENVIRONMENT.inner_hosts
SHULI_CREDENTIALS = ENVIRONMENT.credentials
SHULI_FUNCTIONS = ENVIRONMENT.functions

DEBUG = False
SECRET_KEY = read_secret(ENVIRONMENT.shared)
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [ENVIRONMENT.public_address] if ENVIRONMENT.public_address else []
ROOT_URLCONF = "shuli.server.urls"
WSGI_APPLICATION = "shuli.server.wsgi.application"

# From the top of the ladder to its foot; an app joins when it has tables or pages.
LADDER = (
    "improvement",
    "laboratory",
    "analysis",
    "monitoring",
    "cases",
    "catalogue",
    "documents",
    "directory",
)
INSTALLED_APPS = [
    *(f"shuli.apps.{app}" for app in LADDER if find_spec(f"shuli.apps.{app}.apps")),
    "shuli.kit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "shuli.kit.middleware.RequestIdentity",
    "shuli.kit.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shuli.kit.middleware.RequestSize",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shuli.kit.middleware.RequestClock",
    "shuli.apps.directory.middleware.OnePage",
    "shuli.kit.middleware.Refusals",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.template.context_processors.tz",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "shuli.kit.context.installation",
            ]
        },
    }
]

# The pool gives up quickly: while the database is away a click is answered 503, and the first click after it works.
POOL = {
    "min_size": 1,
    "max_size": limits.DATABASE_CONNECTIONS,
    "timeout": 2,
    "reconnect_timeout": 2,
    "max_idle": 60,
}
DATABASES = {
    "default": django_database(ENVIRONMENT.database_url or Folder(path=DATA / "postgres").known_url())
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"] |= {"pool": POOL, "connect_timeout": 2, "application_name": "shuli"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": limits.PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "directory:enter" if SHULI_DEMO_SIGN_IN else "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "shuli.kit.accounts.ClosedDoor"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "shuli_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.static
MEDIA_ROOT = SHULI_ATTACHMENTS
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_MAX_MEMORY_SIZE = limits.UPLOAD_IN_MEMORY_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = limits.FORM_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = limits.FORM_FIELDS
DATA_UPLOAD_MAX_NUMBER_FILES = limits.FORM_FILES

SECURE_COOKIES = ENVIRONMENT.https or not ENVIRONMENT.is_loopback
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = limits.SESSION_SECONDS
CSRF_FAILURE_VIEW = "shuli.kit.failure_pages.expired_page"
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trusted_proxy else None
X_FRAME_OPTIONS = "DENY"

DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
EMAIL_FILE_PATH = DATA / "mail"
globals().update(mail_settings(ENVIRONMENT.smtp_url))

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "shuli.kit.log_lines.JsonLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.log_level},
    "loggers": {
        "django": {"handlers": [], "level": ENVIRONMENT.log_level},
        "django.server": {"handlers": [], "level": ENVIRONMENT.log_level},
        "procrastinate": {"level": "WARNING"},
        "psycopg.pool": {"level": "ERROR"},  # while the database is away it would write five lines a second
    },
}
