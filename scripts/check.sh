#!/usr/bin/env bash
# Linters, types, layers, migrations, templates: the checks that read code without running it.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
export DJANGO_SETTINGS_MODULE=huiyin.config.settings.test
$bin/ruff check src tests conftest.py manage.py
$bin/ruff format --check src tests conftest.py manage.py
$bin/lint-imports
$bin/mypy
$bin/python manage.py makemigrations --check --dry-run
$bin/python manage.py check --fail-level WARNING
git ls-files -z -- '*.html' | xargs -0 -r $bin/djade --check --target-version 5.2
