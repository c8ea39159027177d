#!/usr/bin/env bash
# Run a command with HUIYIN_TEST_DATABASE pointing at a throw-away PostgreSQL cluster, started and stopped here.
#   with-postgresql.sh COMMAND [ARGUMENT …]
set -euo pipefail
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
folder=$(mktemp -d /tmp/hy-pg-XXXXXX)  # short: a Unix socket's path may not exceed 107 bytes
as=()
if [ "$(id -u)" = 0 ]; then
  chown postgres "$folder"
  as=(runuser -u postgres --)
fi
cd "$folder"
stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$folder"
}
trap stop EXIT
"${as[@]}" "$bin/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
"${as[@]}" "$bin/pg_ctl" -D "$folder/data" -w -l "$folder/log" \
  -o "-k $folder -c listen_addresses='' -c fsync=off -c full_page_writes=off -c max_connections=200" start >/dev/null
export HUIYIN_TEST_DATABASE="postgresql://postgres@/postgres?host=$folder"
cd "$OLDPWD"
"$@"
