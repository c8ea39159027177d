#!/usr/bin/env bash
# Linters, types, layers, migrations, templates: the checks that read code without running it.
set -euo pipefail
cd "$(dirname "$0")/.."
bin=.venv/bin
mkdir -p build
export DJANGO_SETTINGS_MODULE=huiyin.config.settings.test
$bin/mypy > build/mypy.txt 2>&1 & # the longest of them, beside the others
types=$!
trap 'kill "$types" 2>/dev/null || true' EXIT
$bin/ruff check src tests conftest.py manage.py
$bin/ruff format --check src tests conftest.py manage.py
$bin/lint-imports
$bin/python manage.py makemigrations --check --dry-run
$bin/python manage.py check --fail-level WARNING
git ls-files -z -- '*.html' | xargs -0 -r $bin/djade --check --target-version 5.2
wait "$types" || { cat build/mypy.txt; exit 1; }
tail -n 1 build/mypy.txt
