#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of contacts that are not CSV, from the file to the record: what a user loses if this fails is people."""

import zipfile

from rounds_script import DATA, Store, main

SHEETS = DATA / "spreadsheets"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def make_cell(text):
    """Within the cell, or as some programs have it: without a word on what it is."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>' if len(text) % 2 else f"<c><v>{text}</v></c>"


def write_xlsx(path, sheets):
    """A workbook as plain as the standard allows, its texts within their cells."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Target="book.xml" '
                         f'Type="{RELATIONS}/officeDocument"/></Relationships>')
        archive.writestr("book.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>' + "".join(
            f'<sheet name="{name}" sheetId="{i + 7}" r:id="s{i}"/>' for i, name in enumerate(sheets)) +
            "</sheets></workbook>")
        archive.writestr("_rels/book.xml.rels", f'<Relationships xmlns="{PACKAGE}">' + "".join(
            f'<Relationship Id="s{i}" Target="part{i}.xml" Type="{RELATIONS}/worksheet"/>'
            for i in range(len(sheets))) + "</Relationships>")
        for i, rows in enumerate(sheets.values()):
            cells = "".join("<row>" + "".join(make_cell(cell) for cell in row) + "</row>" for row in rows)
            archive.writestr(f"part{i}.xml", f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>')


def write_ods(path, rows):
    cells = "".join("<t:table-row>" + "".join(
        f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in row) + "</t:table-row>"
        for row in rows)
    name = "urn:oasis:names:tc:opendocument:xmlns:"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", f'<o:document-content xmlns:o="{name}office:1.0" xmlns:t="{name}table:1.0" '
                         f'xmlns:x="{name}text:1.0"><o:body><o:spreadsheet><t:table t:name="People">{cells}'
                         "</t:table></o:spreadsheet></o:body></o:document-content>")


ROWS = [["Family name", "Given name", "Phone"], ["Óvári", "Ada", "0612345678"], ["Berg", "Jan", "+1 (310) 820-7129"]]


def names(store):
    return sorted((p["family_name"], p["given_name"], p["phone"]) for p in store.list("person"))


def a_workbook_and_its_sheets(folder):
    store = Store.new(folder)
    book = folder / "contacts.csv"  # what it is tells its contents, not its name
    write_xlsx(book, {"Notes": [], "Physicians": ROWS, "Others": [["Family name"], ["Third"]]})

    plan = store.json("import", book, "--dry-run")
    assert (plan["rows"], plan["sheet"], plan["cell_errors"]) == (2, "Physicians", 0)
    assert store.json("import", book)["created"] == 2
    assert names(store) == [("Berg", "Jan", "+1 (310) 820-7129"), ("Óvári", "Ada", "0612345678")]
    assert store.json("import", book)["duplicate"] == 2
    assert store.json("import", book, "--sheet", "Others")["created"] == 1
    assert "Notes, Physicians, Others" in store.error(3, "import", book, "--sheet", "People")


def an_opendocument_spreadsheet(folder):
    store = Store.new(folder)
    rows = [*ROWS, ["  Two\n  words<x:s/><x:s x:c='2'/>", "<x:span>Jo</x:span>hn<o:annotation><x:p>who?</x:p></o:annotation>", ""]]
    write_ods(folder / "contacts", rows)
    assert store.json("import", folder / "contacts")["created"] == 3
    assert ("Two words", "John", None) in names(store), names(store)
    assert names(store)[2] == ("Óvári", "Ada", "0612345678")


def the_same_names_in_any_encoding(folder):
    """Acceptance test 14."""
    text = "Family name,Given name,Phone\r\nCi\u00eancia,Zo\u00eb,1\r\nM\u00fcller,J\u00f6rg,2\r\nLef\u00e8vre,Fran\u00e7oise,3\r\n"
    utf8 = text.encode()
    expected = None
    for name, content in {
            "utf-8": utf8, "mark": b"\xef\xbb\xbf" + utf8, "utf-16le": text.encode("utf-16le"),
            "utf-16be": text.encode("utf-16be"), "utf-16": text.encode("utf-16"), "1252": text.encode("cp1252"),
            "mac": text.encode("mac_roman"), "twice": utf8.decode("cp1252").encode(),
            "twice-mac": utf8.decode("mac_roman").encode()}.items():
        store = Store.new(folder, name + "-store")
        (folder / name).write_bytes(content)
        assert store.json("import", folder / name)["created"] == 3, name
        expected = expected or names(store)
        assert names(store) == expected, (name, names(store))
    assert expected[0][:2] == ("Ci\u00eancia", "Zo\u00eb")


def cards(folder):
    store = Store.new(folder)
    (folder / "contacts").write_bytes(
        b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=93v=C3=A1ri;Ada\r\n"
        b"TEL;WORK:0612345678\r\nBDAY:19640229\r\nEND:VCARD\r\n"
        b"BEGIN:VCARD\r\nVERSION:3.0\r\nEMAIL:nobody@example.org\r\nEND:VCARD\r\n"
        b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Dr. Jan Berg\r\nEND:VCARD\r\n")
    result = store.json("import", folder / "contacts", code=8)
    assert (result["rows"], result["created"], result["rejected"]) == (3, 2, 1), result
    assert result["rejects"][0]["row"] == 3 and "has no name" in result["rejects"][0]["reason"], result
    people = {p["family_name"]: p for p in store.list("person")}
    assert people["Óvári"]["birth_date"] == "1964-02-29" and people["Óvári"]["phone"] == "0612345678"
    assert people["Berg"]["prefix"] == "Dr."


def somebody_in_the_trash(folder):
    """A rehearsal says who would come back, before they do."""
    store = Store.new(folder)
    (folder / "people.csv").write_text("Family name,Given name,NPI\nBerg,Jan,1234567893\n")
    store.run("import", folder / "people.csv")
    (person,) = store.list("person")
    store.run("delete", "person", person["id"])
    told = store.out("import", folder / "people.csv", "--dry-run")
    assert f"Jan Berg: takes out of the trash {person['id']}" in told, told
    told = store.out("import", folder / "people.csv", "--dry-run", "--on-duplicate", "skip")
    assert f"Jan Berg: leaves in the trash {person['id']}" in told, told
    assert store.list("person") == []


def what_was_exported(folder):
    """Our own cards and workbooks bring everybody back."""
    store = Store.new(folder, "first")
    write_ods(folder / "contacts", ROWS + [["O'Neil; Jr., the \"2nd\"", "Zoë\\n", "+1,2"]])
    store.json("import", folder / "contacts")
    for format in ("xlsx", "vcard", "vcard3", "csv"):
        store.run("export", "person", "--format", format, folder / format)
        other = Store.new(folder, format + "-store")
        assert other.json("import", folder / format)["created"] == 3
        assert names(other) == names(store), (format, names(other))


def what_cannot_be_read(folder):
    store = Store.new(folder)
    whole = (SHEETS / "merge_cells.xlsx").read_bytes()
    (folder / "half.xlsx").write_bytes(whole[:len(whole) // 2])
    (folder / "page.xls").write_text("<html><body><table><tr><td>Name</td></tr></table></body></html>")
    errors = store.run("import", SHEETS / "ErrorTypes.xlsx", "--dry-run", code=4).stderr
    assert "name" in errors  # nothing in it is one, whatever its cells hold
    assert "password" in store.error(4, "import", SHEETS / "password_2002_40_xor.xls")
    assert "damaged" in store.error(4, "import", folder / "half.xlsx")
    assert "web page" in store.error(4, "import", folder / "page.xls")
    for part in ("word/document.xml", "xl/workbook.bin"):  # a letter, a binary workbook
        with zipfile.ZipFile(folder / "other.xlsx", "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("_rels/.rels", f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Target="{part}" '
                             f'Type="{RELATIONS}/officeDocument"/></Relationships>')
        assert "not a workbook of a kind" in store.error(4, "import", folder / "other.xlsx")
    with zipfile.ZipFile(folder / "other.ods", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
        archive.writestr("content.xml", b"\x93\x11\x07")
    assert "password" in store.error(4, "import", folder / "other.ods")
    assert "first row" in store.error(4, "import", SHEETS / "BlankSheetTypes.ods")
    assert store.list("person") == []


if __name__ == "__main__":
    main([a_workbook_and_its_sheets, an_opendocument_spreadsheet, the_same_names_in_any_encoding, cards,
          somebody_in_the_trash, what_was_exported, what_cannot_be_read])
