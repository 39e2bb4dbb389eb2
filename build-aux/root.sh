# shellcheck shell=bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where things are built: on this machine where it has the floor, otherwise in a Debian 13 build root that is made once
# in the user's cache folder and entered with bubblewrap. Sourced by ./dev, which sets $project and $build.
# shellcheck disable=SC2154

readonly root_suite=trixie
readonly root_recipe=1 # to be raised when make_root() makes something else of the same packages
readonly root_locales=(de_DE en_US fr_FR tr_TR)
cache="${XDG_CACHE_HOME:-$HOME/.cache}/rounds"

say() { printf '%s\n' "dev: $*" >&2; }
die() { say "$*"; exit 1; }

packages() { sed 's/#.*//' "$project/build-aux/packages.txt" | tr ' ' '\n' | sed '/^$/d'; }

floor_is_met() {
  local tool
  for tool in pkg-config meson ninja gcc msgfmt glib-compile-resources Xvfb dbus-run-session; do
    command -v "$tool" >/dev/null || return 1
  done
  pkg-config --exists 'gtk4 >= 4.18' 'libadwaita-1 >= 1.7' 'glib-2.0 >= 2.84' 'libsoup-3.0 >= 3.6' 'libical >= 3.0' \
    'libical < 4' 'sqlcipher >= 3.46' yyjson 'libnotify >= 0.8' libsecret-1 libsodium uchardet zlib libarchive expat libseccomp
}

# Every build folder belongs to one environment; its name goes into a stamp there.
environment() {
  case "${ROUNDS_BUILD:-}" in
    native|root) ;;
    '') if [[ -n "${ROUNDS_INSIDE:-}" ]] || floor_is_met; then ROUNDS_BUILD=native; else ROUNDS_BUILD=root; fi ;;
    *) die "ROUNDS_BUILD is '$ROUNDS_BUILD'; it can be 'native' or 'root'" ;;
  esac
}

root_dir() {
  local recipe
  recipe=$(packages; printf '%s\n' "$root_suite" "$root_recipe" "${root_locales[@]}")
  printf '%s\n' "$cache/root-$(sha256sum <<<"$recipe" | cut -c 1-12)"
}

# "RELEASE URI" of each source that the machine's own apt has, in either source format, Debian's own first.
host_sources() {
  local known=() option
  # Without fetched lists apt tells its sources only when it is not asked what is in them.
  for option in '' --no-release-info; do
    # shellcheck disable=SC2016  # apt's own placeholders
    mapfile -t known < <(apt-get indextargets ${option:+"$option"} \
      --format '$(ORIGIN) $(RELEASE) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null)
    [[ ${#known[@]} -eq 0 ]] || break
  done
  [[ ${#known[@]} -eq 0 ]] || printf '%s\n' "${known[@]}" |
    awk '$NF !~ /^cdrom:/ && (" " $0 " ") ~ / main / {
           n = split ($0, f, " ")
           print ($1 == "Debian" ? 0 : 1), f[n - 2], f[n] }' |
    sort -s -k 1,1 | cut -d ' ' -f 2- | awk '!seen[$0]++'
}

# The lines of a sources.list for the root, from the mirrors that this machine already uses.
root_sources() {
  local codename release uri main='' security=''
  codename=$(. /etc/os-release; printf '%s' "${VERSION_CODENAME:-}")
  while read -r release uri; do
    case "$release" in
      "$codename"|"$root_suite"|stable|oldstable|testing|unstable|sid) [[ -n "$main" ]] || main=$uri ;;
      "$codename"-security|"$root_suite"-security|stable-security|oldstable-security)
        [[ -n "$security" ]] || security=$uri ;;
    esac
  done < <(host_sources)
  main=${ROUNDS_MIRROR:-$main}
  [[ -n "$main" ]] ||
    die "no Debian mirror in this machine's apt sources; name one: ROUNDS_MIRROR=<uri of a Debian archive> ./dev …"
  printf 'deb %s %s main\n' "$main" "$root_suite"
  [[ -z "$security" ]] || printf 'deb %s %s-security main\n' "$security" "$root_suite"
}

# Installs the two programs that make and enter the root, and uidmap, without which only root could make one.
# A root that is there already ($1 is "enter") takes bubblewrap alone.
install_root_tools() {
  local missing=() as_root=()
  command -v bwrap >/dev/null || missing+=(bubblewrap)
  if [[ "$1" == make ]]; then
    command -v mmdebstrap >/dev/null || missing+=(mmdebstrap)
    command -v newuidmap >/dev/null || [[ ${#missing[@]} -eq 0 && $EUID -eq 0 ]] || missing+=(uidmap)
  fi
  [[ ${#missing[@]} -gt 0 ]] || return 0

  local wanted="apt-get install --no-install-recommends ${missing[*]}"
  command -v apt-get >/dev/null ||
    die "this machine has neither GTK 4.18 and the other libraries, nor apt to make a Debian 13 build root with"
  if [[ $EUID -ne 0 ]]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [[ -t 0 ]]; }; then
      as_root=(sudo)
    else
      die "this machine lacks GTK 4.18 and the other libraries, so Rounds is built in a Debian 13 root, for which" \
        "${missing[*]} must be installed, and you may not do that here. Ask an administrator to run: $wanted"
    fi
  fi
  say "installing ${missing[*]} with apt, to make and enter a Debian 13 build root; nothing else here is changed"
  export DEBIAN_FRONTEND=noninteractive
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2 || {
    "${as_root[@]}" apt-get update -qq >&2
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
  } || die "apt could not install ${missing[*]}; try by hand: $wanted"
}

# make_root FOLDER: fills it with Debian 13 and the packages of the list.
make_root() {
  local target=$1 scratch="${TMPDIR:-/var/tmp}/rounds-root-$EUID" proxy='' mode=auto scheme options=() locale
  [[ $EUID -eq 0 ]] && mode=root
  for scheme in http https; do
    eval "$(apt-config shell proxy "Acquire::$scheme::Proxy")"
    [[ -z "$proxy" ]] || options+=("--aptopt=Acquire::$scheme::Proxy \"$proxy\"")
  done
  for locale in "${root_locales[@]}"; do
    options+=("--customize-hook=chroot \"\$1\" localedef -i $locale -f UTF-8 $locale.UTF-8")
  done
  # What an interrupted run left may belong to the user ids that packages are unpacked as.
  rm -rf "$scratch" 2>/dev/null || unshare --map-auto --map-root-user rm -rf "$scratch"
  mkdir -m 755 "$scratch"
  # As a stream, because the folder belongs to the caller then, whatever user the packages were installed as.
  root_sources |
    TMPDIR="$scratch" mmdebstrap --mode="$mode" --variant=minbase --format=tar \
      --include="$(packages | paste -sd, -)" \
      --aptopt='APT::Install-Recommends "false"' \
      --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
      --dpkgopt='path-include=/usr/share/doc/*/copyright' \
      "${options[@]}" "$root_suite" - - |
    tar -x -C "$target" --no-same-owner --delay-directory-restore \
      --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*'
  rm -rf "$scratch"
  # GNOME's own font is not in Debian 13; it is drawn from Inter.
  cat >"$target/etc/fonts/local.conf" <<'EOF'
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <alias binding="same"><family>Adwaita Sans</family><prefer><family>Inter</family></prefer></alias>
  <alias binding="same"><family>Adwaita Mono</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
EOF
  # Mount points for the caller's own files; see enter().
  local name
  for name in resolv.conf hosts passwd group machine-id localtime; do
    rm -f "$target/etc/$name"
    touch "$target/etc/$name"
  done
}

# Makes sure that the root exists and sets $root. Safe against two at once and against being interrupted.
need_root() {
  root=$(root_dir)
  [[ ! -d "$root" ]] || {
    install_root_tools enter
    return 0
  }
  install_root_tools make
  mkdir -p "$cache"
  exec 8>"$cache/root.lock"
  flock -n 8 || { say "waiting for another ./dev that is making the build root"; flock 8; }
  if [[ ! -d "$root" ]]; then
    say "making the Debian 13 build root in $root (once; about a minute and 1.5 GB)"
    local start=$SECONDS older
    rm -rf "$cache"/root-*.part
    mkdir "$root.part"
    make_root "$root.part" >&2 || {
      rm -rf "$root.part"
      die "the build root could not be made; the reason stands above"
    }
    mv "$root.part" "$root"
    say "the build root is ready ($((SECONDS - start)) s)"
    for older in "$cache"/root-*/; do
      [[ "$older" == "$root/" ]] || say "an older build root can be deleted once nothing uses it: $older"
    done
  fi
  exec 8>&-
}

# Arguments of bwrap: the root's system below the caller's own files, each in its place.
root_arguments() {
  local entry name
  bwrap_arguments=(--tmpfs / --ro-bind "$root/usr" /usr --ro-bind "$root/etc" /etc
    --dir /var/lib --ro-bind "$root/var/cache" /var/cache --dev /dev --tmpfs /run --ro-bind /sys /sys)
  bwrap_arguments+=(--ro-bind-try /var/lib/flatpak /var/lib/flatpak) # runtimes that the machine has
  for entry in "$root"/var/lib/*; do
    [[ "${entry##*/}" == flatpak ]] || bwrap_arguments+=(--ro-bind "$entry" "/var/lib/${entry##*/}")
  done
  for name in bin sbin lib lib32 lib64; do
    [[ ! -L "$root/$name" ]] || bwrap_arguments+=(--symlink "$(readlink "$root/$name")" "/$name")
  done
  for entry in /*; do
    case "${entry#/}" in
      bin|sbin|lib*|usr|etc|var|proc|sys|dev|run|boot|lost+found|initrd*|vmlinuz*|.dockerenv) ;;
      *) if [[ -d "$entry" && ! -L "$entry" ]]; then bwrap_arguments+=(--bind "$entry" "$entry"); fi ;;
    esac
  done
  for name in resolv.conf hosts passwd group machine-id localtime; do
    [[ ! -s "/etc/$name" ]] || bwrap_arguments+=(--ro-bind "$(realpath "/etc/$name")" "/etc/$name")
  done
  for entry in /var/tmp /dev/shm "${XDG_RUNTIME_DIR:-}" "$HOME" "$cache" "$project" "$PWD"; do
    [[ ! -d "$entry" ]] || bwrap_arguments+=(--bind "$entry" "$entry")
  done
  bwrap_arguments+=(--ro-bind-try /run/dbus /run/dbus --dev-bind-try /dev/dri /dev/dri
    --dev-bind-try /dev/fuse /dev/fuse)
  # The machine's own, uncovered: the sandbox of ./dev flatpak could not mount another one otherwise.
  bwrap_arguments+=(--bind /proc /proc)
}

# enter CMD…: runs it in the build environment, in the caller's folder and with the caller's streams; signals are handed
# on to the command, and its exit code is passed back.
enter() {
  local programs="$build/src/app:$build/src/cli:$build/src/server" info command=() inner status signalled=''
  info=$(mktemp)
  environment
  export ROUNDS_INSIDE=1
  export CCACHE_DIR="${CCACHE_DIR:-$cache/ccache}" CCACHE_BASEDIR="$project" CCACHE_NOHASHDIR=1
  if [[ "$ROUNDS_BUILD" == native ]]; then
    command=(env --default-signal=INT --default-signal=QUIT PATH="$programs:$PATH" "$@")
  else
    need_root
    local bwrap_arguments
    root_arguments
    command=(env --default-signal=INT --default-signal=QUIT
      bwrap "${bwrap_arguments[@]}" --die-with-parent --info-fd 9 --chdir "$PWD"
      --setenv PATH "$programs:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin" --setenv LANG C.UTF-8
      --setenv ROUNDS_ROOT "$root"
      --setenv ROUNDS_BUILD native --unsetenv LC_ALL --unsetenv LANGUAGE -- "$@")
  fi
  "${command[@]}" 9>"$info" <&0 &
  inner=$!
  trap 'signalled=1; hand_on TERM' TERM
  trap 'signalled=1; hand_on HUP' HUP
  trap 'signalled=1; [[ -t 0 ]] || hand_on INT' INT # a terminal has told the command as well
  while :; do
    status=0
    wait "$inner" || status=$?
    [[ -n "$signalled" ]] || break
    signalled=''
  done
  trap - TERM HUP INT
  rm -f "$info"
  return "$status"
}

# Sends a signal to the command that enter() runs: bwrap itself only waits for it outside, and would die alone.
hand_on() {
  local pid
  pid=$(sed -n 's/.*"child-pid": *\([0-9]*\).*/\1/p' "$info")
  kill -s "$1" "${pid:-$inner}" 2>/dev/null || true
}
