#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# lint.sh: what programs can check, the same here and in CI. Every finding is one line, `file:line: reason`.
# lint.sh --format [FILE…]: brings the C sources into the project's format and writes po/POTFILES.in. Called by ./dev.

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly licence='SPDX-License-Identifier: GPL-3.0-or-later'
readonly most_lines=800
readonly most_columns=120
readonly most_columns_of_scripts=132 # which no program breaks into lines

# All that git knows or would add, whoever owns the folder; without git, all that is there.
mapfile -t all_files < <(
  git -c safe.directory="$PWD" ls-files --cached --others --exclude-standard 2>/dev/null ||
    find . -type f ! -path './build/*' ! -path './build-asan/*' ! -path '*/.git/*' -printf '%P\n'
)

# files PATTERN…: those of them that match a pattern; * stands for folders as well.
files() {
  local file pattern
  for file in "${all_files[@]}"; do
    for pattern in "$@"; do
      # shellcheck disable=SC2053  # it is a pattern
      if [[ "$file" == $pattern && -f "$file" ]]; then
        printf '%s\n' "$file"
        break
      fi
    done
  done | sort -u
}

# each COMMAND…: with the file names from stdin as further arguments; not at all without names.
each() { xargs -r -d '\n' "$@"; }

# search REASON REGEX: tells the lines of the files named on stdin that match.
search() { each grep -nPH -e "$2" | sed -E "s|^([^:]*:[0-9]+):.*|\1: $1|" || true; }

sources() { files 'src/*.c' 'src/*.h' 'tests/*.c' 'tests/*.h'; }

translatable_files() {
  {
    files 'src/*.c' 'src/*.h' 'src/*.def' |
      each grep -lP '(?<![A-Za-z0-9_])(_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2) ?\("' || true
    files 'ui/*.ui' | each grep -l 'translatable="yes"' || true
    files 'data/*.desktop.in' 'data/*.metainfo.xml.in'
    files 'data/*.gschema.xml' | each grep -l 'gettext-domain' || true
  } | sort -u
}

check_licence() {
  files '*.c' '*.h' '*.def' '*.sql' '*.ui' '*.py' '*.sh' '*.css' '*.svg' '*.xml' '*.xml.in' '*.desktop.in' '*.yml' \
    'meson.build' '*/meson.build' meson.options dev .ci/run .clang-format .editorconfig |
    grep -v '^tests/data/' | while read -r file; do
      head -n 5 "$file" | grep -qF "$licence" || printf '%s:1: no line "%s" at the top\n' "$file" "$licence"
    done
}

check_format() {
  sources | each clang-format --dry-run 2>&1 |
    sed -nE 's/^([^:]+:[0-9]+):[0-9]+: (warning|error): .*/\1: not in the format (.\/dev format mends it)/p' | sort -u
}

check_text() {
  sources | search 'a tab; use spaces' '\t'
  { sources; files '*.ui' '*.py' '*.sh' '*.css' '*.md' '*.build' dev; } |
    search 'space at the end of the line' '[ \t]+$'
  sources | search "longer than $most_columns columns" "^.{$((most_columns + 1)),}\$"
  files '*.py' '*.sh' dev .ci/run |
    search "longer than $most_columns_of_scripts columns" "^.{$((most_columns_of_scripts + 1)),}\$"
}

check_size() {
  sources | while read -r file; do
    local lines
    lines=$(wc -l <"$file")
    [[ $lines -le $most_lines ]] ||
      printf '%s:%s: %s lines; a file has one job and at most %s\n' "$file" "$lines" "$lines" "$most_lines"
  done
}

check_habits() {
  sources | search 'goto; use g_autoptr and early returns' '^(?!\s*(/?\*|//)).*\bgoto\s+\w+;'
  sources | search 'include by name, not by path: the include paths know what this folder may use' '#include "\.\./'
  sources | grep -E '^src/(core|schedule|exchange|sync|app|cli)/' |
    search 'SQL belongs into src/store or src/server' \
      '"[^"]*\b(SELECT [\w*]|INSERT (OR \w+ )?INTO |UPDATE \w+ SET |DELETE FROM |CREATE (TABLE|INDEX|TRIGGER))'
  { sources; files '*.ui' '*.py' '*.sh' dev '*.build'; } | grep -v '^build-aux/lint.sh$' |
    search 'left for later; do it or write down a decision' '\b(TO''DO|FIX''ME|X''XX)\b'
}

# A source that no meson.build names is never compiled, a .ui that ui/meson.build does not name is never found.
check_lists() {
  local file
  files 'src/*.c' 'tests/*.c' 'ui/*.ui' | while read -r file; do
    files "${file%%/*}/meson.build" "${file%%/*}/*/meson.build" 'ui/*.gresource.xml.in' |
      each grep -qF "${file##*/}" ||
      printf '%s:1: in no meson.build\n' "$file"
  done
  diff <(sed '/^#/d' po/POTFILES.in | sort -u) <(translatable_files) |
    sed -n -e 's|^> \(.*\)|\1:1: has texts to translate and is not in po/POTFILES.in (./dev format mends it)|p' \
      -e 's|^< \(.*\)|po/POTFILES.in:1: names \1, which has nothing to translate|p'
}

check_xml() {
  files '*.ui' '*.xml' '*.xml.in' '*.svg' | grep -v '^tests/data/' | each xmllint --noout 2>&1 |
    grep -E '^[^ ]+:[0-9]+:' || true
}

check_ui() { files 'ui/*.ui' | each python3 build-aux/check-ui.py; }

check_metadata() {
  local folder file
  folder=$(mktemp -d)
  # Untranslated, but otherwise what gets installed.
  for file in data/*.desktop.in data/*.metainfo.xml.in; do
    sed -e 's/@APP_ID@/io.github.rounds_crm.Rounds/g' "$file" >"$folder/$(basename "$file" .in)"
  done
  for file in "$folder"/*.desktop; do
    desktop-file-validate "$file" 2>&1 | sed "s|^[^:]*: |data/${file##*/}.in:1: |"
  done
  for file in "$folder"/*.metainfo.xml; do
    appstreamcli validate --no-net --no-color --explain "$file" >"$folder/report" 2>&1 ||
      sed -nE "s|^[EW]: [^:]*:([0-9~]+): (.*)|data/${file##*/}.in:\1: \2|p" "$folder/report"
  done
  glib-compile-schemas --strict --dry-run data 2>&1 | sed -nE 's|^(.*\.gschema\.xml):([0-9]+):[0-9]+ *(.*)|\1:\2: \3|p'
  rm -rf "$folder"
}

check_scripts() {
  { files '*.sh'; printf '%s\n' dev; files .ci/run; } | each shellcheck -x -f gcc 2>/dev/null |
    sed -E 's/^([^:]+:[0-9]+):[0-9]+: \w+: /\1: /' || true
  files '*.py' | while read -r file; do
    python3 -c 'import ast, sys; ast.parse(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])' "$file" 2>&1 |
      sed -nE 's|^ *File "([^"]+)", line ([0-9]+).*|\1:\2: not valid Python|p'
  done
}

# The simulation's deliberate breaks are edits of the sources, and can be made in them.
check_breaks() { python3 tests/simulation/mutants.py --places; }

check_c() {
  local folders=() folder
  for folder in src/*/; do folders+=(-I "$folder"); done
  mkdir -p build/cppcheck
  files 'src/*.c' | each cppcheck --quiet --std=c11 --library=gtk --enable=warning,performance,portability \
    --inline-suppr --suppressions-list=build-aux/cppcheck.supp --cppcheck-build-dir=build/cppcheck -j 2 \
    --max-configs=1 -DG_BEGIN_DECLS= -DG_END_DECLS= "${folders[@]}" --template='{file}:{line}: {message} [{id}]' 2>&1 |
    grep -E '^[^ ]+:[0-9]+: ' || true
}

if [[ "${1:-}" == --format ]]; then
  shift
  if [[ $# -gt 0 ]]; then clang-format -i "$@"; else sources | each clang-format -i; fi
  { printf '# %s\n' "$licence"; translatable_files; } >po/POTFILES.in
  exit 0
fi

[[ ${#all_files[@]} -gt 0 ]] || { printf 'lint: no files found\n'; exit 1; }

checks=0
failed=0
for check in licence format text size habits lists xml ui metadata scripts breaks c; do
  checks=$((checks + 1))
  found=$("check_$check" || true)
  if [[ -n "$found" ]]; then
    failed=$((failed + 1))
    printf '%s\n' "$found"
  fi
done
printf 'lint: %d checks passed, %d failed\n' $((checks - failed)) "$failed"
[[ $failed -eq 0 ]]
