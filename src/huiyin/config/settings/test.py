"""Tests: the same house on a throw-away database; HUIYIN_TEST_DATABASE names PostgreSQL, otherwise SQLite in a file.

Every worker of a run has a home of its own; a process that a test starts keeps the home it was given."""

from __future__ import annotations

import os

from huiyin.config.homes_of_tests import home_of_this_worker

os.environ["HUIYIN_HOME"] = home_of_this_worker()

from huiyin.config.databases import postgresql, sqlite
from huiyin.config.settings.base import *  # noqa: F403
from huiyin.config.settings.base import HUIYIN_HOME, STORAGES

if _url := os.environ.get("HUIYIN_TEST_DATABASE"):
    DATABASES = {"default": postgresql(_url)}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    _file = HUIYIN_HOME / "test.sqlite3"
    # a file in WAL, never memory: locks behave as in production
    DATABASES = {"default": sqlite(_file) | {"TEST": {"NAME": str(_file)}}}
SECRET_KEY = "tests-only"  # noqa: S105
HUIYIN_DEMO = True
HUIYIN_NUMBERS_CAN_BE_DEMO = True
HUIYIN_TEXTER = "simulated"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = HUIYIN_HOME / "static"  # nothing is collected for tests
STATIC_ROOT.mkdir(exist_ok=True)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
