#!/usr/bin/env bash
# Refuse files that carry a private key or a token.
set -euo pipefail
[ $# -gt 0 ] || exit 0
if grep -nIE -- '-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}' "$@"; then
  echo '上面的文件里有密钥或令牌，不能提交。' >&2
  exit 1
fi
