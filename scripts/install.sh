#!/usr/bin/env bash
# Make the environment and install what the lock files say; does nothing when nothing changed.
#   install.sh base|dev
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:?base or dev}

say() { printf '%s\n' "$*" >&2; }

python=$(command -v python3.13 || command -v python3.12 || command -v python3.11 || command -v python3 || true)
command -v python3 >/dev/null && python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' && python=$(command -v python3)
[ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  say '需要 Python 3.11 或更高版本：apt-get install python3 python3-venv'; exit 1; }
command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || {
  say '需要 Node.js 20 或更高版本（含 npm），用于准备网页静态文件。'; exit 1; }

if [ ! -x .venv/bin/python ]; then
  say '正在准备 Python 环境……'
  "$python" -m venv .venv 2>/dev/null || {
    rm -rf .venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
      DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv >/dev/null 2>&1 ||
        { apt-get update -q >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends python3-venv >/dev/null; }
      "$python" -m venv .venv
    else
      say '缺少 venv：请由管理员执行 apt-get install python3-venv 后重试。'; exit 1
    fi
  }
fi

# The stamp holds what was installed: the same lock files need no second look.
want=$(cat requirements/base.txt pyproject.toml $([ "$kind" = dev ] && echo requirements/dev.txt) | sha256sum | cut -d' ' -f1)
stamp=.venv/.installed-$kind
if [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then
  say '正在安装 Python 组件（首次约一分钟）……'
  lock=requirements/base.txt
  [ "$kind" = dev ] && lock=requirements/dev.txt
  .venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r "$lock"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
  echo "$want" > "$stamp"
fi

want=$(sha256sum package-lock.json | cut -d' ' -f1)
stamp=node_modules/.installed
if [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then
  say '正在安装网页组件……'
  npm ci --silent --no-audit --no-fund
  echo "$want" > "$stamp"
fi
node scripts/build-static.mjs
