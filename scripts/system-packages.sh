#!/usr/bin/env bash
# What tests need from Debian: a browser, PostgreSQL 15, LibreOffice, Chinese fonts. As root they are installed.
set -euo pipefail
packages=()
need() { packages+=("$@"); }

command -v chromium >/dev/null || need chromium
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need postgresql
command -v soffice >/dev/null || need libreoffice-writer
command -v pdftotext >/dev/null || need poppler-utils
ldconfig -p 2>/dev/null | grep -q libpangoft2-1.0 || need libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
[ -n "$(fc-list 'Noto Serif CJK SC' 2>/dev/null)" ] || need fontconfig fonts-noto-cjk
[ -n "$(fc-list 'LXGW WenKai' 2>/dev/null)" ] || need fonts-lxgw-wenkai
[ -e /usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf ] || need texlive-lang-chinese  # 仿宋
command -v runuser >/dev/null || need util-linux
[ ${#packages[@]} -eq 0 ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "正在安装测试所需的系统软件：${packages[*]}" >&2
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${packages[@]}" >/dev/null
else
  echo "测试还需要这些系统软件，请由管理员执行：apt-get install --no-install-recommends ${packages[*]}" >&2
  exit 1
fi
