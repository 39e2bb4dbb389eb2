# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts that drive rounds-cli share: TAP, temporary stores, and one way to call the program."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import traceback

SOURCE = pathlib.Path(os.environ.get("ROUNDS_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
DATA = SOURCE / "tests" / "data"
LIMIT = 180  # seconds that one call may take before the test fails: a machine may stand still for a while


class Skip(Exception):
    """Raised by a test that cannot run here."""


class Store:
    """A data directory and the recovery code that opens it."""

    def __init__(self, directory):
        self.directory = pathlib.Path(directory)
        self.data = self.directory / "store"
        self.code = self.directory / "code"

    @classmethod
    def new(cls, parent, name="device"):
        directory = pathlib.Path(parent) / name
        directory.mkdir()
        store = cls(directory)
        store.run("init")
        return store

    def copy(self, parent, name):
        shutil.copytree(self.directory, pathlib.Path(parent) / name)
        return Store(pathlib.Path(parent) / name)

    @property
    def arguments(self):
        return ["rounds-cli", "--data-dir", str(self.data), "--recovery-code-file", str(self.code)]

    def run(self, *arguments, code=0, input=None):
        """Calls rounds-cli, checks its exit code, and that an error is one line on stderr and nothing on stdout."""
        return call(self.arguments + [str(a) for a in arguments], code, input)

    def out(self, *arguments, **options):
        return self.run(*arguments, **options).stdout.strip()

    def error(self, code, *arguments, **options):
        return self.run(*arguments, code=code, **options).stderr.strip()

    def json(self, *arguments, **options):
        return json.loads(self.run(*arguments, "--json", **options).stdout)

    def list(self, entity, *arguments):
        return self.json("list", entity, *arguments)["records"]

    def add(self, entity, **fields):
        return self.out("add", entity, *[f"{name}={value}" for name, value in fields.items()])

    def start(self, *arguments, **options):
        return subprocess.Popen(self.arguments + [str(a) for a in arguments], **options)


def call(arguments, code=0, input=None):
    done = subprocess.run(arguments, input=input, capture_output=True, timeout=LIMIT, encoding="utf-8",
                          stdin=subprocess.DEVNULL if input is None else None)
    shown = f"{arguments[-4:]} ended with {done.returncode}, not {code}: {done.stderr}{done.stdout[:500]}"
    assert done.returncode == code, shown
    if code not in (0, 8):
        assert done.stdout == "", done.stdout
        assert done.stderr.startswith("rounds-cli: "), done.stderr
        assert done.stderr.count("\n") == 1 and done.stderr.endswith("\n"), done.stderr
    return done


def main(tests):
    """Runs each function with a temporary folder; speaks TAP."""
    print(f"1..{len(tests)}")
    failed = False
    for number, test in enumerate(tests, 1):
        name = test.__name__.replace("_", "-")
        try:
            with tempfile.TemporaryDirectory(prefix="rounds-script-") as folder:
                test(pathlib.Path(folder))
            print(f"ok {number} {name}", flush=True)
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}", flush=True)
        except Exception:
            failed = True
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} {name}", flush=True)
    sys.exit(failed)
