#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit in one line, and what happens to it when it was submitted: if this fails, a line is saved as something else
than it says, a contact is guessed, or a report is changed without a reason."""

import datetime

import rounds_script
from rounds_script import Store


def in_one_line(folder):
    store = Store.new(folder)
    johnson = store.add("person", given_name="Sarah", family_name="Johnson")
    bell = store.add("person", given_name="Anna", family_name="Bell")
    line = "call johnson + anna bell 1h30 yesterday 15:00 left material Asked for; send paper in 3 days; ring 2031-05-06"
    shown = store.json("log", "--line", line, "--dry-run")
    assert store.list("interaction") == []
    visit = shown["interaction"]
    assert visit["interaction_type"] == "Call" and visit["person"] == johnson and visit["hcp_name"] == "Sarah Johnson"
    assert visit["duration"] == 90 and visit["outcome"] == "left_material" and visit["notes"] == "Asked for"
    assert [a["person"] for a in shown["attendees"]] == [bell]
    days = [f["due_on"] for f in shown["follow_ups"]]
    assert days == [str(datetime.date.today() + datetime.timedelta(days=3)), "2031-05-06"]
    assert [f["text"] for f in shown["follow_ups"]] == ["send paper", "ring"]

    # What is saved is what was shown.
    saved = store.json("log", "--line", line)
    stored = store.list("interaction")
    assert len(stored) == 1 and stored[0]["id"] == saved["interaction"]["id"]
    for field in ("notes", "duration", "person", "interaction_type", "occurred_at", "outcome"):
        assert stored[0][field] == visit[field], field
    assert len(store.list("follow_up")) == 2 and len(store.list("interaction_attendee")) == 1
    assert "interaction.duration=90" in store.out("log", "--line", line, "--dry-run")


def nobody_is_guessed(folder):
    store = Store.new(folder)
    first = store.add("person", given_name="Sarah", family_name="Johnson")
    second = store.add("person", given_name="Mark", family_name="Johnson")
    # Who was seen last is the likelier one, and still not guessed.
    store.out("log", "--person", first, "--at", "2026-01-01T10:00:00Z")
    shown = store.json("log", "--line", "visit johnson dosing", "--dry-run")
    assert [c["id"] for c in shown["candidates"]] == [first, second]
    assert shown["interaction"].get("person") is None
    store.error(4, "log", "--line", "visit johnson dosing")
    assert len(store.list("interaction")) == 1
    store.out("log", "--line", "visit johnson dosing", "--person", second)
    assert {i["person"] for i in store.list("interaction")} == {first, second}
    store.out("log", "--line", "visit mark johnson dosing")
    # Nobody is called so: the name is kept as it is written.
    unknown = store.json("log", "--line", "visit Okafor dosing")["interaction"]
    assert unknown["hcp_name"] == "Okafor" and unknown.get("person") is None
    store.error(4, "log", "--line", "20m")
    store.error(2, "log", "--name", "x", "--dry-run")


def submitted_and_amended(folder):
    store = Store.new(folder)
    visit = store.out("log", "--name", "Okafor", "--notes", "Twice daily")
    store.error(4, "amend", visit, "--reason", "Too early", "notes=x")
    store.out("submit", visit)
    store.out("submit", visit)
    store.error(4, "edit", "interaction", visit, "notes=Once daily")
    store.error(4, "delete", "interaction", visit)
    store.error(2, "amend", visit, "notes=Once daily")
    store.error(4, "amend", visit, "--reason", "", "notes=Once daily")
    store.out("amend", visit, "--reason", "Wrong dose", "notes=Once daily")
    assert store.list("interaction")[0]["notes"] == "Once daily"
    amendment = store.list("amendment")[0]
    assert amendment["reason"] == "Wrong dose" and amendment["interaction"] == visit
    assert store.json("show", "amendment", amendment["id"])["original"]["notes"] == "Twice daily"
    store.error(4, "edit", "amendment", amendment["id"], "reason=Another")
    store.error(3, "submit", "01890a5d-ac96-774b-bcce-b302099a8057")


rounds_script.main([in_one_line, nobody_is_guessed, submitted_and_amended])
