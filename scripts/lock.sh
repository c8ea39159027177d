#!/usr/bin/env bash
# Renew the Python lock files with hashes and without addresses; needs uv.
set -euo pipefail
cd "$(dirname "$0")/.."
for kind in base dev; do
  uv pip compile -q --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
    "requirements/$kind.in" -o "requirements/$kind.txt"
done
