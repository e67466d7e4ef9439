"""The one settings file: every choice comes from the environment, with defaults that run on an empty machine."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()
BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env.str("BRIDGEHEAD_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
NODE_MODULES = BASE_DIR / "node_modules"

# Demo mode opens the persona sign-in and is refused together with a real secret key (see kit/checks.py).
DEMO = env.bool("BRIDGEHEAD_DEMO", False)
DEBUG = env.bool("BRIDGEHEAD_DEBUG", False)
INSECURE_KEY = "insecure-key-for-demo-and-tests-only"
SECRET_KEY = env.str("BRIDGEHEAD_SECRET_KEY", INSECURE_KEY)
ALLOWED_HOSTS = env.list("BRIDGEHEAD_ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("BRIDGEHEAD_SITE_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "bridgehead.portal.views.errors.not_sent"
INTERNAL_IPS = ["127.0.0.1"]

# Rooms from the top of the house to its cellar; a template or a command of a higher room wins.
ROOMS = [
    "config",
    "portal",
    "newsroom",
    "outcomes",
    "floor",
    "matchmaking",
    "fairs",
    "catalogue",
    "funding",
    "certification",
    "calls",
    "programmes",
    "terminology",
    "mailing",
    "questions",
    "documents",
    "organisations",
    "accounts",
    "audit",
    "jobs",
    "kit",
]
INSTALLED_APPS = [
    *(f"bridgehead.{room}" for room in ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_cotton",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "modelcluster",
    "taggit",
    "wagtail.contrib.simple_translation",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sites",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
SITE_ID = 1

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "bridgehead.kit.middleware.RefuseTooLarge",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "bridgehead.config.urls"
ASGI_APPLICATION = "bridgehead.config.asgi.application"
WSGI_APPLICATION = "bridgehead.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bridgehead.kit.context.site",
                "bridgehead.portal.context.navigation",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "bridgehead.kit.templatetags.bridgehead",
            ],
        },
    }
]
FORM_RENDERER = "bridgehead.kit.forms.KrdsRenderer"
COTTON_SNAKE_CASED_NAMES = True

# Database: SQLite needs WAL so that readers never wait for a writer, and IMMEDIATE so that two writers queue up
# at the start of their transactions instead of failing in the middle of them.
DATABASES = {
    "default": dj_database_url.parse(env.str("DATABASE_URL", f"sqlite:///{VAR_DIR}/bridgehead.sqlite3"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
LOGOUT_REDIRECT_URL = "portal:home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_ADAPTER = "bridgehead.accounts.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "bridgehead.accounts.forms.PasskeyForm"}
MFA_TOTP_ISSUER = "Bridgehead"
# WebAuthn refuses plain http except on localhost, which a demo uses.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG

# Languages and time
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True
USE_I18N = True

# Static files come from the rooms and, unbundled, from the npm lock
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)  # empty until `collectstatic`; WhiteNoise looks there in any case
STATICFILES_DIRS = [
    (name, path)
    for name, path in [
        ("krds", NODE_MODULES / "krds-uiux" / "resources"),
        ("htmx", NODE_MODULES / "htmx.org" / "dist"),
        ("idb", NODE_MODULES / "idb" / "build"),
        ("qr", NODE_MODULES / "qr"),
        ("pretendard", NODE_MODULES / "pretendard-gov" / "dist" / "web" / "static" / "woff2-subset"),
    ]
    if path.exists()
]
WHITENOISE_USE_FINDERS = env.bool("BRIDGEHEAD_STATIC_FROM_SOURCE", True)
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_URL = "/media/"

# Security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_COOKIES = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# All files of one form together. With scripts files come in parts and this is never reached.
LARGEST_REQUEST = env.int("BRIDGEHEAD_MAX_REQUEST_MB", 100) * 1024 * 1024

# Background work and mail
TASKS = {"default": {"BACKEND": env.str("BRIDGEHEAD_TASKS", "django_tasks_db.DatabaseBackend")}}
EMAIL_BACKEND = env.str("BRIDGEHEAD_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("BRIDGEHEAD_SMTP_HOST", "localhost")
EMAIL_PORT = env.int("BRIDGEHEAD_SMTP_PORT", 25)
EMAIL_HOST_USER = env.str("BRIDGEHEAD_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.str("BRIDGEHEAD_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.bool("BRIDGEHEAD_SMTP_TLS", False)
DEFAULT_FROM_EMAIL = env.str("BRIDGEHEAD_FROM_EMAIL", "Bridgehead <noreply@bridgehead.example>")

# Certificates: who signs, and where the secrets are (see certification/keyring.py and publishing.py)
CREDENTIAL_ISSUER = env.str("BRIDGEHEAD_ISSUER", "web")
CREDENTIAL_KEYS = env.str("BRIDGEHEAD_KEYS", "files")
CREDENTIAL_KEY_DIR = env.str("BRIDGEHEAD_KEY_DIR", str(VAR_DIR / "keys"))
CREDENTIAL_PASSPHRASE = env.str("BRIDGEHEAD_KEY_PASSPHRASE", "")

# Newsroom
WAGTAIL_SITE_NAME = "Bridgehead"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILADMIN_COMMENTS_ENABLED = False
# One door to sign in by: ours, with passkeys and codes.
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = (
    False
)
WAGTAILADMIN_PERMITTED_LANGUAGES = [("ko", "한국어"), ("en", "English")]
WAGTAILDOCS_EXTENSIONS = ["pdf", "hwpx", "xlsx", "csv", "zip"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("BRIDGEHEAD_LOG_LEVEL", "WARNING")},
}
