#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# lint.sh: what programs can check, the same here and in CI; every finding is one line `file:line: reason`.
# lint.sh --format [FILE…]: brings the C sources into the project's format. Called by ./dev.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

findings=0
report() { printf '%s\n' "$1"; findings=$((findings + 1)); }
# files PATTERN…: those that git knows or would add, and that still exist.
files() { git ls-files --cached --others --exclude-standard -- "$@" | while read -r f; do [[ ! -f "$f" ]] || printf '%s\n' "$f"; done; }

if [[ "${1:-}" == --format ]]; then
  shift
  if [[ $# -gt 0 ]]; then clang-format -i "$@"; else files '*.c' '*.h' | xargs -r -d '\n' clang-format -i; fi
  exit 0
fi

while read -r file; do
  head -n 5 "$file" | grep -q 'SPDX-License-Identifier: GPL-3.0-or-later' ||
    report "$file:1: no line 'SPDX-License-Identifier: GPL-3.0-or-later' at the top"
done < <(files '*.c' '*.h' '*.def' '*.ui' '*.py' '*.sh' '*.css' '*.xml' '*.in' 'meson.build' '*/meson.build' meson.options dev .ci/run)

while IFS=: read -r file line _; do
  report "$file:$line: goto; use g_autoptr and early returns"
done < <(files '*.c' '*.h' | xargs -r -d '\n' grep -nwE 'goto' /dev/null | grep -vE ':[0-9]+:\s*(/?\*|//)' || true)

[[ $findings -eq 0 ]] || { printf 'lint: %s findings\n' "$findings"; exit 1; }
printf 'lint: nothing found\n'
