# SPDX-License-Identifier: GPL-3.0-or-later
"""The tour's stops where contacts come and go as files, and where two of them are made one."""

import json
import os
import re
import subprocess
import zipfile

from desktop import NARROW, WIDE, keys, press, rest, tab_to, type_text


class FileStops:
    """A part of the tour; what it needs of it is in tour.py."""

    def write_lists(self):
        """A first list, and a second one about the same people: encoded twice, with dates, some known, some broken."""
        first = os.path.join(self.scratch, "contacts.csv")
        second = os.path.join(self.scratch, "head-office.csv")
        with open(first, "w", encoding="utf-8") as file:
            file.write("NPI,Last name,First name,Credentials,Specialty,City,ZIP\n")
            for i in range(40):
                file.write(f"18000{i:05d},EXAMPLE{i:02d},ADA,MD,Cardiology,SPRINGFIELD,0{6100 + i}\n")
            file.write(",Sample,Zo\u00eb,MD,Neurology,Springfield,06100\n")
        with open(second, "w", encoding="utf-8") as file:
            file.write("NPI,Last name,First name,Date of birth,Hospital,City,ZIP,Phone,E-mail\n")
            for i in range(12):
                npi = "broken" if i == 7 else f"18000{i:05d}"
                email = "nobody at all" if i == 8 else f"ada{i}@example.org"
                file.write(f"{npi},EXAMPLE{i:02d},ADA,0{i % 9 + 1}/03/1961,North Hospital,SPRINGFIELD,0{6100 + i},"
                           f"555-01{i:02d},{email}\n")
            file.write(",Sample,Zo\u00c3\u00ab,12/03/1970,South Clinic,Springfield,06100,555-0150,\n")
            file.write(",Mu\u00c3\u00b1oz,Jos\u00c3\u00a9,11/05/1980,South Clinic,Springfield,06100,555-0160,\n")
        return first, second

    def write_workbook(self):
        """A workbook of two sheets with a list of invented people, in which a formula has gone wrong."""
        path = os.path.join(self.scratch, "practices.xlsx")
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006/relationships"
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        rows = [["Family name", "Given name", "Phone", "City"], ["\u00d3v\u00e1ri", "Ada", "0612345678", "Szeged"],
                ["Berg", "Jan", "+1 (310) 820-7129", None], ["M\u00fcller", "J\u00f6rg", "030 1234", "Berlin"]]
        cells = [["<c t=\"e\"><v>#N/A</v></c>" if cell is None else f"<c t=\"str\"><v>{cell}</v></c>" for cell in row]
                 for row in rows]
        text = "".join("<row>" + "".join(row) + "</row>" for row in cells)
        parts = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="w" Target="book.xml" '
                           f'Type="{office}/officeDocument"/></Relationships>',
            "_rels/book.xml.rels": f'<Relationships xmlns="{package}">' + "".join(
                f'<Relationship Id="{i}" Target="{i}.xml" Type="{office}/worksheet"/>' for i in "ab") +
                "</Relationships>",
            "book.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Notes" r:id="a"/>'
                        '<sheet name="Physicians" r:id="b"/></sheets></workbook>',
            "a.xml": f'<worksheet xmlns="{main}"/>',
            "b.xml": f'<worksheet xmlns="{main}"><sheetData>{text}</sheetData></worksheet>',
        }
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return path

    def see_workbooks(self):
        """A workbook whose second sheet is the list, and one that cannot be read."""
        locked = os.path.join(os.path.dirname(__file__), "../data/spreadsheets/password_2002_40_xor.xls")
        self.open("import-workbook", self.write_workbook())
        self.program.wait_for("Match Columns")
        self.shoot("import-workbook")
        self.close()
        self.open("import-locked", locked)
        self.program.wait_for("The workbook is protected by a password. Save it without one and choose it again.")
        self.shoot("import-locked")
        self.close()

    @staticmethod
    def delete_people(client, family_name):
        people = subprocess.run([*client, "list", "person", "--json"], check=True, capture_output=True, text=True).stdout
        ids = [person["id"] for person in json.loads(people)["records"] if person["family_name"] == family_name]
        subprocess.run([*client, "delete", "person", *ids], check=True, stdout=subprocess.DEVNULL)

    def see_import(self):
        """A list from head office: what its columns are, what would happen, what did, and taking it back."""
        first, second = self.write_lists()
        client = self.client("imports", "imports-code")
        subprocess.run([*client, "init"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([*client, "import", first], check=True, stdout=subprocess.DEVNULL)
        self.delete_people(client, "EXAMPLE02")
        for prefix, size, dark in (("", WIDE, False), ("narrow-", NARROW, True)):
            self.open(f"{prefix}import", second, data="imports", code="imports-code", size=size, dark=dark)
            self.program.wait_for("Match Columns")
            self.shoot(f"{prefix}import-columns")
            tab_to("File Options", self.program)
            keys("space")
            self.program.wait_for("Separator")
            self.shoot(f"{prefix}import-options")
            keys("space")
            press("Check Rows", self.program, {"button"})
            self.program.wait_for("Review Import")
            self.shoot(f"{prefix}import-rehearsal")
            press("Updates", self.program, {"toggle button"})
            self.shoot(f"{prefix}import-out-of-trash")
            press("Duplicates", self.program, {"toggle button"})
            self.shoot(f"{prefix}import-duplicates")
            tab_to("Zo\u00eb Sample \u00b7 row 14", self.program)
            keys("Return")
            self.program.wait_for("Existing Contact")
            self.shoot(f"{prefix}import-compare")
            keys("Escape")
            rest(0.4)
            press(re.compile("^Import [0-9]|^Import$"), self.program, {"button"})
            self.program.wait_for("Import Complete")
            self.shoot(f"{prefix}import-result")
            press("Undo Import", self.program, {"button"})
            self.program.wait_for(re.compile("^Import undone"))
            self.shoot(f"{prefix}import-taken-back")
            self.close()

    def see_export(self):
        """Behind see_import: what goes into the file is chosen, and that anybody can read it is said; a person's whole record."""
        for prefix, size, dark in (("wide-light", WIDE, False), ("narrow-dark", NARROW, True)):
            self.open(f"export {prefix}", data="imports", code="imports-code", size=size, dark=dark)
            self.go("Contacts")
            self.choose_in_menu("e")
            self.program.wait_for("Export", {"dialog"})
            self.shoot(f"{prefix}-export")
            keys("Escape")
            self.program.wait_gone("Export", {"dialog"})
            self.open_contact("Zo\u00eb Sample")
            press("More about the contact", self.program, {"toggle button"})
            self.program.wait_for(re.compile(""), {"menu item"})
            keys("r")
            self.program.wait_for(re.compile("^Encrypt"))
            self.shoot(f"{prefix}-archive")
            tab_to("Encrypt with a passphrase", self.program)
            keys("space")
            tab_to("Passphrase", self.program)
            type_text("a short one")
            tab_to("Confirm passphrase", self.program)
            type_text("another one")
            self.shoot(f"{prefix}-archive-passphrase")
            self.close()

    def prepare_duplicates(self):
        """Three pairs of invented people, of whom two are surely the same."""
        client = self.client("twins", "twins-code")
        self.run_client(client, "init")
        for person, city, place in (
            (("given_name=Anneke", "family_name=Visser", "email=a.visser@example.org", "phone=+31 20 555 0102"), "Utrecht",
             "St Anna Hospital"),
            (("given_name=Anneke", "family_name=Visser", "email=anneke@example.org", "phone=+31 20 555 0102"), "Utrecht",
             "Harbour Clinic"),
            (("given_name=Tom\u00e1s", "family_name=Lindqvist", "email=tomas@example.org"), "Uppsala", None),
            (("given_name=Tomas", "family_name=Lindqvist", "email=tomas@example.org", "phone=+46 18 555 0140"), "Uppsala",
             None),
            (("given_name=Jan", "family_name=Berg", "phone=+1 310 555 0129"), "Oslo", None),
            (("given_name=Janna", "family_name=Berg", "phone=+1 310 555 0129"), "Bergen", None),
        ):
            who = self.run_client(client, "add", "person", *person).strip()
            self.run_client(client, "add", "person_role", f"person={who}", "type=physician")
            self.run_client(client, "add", "address", f"person={who}", f"city={city}")
            if place:
                where = self.run_client(client, "add", "organisation", f"name={place}").strip()
                self.run_client(client, "add", "address", f"organisation={where}", f"city={city}")
                self.run_client(client, "add", "affiliation", f"person={who}", f"organisation={where}")
            self.run_client(client, "log", "--person", who, "--notes", "Asked about dosing at night.")

    def see_duplicates(self):
        """Proposals side by side, a value chosen by key, and a merge that is taken back."""
        self.prepare_duplicates()
        for prefix, size, dark in (("wide-light", WIDE, False), ("narrow-dark", NARROW, True), ("wide-dark", WIDE, True)):
            self.open(f"duplicates {prefix}", data="twins", code="twins-code", size=size, dark=dark)
            self.go("Contacts")
            self.choose_in_menu("d")
            self.program.wait_for(re.compile("^Merge$"), {"button"})
            self.shoot(f"{prefix}-duplicates")
            if prefix == "wide-light":
                self.merge_pair(prefix)
            self.close()

    def merge_namesakes(self):
        """Two who are called the same become one; something happens; then somebody takes them apart."""
        client = self.client("twins", "twins-code")
        both = [self.run_client(client, "add", "person", "given_name=Ravi", "family_name=Mehta & Sons", f"email={email}").strip()
                for email in ("ravi@example.org", "r.mehta@example.org")]
        self.run_client(client, "merge", *both)
        self.run_client(client, "log", "--person", both[0], "--type", "Call", "--notes", "Rang about the paper.")
        self.run_client(client, "add", "follow_up", f"person={both[0]}", "due_on=2026-12-01", "text=Send the paper")

    def see_unmerge(self):
        """Behind see_duplicates: what is asked when merged contacts are taken apart, and what became of them."""
        self.merge_namesakes()
        for prefix, size, dark in (("narrow-dark", NARROW, True), ("wide-light", WIDE, False)):
            self.open(f"un-merge {prefix}", data="twins", code="twins-code", size=size, dark=dark)
            self.open_contact("Mehta")
            press("Details", self.program, {"radio button", "toggle button", "page tab"})
            tab_to(re.compile("^Unmerge"), self.program, 40)
            keys("Return")
            self.program.wait_for("Unmerge", {"button"})
            self.program.wait_for(re.compile("r\\.mehta@example\\.org"))
            rest(0.6)
            self.shoot(f"{prefix}-unmerge")
            if size is WIDE:
                press("Unmerge", self.program, {"button"})
                self.program.wait_for(re.compile("separate contact again"))
                self.shoot(f"{prefix}-unmerged")
            self.close()

    def merge_pair(self, prefix):
        tab_to("Email: a.visser@example.org", self.program)
        keys("Right")
        self.shoot(f"{prefix}-duplicates-chosen")
        press("Merge", self.program, {"button"})
        self.program.wait_for("Undo", {"button"})
        self.shoot(f"{prefix}-duplicates-merged")
        press("Undo", self.program, {"button"})
        rest(0.4)
        press("Skip", self.program, {"button"})
        self.shoot(f"{prefix}-duplicates-next")
        press("Skip", self.program, {"button"})
        rest(0.4)
        press("Skip", self.program, {"button"})
        self.program.wait_for("All Done")
        self.shoot(f"{prefix}-duplicates-done")

    def choose_in_menu(self, letter):
        """In the menu of the list of contacts, by the letter that is underlined there."""
        self.first_row()
        press("More about the list", self.program, {"toggle button"})
        self.program.wait_for(re.compile(""), {"menu item"})  # GTK does not tell their names
        keys(letter)
