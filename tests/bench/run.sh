#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ./dev bench [--quick], inside the build environment: prints what Rounds takes beside what the bare libraries take in the
# same run, and leaves the rows in build/bench.jsonl. Only ratios within one run mean something; run it on a quiet machine.
# --quick: a tenth of the data, but for the contacts: in a short list the next letter often finds the same rows, and then there
# is nothing to paint that could be waited for.

set -euo pipefail

project=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")
programs="$project/build/tests/bench"
# shellcheck source=tests/network/nginx.sh
. "$project/tests/network/nginx.sh"
results="$project/build/bench.jsonl"
folder=$(mktemp -d "${TMPDIR:-/var/tmp}/rounds-bench-XXXXXX")
trap 'rm -rf "$folder"' EXIT

interactions=1000000 names=100000 contacts=20000 pulled=1000000 pushed=10000 imported=100000 repeats=6
if [[ "${1:-}" == --quick ]]; then
  interactions=100000 names=10000 pulled=100000 pushed=1000 imported=10000 repeats=3
fi

say() { printf 'bench: %s\n' "$*" >&2; }

# Runs a command on a display and a bus of its own; what it says on stderr is of interest if it fails.
in_session() {
  "$project/tests/private-session.sh" --display "$@" 2>"$folder/session.log" || {
    cat "$folder/session.log" >&2
    return 1
  }
}

: >"$results"

say "the record store, $interactions interactions (some minutes)"
"$programs/bench-store" "$interactions" | tee -a "$results" >&2

say "searches in $interactions notes and $names names, beside SQLCipher's own"
mkdir "$folder/search"
"$programs/bench-search" "$folder/search" "$interactions" "$names" | tee -a "$results" >&2
rm -rf "$folder/search"

say "import of a file with 2,500 people"
python3 "$project/tests/bench/make_contacts.py" 2500 >"$folder/contacts.csv"
device=(rounds-cli --data-dir "$folder/import" --recovery-code-file "$folder/import-code")
"${device[@]}" init >/dev/null
started=$(date +%s%N)
"${device[@]}" import "$folder/contacts.csv" --json >"$folder/import.json"
took=$((($(date +%s%N) - started) / 1000000))
jq -c --argjson ms "$took" '{what: "import", rows, created, rejected, ms: $ms, rows_per_s: (.rows * 1000 / $ms | floor)}' \
  "$folder/import.json" | tee -a "$results" >&2

for people in 2500 $imported; do
  say "import of $people people against the same rows by SQLCipher alone"
  python3 "$project/tests/bench/make_contacts.py" "$people" >"$folder/people.csv"
  "$programs/bench-import" "$folder/people.csv" "$repeats" | tee -a "$results" >&2
done

say "the window while 10,000 records arrive"
in_session env GSETTINGS_BACKEND=memory "$programs/bench-window" 10000 | tee -a "$results" >&2

say "a contact's page, among $interactions interactions"
in_session env GSETTINGS_BACKEND=memory "$programs/bench-contact" "$interactions" | tee -a "$results" >&2

for people in "$((contacts / 2))" "$contacts" "$((contacts * 5))"; do
  say "the list of $people contacts: searched, scrolled, at rest"
  in_session env GSETTINGS_BACKEND=memory "$programs/bench-contacts" "$people" | tee -a "$results" >&2
done

say "the list of $interactions interactions: searched"
in_session env GSETTINGS_BACKEND=memory "$programs/bench-notes" "$interactions" | tee -a "$results" >&2

# A first pull of $1 records, a push of $2 changes, and what little there is to do most of the time. "tls" for $3: through
# nginx, as devices do it.
measure_sync() {
  local folder="$folder/sync-$1-${3:-plain}" server tries device
  mkdir "$folder"
  printf 'bench-%s\n' "$RANDOM$RANDOM" >"$folder/password"
  "$programs/bench-sync" fill "$folder/server.db" "$1"
  rounds-server user add bench --role rep --given-name Robin --family-name Bench --database "$folder/server.db" \
    --password-file "$folder/password" >/dev/null
  rounds-server serve --database "$folder/server.db" --listen 127.0.0.1:0 --port-file "$folder/port" \
    2>"$folder/server.log" &
  server=$!
  for ((tries = 0; tries < 200; tries++)); do
    [[ ! -s "$folder/port" ]] || break
    sleep 0.05
  done
  device=("http://127.0.0.1:$(<"$folder/port")" bench "$folder/password" "$2")
  if [[ ${3:-} == tls ]]; then
    start_nginx "$folder/nginx" "$(<"$folder/port")"
    device[0]="https://127.0.0.1:$(<"$folder/nginx/port")"
    device+=("$folder/nginx/fullchain.pem")
  fi
  "$programs/bench-sync" run "${device[@]}" | jq -c --arg over "${3:-plain}" '. + {over: $over}' | tee -a "$results" >&2
  [[ ${3:-} != tls ]] || kill "$(<"$folder/nginx/pid")"
  kill "$server"
  wait "$server" || true
  rm -rf "$folder"
}

say "sync with a server, $pulled records and $pushed changes"
measure_sync "$((pulled / 10))" "$pushed"
measure_sync "$((pulled / 10))" "$pushed" tls
measure_sync "$pulled" "$pushed"

# So many contacts, in a store of its own.
make_device() {
  local device=(rounds-cli --data-dir "$folder/device-$1" --recovery-code-file "$folder/code-$1")
  "${device[@]}" init >/dev/null
  python3 "$project/tests/bench/make_contacts.py" "$1" >"$folder/many.csv"
  "${device[@]}" import "$folder/many.csv" >/dev/null
}

say "start with $contacts and $((contacts * 5)) contacts, beside a bare window of 50 rows"
make_device "$contacts"
make_device "$((contacts * 5))"
# In one session with a keyring, as on a desktop: what it holds opens the database without deriving a key.
cat >"$folder/starts.sh" <<'EOF'
printf 'bench' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null
# It answers when it is unlocked, which is after it has started.
gdbus wait --session --timeout 30 org.freedesktop.secrets
programs=$1 repeats=$2 folder=$3
shift 3
"$programs/bench-start" bare "$repeats" "$programs/bare-window"
for contacts in "$@"; do
  rounds-cli --data-dir "$folder/device-$contacts" --recovery-code-file "$folder/code-$contacts" unlock >/dev/null
  "$programs/bench-start" "rounds, $contacts contacts" "$repeats" rounds --data-dir "$folder/device-$contacts"
done
EOF
in_session bash "$folder/starts.sh" "$programs" "$repeats" "$folder" "$contacts" "$((contacts * 5))" |
  tee -a "$results" >&2
jq -rs '
  (map(select(.what == "start" and .program == "bare"))[0]) as $bare |
  (map(select(.what == "bulk write"))[0]) as $bulk |
  (map(select(.what == "import"))[0]) as $import |
  "bulk write        \($bulk.store_per_s) records/s; " +
    "\($bulk.usual_ratio) × bare rows by SQLCipher as it comes, \($bulk.ratio) × with the settings of the store, " +
    "\($bulk.same_ratio) × with words and log too",
  (map(select(.p50_us))[] | "\(.what): p50 \(.p50_us) µs, p99 \(.p99_us) µs; processor time \(.cpu_p50_us) and \(.cpu_p99_us) µs"),
  (map(select(.bytes_per_record))[] |
    "\(.what) (\(.over)): \(.records) records, \(.per_s) a second, \(.bytes_per_record) bytes each, peak \(.peak_mib) MiB"),
  (map(select(.bytes))[] | "\(.what) (\(.over)): \(.ms) ms, \(.bytes) bytes"),
  "import            \($import.rows) rows in \($import.ms) ms",
  (map(select(.same_ms))[] |
    "import            \(.rows) rows: \(.same_ratio) × the same rows, words and log by SQLCipher alone," +
    " \(.indexed_ratio) × rows and words, \(.ratio) × rows alone"),
  "window in a pull  longest turn of the main loop \(map(select(.what == "window during a pull").longest_ms) | max) ms",
  (map(select(.worst_wall_ms))[] |
    "\(.what): painted in \(.wall_ms) ms, \(.worst_wall_ms) at worst; \(.cpu_ms) ms of processor time"),
  (map(select(.keys))[] |
    "\(.what) (\(.people // .notes)): key to paint p50 \(.p50_ms) ms, p99 \(.p99_ms) ms; " +
    "processor time p50 \(.cpu_p50_ms) ms, of the main thread \(.main_cpu_p50_ms) ms; " +
    "longest frame \(.longest_frame_ms) ms"),
  (map(select(.what == "contacts scrolling"))[] |
    "\(.what) (\(.people), \(.view)): \(.frames) frames, p99 \(.p99_ms) ms, " +
    "longest \(.longest_ms) ms, \(.above_33_ms) above 33 ms; worst of any round \(.worst_ms) ms, \(.worst_above_33_ms) above"),
  (map(select(.what == "contacts at rest"))[] |
    "\(.what) (\(.people)): \(.pss_mib) MiB, \(.rest_cpu_percent) % of a core"),
  (map(select(.what == "start" and .program != "bare"))[] |
    "start (\(.program)): content in \(.content_ms) ms, \(.content_ms / $bare.content_ms * 100 | round / 100) × a bare " +
    "window; \(.pss_mib) MiB, \(.pss_mib / $bare.pss_mib * 100 | round / 100) ×; " +
    "at rest \(.rest_cpu_percent) % of a core")' "$results"
