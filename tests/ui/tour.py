#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real application on demo data through all its pages and leaves a picture of each.

    tour.py --demo FOLDER --pictures FOLDER [--main-job]

FOLDER of --demo is what build-aux/demo.sh makes. Runs inside `private-session.sh --display` with GTK_A11Y=atspi. With
--main-job it does what a rep does all day instead: find somebody, log a visit, plan the next one, look at the day, sync.
Ends with 1 when a page does not come up or GTK complains."""

import argparse
import os
import json
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unicodedata

from desktop import NARROW, WIDE, Atspi, Failure, Program, keys, picture, press, resize, rest, start_window_manager
from desktop import tab_to, type_text
from file_stops import FileStops

PAGES = ["Today", "Contacts", "Interactions", "Calendar", "Journeys"]
ROW = {"list item", "table row", "tree item"}
TEXT, LARGE_TEXT = 11, 14  # points


class Tour(FileStops):
    def __init__(self, demo, pictures):
        self.demo = demo
        self.pictures = pictures
        self.scratch = tempfile.mkdtemp(prefix="rounds-tour-")
        self.failures = []
        self.program = None
        self.looks = 0

    def read(self, name):
        with open(os.path.join(self.demo, name), encoding="utf-8") as file:
            return file.read().strip()

    def client(self, data, code):
        """The command-line tool on a store of the demo's folder."""
        return [
            "rounds-cli",
            "--data-dir",
            os.path.join(self.demo, data),
            "--recovery-code-file",
            os.path.join(self.demo, code),
        ]

    def set_text_size(self, points):
        """What programs that are started from now on write with."""
        path = os.path.join(os.environ["XDG_CONFIG_HOME"], "gtk-4.0", "settings.ini")
        with open(path, encoding="utf-8") as file:
            settings = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^(gtk-font-name=.*) \d+$", rf"\1 {points}", settings))

    def open(self, name, *arguments, size=WIDE, dark=False, data="device", code="recovery-code"):
        """Starts the application; what it complains of is looked at when it is closed. What is narrow and dark has GNOME's
        large text as well: where that finds room, the usual one does."""
        self.name = name
        self.set_text_size(LARGE_TEXT if dark and size is NARROW else TEXT)
        command = ["rounds", "--data-dir", os.path.join(self.demo, data)]
        if code:
            command += ["--recovery-code-file", os.path.join(self.demo, code)]
        scheme = "dark" if dark else "light"
        environment = {
            "ADW_DEBUG_COLOR_SCHEME": "prefer-" + os.environ.get("ROUNDS_TOUR_SCHEME", scheme),
            "LC_ALL": os.environ.get("ROUNDS_TOUR_LOCALE", "en_US.UTF-8"),
            "TZ": "Europe/Amsterdam",
            "ROUNDS_KEYRING": "memory",  # the keyring of a desktop would ask for its password
        }
        self.looks += 1
        self.program = Program(command + list(arguments), os.path.join(self.scratch, f"{self.looks}.log"), environment)
        self.program.wait_for("Rounds", {"frame", "window"})
        resize(self.program, *size)

    def close(self):
        if self.program is None:
            return
        self.program.stop()
        for line in self.program.complaints():
            self.failures.append(f"{self.name}: {line}")
        self.program = None

    def shoot(self, name):
        path = os.path.join(self.pictures, name + ".png")
        picture(self.program, path)
        print(f"tour: {name}", flush=True)

    def step(self, what, function, *arguments):
        """One stop of the tour; a failure is noted and the tour goes on."""
        try:
            function(*arguments)
        except (Failure, subprocess.SubprocessError) as error:
            self.failures.append(f"{what}: {error}")
            print(f"tour: {what} FAILED", flush=True)
            if self.program is not None and self.program.process.poll() is None:
                try:
                    self.shoot("failed-" + re.sub(r"\W+", "-", what.lower()))
                except (Failure, subprocess.SubprocessError):
                    pass

    def go(self, page):
        keys(f"alt+{PAGES.index(page) + 1}")
        self.program.wait_for(page, {"grouping", "panel"})

    def dialog(self, shortcut, title, picture_name):
        keys(shortcut)
        self.program.wait_for(title)
        rest(0.4)
        self.shoot(picture_name)
        keys("Escape")
        self.program.wait_gone(title, {"dialog"})

    # The stops

    def see_pages(self, prefix):
        for page in PAGES:
            self.step(f"{prefix} {page}", self.see_page, prefix, page)

    def see_page(self, prefix, page):
        self.go(page)
        rest(0.3)
        self.shoot(f"{prefix}-{page.lower()}")

    def see_contact(self, prefix):
        self.go("Contacts")
        first = self.first_row()
        family = first.split(",")[0].split(" · ")[0].split()[-1]
        keys("ctrl+f")
        type_text(family[:5].lower())
        self.family = family
        self.program.wait_for(re.compile(re.escape(family)), ROW)
        rest(0.5)
        self.shoot(f"{prefix}-contacts-search")
        keys("Down", "Return")
        self.program.wait_for(re.compile("^(Start )?Journey$"), {"toggle button"})
        rest(0.4)
        self.shoot(f"{prefix}-contact")

    def open_contact(self, name):
        self.go("Contacts")
        keys("ctrl+f")
        keys("ctrl+a")
        # Without accents, which the search does not need, and which a busy X server loses.
        type_text(unicodedata.normalize("NFD", name.lower()).encode("ascii", "ignore").decode())
        self.program.wait_for(re.compile(re.escape(name.split()[-1])), ROW)
        rest(0.5)
        keys("Down", "Return")
        self.program.wait_for(re.compile("^(Start )?Journey$"), {"toggle button"})
        rest(0.6)

    def prepare_contacts(self):
        """A physician with a past and consents, a patient on a journey, a lead, and somebody new."""
        client = self.client("device", "recovery-code")

        def listed(entity, *conditions):
            return json.loads(self.run_client(client, "list", entity, "--limit", "200", "--json", *conditions))["records"]

        def named(person):
            return json.loads(self.run_client(client, "show", "person", person, "--json"))

        person = listed("physician", "--where", "npi!=")[0]["person"]
        place = self.run_client(client, "add", "organisation", "name=Harbour Clinic", "kind=clinic").strip()
        old = self.run_client(client, "add", "organisation", "name=St Anna Hospital", "kind=hospital").strip()
        self.run_client(client, "edit", "person", person, "phone=+1 508 555 0102", "email=practice@example.org")
        self.run_client(client, "edit", "person", person, "phone=+1 508 555 0177")
        self.run_client(client, "add", "person_role", f"person={person}", "type=caregiver", "valid_from=2020-02-01",
                        "valid_to=2025-06-30")
        self.run_client(client, "add", "affiliation", f"person={person}", f"organisation={old}", "job_title=Resident",
                        "valid_from=2016-09-01", "valid_to=2021-04-01")
        self.run_client(client, "add", "affiliation", f"person={person}", f"organisation={place}",
                        "job_title=Head of Department", "valid_from=2021-04-01")
        self.run_client(client, "add", "consent", f"person={person}", "channel=email", "purpose=marketing",
                        "state=granted", "obtained_at=2026-02-03T09:00:00Z", "expires_at=2028-02-03T09:00:00Z")
        self.run_client(client, "add", "consent", f"person={person}", "channel=phone", "purpose=medical",
                        "state=withdrawn", "obtained_at=2025-02-03T09:00:00Z")
        self.run_client(client, "add", "follow_up", f"person={person}", "due_on=2026-01-12", "text=Send the dosing paper")
        patient = named(json.loads(self.run_client(
            client, "show", "patient", listed("ct_journey")[0]["patient"], "--json"))["person"])
        lead = self.run_client(client, "add", "person", "given_name=Lena", "family_name=Leadbetter").strip()
        self.run_client(client, "add", "person_role", f"person={lead}", "type=lead", "valid_from=2026-01-05")
        self.run_client(client, "add", "patient_lead", f"person={lead}", "source=Congress")
        self.run_client(client, "add", "person", "given_name=Nora", "family_name=Newcomer")
        return tuple(f"{who['given_name']} {who['family_name']}" for who in (named(person), patient))

    def see_contact_pages(self):
        """The contact's page: much history, journeys, a lead, nobody known yet, and the editors."""
        physician, patient = self.prepare_contacts()
        for name, size, dark in (("wide", (1280, 900), False), ("narrow", NARROW, True)):
            self.open(f"contact pages {name}", size=size, dark=dark)
            self.open_contact(physician)
            self.shoot(f"contact-{name}-physician")
            if size is NARROW:
                press("Details", self.program, {"radio button", "toggle button", "page tab"})
                rest(0.5)
                self.shoot(f"contact-{name}-physician-details")
                self.edit_in_place(name)
                self.close()
                continue
            self.edit_in_place(name)
            self.edit_contact(name)
            self.open_contact(patient)
            self.shoot(f"contact-{name}-patient")
            self.open_contact("Leadbetter")
            self.shoot(f"contact-{name}-lead")
            tab_to("Convert to Patient", self.program)
            keys("Return")
            self.program.wait_for("Undo", {"button"})
            rest(0.5)
            self.shoot(f"contact-{name}-converted")
            self.open_contact("Newcomer")
            self.shoot(f"contact-{name}-new")
            self.close()

    def edit_in_place(self, name):
        """By keyboard alone, where it stands: a number is mended, what is wrong is told, the old comes back, one is added."""
        tab_to("Phone", self.program, 40)
        keys("F2")
        rest(0.3)
        self.shoot(f"contact-{name}-edit")
        type_text(f"+1 508 555 01{len(name):02}")
        keys("Return")
        self.program.wait_for("Phone changed")
        keys("Down", "Return", "ctrl+a")
        type_text("practice at example")
        keys("Return")
        self.program.wait_for(re.compile("an address such as"))
        self.shoot(f"contact-{name}-edit-invalid")
        keys("Escape")
        self.program.wait_gone(re.compile("an address such as"))
        tab_to(re.compile("^Add .*…$"), self.program, 40)
        keys("Return")
        rest(0.5)
        self.shoot(f"contact-{name}-edit-add")
        keys("Up", "Return")
        rest(0.5)
        type_text("Amsterdam")
        self.shoot(f"contact-{name}-edit-added")
        keys("Escape")
        self.shoot(f"contact-{name}-edit-left")

    def edit_contact(self, name):
        """By keyboard alone: an editor, what is wrong at its field, a place that nobody has heard of."""
        press("Add Workplace", self.program, {"button"})
        self.program.wait_for("New Workplace", {"dialog"})
        type_text("Lakeside Pract")
        self.program.wait_for(re.compile("^Create"), {"button"})
        rest(0.4)
        self.shoot(f"contact-{name}-create")
        keys("Return")
        rest(0.4)
        self.shoot(f"contact-{name}-editor")
        keys("Escape")
        self.program.wait_gone("New Workplace", {"dialog"})
        press("Add Role", self.program, {"button"})
        self.program.wait_for("New Role", {"dialog"})
        tab_to("Start date", self.program)
        type_text("2026-05-01")
        tab_to("End date", self.program)
        type_text("2026-04-01")
        keys("ctrl+Return")
        rest(0.6)
        self.shoot(f"contact-{name}-invalid")
        keys("Escape")
        self.program.wait_gone("New Role", {"dialog"})

    def fill_trash(self):
        client = self.client("device", "recovery-code")
        for given, family in (("Otto", "Discarded"), ("Petra", "Discarded")):
            person = self.run_client(client, "add", "person", f"given_name={given}", f"family_name={family}").strip()
            self.run_client(client, "add", "address", f"person={person}", "city=Utrecht")
            self.run_client(client, "add", "follow_up", f"person={person}", "due_on=2026-12-01", "text=Send the paper")
            self.run_client(client, "delete", "person", person)
        visit = self.run_client(client, "log", "--name", "Dr. Written Twice", "--notes", "Asked about dosing.").strip()
        self.run_client(client, "delete", "interaction", visit)

    def see_contact_lists(self):
        self.fill_trash()
        for prefix, size, dark in (("wide-light", WIDE, False), ("wide-dark", WIDE, True), ("narrow-light", NARROW, False)):
            self.open(f"the list of contacts, {prefix}", size=size, dark=dark)
            self.step(f"contact list, {prefix}", self.see_contact_list, prefix)
            if size == WIDE:
                self.step(f"columns, {prefix}", self.see_columns, prefix)
            self.step(f"trash, {prefix}", self.see_trash, prefix)
            self.close()

    def see_contact_list(self, prefix):
        """Filters as chips, a selection, what is in the trash, and columns where there is room for them."""
        self.go("Contacts")
        self.first_row()
        keys("ctrl+f", "Tab", "space")
        self.program.wait_for("Clear Filters", {"button"})
        tab_to("City, region or postal code", self.program)
        type_text("tren")
        rest(0.6)
        self.shoot(f"{prefix}-contacts-filter")
        keys("Escape")
        self.program.wait_for(re.compile("^Remove Filter"), {"button"})
        rest(0.4)
        self.shoot(f"{prefix}-contacts-chips")
        self.keep_search(f"In Trenton, {prefix}", f"{prefix}-contacts-saved")
        press(re.compile("^Remove Filter"), self.program, {"button"})
        self.first_row()
        self.shoot(f"{prefix}-contacts-list")
        keys("ctrl+f", "Down")
        rest(0.4)
        keys("shift+Down", "shift+Down")
        self.program.wait_for(re.compile("^[0-9]+ selected"))
        rest(0.4)
        self.shoot(f"{prefix}-contacts-selection")
        press("Done", self.program, {"button"})
        self.program.wait_gone("Done", {"button"})

    def keep_search(self, name, picture_name):
        """What is shown now is kept under a name, and is in the menu then."""
        press("Saved Searches", self.program, {"toggle button"})
        press("Save This Search…", self.program, {"button"})
        self.program.wait_for("Save Search", {"alert", "dialog"})
        keys("ctrl+a")
        type_text(name)
        keys("Return")
        self.program.wait_gone("Save Search", {"alert", "dialog"})
        press("Saved Searches", self.program, {"toggle button"})
        self.program.wait_for(name, ROW)
        rest(0.4)
        self.shoot(picture_name)
        keys("Escape")

    def see_trash(self, prefix):
        self.go("Contacts")
        self.first_row()
        keys("F10")
        self.program.wait_for(re.compile(""), {"menu item"})  # GTK does not tell their names
        keys("Down", "Down", "Return")
        self.program.wait_for("Trash", {"dialog"})
        rest(0.5)
        self.shoot(f"{prefix}-trash")
        press("Restore", self.program, {"button"})
        self.program.wait_for(re.compile("restored$"))
        self.shoot(f"{prefix}-trash-restored")
        press("Undo", self.program, {"button"})
        rest(0.4)
        keys("Escape")
        self.program.wait_gone("Trash", {"dialog"})

    def see_columns(self, prefix):
        self.go("Contacts")
        self.first_row()
        for shown in (True, False):
            self.choose_in_menu("c")
            if shown:
                self.program.wait_for("Last Seen")
                rest(0.8)
                self.shoot(f"{prefix}-contacts-columns")
                self.see_order(prefix)
        self.program.wait_gone("Last Seen")

    def see_order(self, prefix):
        """By the menu, as the titles are for the pointer: by place and the other way round, and by name again."""
        for letter, name in (("p", "place"), ("d", "descending"), ("n", None)):
            self.choose_in_menu("o")
            rest(0.4)
            keys(letter)
            rest(0.8)
            if name:
                self.shoot(f"{prefix}-contacts-by-{name}")

    def first_row(self):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            for node in self.program.walk():
                name = node.get_name() or ""
                if node.get_role_name() in ROW and name not in PAGES and len(name.split()) > 1:
                    return name
            time.sleep(0.2)
        raise Failure(f"there is no row; there is:\n{self.program.tree()}")

    def see_week(self, prefix):
        self.go("Calendar")
        press("Week", self.program, {"radio button", "toggle button"})
        rest(0.6)
        self.shoot(f"{prefix}-calendar-week")
        press("Month", self.program, {"radio button", "toggle button"})

    def see_expanded_access(self, prefix):
        self.go("Journeys")
        press(re.compile("^Expanded Access"), self.program, {"radio button", "toggle button", "page tab"})
        rest(0.5)
        self.shoot(f"{prefix}-journeys-eap")

    def see_dialogs(self, prefix):
        self.go("Interactions")
        self.step(f"{prefix} log interaction", self.dialog, "ctrl+l", "Log Interaction", f"{prefix}-dialog-interaction")
        self.go("Contacts")
        self.step(f"{prefix} new contact", self.dialog, "ctrl+n", "New Contact", f"{prefix}-dialog-contact")
        self.go("Calendar")
        self.step(f"{prefix} new appointment", self.dialog, "ctrl+n", "New Appointment", f"{prefix}-dialog-appointment")
        self.go("Journeys")
        self.step(f"{prefix} new journey", self.dialog, "ctrl+n", re.compile("^New .*Journey"), f"{prefix}-dialog-journey")
        self.step(f"{prefix} preferences", self.dialog, "ctrl+comma", "Preferences", f"{prefix}-dialog-preferences")

    def see_light(self):
        self.open("wide light")
        self.see_pages("wide-light")
        self.step("contact", self.see_contact, "wide-light")
        self.step("week", self.see_week, "wide-light")
        self.step("expanded access", self.see_expanded_access, "wide-light")
        self.step("dialogs", self.see_dialogs, "wide-light")
        self.close()

    def see_dark(self):
        self.open("wide dark", dark=True)
        self.see_pages("wide-dark")
        self.step("dark contact", self.see_contact, "wide-dark")
        self.step("dark week", self.see_week, "wide-dark")
        self.close()

    def see_narrow(self):
        self.open("narrow light", size=NARROW)
        self.see_pages("narrow-light")
        self.step("narrow contact", self.see_contact, "narrow-light")
        self.step("narrow dialogs", self.see_dialogs, "narrow-light")
        self.close()

        self.open("narrow dark", size=NARROW, dark=True)
        self.see_pages("narrow-dark")
        self.close()

    def see_everything(self):
        self.see_light()
        self.see_dark()
        self.see_narrow()
        self.step("contact pages", self.see_contact_pages)
        self.step("interactions", self.see_interactions)
        self.see_contact_lists()
        self.step("a new user", self.see_new_user)
        self.step("locked", self.see_locked)
        self.step("empty", self.see_empty)
        self.step("import", self.see_import)
        self.step("workbooks", self.see_workbooks)
        self.step("export", self.see_export)
        self.step("duplicates", self.see_duplicates)
        self.step("un-merge", self.see_unmerge)
        self.step("killed while typing", self.see_draft_survive)
        self.step("syncing", self.see_syncing)
        self.step("two people", self.see_conflicts)
        self.step("signed out", self.see_signed_out)
        self.step("offline", self.see_offline)  # last: the server does not come back

    def see_new_user(self):
        """From the very first start to the team's contacts, with nothing but the keyboard and the buttons' names."""
        self.open("a new user", data="newcomer", code=None)
        self.program.wait_for("Welcome to Rounds")
        rest(0.4)
        self.shoot("start-welcome")
        press("Set Up Rounds", self.program, {"button"})
        self.program.wait_for("Your Recovery Code")
        rest(0.6)
        self.shoot("start-recovery-code")
        tab_to("I have written it down", self.program)
        keys("space")
        press("Start Using Rounds", self.program, {"button"})
        press("Not connected to a server", self.program, {"button"})
        self.program.wait_for("Sign In", {"dialog"})
        tab_to("Server address", self.program)
        keys("ctrl+a")
        type_text(self.read("address"))
        tab_to("User name", self.program)
        type_text("demo")
        tab_to("Password", self.program)
        type_text("wrong")
        keys("Return")
        self.program.wait_for(re.compile("user name or the password is wrong"))
        rest(0.4)
        self.shoot("start-sign-in-refused")
        tab_to("Password", self.program)
        keys("ctrl+a")
        type_text(self.read("password"))
        keys("Return")
        self.program.wait_gone("Sign In", {"dialog"})
        self.program.wait_for(re.compile("^All safe"), {"button"})
        self.go("Contacts")
        self.first_row()
        self.shoot("start-signed-in")
        self.close()

    def see_locked(self):
        shutil.copytree(os.path.join(self.demo, "device"), os.path.join(self.demo, "locked"))
        self.open("locked", data="locked", code=None)
        self.program.wait_for(re.compile("[Rr]ecovery [Cc]ode"))
        rest(0.4)
        self.shoot("start-locked")
        self.close()

    def see_empty(self):
        """A store without a record: every page says what it is for."""
        subprocess.run([*self.client("empty", "empty-code"), "init"], check=True, stdout=subprocess.DEVNULL)
        self.open("empty", data="empty", code="empty-code")
        self.see_pages("empty")
        self.go("Contacts")
        press("Import Contacts…", self.program, {"button"})
        self.program.wait_for(re.compile("^Choose"), {"button"})
        rest(0.4)
        self.shoot("empty-dialog-import")
        self.close()

    def see_draft_survive(self):
        """Killed in the middle of a word: the note is back, up to two seconds ago."""
        words = "He asked what happens to patients who"
        self.open("killed while typing")
        self.go("Interactions")
        keys("ctrl+l")
        self.program.wait_for("Log Interaction", {"dialog"})
        type_text("Doctor Half")
        tab_to("Notes", self.program)
        type_text(words)
        rest(2.2)
        self.program.process.kill()
        self.program.process.wait()
        self.close()

        self.open("after the kill")
        self.go("Interactions")
        press(re.compile("^(Continue|Go On)"), self.program, {"button"})
        notes = self.program.wait_for("Notes", {"text"})
        rest(0.4)
        text = notes.get_text_iface()
        found = Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
        self.shoot("after-kill-dialog-interaction")
        if words not in found:
            raise Failure(f"the note is gone; there is “{found}”")
        self.close()

    # A rep's notes

    def prepare_interactions(self):
        """Two who are called the same, one who is not, a template, and a visit that was amended after it was submitted."""
        client = self.client("device", "recovery-code")
        if json.loads(self.run_client(client, "list", "note_template", "--json"))["records"]:
            return
        for given, family in (("Sarah", "Okonkwo"), ("Mark", "Okonkwo"), ("Ines", "Vandermeer")):
            self.run_client(client, "add", "person", f"given_name={given}", f"family_name={family}")
        self.run_client(client, "add", "note_template", "name=Dosing question",
                        "text=Asked about dosing in: \nAnswered: \nOpen: ")
        self.run_client(client, "add", "note_template", "name=Lunch talk", "text=Lunch talk about ", "interaction_type=Visit")
        visit = self.run_client(client, "log", "--name", "Dr. Amelia Amended", "--outcome", "met", "--notes",
                                "Asked about dosing at night. Wants the paper by Tuesday.").strip()
        self.run_client(client, "submit", visit)
        self.run_client(client, "amend", visit, "--reason", "It was by telephone, and the day was wrong",
                        "interaction_type=Call", "notes=Asked about dosing at night. Wants the paper by Friday.")
        self.run_client(client, "log", "--line", "call vandermeer 10m yesterday 9:30 left material Samples at the desk")

    def fill_interaction(self, name):
        """By keyboard alone."""
        keys("ctrl+l")
        self.program.wait_for("Log Interaction", {"dialog"})
        rest(0.5)
        self.shoot(f"visits-{name}-empty")
        type_text("vandermeer")
        rest(0.6)
        keys("Return")
        tab_to("Notes", self.program)
        keys("ctrl+t")
        rest(0.5)
        self.shoot(f"visits-{name}-templates")
        keys("Escape")
        tab_to("Notes", self.program)
        type_text("Asked about dosing at night. I will send the paper by Friday.")
        keys("ctrl+p")
        keys("alt+o")
        rest(0.3)
        type_text("sarah okonkwo")
        rest(0.6)
        keys("Return")
        keys("alt+f")
        rest(0.3)
        type_text("ring the ward in 3 days")
        rest(0.5)
        self.shoot(f"visits-{name}-filled")
        keys("ctrl+Return")
        self.program.wait_gone("Log Interaction", {"dialog"})
        self.program.wait_for("Undo", {"button"})
        rest(0.4)
        self.shoot(f"visits-{name}-logged")

    def write_lines(self, name):
        for picture_name, line in (("line", "visit vandermeer 20m dosing in children; send paper fri"),
                                   ("line-question", "call okonkwo 5m asked for samples")):
            keys("ctrl+shift+l")
            self.program.wait_for("Quick Log", {"dialog"})
            rest(0.4)
            keys("ctrl+a")
            type_text(line)
            rest(0.4)
            self.shoot(f"visits-{name}-{picture_name}")
            keys("Escape")
            self.program.wait_gone("Quick Log", {"dialog"})

    def find_notes(self, name):
        keys("ctrl+f")
        type_text("dosing night")
        rest(1)
        self.shoot(f"visits-{name}-hits")
        self.keep_search(f"Dosing at night, {name}", f"visits-{name}-saved")
        keys("ctrl+f")
        keys("ctrl+a")
        type_text("amended")
        self.program.wait_for(re.compile("Amended"), ROW)
        rest(0.5)
        keys("Down", "Return")
        self.program.wait_for("Interaction", {"dialog"})
        rest(0.5)
        self.shoot(f"visits-{name}-amended")
        tab_to("Amend…", self.program)
        keys("Return")
        rest(0.4)
        self.shoot(f"visits-{name}-amending")
        keys("Escape")
        self.program.wait_gone("Interaction", {"dialog"})
        keys("ctrl+f", "ctrl+a", "Delete")
        rest(0.8)
        tab_to("Filter", self.program)
        keys("Return")
        rest(0.5)
        self.shoot(f"visits-{name}-filter")
        keys("Escape")
        keys("ctrl+e")
        rest(0.4)
        keys("shift+Down", "shift+Down")
        rest(0.4)
        self.shoot(f"visits-{name}-selected")
        keys("Escape")
        rest(0.5)

    def see_interactions(self):
        self.prepare_interactions()
        for name, size, dark in (("wide", WIDE, False), ("narrow", NARROW, True)):
            self.open(f"interactions {name}", size=size, dark=dark)
            self.go("Interactions")
            self.step(f"fill an interaction, {name}", self.fill_interaction, name)
            self.step(f"one line, {name}", self.write_lines, name)
            self.step(f"find notes, {name}", self.find_notes, name)
            self.go("Today")
            rest(0.5)
            self.shoot(f"visits-{name}-today")
            self.close()

    # How it stands with the server

    def run_client(self, client, *arguments):
        return subprocess.run([*client, *arguments], check=True, capture_output=True, text=True).stdout

    def make_second_device(self):
        second = self.client("second", "second-code")
        if os.path.exists(os.path.join(self.demo, "second")):
            return second
        password = os.path.join(self.demo, "password")
        self.run_client(second, "init")
        self.run_client(
            second, "sign-in", "--server", self.read("address"), "--username", "demo", "--password-file", password
        )
        self.run_client(second, "sync")
        return second

    def write_differently(self, first, second):
        """Two devices change the same things offline, and one does what a rep may not."""
        visit, person = (
            json.loads(self.run_client(first, "list", entity, "--limit", "1", "--json"))["records"][0]["id"]
            for entity in ("interaction", "person")
        )
        notes = "Asked about dosing at night. Wants the paper {}."
        self.run_client(first, "edit", "interaction", visit, "notes=" + notes.format("by Tuesday"))
        self.run_client(first, "sync")
        self.run_client(second, "sync")
        self.run_client(
            second, "edit", "interaction", visit, "notes=" + notes.format("by Monday, and two samples")
        )
        self.run_client(second, "edit", "person", person, "phone=555-0102")
        self.run_client(second, "sync")
        self.run_client(first, "edit", "interaction", visit, "notes=" + notes.format("by Friday"))
        self.run_client(first, "edit", "person", person, "phone=555-0199")
        self.run_client(first, "add", "staff", f"person={person}", "role=navigator")
        subprocess.run([*first, "sync"], check=False, capture_output=True)
        return visit

    def see_details(self, name, size=WIDE, dark=False):
        self.open(name, size=size, dark=dark)
        if size is NARROW:
            self.go("Contacts")
            press("Back", self.program, {"button"})
        self.program.wait_for(re.compile("^3 changes need attention"), {"button"})
        rest(0.4)
        self.shoot(f"sync-{name}-line")
        press(re.compile("^3 changes need attention"), self.program, {"button"})
        self.program.wait_for("Sync", {"dialog"})
        self.program.wait_for("Keep Mine", {"button"})
        rest(0.4)
        self.shoot(f"sync-{name}-details")
        tab_to("Combined", self.program)
        rest(0.4)
        self.shoot(f"sync-{name}-both")
        tab_to("Discard Change", self.program)
        rest(0.4)
        self.shoot(f"sync-{name}-refused")

    def see_conflicts(self):
        """Everything by keyboard: the differences, choosing, and taking the choice back."""
        visit = self.write_differently(self.client("device", "recovery-code"), self.make_second_device())
        self.see_details("narrow", size=NARROW, dark=True)
        self.close()
        self.see_details("dark", dark=True)
        self.close()
        self.see_details("wide")
        keys("Escape")
        self.program.wait_gone("Sync", {"dialog"})
        self.go("Interactions")
        rest(0.4)
        self.shoot("sync-receipts-rows")

        press(re.compile("^3 changes need attention"), self.program, {"button"})
        self.program.wait_for("Keep Mine", {"button"})
        tab_to("Keep Theirs", self.program)
        keys("space")
        self.program.wait_for(re.compile("^2 changes need attention"), {"label"})
        rest(0.4)
        self.shoot("sync-chosen")
        press("Undo", self.program, {"button"})
        self.program.wait_for(re.compile("^3 changes need attention"), {"label"})
        keys("Escape")
        self.close()
        receipt = json.loads(self.run_client(self.client("device", "recovery-code"), "show", "interaction", visit, "--json"))
        if receipt["receipt"]["state"] != "conflict":
            raise Failure(f"the conflict did not come back: {receipt['receipt']}")

    def see_signed_out(self):
        self.make_second_device()
        shutil.copytree(os.path.join(self.demo, "second"), os.path.join(self.demo, "leaving"))
        self.open("signed out", data="leaving", code="second-code")
        self.program.wait_for(re.compile("^All safe"), {"button"})
        self.shoot("sync-all-safe-line")
        press(re.compile("^All safe"), self.program, {"button"})
        self.program.wait_for("Sync Now", {"button"})
        rest(0.4)
        self.shoot("sync-all-safe-details")
        keys("Escape")
        self.program.wait_gone("Sync", {"dialog"})
        keys("ctrl+comma")
        press("Sign Out", self.program, {"button"})
        rest(0.4)
        keys("Escape")
        self.program.wait_for(re.compile("^Signed out"), {"button"})
        press(re.compile("^Signed out"), self.program, {"button"})
        self.program.wait_for(re.compile("^Sign In"), {"button"})
        rest(0.4)
        self.shoot("sync-signed-out-details")
        self.close()

    def see_syncing(self):
        """A server that takes its time: it is told, and can be stopped."""
        server = int(os.environ["ROUNDS_DEMO_SERVER"])
        self.open("syncing")
        self.program.wait_for(re.compile("^(All safe|[0-9]+ changes need attention)"), {"button"})
        os.kill(server, signal.SIGSTOP)
        try:
            keys("F5")
            press(re.compile("^(Syncing|[0-9]+ changes need attention)"), self.program, {"button"})
            self.program.wait_for("Stop", {"button"})
            rest(0.4)
            self.shoot("sync-syncing-details")
            press("Stop", self.program, {"button"})
            self.program.wait_for("Sync Now", {"button"})
            rest(0.4)
            self.shoot("sync-stopped-details")
        finally:
            os.kill(server, signal.SIGCONT)
        self.close()

    def log_offline(self):
        self.go("Interactions")
        keys("ctrl+l")
        self.program.wait_for("Log Interaction", {"dialog"})
        type_text("Doctor Basement")
        tab_to("Notes", self.program)
        type_text("No network down here.")
        keys("ctrl+Return")
        self.program.wait_gone("Log Interaction", {"dialog"})

    def see_offline(self):
        """What is written without a network says so, and where it is."""
        self.make_second_device()
        os.kill(int(os.environ["ROUNDS_DEMO_SERVER"]), signal.SIGTERM)
        self.open("offline", data="second", code="second-code")
        self.log_offline()
        self.program.wait_for(re.compile("^1 change waiting: offline since"), {"button"}, seconds=30)
        rest(0.4)
        self.shoot("sync-offline-line")
        press(re.compile("^1 change waiting"), self.program, {"button"})
        self.program.wait_for("Sync Now", {"button"})
        rest(0.4)
        self.shoot("sync-offline-details")
        keys("Escape")
        self.program.wait_gone("Sync", {"dialog"})
        keys("ctrl+f")
        type_text("basement")
        self.program.wait_for(re.compile("Doctor Basement.*waiting to be sent"), ROW)
        rest(0.5)
        self.shoot("sync-offline-row")
        keys("Down", "Return")
        self.program.wait_for("Interaction", {"dialog"})
        rest(0.4)
        self.shoot("sync-offline-dialog")
        self.close()

        self.open("offline narrow", data="second", code="second-code", size=NARROW)
        press("Back", self.program, {"button"})
        self.program.wait_for(re.compile("^1 change waiting: offline since"), {"button"}, seconds=30)
        rest(0.4)
        self.shoot("sync-offline-line-narrow")
        self.close()

    # A rep's day

    def do_main_job(self):
        self.open("main job")
        self.step("today", self.see_page, "1", "Today")
        self.step("find somebody", self.see_contact, "2")
        self.step("log a visit", self.log_visit)
        self.step("plan an appointment", self.plan_appointment)
        self.step("begin a journey", self.begin_journey)
        self.step("interactions", self.see_page, "4", "Interactions")
        self.step("calendar", self.see_week, "5")
        self.step("journeys", self.see_page, "6", "Journeys")
        self.close()
        self.step("sync", self.check_server)

    def log_visit(self):
        """On the contact's page, so that the form knows who it is about."""
        keys("ctrl+l")
        self.program.wait_for("Log Interaction", {"dialog"})
        rest(0.5)
        tab_to("Notes", self.program)
        type_text("Asked about dosing at night. I will send the paper on Friday.")
        self.shoot("3-log-visit")
        keys("ctrl+Return")
        self.program.wait_gone("Log Interaction", {"dialog"})
        rest(0.5)
        self.shoot("3-logged")

    def plan_appointment(self):
        press("Plan Appointment", self.program, {"button"})
        self.program.wait_for("New Appointment", {"dialog"})
        rest(0.5)
        self.shoot("3-plan-appointment")
        keys("ctrl+Return")
        self.program.wait_gone("New Appointment", {"dialog"})

    def begin_journey(self):
        press("Start Journey", self.program, {"toggle button"})
        self.program.wait_for(re.compile(""), {"menu item"})  # GTK does not tell their names
        rest(0.4)
        keys("Return")
        self.program.wait_for(re.compile("^New Trial Journey"), {"dialog"})
        tab_to("Trial", self.program)
        type_text("A trial that begins today")
        self.shoot("3-begin-journey")
        keys("ctrl+Return")
        self.program.wait_gone(re.compile("^New Trial Journey"), {"dialog"})

    def check_server(self):
        """What was typed is on the server: a second device has it."""
        first = self.client("device", "recovery-code")
        second = self.client("second", "second-code")
        password = os.path.join(self.demo, "password")
        for command in (
            [*first, "sync"],
            [*second, "init"],
            [*second, "sign-in", "--server", self.read("address"), "--username", "demo", "--password-file", password],
            [*second, "sync"],
        ):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        listing = [*second, "list", "interaction", "--search", "dosing at night"]
        found = subprocess.run(listing, check=True, capture_output=True, text=True).stdout
        if self.family not in found:
            raise Failure(f"the second device does not have the visit: {found}")
        print("tour: the visit is on the server and on a second device", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--demo", required=True)
    parser.add_argument("--pictures", required=True)
    parser.add_argument("--main-job", action="store_true")
    parser.add_argument("--only", help="some stops of the tour, by their functions' names, such as see_conflicts,see_offline")
    options = parser.parse_args()

    manager = start_window_manager()
    tour = Tour(options.demo, options.pictures)
    try:
        if options.main_job:
            tour.do_main_job()
        elif options.only:
            for stop in options.only.split(","):
                tour.step(stop, getattr(tour, stop))
        else:
            tour.see_everything()
    except Failure as failure:
        tour.failures.append(str(failure))
    finally:
        tour.close()
        manager.terminate()
        manager.wait()
        shutil.rmtree(tour.scratch, ignore_errors=True)
    for failure in tour.failures:
        print("failed: " + " | ".join(failure.splitlines())[:1500])  # one line, which .ci/run tells again at its end
    print(f"tour: {len(tour.failures)} failures; pictures are in {options.pictures}")
    return 1 if tour.failures else 0


sys.exit(main())
