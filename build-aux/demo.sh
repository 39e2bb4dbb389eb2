# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A server with demo data and a device that is signed in to it, for `./dev run`, the tour and the benches. Sourced inside
# the build environment, with the built programs on PATH.

# start_demo FOLDER CONTACTS INTERACTIONS: makes FOLDER anew with
#   server.db, server.log, address     the server's, which runs on a free port of loopback until stop_demo
#   device/, recovery-code             a data folder that is signed in and in step, and what opens it
start_demo() {
  local folder=$1 contacts=$2 interactions=$3 tries
  rm -rf "$folder"
  mkdir -p "$folder"
  printf 'rounds: writing demo data: %s contacts, %s interactions\n' "$contacts" "$interactions" >&2
  (umask 077; printf 'demonstration-%s\n' "$RANDOM$RANDOM" >"$folder/password")
  rounds-server user add demo --role rep --given-name Robin --family-name Demo --database "$folder/server.db" \
    --password-file "$folder/password" >&2
  # After the user, whose diary it is: a calendar shows what is one's own.
  rounds-server demo --database "$folder/server.db" --contacts "$contacts" --interactions "$interactions" --seed 1 \
    --user demo >&2

  rounds-server serve --database "$folder/server.db" --listen 127.0.0.1:0 --port-file "$folder/port" \
    >"$folder/server.log" 2>&1 &
  demo_server=$!
  for ((tries = 0; tries < 200; tries++)); do
    [[ ! -s "$folder/port" ]] || break
    kill -0 "$demo_server" 2>/dev/null || break
    sleep 0.05
  done
  [[ -s "$folder/port" ]] || { cat "$folder/server.log" >&2; printf 'rounds: the server did not start\n' >&2; return 1; }
  printf 'http://127.0.0.1:%s\n' "$(<"$folder/port")" >"$folder/address"

  local device=(rounds-cli --data-dir "$folder/device" --recovery-code-file "$folder/recovery-code")
  "${device[@]}" init >&2
  "${device[@]}" sign-in --server "$(<"$folder/address")" --username demo --password-file "$folder/password" >&2
  "${device[@]}" sync >&2
  printf 'rounds: a server answers at %s; user name “demo”, password in %s\n' "$(<"$folder/address")" \
    "$folder/password" >&2
}

stop_demo() {
  [[ -n "${demo_server:-}" ]] || return 0
  kill "$demo_server" 2>/dev/null || true
  wait "$demo_server" 2>/dev/null || true
  demo_server=''
}
