#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that is really full, under rounds-cli and under rounds-server: a small file system in memory, in a namespace of
this test's own.

What would be lost: the store, or what was said to be saved; and the user's patience, if the message were a riddle."""

import os
import pathlib
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from rounds_script import DATA, Store, main  # noqa: E402
from server_script import Server, sign_in  # noqa: E402

IMPORT = DATA / "import/nppes-300.csv"
FULL = "disk is full"


class Disk:
    """A file system of its own size."""

    def __init__(self, folder, megabytes):
        self.path = folder / "disk"
        self.path.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(self.path)], check=True,
                       timeout=20)
        self.filler = self.path / "filler"

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        subprocess.run(["umount", str(self.path)], check=True, timeout=20)

    def fill(self, leave=0):
        space = os.statvfs(self.path)
        with open(self.filler, "wb") as file:
            file.write(bytes(max(0, space.f_bavail * space.f_frsize - leave)))

    def clear(self):
        self.filler.unlink()


def names(store):
    return sorted(person["family_name"] for person in store.list("person"))


def saving_on_a_full_disk(folder):
    with Disk(folder, 4) as disk:
        store = Store.new(disk.path)
        expected = [f"Invented{n}" for n in range(3)]
        first = [store.add("person", family_name=name) for name in expected][0]
        for leave in (0, 4096, 20480, 49152, 90112):
            disk.fill(leave)
            for arguments in (("add", "person", "family_name=Late"), ("edit", "person", first, "given_name=Late"),
                              ("import", IMPORT)):
                done = subprocess.run(store.arguments + [str(a) for a in arguments], capture_output=True,
                                      encoding="utf-8", timeout=60)
                assert done.returncode in (0, 1), done
                assert done.returncode == 0 or (FULL in done.stderr and done.stderr.count("\n") == 1), done.stderr
                if done.returncode == 0 and arguments[0] == "add":
                    expected.append("Late")
                assert done.returncode != 0 or arguments[0] != "import", "there was no place for it"
            disk.clear()
            assert names(store) == sorted(expected)
        store.run("import", IMPORT)
        assert len(names(store)) == len(expected) + 300


def a_new_store_on_a_full_disk(folder):
    with Disk(folder, 3) as disk:
        for n, leave in enumerate((0, 4096, 8192, 16384, 40960, 90112, 409600)):
            store = Store(disk.path / str(n))
            store.directory.mkdir()
            disk.fill(leave)
            store.error(1, "init")
            disk.clear()
            # Either there is nothing, or a store that its code opens.
            if not store.code.exists():
                store.run("init")
            store.add("person", family_name="First")
            assert names(store) == ["First"]
            shutil.rmtree(store.directory)


def syncing_on_a_full_disk(folder):
    with Disk(folder, 8) as disk, Server(folder) as server:
        server.add_user("robin")
        office, tablet = Store.new(folder, "office"), Store.new(disk.path, "tablet")
        sign_in(office, server)
        sign_in(tablet, server)
        office.run("import", IMPORT)
        office.run("sync")
        tablet.add("person", family_name="Mine")
        disk.fill(100000)
        assert FULL in tablet.error(1, "sync")
        disk.clear()
        tablet.run("sync")
        office.run("sync")
        assert names(tablet) == names(office) and "Mine" in names(office) and len(names(office)) >= 301


def a_server_on_a_full_disk(folder):
    with Disk(folder, 12) as disk, Server(disk.path) as server:
        server.add_user("robin")
        one, other = Store.new(folder, "one"), Store.new(folder, "other")
        sign_in(one, server)
        sign_in(other, server)
        one.add("person", family_name="First")
        one.run("sync")
        one.run("import", IMPORT)
        disk.fill(50000)
        assert "safe here" in one.error(6, "sync")
        server.stop()
        disk.clear()
        server.start()
        assert one.json("sync")["rejected"] == 0
        other.run("sync")
        assert names(one) == names(other) and len(names(other)) >= 301


def enter():
    """Goes into namespaces of this test's own, where it may mount what nobody else sees."""
    if os.environ.get("ROUNDS_TEST_WITHIN"):
        return
    command = ["unshare", "--user", "--map-root-user", "--mount", "--", sys.executable, __file__]
    if shutil.which(command[0]) is None:
        print("1..0 # SKIP there is no unshare here")
        sys.exit(0)
    tried = subprocess.run([*command[:-2], "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True,
                           encoding="utf-8", timeout=60)
    if tried.returncode != 0:
        print(f"1..0 # SKIP this machine makes no namespaces: {tried.stderr.strip()}")
        sys.exit(0)
    os.execvpe(command[0], command, {**os.environ, "ROUNDS_TEST_WITHIN": "1"})


if __name__ == "__main__":
    enter()
    main([saving_on_a_full_disk, a_new_store_on_a_full_disk, syncing_on_a_full_disk, a_server_on_a_full_disk])
