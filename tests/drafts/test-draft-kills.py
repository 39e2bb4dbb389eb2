#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a process that types, at random points (N12): if this fails, more than two seconds of what a rep
typed are gone, or the store does not open any more.

The journal writes after a second at the latest, which leaves the write itself the other one. Most kills shorten the
first second, so that 200 of them fit into a test; each then may lose that and the write's second, never more, and is
killed up to twice as late. The last ones are with the journal's own clock. When the machine itself stood still, which a
small file written and synced beside it all shows, that time does not count."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time

KILLS = int(os.environ.get("ROUNDS_DRAFT_KILLS", "200"))
SLOW_KILLS = max(KILLS // 50, 1)
SHORT = 0.15  # seconds: the journal's delay in most of them
LONG = 1.0    # and its own
WRITE = 1.0   # what the write may take beside
WORKERS = 8   # they sleep most of the time
STILL = 0.2   # from which on the machine stood still
PROGRAM = sys.argv[1]


class Standstills:
    """When writing and syncing a few bytes took too long."""

    def __init__(self):
        self.found = []  # (begin, end)
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()

    def watch(self):
        with tempfile.TemporaryFile(prefix="rounds-kill-") as file:
            while not self.ended.is_set():
                begin = time.monotonic()
                file.write(b"still there")
                file.flush()
                os.fsync(file.fileno())
                time.sleep(0.02)
                end = time.monotonic()
                if end - begin > STILL:
                    self.found.append((begin, end))

    def between(self, begin, end):
        """How long it stood still in that time, in seconds."""
        return sum(max(0, min(end, last) - max(begin, first)) for first, last in self.found)

    def stop(self):
        self.ended.set()
        self.thread.join()


def kill_once(folder, delay, after):
    """Returns when the first key was typed that is gone, and when the kill was; the same if nothing is gone."""
    store = pathlib.Path(folder) / "rounds.db"
    process = subprocess.Popen([PROGRAM, "type", str(store), str(int(delay * 1000))], stdout=subprocess.PIPE)
    typed = []  # when the nth key was heard of

    def listen():
        for _ in process.stdout:
            typed.append(time.monotonic())

    listener = threading.Thread(target=listen)
    listener.start()
    while not typed and process.poll() is None:
        time.sleep(0.002)
    time.sleep(after)
    killed = time.monotonic()
    process.send_signal(signal.SIGKILL)
    process.wait()
    listener.join()
    done = subprocess.run([PROGRAM, "read", str(store)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"the draft is damaged: {done.stderr}"
    kept = int(done.stdout)
    if kept >= len(typed):
        return killed, killed
    return typed[kept], killed


def run(delay, kills, randomness, losses, errors):
    for _ in range(kills):
        with tempfile.TemporaryDirectory(prefix="rounds-kill-") as folder:
            try:
                losses.append((delay, *kill_once(folder, delay, randomness.uniform(0, 2 * (delay + WRITE)))))
            except Exception as error:  # told by the main thread
                errors.append(error)


def main():
    seed = int(os.environ.get("ROUNDS_SEED", random.randrange(1 << 32)))
    print(f"# seed {seed}", flush=True)
    print("1..2")
    losses, errors, workers = [], [], []
    standstills = Standstills()
    for i in range(WORKERS):
        mine = KILLS // WORKERS + (i < KILLS % WORKERS)
        workers.append(threading.Thread(target=run, args=(SHORT, mine, random.Random(seed + i), losses, errors)))
    workers.append(threading.Thread(target=run, args=(LONG, SLOW_KILLS, random.Random(seed - 1), losses, errors)))
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    standstills.stop()
    for error in errors:
        print(f"# {error}")
    print(f"{'not ok' if errors else 'ok'} 1 store-opens-and-draft-is-whole")
    over = [killed - first - standstills.between(first, killed) - delay for delay, first, killed in losses]
    print(f"# {len(losses)} kills; the worst lost {max(over, default=0):.3f} s more than the delay")
    if standstills.found:
        print(f"# the machine stood still for {standstills.between(0, time.monotonic()):.1f} s")
    fine = len(losses) >= KILLS and max(over) <= WRITE
    print(f"{'ok' if fine else 'not ok'} 2 never-more-than-two-seconds")
    sys.exit(bool(errors) or not fine)


main()
