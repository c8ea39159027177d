"""Everything that holds wherever the house stands."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from huiyin.config.databases import chosen
from huiyin.config.environment import Environment

ENV = Environment.read()
ROOT = Path(__file__).resolve().parents[4]
HUIYIN_HOME = ENV.home
SECRET_KEY = ENV.secret_key
DEBUG = False
ALLOWED_HOSTS = list(ENV.hosts)
CSRF_TRUSTED_ORIGINS = list(ENV.origins)

ROOMS = [
    "audit", "organisations", "files", "numbering", "imports", "search", "regulations", "people", "approvals",
    "exchange", "messaging", "matters", "disclosure", "suggestions", "oversight", "statistics", "web", "desk", "portal",
]  # fmt: skip
INSTALLED_APPS = [
    *(f"huiyin.{room}" for room in ROOMS),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.web.middleware.RefuseBrokenRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "huiyin.web.context.page",
            ],
        },
    }
]
FORM_RENDERER = "huiyin.web.forms.HouseRenderer"

DATABASES = {"default": chosen(ENV.database, ENV.home)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_entries"},
    # of one process; what it keeps is true as long as its key says, a minute at most
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "memory", "TIMEOUT": 60},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "zh-hans"
USE_I18N = True  # Django's own sentences in Chinese; ours are literals
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"]

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "collected"
STATICFILES_DIRS = [ROOT / "build" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": ENV.home / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
DATA_UPLOAD_MAX_NUMBER_FILES = 40
FILE_UPLOAD_TEMP_DIR = None
HUIYIN_MAX_UPLOAD_BYTES = 20 * 1024 * 1024
HUIYIN_CLAMD = ENV.clamd
HUIYIN_TRUSTED_PROXIES = ENV.proxies

AUTH_USER_MODEL = "organisations.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "huiyin.organisations.password_rules.ThreeKinds"},
]
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "huiyin.desk.sign_in.adapter.DeskAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "desk:sign_in"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = False  # axes locks out by name; a whole office signs in from one address at half past eight
ACCOUNT_SESSION_REMEMBER = False
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the page says when to come back, and means it
AXES_LOCKOUT_CALLABLE = "huiyin.desk.sign_in.views.locked_out"
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "huiyin.web.remote.client_address"
SILENCED_SYSTEM_CHECKS = ["axes.W006"]  # locks by user name on purpose: docs/decisions/0005
SESSION_COOKIE_AGE = 8 * 3600
HUIYIN_IDLE = ENV.idle  # a session at the desk that lies unused for so long has ended
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "huiyin.web.errors.forgery"
X_FRAME_OPTIONS = "SAMEORIGIN"  # our own PDF pane beside the signature
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
    }
}

HUIYIN_DEMO = False
HUIYIN_KEY_RING = "huiyin.config.keys.ring"  # asked on every read and write
HUIYIN_NUMBERS_CAN_BE_DEMO = False
HUIYIN_TEXTER = ""  # how texts leave the house: "" = not at all, "simulated" in the demonstration
HUIYIN_PORTAL_ADDRESS = ENV.origins[0] if ENV.origins else ""  # of the phone site, as texts give it
HUIYIN_HANDLE_SLIPS_AT_ONCE = True  # inner and outer site on one machine
HUIYIN_ACCESS = {  # one-time codes of the phone site; pairs are (within so many seconds, at most so many codes)
    "digits": 6,
    "minutes": 5,
    "tries": 5,
    "per_phone": [(60, 1), (3600, 5), (86400, 10)],
    "per_address": [(3600, 60), (86400, 300)],
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # the printed page shares its style sheet with the screen; what paper cannot use is no news
    "loggers": {name: {"level": "ERROR"} for name in ("weasyprint", "fontTools", "pypdf")},
}
