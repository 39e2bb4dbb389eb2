#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What small syncs put on the wire, by the same program as ./dev bench, between processes: both ways, with the headers of
# the packets. What would be lost: a rep's data plan, a few bytes at a time.

set -euo pipefail

project=${ROUNDS_SOURCE_DIR:-$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")}
# shellcheck source=tests/network/nginx.sh
. "$project/tests/network/nginx.sh"
bench="${G_TEST_BUILDDIR:-$project/build/tests}/bench/bench-sync"
folder=$(mktemp -d "${TMPDIR:-/tmp}/rounds-wire-XXXXXX")
server='' failures=0

clean_up() {
  [[ ! -s "$folder/nginx/pid" ]] || kill "$(<"$folder/nginx/pid")" || true
  [[ -z "$server" ]] || kill "$server" || true
  wait || true
  rm -rf "$folder"
}
trap clean_up EXIT

# at_most WHAT BYTES FILE: a busy machine sends acknowledgements of their own now and then, so the least of many counts.
at_most() {
  local least
  least=$(jq -r --arg what "sync: $1" 'select(.what == $what) | .least_bytes' "$3")
  if [[ -n "$least" ]] && ((least <= $2)); then
    printf '# %s, %s: %s bytes\n' "${3##*/}" "$1" "$least"
  else
    printf '# %s, %s: %s bytes, and %s would do\n' "${3##*/}" "$1" "$least" "$2"
    failures=$((failures + 1))
  fi
}

printf 'wire-%s\n' "$RANDOM$RANDOM" >"$folder/password"
"$bench" fill "$folder/server.db" 200
rounds-server user add wire --role rep --given-name Robin --family-name Wire --database "$folder/server.db" \
  --password-file "$folder/password" >/dev/null
rounds-server serve --database "$folder/server.db" --listen 127.0.0.1:0 --port-file "$folder/port" 2>"$folder/log" &
server=$!
for ((tries = 0; tries < 1200; tries++)); do
  [[ ! -s "$folder/port" ]] || break
  sleep 0.05
done

"$bench" run "http://127.0.0.1:$(<"$folder/port")" wire "$folder/password" 10 >"$folder/plain"
at_most "nothing new" 650 "$folder/plain"
at_most "one change of ours" 1100 "$folder/plain"
at_most "one change of others" 1150 "$folder/plain"

if command -v nginx openssl >/dev/null; then
  start_nginx "$folder/nginx" "$(<"$folder/port")"
  "$bench" run "https://127.0.0.1:$(<"$folder/nginx/port")" wire "$folder/password" 10 "$folder/nginx/fullchain.pem" \
    >"$folder/tls"
  at_most "nothing new" 500 "$folder/tls"
  at_most "one change of ours" 1000 "$folder/tls"
  at_most "one change of others" 1000 "$folder/tls"
fi
((failures == 0))
