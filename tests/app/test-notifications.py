#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A reminder as the desktop sees it: the real program, a notification server of the test's own, and a user who presses the
buttons. If this fails, a rep is not told of an appointment, or cannot put it off."""

import datetime
import os
import pathlib
import subprocess
import sys

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
from rounds_script import Store, main  # noqa: E402

WAIT_SECONDS = 120
INTERFACE = """
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
      <arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="as" direction="in"/>
      <arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
  </interface>
</node>
"""


class Desktop:
    """A notification server that keeps what it is shown."""

    def __init__(self):
        self.shown, self.closed = [], []
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        node = Gio.DBusNodeInfo.new_for_xml(INTERFACE)
        self.object = self.bus.register_object("/org/freedesktop/Notifications", node.interfaces[0], self.call, None, None)
        self.name = Gio.bus_own_name_on_connection(
            self.bus, "org.freedesktop.Notifications", Gio.BusNameOwnerFlags.NONE, None, None)

    def call(self, bus, sender, path, interface, method, parameters, invocation):
        if method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", ("test", "test", "1", "1.2")))
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body"],)))
        elif method == "Notify":
            _, replaces, _, title, body, actions, _, _ = parameters.unpack()
            self.shown.append({"title": title, "body": body, "actions": actions[::2]})
            invocation.return_value(GLib.Variant("(u)", (replaces or len(self.shown),)))
        else:
            self.closed.append(parameters.unpack()[0])
            invocation.return_value(None)

    def press(self, number, action):
        self.bus.emit_signal(None, "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "ActionInvoked",
                             GLib.Variant("(us)", (number, action)))

    def stop(self):
        self.bus.unregister_object(self.object)
        Gio.bus_unown_name(self.name)


def wait_until(condition, what):
    context = GLib.MainContext.default()
    deadline = GLib.get_monotonic_time() + WAIT_SECONDS * 1_000_000
    wake = GLib.timeout_add(50, lambda: True)
    while not condition():
        assert GLib.get_monotonic_time() < deadline, f"did not come: {what}"
        context.iteration(True)
    GLib.source_remove(wake)


def instant(seconds):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def plan(store, due_in):
    """An appointment whose reminder is due in that many seconds; returns the reminder's id."""
    start = due_in + 15 * 60
    appointment = store.add("appointment", title="Dr. Ada Example", start_at=instant(start), end_at=instant(start + 1800),
                            time_zone="UTC", status="scheduled")
    return store.add("reminder", subject_type="appointment", subject=appointment, offset_minutes=15, channel="desktop",
                     due_at=instant(due_in), state="pending")


def state(store, reminder):
    return store.json("show", "reminder", reminder)["state"]


def with_desktop(folder, options, test):
    store = Store.new(folder)
    reminder = plan(store, 3)
    desktop = Desktop()
    command = ["rounds", "--data-dir", str(store.data), "--recovery-code-file", str(store.code), *options]
    program = subprocess.Popen(command, env={**os.environ, "ROUNDS_KEYRING": "none"})
    try:
        wait_until(lambda: desktop.shown, "the notification")
        test(store, reminder, desktop, program)
    finally:
        program.kill()
        program.wait()
        desktop.stop()


def test_shown_and_done(folder):
    """comes when it is due, names nobody, and is done with a press of its button"""

    def check(store, reminder, desktop, program):
        shown = desktop.shown[0]
        assert shown["title"].startswith("Appointment at "), shown
        assert "Ada" not in shown["title"] + shown["body"], shown
        assert set(shown["actions"]) == {"default", "reminder-snooze", "reminder-done"}, shown
        wait_until(lambda: state(store, reminder) == "fired", "that it has fired is in the store")
        desktop.press(1, "reminder-done")
        wait_until(lambda: state(store, reminder) == "dismissed", "that it is done is in the store")
        assert program.poll() is None

    with_desktop(folder, [], check)


def test_shown_without_a_window(folder):
    """comes while there is no window, and can be put off from there"""

    def check(store, reminder, desktop, program):
        desktop.press(1, "reminder-snooze")
        wait_until(lambda: state(store, reminder) == "snoozed", "that it is put off is in the store")
        # With something to remind of, it stays.
        try:
            program.wait(1)
            raise AssertionError("the program has ended")
        except subprocess.TimeoutExpired:
            pass

    with_desktop(folder, ["--gapplication-service"], check)


def test_killed_in_between(folder):
    """comes again, once, when the program was killed before it could write down that it came"""

    def check(store, reminder, desktop, program):
        wait_until(lambda: state(store, reminder) == "fired", "that it has fired is in the store")
        program.kill()
        program.wait()
        store.run("edit", "reminder", reminder, "state=firing")
        again = subprocess.Popen(program.args)
        wait_until(lambda: len(desktop.shown) == 2, "the second notification")
        wait_until(lambda: state(store, reminder) == "fired", "that it has fired is in the store")
        again.kill()
        again.wait()
        assert len(desktop.shown) == 2

    with_desktop(folder, [], check)


if __name__ == "__main__":
    sys.exit(main([test_shown_and_done, test_shown_without_a_window, test_killed_in_between]))
