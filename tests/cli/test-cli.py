#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""rounds-cli as scripts use it: every command, its JSON, its exit codes, and input that is wrong.

What would be lost: a nightly job that believes that it worked; text that is changed on its way; records that a spelling
mistake deletes."""

import csv
import json
import os
import re
import stat
import subprocess
import sys
import zipfile

from rounds_script import DATA, Store, call, main

NIL = "01890000-0000-7000-8000-000000000000"
UUID = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")


def mode(path):
    return stat.S_IMODE(os.stat(path).st_mode)


def init_makes_a_private_store(folder):
    store = Store.new(folder)
    assert mode(store.code) == 0o600 and mode(store.data) == 0o700
    for name in ("rounds.db", "keyslots.json"):
        assert mode(store.data / name) == 0o600, name
    assert b"SQLite format" not in (store.data / "rounds.db").read_bytes()
    assert store.list("person") == []
    assert "already" in store.error(4, "init")


def init_never_overwrites_a_code(folder):
    store = Store(folder)
    store.code.write_text("precious\n")
    store.error(4, "init")
    assert store.code.read_text() == "precious\n"
    assert not (store.data / "rounds.db").exists()


def init_prints_the_code(folder):
    data = str(folder / "store")
    done = call(["rounds-cli", "--data-dir", data, "init", "--no-keyring"])
    code = re.search(r"^  ([0-9A-Z-]{31})$", done.stdout, re.M).group(1)
    # As somebody types it from paper.
    (folder / "typed").write_text(" " + code.lower().replace("-", " ").replace("0", "o").replace("1", "l") + "\n")
    call(["rounds-cli", "--data-dir", data, "--recovery-code-file", str(folder / "typed"), "status"])
    call(["rounds-cli", "--data-dir", data, "--recovery-code-file", "-", "status"], input=code + "\n")
    done = call(["rounds-cli", "--data-dir", str(folder / "second"), "init", "--no-keyring", "--json"])
    assert set(json.loads(done.stdout)) == {"directory", "recovery_code"}


def init_with_nowhere_to_tell_makes_nothing(folder):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(["rounds-cli", "--data-dir", str(folder / "store"), "init", "--no-keyring"], stdout=full,
                              stderr=subprocess.PIPE, timeout=60)
    assert done.returncode == 1, done
    assert not (folder / "store" / "rounds.db").exists()


def wrong_calls(folder):
    store = Store.new(folder)
    for arguments in ([], ["frobnicate"], ["list"], ["list", "unicorn"], ["list", "person", "more"], ["show", "person"],
                      ["list", "person", "--colour=red"], ["list", "person", "--limit", "-1"],
                      ["list", "person", "--where", "nonsense"], ["list", "person", "--limit", "many"], ["import"],
                      ["export", "person", "--format", "xml"], ["add", "person", "Atkinson"], ["log"],
                      ["log", "--person", NIL, "--name", "x"], ["list", "user"], ["delete", "person"], ["help", "unicorn"],
                      ["import", "x.csv", "--delimiter", "ab"],
                      ["merge", NIL], ["unmerge"], ["distinct", NIL], ["export", "person", NIL],
                      ["export", "person", NIL, "--encrypt"]):
        assert "help" in store.error(2, *arguments), arguments
    assert call(["rounds-cli", "--version"]).stdout.startswith("rounds-cli ")
    everything = call(["rounds-cli", "help"]).stdout
    for word in ("init", "unlock", "import", "list", "show", "log", "add", "edit", "delete", "restore", "sign-in", "sync",
                 "status", "export", "Exit codes", "recovery-code-file"):
        assert word in everything, word
    assert call(["rounds-cli", "--help"]).stdout == everything
    assert "hcp_name" in call(["rounds-cli", "help", "interactions"]).stdout
    assert "--notes" in call(["rounds-cli", "help", "log"]).stdout
    assert "--notes" in call(["rounds-cli", "log", "--help"]).stdout


def a_record_from_birth_to_restore(folder):
    store = Store.new(folder)
    id = store.add("person", family_name="Atkinson", given_name="Jason")
    assert UUID.match(id), id
    person = store.json("show", "people", id)
    assert person["family_name"] == "Atkinson" and person["is_active"] is True and person["rev"] == 0
    assert store.out("edit", "person", id, "phone=+31 20 555 0100", "given_name=") == id
    person = store.json("show", "person", id)
    assert person["phone"] == "+31 20 555 0100" and person["given_name"] is None
    text = store.out("show", "person", id)
    assert "Atkinson" in text and "not on the server yet" in text
    assert person["receipt"]["state"] == "waiting" and person["receipt"]["since"].endswith("Z")

    store.run("delete", "person", id)
    store.run("delete", "person", id)
    assert store.list("person") == [] and store.list("person", "--deleted")[0]["id"] == id
    assert store.json("show", "person", id)["deleted_at"] is not None
    assert "restore" in store.error(3, "edit", "person", id, "phone=1")
    assert store.json("restore", "person", id) == {"records": 1}
    assert store.list("person")[0]["phone"] == "+31 20 555 0100"


def delete_all_or_none(folder):
    store = Store.new(folder)
    ids = [store.add("person", family_name=name) for name in ("A", "B")]
    store.error(3, "delete", "person", ids[0], NIL, ids[1])
    store.error(4, "delete", "person", ids[0], "x")
    assert len(store.list("person")) == 2
    store.run("delete", "person", *ids)
    assert store.list("person") == []


def wrong_values(folder):
    store = Store.new(folder)
    person = store.add("person", family_name="Kröger")
    store.error(3, "show", "person", NIL)
    store.error(4, "show", "person", "not-an-id")
    assert "Email" in store.error(4, "add", "person", "family_name=X", "email=nobody")
    assert "name" in store.error(4, "add", "person")
    assert "fmily" in store.error(4, "add", "person", "fmily_name=X")
    store.error(4, "add", "person", "family_name=X", "rev=7")
    store.error(4, "add", "person", "family_name=X", "id=" + NIL)
    store.error(4, "add", "person", "family_name=" + "x" * 101)
    store.error(4, "add", "person", "family_name=X", "birth_date=31/01/2026")
    assert "does not exist" in store.error(4, "add", "physician", "person=" + NIL)
    physician = store.add("physician", person=person)
    store.error(4, "add", "physician", "person=" + person)  # there is one for this person
    store.error(4, "edit", "physician", physician, "npi=12")
    store.error(4, "add", "appointment", "title=x", "start_at=2026-11-27 10:00", "end_at=2026-11-27T10:30:00Z",
                "time_zone=UTC")
    store.error(4, "list", "person", "--where", "shoe_size=43")
    assert len(store.list("person")) == 1 and len(store.list("physician")) == 1
    for broken in (b"\xff\xfe", b"caf\xe9"):
        done = subprocess.run(store.arguments + ["add", "person", b"family_name=" + broken], capture_output=True)
        assert done.returncode == 2, done


def text_comes_back_as_it_went_in(folder):
    store = Store.new(folder)
    for text in ("Ångström-O’Neill", "東京 太郎", "a=b=c", "-dash", "ends with \\", "\"quoted\"", "x' OR '1'='1", "<b>&amp;"):
        id = store.out("add", "person", "--", "family_name=" + text)
        assert store.json("show", "person", id)["family_name"] == text, text


def any_locale(folder):
    """A job of cron has no locale; texts are UTF-8 all the same, and what is not is refused."""
    store = Store.new(folder)
    for locale in ("C", "POSIX", "C.UTF-8", "tr_TR.UTF-8"):
        environment = dict(os.environ, LC_ALL=locale)
        for arguments in (["log", "--name", "Zoë Šimková", "--notes", "東京", "--type", "visit"],
                          ["list", "interaction", "--search", "šimková", "--json"]):
            done = subprocess.run(store.arguments + arguments, capture_output=True, encoding="utf-8", env=environment)
            assert done.returncode == 0, (locale, done)
        assert json.loads(done.stdout)["records"][0]["hcp_name"] == "Zoë Šimková"
        for arguments in (["list", "person", "--search", b"\xff"], ["list", "person", "--where", b"phone=\xff"],
                          ["log", "--name", b"\xff"], ["show", "person", b"\xff"], ["help", b"\xff"], [b"\xff"]):
            done = subprocess.run(store.arguments + arguments, capture_output=True, env=environment)
            assert done.returncode == 2 and done.stderr.count(b"\n") == 1, (locale, done)


def log_a_visit(folder):
    store = Store.new(folder)
    person = store.add("person", family_name="Atkinson", given_name="Jason")
    notes = "Discussed the study.\n\nWants the protocol – by “Friday”.\tAsked again."
    id = store.out("log", "--person", person, "--notes", "-", "--duration", "25", "--outcome", "met", input=notes + "\n")
    visit = store.json("show", "interaction", id)
    assert visit["notes"] == notes and visit["interaction_type"] == "Visit" and visit["duration"] == 25
    assert visit["hcp_name"] == "Jason Atkinson" and visit["person"] == person and visit["outcome"] == "met"
    call = store.json("log", "--name", "Dr Nobody", "--type", "CALL", "--at", "2026-01-31T09:30:00+01:00")
    assert call["occurred_at"] == "2026-01-31T08:30:00Z" and call["interaction_type"] == "Call"
    store.error(4, "log", "--name", "X", "--type", "seance")
    store.error(4, "log", "--name", "X", "--at", "yesterday")
    store.error(4, "log", "--name", "X", "--notes", "n" * 20001)
    store.error(3, "log", "--person", NIL)
    store.run("delete", "person", person)
    store.error(3, "log", "--person", person)
    assert len(store.list("interaction")) == 2
    assert len(store.list("interaction", "--search", "protocol friday")) == 1


def finding(folder):
    store = Store.new(folder)
    for family, given in (("Zimmer", "Ada"), ("Åkesson", "Bo"), ("Atkinson", "Jason"), ("Atkins", "Zoë")):
        store.add("person", family_name=family, given_name=given)
    names = [p["family_name"] for p in store.list("person")]
    assert sorted(names) == sorted(["Zimmer", "Åkesson", "Atkinson", "Atkins"]) and names[-1] == "Zimmer"
    assert {p["family_name"] for p in store.list("person", "--search", "atk")} == {"Atkinson", "Atkins"}
    assert [p["given_name"] for p in store.list("person", "--search", "zoe")] == ["Zoë"]
    assert [p["family_name"] for p in store.list("person", "--search", "akesson")] == ["Åkesson"]
    assert store.list("person", "--search", "…") == []
    assert [p["given_name"] for p in store.list("person", "--where", "family_name=Atkinson")] == ["Jason"]
    assert len(store.list("person", "--where", "family_name!=Atkinson", "--where", "email=")) == 3
    assert len(store.list("person", "--where", "is_active=false")) == 0
    given = [p["given_name"] for p in store.list("person", "--order", "given_name", "--descending")]
    assert given == ["Zoë", "Jason", "Bo", "Ada"], given
    page = store.json("list", "person", "--limit", "2")
    assert len(page["records"]) == 2 and page["more"] is True and page["entity"] == "person"
    assert store.json("list", "person", "--limit", "4")["more"] is False
    lines = store.out("list", "person").splitlines()
    assert len(lines) == 4 and all(UUID.match(line.split("  ")[0]) for line in lines)


def importing(folder):
    store = Store.new(folder)
    dry = store.json("import", DATA / "import/nppes-300.csv", "--dry-run")
    assert dry["dry_run"] is True and dry["rows"] == 300 and dry["created"] == 300
    assert store.list("person") == []
    result = store.json("import", DATA / "import/nppes-300.csv")
    assert (result["created"], result["rejected"]) == (300, 0)
    assert len(store.list("person")) == 300
    again = store.json("import", DATA / "import/nppes-300.csv")
    assert again["created"] == 0 and again["rows"] == 300
    assert len(store.list("person")) == 300

    broken = store.json("import", DATA / "import/broken-rows.csv", code=8)
    assert broken["rejected"] == len(broken["rejects"]) > 0 and broken["created"] > 0
    assert all(r["row"] > 1 and r["reason"] for r in broken["rejects"])
    assert any(r["column"] for r in broken["rejects"])
    text = store.run("import", DATA / "import/broken-rows.csv", code=8).stdout
    assert re.search(r"^row \d+, column “.+”: ", text, re.M)

    people = len(store.list("person"))
    store.error(3, "import", folder / "missing.csv")
    (folder / "empty.csv").write_bytes(b"")
    store.error(4, "import", folder / "empty.csv")
    (folder / "picture.csv").write_bytes(bytes(range(256)) * 200)
    assert store.run("import", folder / "picture.csv", code=4)
    done = subprocess.run(store.arguments + ["import", str(folder)], capture_output=True)
    assert done.returncode in (1, 3, 4) and done.stderr.count(b"\n") == 1, done
    assert len(store.list("person")) == people


def exporting(folder):
    store = Store.new(folder)
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "plain", "with, comma", "two\nlines", "\"quote\""]
    for text in evil:
        store.run("add", "follow_up", "due_on=2026-12-01", "text=x " if not text.strip() else "text=" + text)
    rows = list(csv.DictReader(store.run("export", "follow-ups").stdout.splitlines(keepends=True)))
    texts = [row["text"] for row in rows]
    assert len(rows) == len(evil)
    for text in texts:
        assert text[0] not in "=+-@\t\r", text
    assert "'=1+1" in texts and "plain" in texts and "with, comma" in texts and "\"quote\"" in texts
    assert {r["text"] for r in json.loads(store.run("export", "follow_up", "--format", "json").stdout)} >= {"=1+1", "two lines"}
    store.run("add", "note_template", "name=Visit", "text=two\nlines")
    assert next(csv.DictReader(store.run("export", "note_template").stdout.splitlines(keepends=True)))["text"] == "two\nlines"
    assert json.loads(store.run("export", "person", "--json").stdout) == []
    assert store.run("export", "person").stdout.startswith("id,")

    target = folder / "out.csv"
    target.write_text("old")
    target.chmod(0o644)
    store.run("export", "follow_up", target)
    assert mode(target) == 0o600 and "'=1+1" in target.read_text()
    store.error(1, "export", "follow_up", folder / "no" / "where.csv")
    assert sorted(path.name for path in folder.iterdir() if path.name.endswith(".part")) == []
    with open("/dev/full", "wb") as full:
        done = subprocess.run(store.arguments + ["export", "follow_up"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 1, done


def exporting_formats(folder):
    store = Store.new(folder)
    anna = store.add("person", family_name="Borg", given_name="Anna", phone="0612345678")
    store.add("person", family_name="Cooper")
    store.run("log", "--person", anna, "--type", "Visit", "--notes", "Asked about dosing")

    store.run("export", "person", folder / "people.xlsx")
    sheet = zipfile.ZipFile(folder / "people.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "<t>0612345678</t>" in sheet and "<f>" not in sheet
    store.run("export", "person", folder / "people.vcf", "--search", "bor")
    card = (folder / "people.vcf").read_text()
    assert card.count("BEGIN:VCARD") == 1 and "VERSION:4.0" in card and "FN:Anna Borg" in card
    assert "VERSION:3.0" in store.run("export", "person", "--format", "vcard3").stdout
    assert len(json.loads(store.run("export", "person", "--json", "--where", "family_name=Cooper").stdout)) == 1
    store.error(2, "export", "interaction", "--format", "vcard")
    store.error(2, "export", "territory", "--search", "x")

    archive = folder / "borg.zip"
    store.run("export", "person", anna, "--archive", archive)
    with zipfile.ZipFile(archive) as zip:
        record = json.loads(zip.read("data.json"))
        assert record["person"] == anna and record["records"]["interaction"][0]["notes"] == "Asked about dosing"
        assert "Cooper" not in zip.read("data.json").decode() + zip.read("index.html").decode()
    assert mode(archive) == 0o600
    store.run("export", "person", anna, "--archive", archive, "--passphrase-file", "-", input="correct horse\n")
    assert b"Borg" not in archive.read_bytes()
    store.error(2, "export", "person", "--archive", archive)
    store.error(2, "export", "person", anna, "--archive", archive, "--encrypt")
    store.error(3, "export", "person", NIL, "--archive", archive)


def every_json_is_one_document(folder):
    store = Store.new(folder)
    person = store.json("add", "person", "family_name=A")["id"]
    store.json("edit", "person", person, "phone=1")
    store.json("delete", "person", person)
    store.json("restore", "person", person)
    store.json("show", "person", person)
    store.json("unlock", "--no-keyring")
    status = store.json("status")
    assert status["pending"] == 4 and status["server"] is None and status["rejected"] == []
    assert status["records"] == {"person": 1} and status["directory"] == str(store.data)


def a_person_and_their_history(folder):
    store = Store.new(folder)
    person = store.json("add", "person", "family_name=Berg", "given_name=Lena")["id"]
    lead = store.out("add", "patient_lead", f"person={person}", "source=Congress")
    store.run("add", "person_role", f"person={person}", "type=lead", "valid_from=2026-01-01")
    store.error(4, "add", "person_role", f"person={person}", "type=lead")
    place = store.out("add", "organisation", "name=St Anna Hospital")
    store.run("add", "affiliation", f"person={person}", f"organisation={place}", "job_title=Nurse")
    store.run("add", "interaction", f"person={person}", "hcp_name=Lena Berg", "occurred_at=2026-01-02T10:00:00Z")
    patient = store.out("convert", lead)
    shown = store.json("show", "person", person)
    assert shown["patients"][0]["id"] == patient
    assert [role["type"] for role in shown["roles"]] == ["lead", "patient"]
    assert shown["roles"][0]["valid_to"] is not None
    assert shown["leads"][0]["status"] == "converted"
    kinds = [entry["kind"] for entry in shown["timeline"]]
    assert "interaction" in kinds and kinds.count("role") == 4, kinds
    changed = [change for entry in shown["timeline"] for change in entry.get("changes", [])]
    assert {"new"} == {change["base"]["status"] for change in changed if change["operation"] == "update"}, changed
    text = store.out("show", "person", person)
    assert "organisation=St Anna Hospital" in text and "2026-01-02" in text
    assert "is a patient already" in store.error(4, "convert", lead)
    assert len(store.list("patient")) == 1
    store.error(3, "convert", person)


def one_person_twice(folder):
    store = Store.new(folder)
    kept = store.add("person", family_name="Berg", given_name="Lena", phone="+31 20 555 0100")
    other = store.add("person", family_name="Berg", given_name="L.", phone="020 5550100", email="lena@example.org")
    stranger = store.add("person", family_name="Berg", given_name="Lena")
    call = store.out("log", "--person", other, "--type", "call")
    [pair] = store.json("duplicates")["pairs"]
    assert pair == {"strength": "strong", "reasons": ["phone"], "first": kept, "second": other}, pair
    assert {p["strength"] for p in store.json("duplicates", "--hints")["pairs"]} == {"strong", "hint"}
    assert store.out("duplicates").split("\t") == ["strong", "phone", kept, other]
    store.run("distinct", kept, other)
    assert store.json("duplicates")["pairs"] == []
    store.error(3, "distinct", kept, NIL)
    store.error(4, "distinct", kept, kept)

    store.error(2, "merge", kept, other, "--take", "phone=mine")
    store.error(2, "merge", kept, other, "--take", "birth_date=other")
    store.error(4, "merge", kept, kept)
    store.error(3, "merge", kept, NIL)
    merge = store.json("merge", kept, other, "--take", "given_name=other", "--take", "person.phone=kept")
    assert (merge["kept"], merge["merged"]) == (kept, other)
    person = store.json("show", "person", kept)
    assert (person["given_name"], person["phone"], person["email"]) == ("L.", "+31 20 555 0100", "lena@example.org")
    assert store.json("show", "interaction", call)["person"] == kept
    assert {p["id"] for p in store.list("person")} == {kept, stranger}
    store.error(4, "merge", kept, other)

    newer = [store.out("log", "--person", kept, "--type", "call") for _ in range(2)]
    store.run("edit", "person", kept, "email=l.berg@example.org")
    store.error(3, "unmerge", merge["merge"], "--return", call)
    undone = store.json("unmerge", merge["merge"], "--return", newer[0])
    assert undone["returned"] == other
    assert {(n["id"], n["returned"]) for n in undone["newer"]} == {(newer[0], True), (newer[1], False)}
    assert undone["fields_kept"] == [{"entity": "person", "id": kept, "field": "email"}]
    assert store.json("show", "person", kept)["given_name"] == "Lena"
    people = {id: store.json("show", "interaction", id)["person"] for id in [call, *newer]}
    assert people == {call: other, newer[0]: other, newer[1]: kept}
    store.error(4, "unmerge", merge["merge"])
    assert store.out("unmerge", store.out("merge", kept, other)) == other


def importing_with_care(folder):
    """Dates that may mean two days, people who are known, rows to mend, and the way back."""
    store = Store.new(folder)
    people = folder / "people.csv"
    people.write_text("Surname,Given,Born,Town\nBerg,Jan,25/03/1961,Dover\nOkafor,Ada,03/25/1961,Dover\n"
                      "Weber,Anna,12/03/1970,Dover\n")
    message = store.error(4, "import", people, "--dry-run")
    assert "25/03/1961" in message and "--date-order" in message, message
    store.error(2, "import", people, "--date-order", "dym")
    store.error(2, "import", people, "--on-duplicate", "perhaps")

    rejects = folder / "rejects.csv"
    first = store.json("import", people, "--date-order", "dmy", "--rejects", rejects, code=8)
    assert (first["rows"], first["created"], first["updated"], first["duplicate"], first["rejected"]) == (3, 2, 0, 0, 1)
    assert first["rejects"][0]["row"] == 3 and first["rejects"][0]["column"] == "Born", first
    assert first["dates"][0]["order"] == "dmy" and not first["dates"][0]["proven"], first
    assert {p["birth_date"] for p in store.list("person")} == {"1961-03-25", "1970-03-12"}
    rows = list(csv.DictReader(rejects.open(encoding="utf-8")))
    assert [row["Surname"] for row in rows] == ["Okafor"] and "03/25/1961" in rows[0]["Rounds: why rejected"]
    rejects.write_text(rejects.read_text(encoding="utf-8").replace("Ada,03/25/1961", "Ada,25/03/1961"), encoding="utf-8")
    assert store.json("import", rejects)["created"] == 1

    # The same name in the same town is perhaps the same person.
    again = folder / "again.csv"
    again.write_text("Surname,Given,Town,Phone\nBerg,Jan,Dover,0612345678\n")
    dry = store.json("import", again, "--dry-run")
    verdict = dry["verdicts"][0]
    assert (verdict["verdict"], verdict["match"]) == ("duplicate", "possible"), dry
    assert verdict["of"] in {p["id"] for p in store.list("person", "--where", "family_name=Berg")}
    assert store.json("import", again)["duplicate"] == 1
    assert store.json("import", again, "--on-duplicate", "update")["updated"] == 1
    assert store.list("person", "--where", "family_name=Berg")[0]["phone"] == "0612345678"
    assert store.json("import", again, "--on-duplicate", "skip")["duplicate"] == 1
    assert store.json("import", again, "--on-duplicate", "create")["created"] == 1
    assert len(store.list("person")) == 4

    # What columns are can be said once and for all.
    mapping = folder / "mapping.json"
    mapping.write_text(json.dumps({"role": "lead", "columns": {"X": "person.family_name", "Y": "person.email"}}))
    odd = folder / "odd.csv"
    odd.write_text("X,Y,Z\nLindqvist,maja@example.org,1\n")
    store.error(4, "import", odd)
    assert store.json("import", odd, "--mapping", mapping)["created"] == 1
    assert store.list("patient-leads")
    odd.write_text("X,Y,Z\nMoreau,claire@example.org,1\n")
    remembered = store.json("import", odd)
    assert remembered["remembered"] and remembered["created"] == 1
    mapping.write_text('{"columns": {"Q": "person.family_name"}}')
    assert "Q" in store.error(4, "import", odd, "--mapping", mapping)

    # Taken back: who was visited stays.
    batches = store.json("imports")
    assert batches[0]["id"] == remembered["batch"] and batches[-1]["created"] == 2
    weber = store.list("person", "--where", "family_name=Weber")[0]["id"]
    store.run("log", "--person", weber, "--type", "call")
    reverted = store.json("import", "--revert", first["batch"])
    kept = {k["title"]: k["why"] for k in reverted["kept"] if k["entity"] == "person"}
    assert kept == {"Anna Weber": "used", "Jan Berg": "changed"}, reverted
    assert weber in {p["id"] for p in store.list("person")}
    store.error(4, "import", "--revert", first["batch"])
    store.run("import", "--undo-revert", first["batch"])
    store.error(3, "import", "--revert", NIL)
    store.error(4, "import", "--revert", "rubbish")


def options_before_the_command(folder):
    store = Store.new(folder)
    done = call(["rounds-cli", "--json", *store.arguments[1:], "list", "person"])
    assert json.loads(done.stdout)["records"] == []
    done = call(["rounds-cli", "list", "person", *store.arguments[1:], "--json"])
    assert json.loads(done.stdout)["records"] == []


def many_at_once(folder):
    store = Store.new(folder)
    running = [store.start("add", "person", f"family_name=Person {i}", stdout=subprocess.DEVNULL) for i in range(12)]
    assert [process.wait(60) for process in running] == [0] * 12
    assert len(store.list("person")) == 12


if __name__ == "__main__":
    main([init_makes_a_private_store, init_never_overwrites_a_code, init_prints_the_code,
          init_with_nowhere_to_tell_makes_nothing, wrong_calls, a_record_from_birth_to_restore, delete_all_or_none,
          wrong_values, text_comes_back_as_it_went_in, any_locale, log_a_visit, finding, importing, importing_with_care, exporting,
          exporting_formats,
          every_json_is_one_document, a_person_and_their_history, one_person_twice, options_before_the_command, many_at_once])
