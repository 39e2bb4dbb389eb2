#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the single cases of the last `meson test`, repeats what the failed ones said last, and ends with one line
`N passed, N failed`.

usage: count-tests.py MESON_LOGS EXIT_CODE
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as ET

LAST_WORDS = 12  # lines of each stream of a program with failures


def last_words(test: dict) -> list[str]:
    """The end of what a program wrote, without the cases that passed."""
    words = []
    for stream in ("stdout", "stderr"):
        lines = [line for line in test.get(stream, "").splitlines() if not line.startswith("ok ")]
        words += lines[-LAST_WORDS:]
    return words


def main() -> int:
    logs, status = pathlib.Path(sys.argv[1]), int(sys.argv[2])
    passed, failed, skipped = 0, [], 0
    programs_with_failures = set()
    said = []

    junit = logs / "testlog.junit.xml"
    if junit.exists():
        for case in ET.parse(junit).getroot().iter("testcase"):
            name = f"{case.get('classname') or ''} {case.get('name') or ''}".strip()
            if case.find("failure") is not None or case.find("error") is not None:
                failed.append(name)
                programs_with_failures |= {(case.get(key) or "").split(" / ")[-1] for key in ("classname", "name")}
            elif case.find("skipped") is not None:
                skipped += 1
            else:
                passed += 1

    # A program that crashed or timed out may have reported no failing case of its own.
    log = logs / "testlog.json"
    if log.exists():
        for line in log.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            if test.get("result") in ("FAIL", "ERROR", "TIMEOUT", "INTERRUPT", "UNEXPECTEDPASS"):
                name = test["name"].split(" / ")[-1].split(":")[-1]
                if name not in programs_with_failures:
                    failed.append(f"{name} ({test['result'].lower()})")
                said += [f"{name}: {line}" for line in last_words(test)]

    if status != 0 and not failed:
        failed.append(f"meson test ended with {status}")
    for line in failed + said:
        print(f"failed: {line}")
    if skipped:
        print(f"skipped: {skipped}")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or passed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
