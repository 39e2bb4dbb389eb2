#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks .ui files for what no compiler sees; prints `file:line: reason` for each finding.

usage: check-ui.py FILE...
"""

import sys
import xml.parsers.expat

# Properties that a person reads.
TEXT = {
    "label", "title", "subtitle", "tooltip-text", "placeholder-text", "description", "heading", "body", "text",
    "button-label", "menu-model-label",
}
# Widgets that show nothing but an icon unless they have one of the named properties.
ICON_BUTTONS = {"GtkButton", "GtkMenuButton", "GtkToggleButton"}
NAMES = {"label", "tooltip-text", "child"}


class Object:
    def __init__(self, kind, line):
        self.kind, self.line = kind, line
        self.properties, self.has_child, self.has_accessible_name = set(), False, False


class Checker:
    def __init__(self, path):
        self.path, self.findings, self.objects, self.pending, self.text = path, [], [], None, ""
        self.in_accessibility = False
        self.parser = xml.parsers.expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters

    def tell(self, line, reason):
        self.findings.append((line, reason))

    def start(self, tag, attributes):
        line = self.parser.CurrentLineNumber
        self.text = ""
        if tag == "interface" and attributes.get("domain") != "rounds":
            self.tell(line, '<interface> lacks domain="rounds": its texts would stay untranslated')
        if tag in ("object", "template"):
            if tag == "object" and self.objects:
                self.objects[-1].has_child = True
            self.objects.append(Object(attributes.get("class", ""), line))
        elif tag == "accessibility":
            self.in_accessibility = True
        elif tag in ("property", "relation"):
            name = attributes.get("name", "")
            if self.in_accessibility and name in ("label", "labelled-by"):
                self.objects[-1].has_accessible_name = True
            elif self.objects and tag == "property":
                self.objects[-1].properties.add(name)
            bound = any(key.startswith("bind-") for key in attributes)
            if name in TEXT and not bound:
                self.pending = (name, line, attributes)

    def characters(self, data):
        self.text += data

    def end(self, tag):
        if tag in ("property", "relation") and self.pending:
            name, line, attributes = self.pending
            literal = self.text.strip()
            if any(c.isalpha() for c in literal) and literal != "Rounds" and attributes.get("translatable") != "yes":
                self.tell(line, f'{name} "{literal[:40]}" is read by people: translatable="yes"')
            self.pending = None
        elif tag == "accessibility":
            self.in_accessibility = False
        elif tag in ("object", "template") and self.objects:
            done = self.objects.pop()
            icon_only = "icon-name" in done.properties and not (done.properties & NAMES)
            if done.kind in ICON_BUTTONS and icon_only and not done.has_accessible_name:
                self.tell(done.line, f"{done.kind} shows only an icon: give it a tooltip-text or an accessible label")

    def run(self):
        with open(self.path, "rb") as file:
            try:
                self.parser.ParseFile(file)
            except xml.parsers.expat.ExpatError as error:
                self.tell(error.lineno, f"not well-formed: {error}")
        for line, reason in self.findings:
            print(f"{self.path}:{line}: {reason}")


for path in sys.argv[1:]:
    Checker(path).run()
