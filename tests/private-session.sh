#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# private-session.sh [--display] CMD…: runs a test with a home of its own, which is removed at the end; with --display
# also on its own X server and session bus, so that nothing of the caller's desktop is seen or touched.

set -euo pipefail

display=''
if [[ "${1:-}" == --display ]]; then
  display=1
  shift
fi

home=$(mktemp -d "${TMPDIR:-/tmp}/rounds-test-XXXXXX")
server=''
clean_up() {
  if [[ -n "$server" ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$home"
}
trap clean_up EXIT
trap 'exit 143' TERM INT HUP

mkdir -p "$home"/{config,data,cache,state}
mkdir -m 700 "$home/runtime"
export HOME="$home" XDG_CONFIG_HOME="$home/config" XDG_DATA_HOME="$home/data" XDG_CACHE_HOME="$home/cache" \
  XDG_STATE_HOME="$home/state" XDG_RUNTIME_DIR="$home/runtime" ROUNDS_TEST_HOME="$home"
# What GNOME sets, and GTK would ask its settings daemon for.
mkdir "$home/config/gtk-4.0"
cat >"$home/config/gtk-4.0/settings.ini" <<'EOF'
[Settings]
gtk-font-name=Adwaita Sans 11
gtk-decoration-layout=appmenu:close
gtk-xft-antialias=1
gtk-xft-hinting=1
gtk-xft-hintstyle=hintslight
EOF
unset DISPLAY WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS XAUTHORITY

if [[ -z "$display" ]]; then
  "$@"
else
  mkfifo "$home/display-number"
  exec 6<>"$home/display-number"
  Xvfb -displayfd 6 -screen 0 1280x1024x24 -nolisten tcp -noreset >"$home/xvfb.log" 2>&1 &
  server=$!
  read -r -t 30 number <&6 || { cat "$home/xvfb.log" >&2; echo "Xvfb did not start" >&2; exit 1; }
  export DISPLAY=":$number" ROUNDS_TEST_DISPLAY="$server"
  export GDK_BACKEND=x11 GTK_A11Y="${GTK_A11Y:-test}"
  # As the application itself does it where there is no graphics card, and this display has none.
  export GSK_RENDERER="${GSK_RENDERER:-cairo}" GDK_DISABLE="${GDK_DISABLE:-gl,vulkan}"
  # What GTK and its like keep is known by where it was allocated, which they tell by slow unwinding alone. It makes
  # everything five times slower, so that the other tests do without.
  export ASAN_OPTIONS="${ASAN_OPTIONS:-}:fast_unwind_on_malloc=0"
  dbus-run-session -- "$@"
fi
