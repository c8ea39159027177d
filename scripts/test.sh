#!/usr/bin/env bash
# The whole suite: checks; what needs no database and SQLite; PostgreSQL; the browser.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(nproc)}
part() { printf '\n== %s ==\n' "$1"; }
# --dist loadfile: a file's tests share one database and one browser; the long files of tests/ begin first, so that no
# worker is left alone with one of them at the end
run() { "${on[@]}" .venv/bin/pytest -q -n "$jobs" --dist loadfile --no-loadscope-reorder --durations 8 "$@"; }
on=()

part 'checks'
scripts/check.sh
part 'tests without a database, SQLite'
run -m 'not browser' tests src
part 'PostgreSQL'
on=(scripts/with-postgresql.sh)
# What differs by database: models, operations, queries and the pages that search, count and page through rows. Who may
# open which page, what broken requests do, how papers print and how the other pages read was asked on SQLite.
same=(
  tests/architecture/test_urls.py tests/failure/test_malformed_requests.py tests/failure/test_malformed_bodies.py
  tests/failure/test_second_start.py
  src/huiyin/matters/tests/test_bind_file.py src/huiyin/matters/tests/test_papers.py
)
for page in src/huiyin/desk/*/tests; do
  case $page in */home/* | */matters/* | */statistics/* | */imports/* | */entries/*) ;; *) same+=("$page") ;; esac
done
run -m 'not pure and not browser and not office' "${same[@]/#/--ignore=}" tests src
part 'browser'
walk=tests/browser/test_walk.py # beside all others, which share one served house
.venv/bin/pytest -q --durations 3 -m browser "$walk" > build/walk.txt 2>&1 &
walking=$!
trap 'kill "$walking" 2>/dev/null || true' EXIT
.venv/bin/pytest -q --durations 8 -m browser tests/browser --ignore "$walk"
wait "$walking" || { cat build/walk.txt; exit 1; }
tail -n 1 build/walk.txt
