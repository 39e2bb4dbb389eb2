#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole path over a real server process: what is entered offline on one device reaches the server and a second device,
and nothing is lost where both change the same, where the server is away, or where a program is killed.

What would be lost: a rep's day."""

import contextlib
import datetime
import http.server
import json
import os
import pathlib
import random
import signal
import socketserver
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from rounds_script import DATA, Store, main  # noqa: E402
from server_script import PASSWORD, Server, sign_in  # noqa: E402

NOTES = "Discussed the phase III protocol.\nAsked for the exclusion criteria – by “Friday”.\n\n東京 <b>&amp; =1+1"


@contextlib.contextmanager
def two_devices(folder):
    with Server(folder) as server:
        server.add_user("robin")
        yield server, Store.new(folder, "a"), Store.new(folder, "b")


def filled(*stores):
    """The entities of which any of the stores has records; those that tests delete are always among them."""
    return sorted({"person", "interaction"}.union(*(store.json("status")["records"] for store in stores)))


def everything(store, entities):
    """All records by entity and id."""
    return {entity: {record["id"]: record for record in json.loads(store.run("export", entity, "--format", "json").stdout)}
            for entity in entities}


def assert_same(a, b):
    entities = filled(a, b)
    one, other = everything(a, entities), everything(b, entities)
    for entity in entities:
        assert one[entity].keys() == other[entity].keys(), (entity, len(one[entity]), len(other[entity]))
        for id, record in one[entity].items():
            assert record == other[entity][id], (entity, record, other[entity][id])
    return one


def settle(*stores, rounds=3):
    for _ in range(rounds):
        for store in stores:
            store.json("sync")
    assert_same(*stores[:2])
    for store in stores:
        assert store.json("status")["pending"] == 0
        assert store.json("sync", "--verify")["repaired"] == 0  # the server's checksums are ours


def a_day_of_a_rep(folder):
    with two_devices(folder) as (server, a, b):
        # Offline: nobody has signed in anywhere.
        assert a.json("import", DATA / "import/nppes-300.csv")["created"] == 300
        found = a.list("person", "--search", "atkinson")
        assert len(found) == 1, found
        atkinson = found[0]["id"]
        visit = a.out("log", "--person", atkinson, "--type", "visit", "--notes", "-", "--outcome", "met", input=NOTES)
        start = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=7)).replace(minute=0, second=0,
                                                                                                   microsecond=0)
        end = start + datetime.timedelta(minutes=30)
        form = "%Y-%m-%dT%H:%M:%SZ"
        appointment = a.add("appointment", title="Protocol with Dr Atkinson", start_at=start.strftime(form),
                            end_at=end.strftime(form), time_zone="Europe/Amsterdam", person=atkinson)
        pat = a.add("person", family_name="Invented", given_name="Pat")
        patient = a.add("patient", person=pat, status="active")
        trial = a.add("trial", title="A trial of something", registry_id="NCT00000000")
        physician = a.list("physician", "--where", f"person={atkinson}")[0]["id"]
        journey = a.add("ct_journey", patient=patient, trial=trial, physician=physician, referral_date="2026-11-20",
                        stage="inquiry")
        before = a.json("status")
        assert before["pending"] > 300 and before["server"] is None
        assert "not on the server yet" in a.out("show", "interaction", visit)
        assert "sign" in a.error(7, "sync").lower()

        sign_in(a, server)
        started = time.monotonic()
        pushed = a.json("sync")
        print(f"# {pushed['pushed']} changes pushed in {time.monotonic() - started:.2f} s")
        assert pushed["pushed"] >= before["pending"] and pushed["rejected"] == 0 and pushed["conflicts"] == 0
        assert a.json("status")["pending"] == 0 and a.json("status")["last_sync"] is not None
        assert "on the server" in a.out("show", "interaction", visit)

        sign_in(b, server)
        started = time.monotonic()
        pulled = b.json("sync")
        print(f"# {pulled['pulled']} records pulled in {time.monotonic() - started:.2f} s")
        assert pulled["pushed"] == 0
        assert b.json("show", "interaction", visit)["notes"] == NOTES
        assert b.json("show", "appointment", appointment)["person"] == atkinson
        assert b.json("show", "ct_journey", journey)["patient"] == patient
        assert b.list("person", "--search", "atkinson")[0]["id"] == atkinson
        assert len(b.list("person", "--search", "invented")) == 1
        a.json("sync")
        same = assert_same(a, b)
        assert len(same["physician"]) == 300 and same["interaction"][visit]["rev"] >= 1

        # Nothing goes round and round.
        for store in (a, b, a, b):
            quiet = store.json("sync")
            assert quiet["pushed"] == 0 and quiet["pulled"] == 0, quiet


def the_server_has_it_too(folder):
    with two_devices(folder) as (server, a, b):
        person = a.add("person", family_name="Atkinson")
        sign_in(a, server)
        a.json("sync")
        request = urllib.request.Request(server.uri + "/api/v1/auth/login", method="POST",
                                         data=json.dumps({"username": "robin", "password": PASSWORD}).encode(),
                                         headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            token = json.load(answer)["access_token"]
        assert server.get(f"/api/v1/people/{person}", token)["family_name"] == "Atkinson"
        try:
            server.get(f"/api/v1/people/{person}")
            raise AssertionError("anybody may read people")
        except urllib.error.HTTPError as error:
            assert error.code == 401


def both_change_the_same_contact(folder):
    with two_devices(folder) as (server, a, b):
        person = a.add("person", family_name="Atkinson", given_name="Jason", phone="1")
        visit = a.out("log", "--person", person, "--notes", "First line.\nSecond line.\nThird line.")
        sign_in(a, server)
        sign_in(b, server)
        a.json("sync")
        b.json("sync")

        a.run("edit", "person", person, "phone=from-a", "email=a@example.org")
        a.run("edit", "interaction", visit, "notes=First line by A.\nSecond line.\nThird line.")
        b.run("edit", "person", person, "phone=from-b", "credentials=MD")
        b.run("edit", "interaction", visit, "notes=First line.\nSecond line.\nThird line by B.")
        assert a.json("sync")["conflicts"] == 0
        second = b.json("sync")
        assert second["conflicts"] >= 1 and second["rejected"] == 0, second
        settle(a, b)

        for store in (a, b):
            contact = store.json("show", "person", person)
            # Different fields: both. The same one: the server's stays.
            assert contact["email"] == "a@example.org" and contact["credentials"] == "MD" and contact["phone"] == "from-a"
            notes = store.json("show", "interaction", visit)["notes"]
            assert notes == "First line by A.\nSecond line.\nThird line by B.", notes
        # The other one waits for its author's decision.
        conflicts = b.list("conflict")
        assert [(c["record"], c["field"]) for c in conflicts] == [(person, "phone")], conflicts
        kept = json.dumps(conflicts[0])
        assert "from-a" in kept and "from-b" in kept
        assert b.json("status")["conflicts"] == 1


def the_same_words_on_both(folder):
    with two_devices(folder) as (server, a, b):
        visit = a.out("log", "--name", "Dr Atkinson", "--notes", "Will think about it.")
        for store in (a, b):
            sign_in(store, server)
            store.json("sync")
        a.run("edit", "interaction", visit, "notes=Will enrol three patients.")
        b.run("edit", "interaction", visit, "notes=Will not take part.")
        a.json("sync")
        b.json("sync")
        settle(a, b)
        everywhere = a.run("show", "interaction", visit, "--json").stdout + json.dumps(b.list("conflict"))
        assert "enrol three patients" in everywhere and "not take part" in everywhere, everywhere


def edit_against_delete(folder):
    with two_devices(folder) as (server, a, b):
        ids = [a.add("person", family_name=name) for name in ("Edited on A", "Edited on B", "Deleted twice")]
        for store in (a, b):
            sign_in(store, server)
            store.json("sync")
        a.run("edit", "person", ids[0], "phone=1")
        b.run("delete", "person", ids[0])
        a.run("delete", "person", ids[1])
        b.run("edit", "person", ids[1], "phone=2")
        a.run("delete", "person", ids[2])
        b.run("delete", "person", ids[2])
        a.json("sync")
        b.json("sync")
        settle(a, b)
        for store in (a, b):
            assert store.json("show", "person", ids[0])["phone"] == "1"
            assert store.json("show", "person", ids[0])["deleted_at"] is None
            assert store.json("show", "person", ids[1])["phone"] == "2"
            assert store.json("show", "person", ids[1])["deleted_at"] is None
            assert store.json("show", "person", ids[2])["deleted_at"] is not None


def both_import_the_same_file(folder):
    """Before they know of each other, and beside a server that has demo data: the people are there twice, to be merged by
    a person, but what is known by its name alone (specializations) is the same, and nothing is refused."""
    with two_devices(folder) as (server, a, b):
        demo = subprocess.run(["rounds-server", "demo", "--database", str(server.database), "--contacts", "20",
                               "--interactions", "20"], capture_output=True, encoding="utf-8", timeout=120)
        assert demo.returncode == 0, demo.stderr
        for store in (a, b):
            assert store.json("import", DATA / "import/nppes-300.csv")["created"] == 300
            sign_in(store, server)
        b.run("log", "--person", b.list("person", "--search", "atkinson")[0]["id"], "--notes", "quixotry")
        condition = [store.add("medical_condition", name="Invented syndrome") for store in (a, b)]
        assert condition[0] == condition[1]
        for store in (a, b, a):
            summary = store.json("sync")
            assert summary["rejected"] == 0 and summary["conflicts"] == 0, summary
        same = assert_same(a, b)
        assert len(same["physician"]) >= 600
        names = [record["name"] for record in same["specialization"].values()]
        assert len(names) == len(set(names))
        assert len(a.list("interaction", "--search", "quixotry")) == 1


def the_server_is_away(folder):
    with two_devices(folder) as (server, a, b):
        sign_in(a, server)
        a.json("sync")
        server.stop()
        person = a.add("person", family_name="Offline")
        message = a.error(6, "sync")
        assert str(server.port) in message or "server" in message.lower(), message
        assert a.json("status")["pending"] == 1 and len(a.list("person", "--search", "offline")) == 1
        sign_in(b, server.uri, code=6)
        assert b.json("status")["server"] is None

        server.start()  # the same port, the same file: nobody signs in again
        assert a.json("sync")["pushed"] == 1
        sign_in(b, server)
        b.json("sync")
        assert b.json("show", "person", person)["family_name"] == "Offline"


def wrong_account(folder):
    with two_devices(folder) as (server, a, b):
        a.run("sign-in", "--server", server.uri, "--username", "robin", "--password-file", "-", input="wrong\n", code=7)
        sign_in(a, server, name="nobody", code=7)
        a.error(7, "sync")
        for uri in ("ftp://example.org", "example.org", "http://", ""):
            sign_in(a, uri, code=4)
        sign_in(a, server)
        a.json("sync")
        # The store belongs to its server from now on.
        assert "belongs" in sign_in(a, "http://127.0.0.1:9", code=4).stderr
        sign_in(a, server.uri + "/")
        a.json("sync")


class Rubbish(http.server.BaseHTTPRequestHandler):
    """Answers everything with what the test says."""

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        status, kind, body = self.server.rubbish
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

    def log_message(self, *arguments):
        pass


class RubbishServer(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True


def the_server_answers_rubbish(folder):
    with two_devices(folder) as (server, a, b):
        sign_in(a, server)
        a.json("sync")
        port = server.port
        server.stop()
        person = a.add("person", family_name="Kept")
        before = everything(a, filled(a))

        rubbish = RubbishServer(("127.0.0.1", port), Rubbish)
        threading.Thread(target=rubbish.serve_forever, daemon=True).start()
        try:
            for status, kind, body in ((200, "text/html", b"<html>Welcome to the hotel. Please accept our terms.</html>"),
                                       (200, "application/json", b"{}"), (200, "application/json", b"[1, 2"),
                                       (200, "application/json", b""), (200, "application/json", b"null"),
                                       (404, "text/plain", b"no such thing"), (405, "application/json", b"{}"),
                                       (426, "application/problem+json", b'{"title": "too old", "status": 426}'),
                                       (500, "text/html", b"<h1>oops</h1>"), (502, "text/html", b""),
                                       (503, "application/json", b'{"status": 503}'),
                                       (200, "application/json", os.urandom(2000)),
                                       (200, "application/x-ndjson", b'{"epoch": 7}\n' * 50)):
                rubbish.rubbish = (status, kind, body)
                message = a.error(6, "sync")
                assert len(message) < 400 and "<" not in message, message
                assert a.json("status")["pending"] == 1, (status, body[:40])
                assert sign_in(b, f"http://127.0.0.1:{port}", code=6)
            rubbish.rubbish = (401, "application/problem+json", b'{"title": "who are you", "status": 401}')
            a.error(6, "sync")  # a proxy's answer, not ours: the session is not thrown away for it
            assert a.json("status")["pending"] == 1
        finally:
            rubbish.shutdown()
            rubbish.server_close()
        assert everything(a, filled(a)) == before

        server.start()
        assert a.json("sync")["pushed"] == 1  # without signing in again
        sign_in(b, server)
        b.json("sync")
        assert b.json("show", "person", person)["family_name"] == "Kept"


class Gate(http.server.BaseHTTPRequestHandler):
    """Hands requests on to the real server, but for those that the test wants to have refused."""

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "/sync/" in self.path and self.server.refusals:
            status, headers, answer = *self.server.refusals.pop(0), b""
        else:
            request = urllib.request.Request(self.server.target + self.path, data=body or None, method=self.command)
            for name in ("Authorization", "Content-Type", "Content-Encoding", "Rounds-Protocol"):
                if self.headers.get(name):
                    request.add_header(name, self.headers[name])
            with urllib.request.urlopen(request, timeout=30) as given:
                status, answer = given.status, given.read()
                headers = {name: given.headers[name] for name in ("Content-Type", "Rounds-Protocol") if given.headers[name]}
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_GET = do_POST = answer

    def log_message(self, *arguments):
        pass


def the_server_asks_to_wait(folder):
    """As a server does after an outage, when everybody comes back: who waits as long as it says gets through."""
    with two_devices(folder) as (server, a, b):
        gate = RubbishServer(("127.0.0.1", 0), Gate)
        gate.target = server.uri
        gate.refusals = []
        threading.Thread(target=gate.serve_forever, daemon=True).start()
        try:
            sign_in(a, f"http://127.0.0.1:{gate.server_port}")
            person = a.add("person", family_name="Patient")
            gate.refusals = [(429, {"Retry-After": "1"}), (503, {"Retry-After": "1"})]
            started = time.monotonic()
            done = a.run("sync", "--json")
            assert time.monotonic() - started >= 2
            assert done.stderr.count("asks to wait 1 second") == 2, done.stderr
            assert json.loads(done.stdout)["pushed"] == 1

            # A wait that nobody wants to sit through is told, and not begun; one that does not end, neither.
            a.run("edit", "person", person, "phone=1")
            started = time.monotonic()
            gate.refusals = [(503, {"Retry-After": "1800"})]
            assert "30 minutes" in a.error(6, "sync")
            gate.refusals = [(503, {})]
            a.error(6, "sync")
            assert time.monotonic() - started < 30
            assert a.json("status")["pending"] == 1
            assert a.json("sync")["pushed"] == 1
        finally:
            gate.shutdown()
            gate.server_close()


def killed_while_syncing(folder):
    """Either program, at any moment: afterwards one more sync brings all of it over, once."""
    with two_devices(folder) as (server, a, b):
        a.json("import", DATA / "import/nppes-300.csv")
        people = len(a.list("person"))
        sign_in(a, server)
        sign_in(b, server)
        seed = int(os.environ.get("ROUNDS_TEST_SEED", random.SystemRandom().randrange(1 << 30)))
        moments = random.Random(seed)
        print(f"# seed {seed}")
        for number in range(8):
            for store in (a, b):
                store.run("log", "--name", f"Visit {number}", "--notes", "x")
                process = store.start("sync", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                victim = process if number % 2 == 0 else server.process
                try:
                    process.wait(moments.uniform(0.05, 0.6))
                except subprocess.TimeoutExpired:
                    pass
                victim.send_signal(signal.SIGKILL)
                process.wait(60)
                if victim is server.process:
                    server.stop(signal.SIGKILL)
                    server.start()
        for store in (a, b, a, b):
            done = store.start("sync", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8")
            problem = done.communicate(timeout=120)[1]
            if done.returncode == 7:  # the new refresh token was not kept any more: the person signs in again
                sign_in(store, server)
                store.json("sync")
            else:
                assert done.returncode == 0, problem
        settle(a, b)
        assert len(a.list("person")) - people <= 1  # the rep's own
        visits = sorted(record["hcp_name"] for record in b.list("interaction"))
        assert visits == sorted([f"Visit {number}" for number in range(8)] * 2), visits


def several_programs_sync_one_store(folder):
    """The window, a timer and a person at once: one after the other, and nobody is signed out by it."""
    with two_devices(folder) as (server, a, b):
        a.json("import", DATA / "import/nppes-300.csv")
        sign_in(a, server)
        for number in range(3):
            a.run("log", "--name", f"Visit {number}")
            running = [a.start("sync", "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
                       for _ in range(4)]
            ends = [(process.communicate(timeout=60), process.returncode) for process in running]
            assert [code for _, code in ends] == [0] * 4, ends
            pushed = sorted(json.loads(out)["pushed"] for (out, _), _ in ends)
            assert pushed[:3] == [0, 0, 0] and pushed[3] > 0, pushed
        sign_in(b, server)
        b.json("sync")
        assert len(assert_same(a, b)["interaction"]) == 3


if __name__ == "__main__":
    main([a_day_of_a_rep, the_server_has_it_too, both_change_the_same_contact, the_same_words_on_both, edit_against_delete,
          both_import_the_same_file, the_server_is_away, wrong_account, the_server_answers_rubbish,
          the_server_asks_to_wait, several_programs_sync_one_store, killed_while_syncing])
