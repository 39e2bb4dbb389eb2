#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rounds-cli on stores that do not open, and rounds-cli being killed.

What would be lost: the whole database, replaced by an empty one; half of an import; records that were acknowledged. The key
file is also opened here by libsodium itself, so that its format is checked by something else than our own code."""

import ctypes
import ctypes.util
import json
import os
import random
import signal
import pathlib
import shutil
import subprocess
import sys
import time

from rounds_script import DATA, Skip, Store, call, main

N_KILLS = 14
N_ROWS = 4000


def unwrap_key(store):
    """The database key in hex: argon2id over the code without hyphens, then secretbox."""
    sodium = ctypes.CDLL(ctypes.util.find_library("sodium") or "libsodium.so.23")
    assert sodium.sodium_init() >= 0
    slot = json.loads((store.data / "keyslots.json").read_text())["slots"]["recovery"]
    password = store.code.read_text().strip().replace("-", "").encode()
    wrapping = ctypes.create_string_buffer(32)
    assert sodium.crypto_pwhash_argon2id(wrapping, ctypes.c_ulonglong(32), password, ctypes.c_ulonglong(len(password)),
                                         bytes.fromhex(slot["salt"]), ctypes.c_ulonglong(slot["passes"]),
                                         ctypes.c_size_t(slot["memory"]), 2) == 0
    box = bytes.fromhex(slot["box"])
    key = ctypes.create_string_buffer(32)
    assert sodium.crypto_secretbox_open_easy(key, box, ctypes.c_ulonglong(len(box)), bytes.fromhex(slot["nonce"]),
                                             wrapping) == 0
    return key.raw.hex()


def opening(store):
    return f"PRAGMA key = \"x'{unwrap_key(store)}'\";\nPRAGMA cipher_hmac_algorithm = HMAC_SHA256;\n"


def sqlcipher(store, sql):
    done = subprocess.run(["sqlcipher", str(store.data / "rounds.db")], encoding="utf-8", capture_output=True, timeout=60,
                          input=opening(store) + sql + "\n")
    assert done.returncode == 0 and not done.stderr, done.stderr
    return done.stdout.splitlines()[1:]  # after the "ok" of the key


def contents(store):
    return {path.name: path.read_bytes() for path in store.data.iterdir() if path.name in ("rounds.db", "keyslots.json")}


def refused_and_untouched(store, code, *arguments):
    before = contents(store)
    message = store.error(code, *(arguments or ("list", "person")))
    store.error(code, "add", "person", "family_name=X")
    assert contents(store) == before
    return message


def filled_store(folder):
    store = Store.new(folder)
    store.run("import", DATA / "import/nppes-300.csv")
    return store


def another_program_opens_it(folder):
    store = filled_store(folder)
    assert sqlcipher(store, "SELECT count(*) FROM person;") == ["300"]
    assert sqlcipher(store, "PRAGMA integrity_check;") == ["ok"]
    assert sqlcipher(store, "PRAGMA cipher_integrity_check;") == []


def wrong_code(folder):
    store = filled_store(folder)
    other = Store.new(folder, "other")
    right = store.code.read_text()
    store.code.write_text(other.code.read_text())
    refused_and_untouched(store, 5)
    store.code.write_text("7" + right[1:] if right[0] != "7" else "8" + right[1:])
    refused_and_untouched(store, 5)
    store.code.write_text("\n")
    refused_and_untouched(store, 4)
    store.code.write_text(right)
    assert len(store.list("person")) == 300
    store.code.unlink()
    refused_and_untouched(store, 3)


def no_keyring(folder):
    store = Store.new(folder)
    environment = dict(os.environ, ROUNDS_KEYRING="none")
    done = subprocess.run(["rounds-cli", "--data-dir", str(store.data), "list", "person"], capture_output=True,
                          encoding="utf-8", env=environment, timeout=60)
    assert done.returncode == 5 and "--recovery-code-file" in done.stderr, done
    done = subprocess.run(store.arguments + ["unlock"], capture_output=True, encoding="utf-8", env=environment, timeout=60)
    assert done.returncode == 5 and done.stdout == "", done


def corrupt_database(folder):
    store = filled_store(folder)
    whole = (store.data / "rounds.db").read_bytes()
    for damaged in (b"x" * 4096 + whole[4096:], b"not a database at all", whole[:3000]):
        (store.data / "rounds.db").write_bytes(damaged)
        refused_and_untouched(store, 5)
        call(store.arguments + ["init"], code=4)
        assert (store.data / "rounds.db").read_bytes() == damaged
    # In the middle: some commands may work, none may lie or change it for worse.
    middle = len(whole) // 2 // 4096 * 4096
    (store.data / "rounds.db").write_bytes(whole[:middle] + os.urandom(4096) + whole[middle + 4096:])
    for entity in ("person", "physician", "address"):
        done = subprocess.run(store.arguments + ["list", entity, "--json"], capture_output=True, timeout=60)
        assert done.returncode in (0, 5), done
        assert done.returncode == 0 or done.stdout == b""
    (store.data / "rounds.db").write_bytes(whole)
    assert len(store.list("person")) == 300


def files_missing(folder):
    store = filled_store(folder)
    key_file = (store.data / "keyslots.json").read_bytes()
    database = (store.data / "rounds.db").read_bytes()

    (store.data / "keyslots.json").unlink()
    refused_and_untouched(store, 5)
    (store.data / "keyslots.json").write_bytes(key_file[:-20])
    assert "damaged" in refused_and_untouched(store, 5)
    (store.data / "keyslots.json").write_bytes(key_file)
    (store.data / "rounds.db").unlink()
    assert "missing" in refused_and_untouched(store, 5)
    store.code.rename(folder / "code")
    assert "missing" in store.error(5, "init")
    assert not (store.data / "rounds.db").exists() and not store.code.exists()
    (folder / "code").rename(store.code)
    (store.data / "rounds.db").write_bytes(database)
    assert len(store.list("person")) == 300

    nobody = Store(folder / "nobody")
    (folder / "nobody").mkdir()
    nobody.code.write_text("x")
    assert "init" in nobody.error(3, "list", "person")
    assert not nobody.data.exists()


def too_new(folder):
    store = filled_store(folder)
    sqlcipher(store, "PRAGMA user_version = 9999;")
    assert "newer" in refused_and_untouched(store, 5)
    key_file = json.loads((store.data / "keyslots.json").read_text())
    key_file["format"] = 2
    (store.data / "keyslots.json").write_text(json.dumps(key_file))
    assert "newer" in refused_and_untouched(store, 5)


def locked(folder):
    store = Store.new(folder)
    other = subprocess.Popen(["sqlcipher", str(store.data / "rounds.db")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                             encoding="utf-8")
    other.stdin.write(opening(store) + "BEGIN IMMEDIATE;\n.print held\n")
    other.stdin.flush()
    while other.stdout.readline().strip() != "held":
        pass
    assert store.list("person") == []  # reading goes on
    message = store.error(5, "add", "person", "family_name=X")
    assert "Another program" in message, message
    other.stdin.write("COMMIT;\n.quit\n")
    other.stdin.close()
    other.wait(10)
    store.add("person", family_name="X")
    assert len(store.list("person")) == 1


def big_file(folder):
    path = folder / "big.csv"
    with open(path, "w", encoding="utf-8") as file:
        file.write("Last name,First name,E-mail,City\n")
        for i in range(N_ROWS):
            file.write(f"Invented{i:05},Person,person{i}@example.org,Town {i % 50}\n")
    return path


def killed_while_importing(folder):
    empty = Store.new(folder)
    path = big_file(folder)
    # How long a whole import takes here says when to kill.
    probe = empty.copy(folder, "probe")
    started = time.monotonic()
    probe.run("import", path)
    duration = time.monotonic() - started
    seed = int(os.environ.get("ROUNDS_TEST_SEED", random.SystemRandom().randrange(1 << 30)))
    print(f"# seed {seed}, an import takes {duration * 1000:.0f} ms")
    moments = random.Random(seed)

    outcomes = {0: 0, N_ROWS: 0}
    for number in range(N_KILLS):
        store = empty.copy(folder, f"killed{number}")
        process = store.start("import", path, stdout=subprocess.DEVNULL)
        try:
            process.wait(duration * (number + moments.random()) / N_KILLS * 1.05)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        n = len(store.list("person"))
        assert n in outcomes, f"{n} of {N_ROWS} after being killed"
        assert store.json("status")["pending"] > 0 or n == 0
        outcomes[n] += 1
        assert store.json("import", path)["rows"] == N_ROWS
        assert len(store.list("person")) == N_ROWS
    print(f"# none {outcomes[0]} times, all {outcomes[N_ROWS]} times")
    assert outcomes[0] > 0


def killed_while_making_a_store(folder):
    """Whatever is left can be opened with the code that was written, or made anew."""
    for number in range(10):
        store = Store(folder / f"made{number}")
        store.directory.mkdir()
        process = store.start("init", stdout=subprocess.DEVNULL)
        try:
            process.wait(0.02 * number)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
        if (store.data / "rounds.db").exists():
            assert store.list("person") == []
        else:
            store.code.unlink(missing_ok=True)
            store.run("init")
            assert store.list("person") == []


def full_disk(folder):
    """On a disk of its own of 3 MiB, which takes a name space of its own."""
    try:
        subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", str(folder)], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        raise Skip("no right to mount here")
    subprocess.run(["unshare", "-rm", sys.executable, __file__, "--full-disk", str(folder)], check=True)


def full_disk_inside(folder):
    path = big_file(folder)
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=True)
    store = Store.new(disk)
    store.run("import", DATA / "import/nppes-300.csv")
    message = store.error(1, "import", path)
    assert "disk is full" in message, message
    assert len(store.list("person")) == 300 and sqlcipher(store, "PRAGMA integrity_check;") == ["ok"]
    with open(disk / "filler", "wb") as filler:
        try:
            while True:
                filler.write(bytes(4096))
                filler.flush()
        except OSError:
            pass
    for attempt in range(200):  # what is left in the file's last pages takes some records yet
        done = subprocess.run(store.arguments + ["log", "--name", "X", "--notes", "n" * 10000], capture_output=True,
                              encoding="utf-8")
        if done.returncode != 0:
            break
    assert done.returncode == 1 and "disk is full" in done.stderr and done.stderr.count("\n") == 1, done
    store.error(1, "export", "person", disk / "people.csv")
    assert not (disk / "people.csv").exists()

    (disk / "filler").unlink()
    assert len(store.list("interaction")) == attempt  # what was told to be saved, and nothing else
    subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
    assert store.json("import", path)["created"] == N_ROWS
    nobody = Store(disk / "nobody")
    nobody.directory.mkdir()
    subprocess.run(["mount", "-o", "remount,size=" + str(shutil.disk_usage(disk).used), str(disk)], check=True)
    assert call(nobody.arguments + ["init"], code=1)
    assert not (nobody.data / "rounds.db").exists() or nobody.list("person") == []


def acknowledged_is_kept(folder):
    store = Store.new(folder)
    kept = []
    for number in range(8):
        process = store.start("add", "person", f"family_name=Person {number}", stdout=subprocess.PIPE, encoding="utf-8")
        id = process.stdout.readline().strip()  # told: now it must be there
        process.send_signal(signal.SIGKILL)
        process.wait()
        kept.append(id)
    assert {person["id"] for person in store.list("person")} == set(kept)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--full-disk"]:
        full_disk_inside(pathlib.Path(sys.argv[2]))
        sys.exit()
    main([another_program_opens_it, wrong_code, no_keyring, corrupt_database, files_missing, too_new, locked,
          killed_while_importing, killed_while_making_a_store, acknowledged_is_kept, full_disk])
