#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ./dev run, inside the build environment: a server with demo data on loopback, and the application signed in to it, both
# over new files in build/run/. Where there is no display, the application does the main job on one of its own and leaves
# pictures in build/run/pictures/. Arguments go to the application.

set -euo pipefail

project=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")
folder="$project/build/run"
# shellcheck source=build-aux/demo.sh
. "$project/build-aux/demo.sh"

trap stop_demo EXIT
trap 'exit 130' INT TERM HUP
start_demo "$folder" 600 4000

application=(rounds --data-dir "$folder/device" --recovery-code-file "$folder/recovery-code" "$@")
if [[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]]; then
  "${application[@]}"
else
  printf 'rounds: no display here: doing the main job on a private one\n' >&2
  GTK_A11Y=atspi "$project/tests/private-session.sh" --display \
    python3 "$project/tests/ui/tour.py" --main-job --pictures "$folder/pictures" --demo "$folder"
  printf 'rounds: pictures are in %s\n' "$folder/pictures" >&2
fi
