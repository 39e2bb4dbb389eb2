#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the Flatpak, installs it for the user, starts it in its sandbox on a private display, and takes a picture into
# build/flatpak/. Called by ./dev flatpak, inside the build environment.
#
# Where org.gnome.Sdk is installed or a configured remote has it, the manifest is built as it stands. Elsewhere the
# build root itself (ROUNDS_ROOT) becomes a runtime on this machine: Debian 13 has every library of the manifest's
# modules, so these are left out, and all else stays the same.

set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(dirname "$here")
work="$project/build/flatpak"
readonly app=io.github.rounds_crm.Rounds
readonly local_runtime=io.github.rounds_crm.Debian

say() { printf 'flatpak: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

field() { sed -nE "s/^$1: *'?([^']*)'?$/\1/p" "$here/$app.yml"; }

# Flatpak asks the system bus whether the user may install and run; where there is none, one that knows of no limits
# answers.
if [[ ! -S /run/dbus/system_bus_socket && -z "${DBUS_SYSTEM_BUS_ADDRESS:-}" ]]; then
  # shellcheck disable=SC2016  # for the inner shell
  exec dbus-run-session -- bash -c 'DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS exec "$0" "$@"' \
    "${BASH_SOURCE[0]}" "$@"
fi

export FLATPAK_USER_DIR="${FLATPAK_USER_DIR:-${XDG_DATA_HOME:-$HOME/.local/share}/flatpak}"
runtime_version=$(field runtime-version)

# The GNOME runtime: there already, or to be had from a remote that the user has set up.
have_gnome_runtime() {
  flatpak info "$(field sdk)//$runtime_version" >/dev/null 2>&1 && return 0
  local remote
  while read -r remote; do
    [[ -n "$remote" && "$remote" != rounds-* ]] || continue
    say "fetching $(field sdk) $runtime_version from $remote"
    flatpak --user install -y --noninteractive "$remote" "$(field sdk)//$runtime_version" \
      "$(field runtime)//$runtime_version" >&2 && return 0
  done < <(flatpak --user remotes --columns=name 2>/dev/null)
  return 1
}

# Makes the build root a runtime and installs it for the user, once for each build root.
make_local_runtime() {
  local branch=$1 tree="$ROUNDS_ROOT.runtime" arch old
  # Stays: it is where the runtime comes from, and shares its files with the installed one.
  local repository="${ROUNDS_ROOT%/*}/flatpak-repository"
  if [[ -d "$repository" ]] && flatpak --user info "$local_runtime//$branch" >/dev/null 2>&1 &&
    flatpak --user remotes --columns=name | grep -qx rounds-runtime; then
    return 0
  fi
  say "making a runtime of the Debian 13 build root (about half a minute and 1.5 GB)"
  arch=$(flatpak --default-arch)
  rm -rf "$tree" "$repository" # the latter may be left from an interrupted run
  mkdir -p "$tree/files" "$tree/usr"
  # Linked, not copied, where the file system can.
  cp -al "$ROUNDS_ROOT/usr/." "$tree/usr/" 2>/dev/null || cp -a "$ROUNDS_ROOT/usr/." "$tree/usr/"
  cp -a "$ROUNDS_ROOT/etc" "$tree/usr/etc"
  printf '[Runtime]\nname=%s\nruntime=%s\nsdk=%s\n' "$local_runtime" "$local_runtime/$arch/$branch" \
    "$local_runtime/$arch/$branch" >"$tree/metadata"
  ostree init --repo="$repository" --mode=bare-user-only
  flatpak build-export --disable-fsync --runtime "$repository" "$tree" "$branch" >&2
  flatpak --user remote-add --if-not-exists --no-gpg-verify rounds-runtime "$repository"
  flatpak --user remote-modify --url="file://$repository" rounds-runtime
  for old in $(flatpak --user list --runtime --columns=ref 2>/dev/null | grep "^$local_runtime/" || true); do
    say "removing the runtime of an older build root, $old"
    flatpak --user uninstall -y --noninteractive --force-remove "$old" >&2
  done
  flatpak --user install -y --noninteractive --or-update rounds-runtime "$local_runtime//$branch" >&2
  rm -rf "$tree"
}

# Writes the manifest that is built here; the sources lie two folders up from it.
write_manifest() {
  local edits=(-e 's|^\( *\)path: \.\.$|\1path: ../..|' -e "s|^  - modules/|  - $1/modules/|")
  if [[ -n "${2:-}" ]]; then
    edits+=(-e "s|^runtime: .*|runtime: $local_runtime|" -e "s|^sdk: .*|sdk: $local_runtime|"
      -e "s|^runtime-version: .*|runtime-version: '$2'|" -e '/^  - .*\/*modules\//d')
  fi
  sed "${edits[@]}" "$here/$app.yml" >"$work/$app.yml"
}

# The part that reads workbooks confines itself, within the confinement that is here already.
read_workbook() {
  local rows
  rows=$(flatpak run --user --command=/app/libexec/rounds-table-reader "$app" rows 0 \
    <"$project/tests/data/spreadsheets/merge_cells.xlsx") || die "workbooks cannot be read in the sandbox ($?)"
  [[ "$rows" == *'"A1:B2"'* ]] || die "a workbook was not read as it is in the sandbox"
}

take_picture() {
  cat >"$work/start.sh" <<EOF
set -euo pipefail
flatpak run --user $app >"\$1/log.txt" 2>&1 &
application=\$!
reason='no window came up'
while [[ \$SECONDS -lt 60 ]]; do
  kill -0 \$application 2>/dev/null || { cat "\$1/log.txt" >&2; echo "flatpak: the application ended" >&2; exit 1; }
  window=\$(xdotool search --onlyvisible --class rounds 2>/dev/null | tail -n 1) || true
  if [[ -n "\$window" ]]; then
    import -window "\$window" "\$1/picture.png" 2>/dev/null || continue
    reason='the window stayed empty'
    # Drawn when there is more in it than a plain surface.
    [[ \$(identify -format %k "\$1/picture.png") -lt 24 ]] || { drawn=1; break; }
  fi
  sleep 0.1
done
flatpak kill $app || true
wait \$application 2>/dev/null || true
[[ -n "\${drawn:-}" ]] || { cat "\$1/log.txt" >&2; echo "flatpak: \$reason within a minute" >&2; exit 1; }
EOF
  "$project/tests/private-session.sh" --display bash "$work/start.sh" "$work"
}

start=$SECONDS
mkdir -p "$work"
if have_gnome_runtime; then
  write_manifest ../../flatpak
else
  [[ -n "${ROUNDS_ROOT:-}" ]] ||
    die "org.gnome.Sdk $runtime_version is not installed, and there is no build root to make a runtime of"
  branch=${ROUNDS_ROOT##*root-}
  make_local_runtime "$branch"
  write_manifest ../../flatpak "$branch"
fi

say "building $app"
(cd "$work" && flatpak-builder --user --install --force-clean --ccache --disable-rofiles-fuse --disable-updates \
  --state-dir="$work/state" "$work/app" "$work/$app.yml") >&2
say "reading a workbook in its sandbox"
read_workbook
say "starting it in its sandbox"
take_picture
say "it runs; the picture is $work/picture.png ($((SECONDS - start)) s)"
