# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scripts that drive rounds-server share: a server of their own, and signing in to it."""

import json
import signal
import subprocess
import time
import urllib.request

PASSWORD = "correct horse battery staple"


class Server:
    """rounds-server on a free port of loopback, over a file in the folder."""

    def __init__(self, folder):
        self.folder = folder
        self.database = folder / "server.db"
        self.log = open(folder / "server.log", "ab")
        self.process = None
        self.port = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *problem):
        self.stop()
        self.log.close()
        if problem[0] is not None:
            print("# " + (self.folder / "server.log").read_text(errors="replace")[-2000:].replace("\n", "\n# "))

    def start(self):
        port_file = self.folder / "port"
        port_file.unlink(missing_ok=True)
        self.process = subprocess.Popen(["rounds-server", "serve", "--database", str(self.database), "--listen",
                                         f"127.0.0.1:{self.port}", "--port-file", str(port_file)], stdout=self.log,
                                        stderr=self.log, stdin=subprocess.DEVNULL)
        until(lambda: port_file.exists() and port_file.read_text().strip() or self.process.poll() is not None)
        assert self.process.poll() is None, "the server did not start"
        self.port = int(port_file.read_text())

    def stop(self, how=signal.SIGTERM):
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)
            self.process = None

    def add_user(self, name):
        done = subprocess.run(["rounds-server", "user", "add", name, "--database", str(self.database), "--role", "rep",
                               "--given-name", "Robin", "--family-name", name, "--password-file", "-"],
                              input=PASSWORD + "\n", capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr

    @property
    def uri(self):
        return f"http://127.0.0.1:{self.port}"

    def get(self, path, token=None):
        request = urllib.request.Request(self.uri + path)
        if token:
            request.add_header("Authorization", "Bearer " + token)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def sign_in(store, server, name="robin", code=0):
    return store.run("sign-in", "--server", server if isinstance(server, str) else server.uri, "--username", name,
                     "--password-file", "-", input=PASSWORD + "\n", code=code)
