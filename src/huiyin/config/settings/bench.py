"""Benchmarks: a house of its own, thrown away afterwards; nothing was collected for it."""

from __future__ import annotations

from huiyin.config.settings.demo import *  # noqa: F403
from huiyin.config.settings.demo import HUIYIN_HOME, STORAGES

STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = HUIYIN_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
