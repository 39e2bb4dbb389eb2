#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two devices and a server on networks as they are: slow, lossy, cut at the worst moment, and with nginx between. The
programs are the real ones, each in a network namespace of its own. Acceptance tests 1, 3 and 4.

What would be lost: a visit that a rep logged in a basement, or its follow-up; or it is there twice."""

import concurrent.futures
import contextlib
import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "cli"))
sys.path.insert(0, str(HERE))
from rounds_script import DATA, SOURCE, Skip, Store, main  # noqa: E402
from wire import PASS, RESET, Wire, connect_within, ip, within  # noqa: E402

PASSWORD = "correct horse battery staple"
SEED = int(os.environ.get("ROUNDS_TEST_SEED", "1"))
CUTS = 50
PUSH = b"POST /api/v1/sync/push"
BUILT = pathlib.Path(os.environ.get("G_TEST_BUILDDIR", SOURCE / "build" / "tests"))


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def is_listening(namespace, port):
    with contextlib.suppress(OSError):
        connect_within(namespace, ("127.0.0.1", port)).close()
        return True
    return False


class Device(Store):
    """A store whose programs run in a namespace, and perhaps by a clock that is wrong."""

    clock = None  # as faketime takes it: "+3h"

    @classmethod
    def new(cls, parent, name):
        device = super().new(parent, name)
        device.namespace = name
        return device

    @property
    def arguments(self):
        arguments = super().arguments
        if self.clock:
            arguments = ["env", "FAKETIME_DONT_FAKE_MONOTONIC=1", "faketime", "-f", self.clock, *arguments]
        return (within(self.namespace) if hasattr(self, "namespace") else []) + arguments

    def sign_in(self, uri):
        self.run("sign-in", "--server", uri, "--username", "robin", "--password-file", "-", input=PASSWORD + "\n")

    def save_visit(self, name, length):
        """A contact, a visit and a follow-up, saved together; their ids."""
        done = subprocess.run([BUILT / "save-visit", self.data, self.code, name, str(length)], capture_output=True,
                              encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


class World:
    """A server, two devices, and a wire from each to it."""

    def __init__(self, folder):
        self.folder = folder
        self.stack = contextlib.ExitStack()
        self.server = None

    def __enter__(self):
        for name in ("server", "a", "b"):
            ip("netns", "add", name)
            self.stack.callback(ip, "netns", "delete", name)
            ip("-n", name, "link", "set", "lo", "up")
        self.to_a, self.to_b = (self.plug(name, number) for number, name in enumerate(("a", "b"), 1))
        self.log = self.stack.enter_context(open(self.folder / "server.log", "ab"))
        done = subprocess.run(["rounds-server", "user", "add", "robin", "--database", self.folder / "server.db", "--role",
                               "rep", "--given-name", "Robin", "--family-name", "Reed", "--password-file", "-"],
                              input=PASSWORD + "\n", capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, done.stderr
        self.start_server()
        self.a, self.b = Device.new(self.folder, "a"), Device.new(self.folder, "b")
        return self

    def __exit__(self, *problem):
        self.stop_server()
        self.stack.close()
        if problem[0] is not None:
            print("# " + (self.folder / "server.log").read_text(errors="replace")[-2000:].replace("\n", "\n# "))

    def plug(self, name, number):
        one = Wire(name, "server", number, SEED + number)
        self.stack.callback(one.unplug)
        return one

    def run_in_server(self, *command):
        return subprocess.Popen([*within("server"), *command], stdout=self.log, stderr=self.log,
                                stdin=subprocess.DEVNULL)

    def start_server(self):
        self.server = self.run_in_server("rounds-server", "serve", "--database", self.folder / "server.db", "--listen",
                                         "0.0.0.0:8080", "--behind-proxy")
        until(lambda: is_listening("server", 8080))

    def stop_server(self, how=signal.SIGTERM):
        if self.server is not None:
            self.server.send_signal(how)
            self.server.wait(40)
            self.server = None

    def sign_in(self, scheme="http", port=8080):
        self.a.sign_in(f"{scheme}://{self.to_a.server_address}:{port}")
        self.b.sign_in(f"{scheme}://{self.to_b.server_address}:{port}")

    def settle(self):
        """Both sync until there is nothing left to say; then they hold the same."""
        for _ in range(2):
            for device in (self.a, self.b):
                device.json("sync")
        quiet = self.a.json("sync")
        assert quiet["pushed"] == quiet["pulled"] == 0, quiet
        for entity in ("person", "interaction", "follow_up"):
            one, other = ({record["id"]: record for record in json.loads(device.out("export", entity, "--format", "json"))}
                          for device in (self.a, self.b))
            assert one == other, (entity, len(one), len(other))
        for device in (self.a, self.b):
            assert device.json("status")["pending"] == 0


# The tests


def clocks_hours_apart(folder):
    """Acceptance test 1: two edit one note offline, their clocks three hours apart either way; no word is lost."""
    if "libasan" in subprocess.run(["ldd", shutil.which("rounds-cli")], capture_output=True, encoding="utf-8").stdout:
        raise Skip("the address sanitizer lets no other library come first, as a false clock must")
    with World(folder) as world:
        world.sign_in()
        for fast, slow in ((world.a, world.b), (world.b, world.a)):
            visit = world.a.out("log", "--name", "Dr Atkinson", "--notes",
                                "First line.\nSecond line.\nThird line.")
            both = world.a.out("log", "--name", "Dr Atkinson", "--notes", "Will think about it.")
            for device in (world.a, world.b):
                device.json("sync")
            fast.clock, slow.clock = "+3h", None
            # The one with the fast clock edits first, and would win by any clock.
            fast.run("edit", "interaction", visit, "notes=First line, by the fast one.\nSecond line.\nThird line.")
            fast.run("edit", "interaction", both, "notes=Will enrol three patients.")
            slow.run("edit", "interaction", visit, "notes=First line.\nSecond line.\nThird line, by the slow one.")
            slow.run("edit", "interaction", both, "notes=Will not take part.")
            apart = [json.loads(device.out("show", "interaction", visit, "--json"))["updated_at"] for device in (fast, slow)]
            assert apart[0] > apart[1], apart
            slow.json("sync")
            fast.json("sync")
            fast.clock = None
            world.settle()
            for device in (world.a, world.b):
                notes = device.json("show", "interaction", visit)["notes"]
                assert notes == "First line, by the fast one.\nSecond line.\nThird line, by the slow one.", notes
                notes = device.json("show", "interaction", both)["notes"]
                assert "enrol three patients" in notes and "not take part" in notes, notes


class CutAnswers:
    """The server gets each push, and its answer never arrives: the connection ends in between."""

    def __init__(self):
        self.is_due = False
        self.cuts = 0

    def __call__(self, up, content):
        if up and PUSH in content:
            self.is_due = True
        if not up and self.is_due:
            self.is_due = False
            self.cuts += 1
            return RESET
        return PASS


def log_through_cuts(device, to_server):
    for number in range(CUTS // 2):
        device.run("log", "--name", f"Visit {number:02} of {device.namespace}", "--notes", "x")
        to_server.rule = CutAnswers()
        device.error(6, "sync")
        assert to_server.rule.cuts >= 1
        to_server.rule = None
        if number % 10 == 9:
            assert device.json("sync")["rejected"] == 0


def answers_that_never_arrive(folder):
    """Acceptance test 3: the network goes between the server's commit and its answer, fifty times, for two devices at
    once: each record is there once. Each push that is cut holds a new record and those of the cuts before, until one
    gets through."""
    with World(folder) as world:
        world.sign_in()
        world.settle()
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for done in [pool.submit(log_through_cuts, *pair) for pair in
                         ((world.a, world.to_a), (world.b, world.to_b))]:
                done.result()
        world.settle()
        for device in (world.a, world.b):
            names = sorted(record["hcp_name"] for record in device.list("interaction", "--limit", "1000"))
            assert names == sorted(f"Visit {number:02} of {name}" for number in range(CUTS // 2) for name in "ab"), names


class CutRequest:
    """A push breaks off when so many bytes of it have passed."""

    def __init__(self, after):
        self.left = after
        self.has_begun = False
        self.cuts = 0

    def __call__(self, up, content):
        self.has_begun = self.has_begun or (up and PUSH in content)
        if not up or not self.has_begun:
            return PASS
        self.left -= len(content)
        if self.left > 0:
            return PASS
        self.cuts += 1
        return RESET


def whole_or_waiting(folder):
    """Acceptance test 4: a contact, a visit and a follow-up that were made offline arrive together or wait together,
    wherever in the push the network goes."""
    with World(folder) as world:
        world.sign_in()
        world.settle()
        ids = world.a.save_visit("Whole", 19000)
        entities = ("person", "interaction", "follow_up")
        for after in (1, 1000, 2000, 4000, 6000, 8000):
            world.to_a.rule = CutRequest(after)
            world.a.error(6, "sync")
            assert world.to_a.rule.cuts >= 1, after
            world.to_a.rule = None
            assert world.a.json("status")["pending"] == 3
            assert world.b.json("sync")["pulled"] == 0
            for entity, id in zip(entities, ids):
                world.b.error(3, "show", entity, id)
        assert world.a.json("sync")["pushed"] == 3

        # And the way back: the page breaks off, and nothing of it is shown.
        cut = {"left": 8000}

        def cut_page(up, content):
            cut["left"] -= 0 if up else len(content)
            return PASS if cut["left"] > 0 else RESET

        world.to_b.rule = cut_page
        world.b.error(6, "sync")
        world.to_b.rule = None
        seen = [subprocess.run([*world.b.arguments, "show", entity, id], capture_output=True).returncode
                for entity, id in zip(entities, ids)]
        assert seen == [3, 3, 3], seen
        world.settle()
        visit = world.b.json("show", "interaction", ids[1])
        assert len(visit["notes"]) == 19000 and visit["person"] == ids[0]
        assert world.b.json("show", "follow_up", ids[2])["interaction"] == ids[1]


@contextlib.contextmanager
def nginx(world):
    """The configuration that is shipped, with this test's names and a certificate that the devices trust."""
    folder = world.folder / "nginx"
    folder.mkdir(mode=0o755)
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    names = f"subjectAltName=IP:{world.to_a.server_address},IP:{world.to_b.server_address}"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-subj", "/CN=rounds.example.org", "-addext", names, "-days", "2", "-keyout", key, "-out",
                    certificate], check=True, capture_output=True, timeout=30)
    shipped = (SOURCE / "data/nginx/rounds.conf").read_text()
    for old, new in (("/etc/letsencrypt/live/rounds.example.org/fullchain.pem", certificate),
                     ("/etc/letsencrypt/live/rounds.example.org/privkey.pem", key), ("' 10;", "' 1;")):
        assert shipped.count(old) == 1, old
        shipped = shipped.replace(old, str(new))
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    own = f"user root;\npid {folder}/pid;\nevents {{}}\n"
    (folder / "nginx.conf").write_text(f"{own}http {{\naccess_log off;\n{paths}{shipped}}}\n")
    trusted = subprocess.run(["mount", "--bind", certificate, "/etc/ssl/certs/ca-certificates.crt"], timeout=20)
    assert trusted.returncode == 0
    process = world.run_in_server("nginx", "-e", "stderr", "-c", folder / "nginx.conf", "-g", "daemon off;")
    try:
        until(lambda: is_listening("server", 443) or process.poll() is not None)
        assert process.poll() is None, "nginx did not start"
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
        subprocess.run(["umount", "/etc/ssl/certs/ca-certificates.crt"], timeout=20)


def a_bad_network_and_nginx(folder):
    """A first sync of both devices at once over TLS, 40 ms away, with 2 % of the packets lost and all of them for three
    seconds in the middle: slow, and nothing more."""
    with World(folder) as world, nginx(world):
        world.sign_in("https", 443)
        assert world.a.json("import", DATA / "import/nppes-300.csv")["created"] == 300
        for number in range(20):
            world.b.run("log", "--name", f"Visit {number}", "--notes", "Over the mountains.")
        for one in (world.to_a, world.to_b):
            print(f"# 40 ms and 2 % loss by {one.be_bad(0.04, 0.02)}")
        started = time.monotonic()
        running = [device.start("sync", "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
                   for device in (world.a, world.b)]
        until(lambda: world.to_a.carried[1] > 20000)
        world.to_a.silent = True
        time.sleep(3)  # a tunnel
        world.to_a.silent = False
        for process in running:
            _, problem = process.communicate(timeout=120)
            assert process.returncode == 0, problem
        world.settle()
        print(f"# {time.monotonic() - started:.1f} s; {sum(world.to_a.carried) // 1000} kB and "
              f"{sum(world.to_b.carried) // 1000} kB; {world.to_a.lost} and {world.to_b.lost} packets lost here")
        assert len(world.b.list("person", "--limit", "1000")) >= 300


def get_token(world):
    """As a device of their own would."""
    done = subprocess.run([*within("b"), "curl", "-sS", "--fail", "-H", "Content-Type: application/json", "-d",
                           json.dumps({"username": "robin", "password": PASSWORD}),
                           f"https://{world.to_b.server_address}/api/v1/auth/login"],
                          capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["access_token"]


def connect_to_nginx(world):
    context = ssl.create_default_context(cafile=str(world.folder / "nginx/certificate.pem"))
    connection = context.wrap_socket(connect_within("b", (world.to_b.server_address, 443)),
                                     server_hostname=world.to_b.server_address)
    connection.settimeout(20)
    return connection


def hints_through_nginx(folder):
    """A device that listens behind nginx hears within a second that another has synced, and when the server stops."""
    with World(folder) as world, nginx(world):
        world.a.sign_in(f"https://{world.to_a.server_address}")
        world.a.json("sync")
        token = get_token(world)
        with connect_to_nginx(world) as connection:
            connection.sendall(b"\r\n".join([
                b"GET /api/v1/live HTTP/1.1", b"Host: rounds.example.org", b"Authorization: Bearer " + token.encode(),
                b"Rounds-Protocol: 1", b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Version: 13",
                b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", b"", b""]))
            answer = b""
            while b"\r\n\r\n" not in answer:
                answer += connection.recv(4096)
            assert answer.startswith(b"HTTP/1.1 101 "), answer
            assert b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" in answer  # RFC 6455, 1.3
            assert answer.endswith(b"\r\n\r\n"), answer

            world.a.run("log", "--name", "Dr Atkinson", "--notes", "x")
            world.a.json("sync")
            started = time.monotonic()
            frame = connection.recv(4096)
            assert frame == b"\x81\x12" + b'{"type":"changed"}', frame
            assert time.monotonic() - started < 5
            world.server.send_signal(signal.SIGTERM)
            frame = connection.recv(4096)
            assert frame[:4] == b"\x88\x02\x03\xe9", frame  # 1001: going away
            connection.sendall(b"\x88\x82\0\0\0\0\x03\xe9")
            with contextlib.suppress(OSError):
                while connection.recv(4096):
                    pass
        world.stop_server()


def nginx_says_when(folder):
    """While the server is started anew, nginx answers for it; rounds-cli waits as it says and goes on. And somebody who
    tries one password after the other is sent away by nginx, with the time to come back at."""
    with World(folder) as world, nginx(world):
        world.a.sign_in(f"https://{world.to_a.server_address}")
        world.a.run("log", "--name", "Dr Atkinson", "--notes", "x")
        world.stop_server()
        waiting = world.a.start("sync", "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        line = waiting.stderr.readline()
        assert "asks to wait 1 second" in line, line
        world.start_server()
        answer, problem = waiting.communicate(timeout=60)
        assert waiting.returncode == 0, problem
        assert json.loads(answer)["pushed"] == 1

        with connect_to_nginx(world) as connection:
            heads = []
            while len(heads) < 60 and not (heads and heads[-1].startswith("HTTP/1.1 429 ")):
                connection.sendall(b"POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}")
                answer = http.client.HTTPResponse(connection)
                answer.begin()
                answer.read()
                heads.append(f"HTTP/1.1 {answer.status} Retry-After: {answer.headers['Retry-After']}")
            assert heads[0] == "HTTP/1.1 422 Retry-After: None", heads
            assert heads[-1] == "HTTP/1.1 429 Retry-After: 30", heads


def enter():
    """Goes into namespaces of this test's own, as the root of which it may do everything there and nothing outside."""
    if os.environ.get("ROUNDS_TEST_WITHIN"):
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/run"], check=True, timeout=20)
        return
    reason = ""
    for program in ("unshare", "nsenter", "ip", "tc", "nginx", "openssl", "faketime", "curl"):
        if shutil.which(program) is None:
            reason = f"there is no {program} here"
    command = ["unshare", "--user", "--map-root-user", "--net", "--mount", "--", sys.executable, __file__]
    if not reason:
        tried = subprocess.run([*command[:-2], "sh", "-c", "ip link add name x type veth peer name y && "
                                "mount -t tmpfs tmpfs /run"], capture_output=True, encoding="utf-8", timeout=60)
        reason = "" if tried.returncode == 0 else "this machine makes no namespaces: " + tried.stderr.strip()
    if reason:
        print(f"1..0 # SKIP {reason}")
        sys.exit(0)
    os.execvpe(command[0], command, {**os.environ, "ROUNDS_TEST_WITHIN": "1"})


if __name__ == "__main__":
    enter()
    main([clocks_hours_apart, answers_that_never_arrive, whole_or_waiting, a_bad_network_and_nginx, hints_through_nginx,
          nginx_says_when])
