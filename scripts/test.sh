#!/usr/bin/env bash
# The whole suite: checks; what needs no database, once; SQLite; PostgreSQL; the browser.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
part() { printf '\n== %s ==\n' "$1"; }
# --dist loadfile: a file's tests share one database and one browser
run() { .venv/bin/pytest -q -n "$jobs" --dist loadfile --durations 8 "$@"; }

part 'checks'
scripts/check.sh
part 'tests without a database'
run -m pure
part 'SQLite'
run -m 'not pure and not browser'
part 'PostgreSQL'
scripts/with-postgresql.sh .venv/bin/pytest -q -n "$jobs" --dist loadfile --durations 8 -m 'not pure and not browser and not office'
part 'browser'
.venv/bin/pytest -q --durations 8 -m browser tests/browser
