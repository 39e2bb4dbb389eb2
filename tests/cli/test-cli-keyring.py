#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rounds-cli with a real keyring: gnome-keyring on a bus of its own.

What would be lost: opening without typing the code; and, where the keyring is recreated, everything that only it could
open."""

import os
import re
import shutil
import subprocess
import tempfile

from rounds_script import LIMIT, Skip, call, main


# The keyring answers on the bus once it is unlocked, not when it is started, and writes until it has ended: both are waited
# for. Its control socket is this session's own, or the keyring of the last session might be found there.
SESSION = """
printf secret | gnome-keyring-daemon --foreground --unlock --components=secrets --control-directory="$1" >"$1/log" 2>&1 &
keyring=$!
gdbus wait --session --timeout 30 org.freedesktop.secrets || { cat "$1/log" >&2; exit 99; }
sh -c "$2"
status=$?
kill "$keyring"
wait "$keyring"
exit $status
"""


def with_keyring(folder, commands):
    """Runs a shell script on a private bus with an unlocked keyring that lives in the folder."""
    environment = dict(os.environ, XDG_DATA_HOME=str(folder / "keyring"))
    for name in ("ROUNDS_KEYRING", "DISPLAY"):
        environment.pop(name, None)
    with tempfile.TemporaryDirectory() as control:
        return subprocess.run(["dbus-run-session", "--", "sh", "-c", SESSION, "session", control, commands],
                              env=environment, capture_output=True, encoding="utf-8", timeout=LIMIT)


def the_keyring_opens_it_until_it_is_lost(folder):
    if shutil.which("gnome-keyring-daemon") is None:
        raise Skip("no gnome-keyring")
    cli = f"rounds-cli --data-dir {folder}/store"
    done = with_keyring(folder, f"{cli} init && {cli} add person family_name=Atkinson && {cli} unlock")
    assert done.returncode == 0 and "rounds-cli" not in done.stderr, done
    code = re.search(r"^  ([0-9A-Z-]{31})$", done.stdout, re.M).group(1)
    (folder / "code").write_text(code)

    # Another session, the same keyring.
    done = with_keyring(folder, f"{cli} list person")
    assert done.returncode == 0 and "Atkinson" in done.stdout, done

    # The keyring was recreated: the store says so, and the code opens the same data.
    shutil.rmtree(folder / "keyring")
    done = with_keyring(folder, f"{cli} list person")
    assert done.returncode == 5 and "--recovery-code-file" in done.stderr and done.stdout == "", done
    opened = call(["rounds-cli", "--data-dir", f"{folder}/store", "--recovery-code-file", f"{folder}/code", "list",
                   "person"])
    assert "Atkinson" in opened.stdout

    # Putting it back.
    done = with_keyring(folder, f"{cli} --recovery-code-file {folder}/code unlock && {cli} list person")
    assert done.returncode == 0 and "Atkinson" in done.stdout, done


if __name__ == "__main__":
    main([the_keyring_opens_it_until_it_is_lost])
