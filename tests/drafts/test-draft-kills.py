#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a process that types, at random points (N12): if this fails, more than two seconds of what a rep
typed are gone, or the store does not open any more.

The journal writes after a second at the latest, which leaves the write itself the other one. Most kills shorten the
first second, so that 200 of them fit into a test; each then may lose that and the write's second, never more, and is
killed up to twice as late. The last ones are with the journal's own clock."""

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
PROGRAM = sys.argv[1]


def kill_once(folder, delay, after):
    """Returns how long before the kill the first key was typed that is gone, in seconds, and the number of keys."""
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
        return 0.0, len(typed)
    return killed - typed[kept], len(typed)


def run(delay, kills, randomness, losses, errors):
    for _ in range(kills):
        with tempfile.TemporaryDirectory(prefix="rounds-kill-") as folder:
            try:
                lost, keys = kill_once(folder, delay, randomness.uniform(0, 2 * (delay + WRITE)))
                losses.append((delay, lost, keys))
            except Exception as error:  # told by the main thread
                errors.append(error)


def main():
    seed = int(os.environ.get("ROUNDS_SEED", random.randrange(1 << 32)))
    print(f"# seed {seed}", flush=True)
    print("1..2")
    losses, errors, workers = [], [], []
    for i in range(WORKERS):
        mine = KILLS // WORKERS + (i < KILLS % WORKERS)
        workers.append(threading.Thread(target=run, args=(SHORT, mine, random.Random(seed + i), losses, errors)))
    workers.append(threading.Thread(target=run, args=(LONG, SLOW_KILLS, random.Random(seed - 1), losses, errors)))
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for error in errors:
        print(f"# {error}")
    print(f"{'not ok' if errors else 'ok'} 1 store-opens-and-draft-is-whole")
    worst = max(losses, key=lambda loss: loss[1] - loss[0])
    print(f"# {len(losses)} kills; the worst lost {worst[1]:.3f} s with a delay of {worst[0]} s")
    fine = len(losses) >= KILLS and all(lost <= delay + WRITE for delay, lost, _ in losses)
    print(f"{'ok' if fine else 'not ok'} 2 never-more-than-two-seconds")
    sys.exit(bool(errors) or not fine)


main()
