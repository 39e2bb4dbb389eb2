#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# ./dev tour, inside the build environment: opens the real application on demo data, drives it through all its pages, wide
# and narrow, light and dark, with large text too, and leaves pictures in build/tour/. Fails when a page does not come up or
# GTK complains, as it does where something finds no room.

set -euo pipefail

# Always the same morning, of a Wednesday: pictures of two days can be compared, and a weekend has no work to show.
if [[ -z "${FAKETIME:-}" ]]; then
  export TZ=Europe/Amsterdam FAKETIME_DONT_FAKE_MONOTONIC=1
  seconds=$(($(date -d '2026-06-17 10:20' +%s) - $(date +%s)))
  [[ "$seconds" == -* ]] || seconds=+$seconds
  exec faketime -m -f "$seconds" "$0" "$@"
fi

project=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")
folder=$(mktemp -d "${TMPDIR:-/tmp}/rounds-tour-XXXXXX")
# shellcheck source=build-aux/demo.sh
. "$project/build-aux/demo.sh"

trap 'stop_demo; rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM HUP
start_demo "$folder/demo" 600 4000
rm -rf "$project/build/tour"
ROUNDS_DEMO_SERVER=$demo_server GTK_A11Y=atspi "$project/tests/private-session.sh" --display \
  python3 "$project/tests/ui/tour.py" --pictures "$project/build/tour" --demo "$folder/demo" "$@"
