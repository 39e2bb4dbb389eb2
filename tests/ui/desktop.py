# SPDX-License-Identifier: GPL-3.0-or-later
"""A program on a display and a bus of its own, driven as a person would: by keys and accessibility actions.

Meant to run inside `private-session.sh --display`. Nothing here knows coordinates: things are found by their role and
accessible name, waited for with a bound, and pictures are taken of the whole display."""

import os
import re
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

WIDE = (1200, 800)
NARROW = (370, 730)  # of which the window itself is 360 by 720: without a compositor its frame takes 5 at each side
WAIT_SECONDS = 30
# What GTK prints when something is wrong.
COMPLAINT = re.compile(r"(WARNING|CRITICAL|ERROR) \*\*|-(WARNING|CRITICAL|ERROR) \*\*")
# Of the desktop around the program, which is not there on a bare display.
HARMLESS = re.compile(
    r"dconf|at-spi|AT-SPI|org\.a11y|portal|Vulkan|libEGL|MESA|color scheme|settings daemon|"
    r"Unable to acquire session bus|org\.freedesktop\.(Notifications|secrets)"
)


REST_SECONDS = 0.08  # in which who has nothing to do does nothing
REST_NS = 3_000_000  # that a blinking cursor, a watch or a bus may take of the processor meanwhile
LONGEST_UNREST = 6  # seconds; a spinner never rests

watched = [int(pid) for pid in os.environ.get("ROUNDS_TEST_DISPLAY", "").split()]  # processes: the display, what runs on it


class Failure(Exception):
    """Something did not come up; the message says what."""


def start_window_manager():
    """Starts it, and waits until it manages: a window that comes up while it starts may never be shown."""
    manager = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watched.append(manager.pid)
    end = time.monotonic() + WAIT_SECONDS
    while subprocess.run(["xdotool", "get_num_desktops"], capture_output=True, check=False).returncode != 0:
        if manager.poll() is not None or time.monotonic() > end:
            raise Failure("the window manager did not start")
        time.sleep(0.05)
    settle()
    return manager


def is_called(text, name):
    return bool(name.search(text)) if isinstance(name, re.Pattern) else text == name


def look_at_threads():
    """Of all watched processes: how long, in nanoseconds, their threads have had a processor so far, and whether one of them
    wants one now."""
    had, wants = 0, False
    for pid in watched:
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
                    had += int(file.read().split()[0])
                with open(f"/proc/{pid}/task/{thread}/stat", encoding="ascii") as file:
                    wants |= file.read().rpartition(")")[2].split()[0] in "RD"
        except OSError:
            continue  # it has ended
    return had, wants


def settle():
    """Waits until neither the display nor a program on it has anything to do: on a busy machine what was typed may be long
    on its way, and what it does longer."""
    end = time.monotonic() + LONGEST_UNREST
    before, _ = look_at_threads()
    while time.monotonic() < end:
        time.sleep(REST_SECONDS)
        had, wants = look_at_threads()
        if not wants and 0 <= had - before < REST_NS:
            return
        before = had


def rest(seconds):
    """Gives a program that waits for something itself, such as an animation, time for it."""
    time.sleep(seconds)
    settle()


class Program:
    """A running program: its process, its accessible tree, what it complains of."""

    def __init__(self, command, log, env=None):
        self.log_path = log
        self.size = WIDE  # of the window
        self.log = open(log, "w", encoding="utf-8")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})})
        watched.append(self.process.pid)

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        watched.remove(self.process.pid)
        self.log.close()

    def complaints(self):
        """Lines in which GTK or Rounds says that something is wrong."""
        with open(self.log_path, encoding="utf-8", errors="replace") as log:
            return [line.rstrip() for line in log if COMPLAINT.search(line) and not HARMLESS.search(line)]

    def root(self):
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and child.get_process_id() == self.process.pid:
                return child
        return None

    def walk(self, node=None, depth=0):
        """Every accessible of the program that is showing, the outer ones first."""
        node = node if node is not None else self.root()
        if node is None or depth > 60:
            return
        try:
            count = node.get_child_count()
            yield node
            for i in range(count):
                child = node.get_child_at_index(i)
                if child is not None and (depth < 2 or child.get_state_set().contains(Atspi.StateType.SHOWING)):
                    yield from self.walk(child, depth + 1)
        except GLib.Error:
            return  # it went away while we looked

    def tree(self):
        """The accessible tree as text, for a failure's message."""
        lines = []
        for node in self.walk():
            try:
                lines.append(f"{node.get_role_name()} “{node.get_name()}”")
            except GLib.Error:
                pass
        return "\n".join(lines)

    def find(self, name, role=None):
        """The first accessible that is showing whose name is `name` (or matches it, if it is a pattern); None if there is none."""
        for node in self.walk():
            try:
                text = node.get_name() or ""
                if is_called(text, name) and (
                    role is None or node.get_role_name() in role
                ):
                    return node
            except GLib.Error:
                continue
        return None

    def wait_for(self, name, role=None, seconds=WAIT_SECONDS):
        """Waits until find() finds it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise Failure(f"the program ended with {self.process.returncode} while “{name}” was waited for")
            node = self.find(name, role)
            if node is not None:
                settle()
                return node
            time.sleep(0.1)
        raise Failure(f"“{name}” did not come up within {seconds} s; there is:\n{self.tree()}")

    def wait_gone(self, name, role=None, seconds=WAIT_SECONDS):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.find(name, role) is None:
                return
            time.sleep(0.1)
        raise Failure(f"“{name}” is still there after {seconds} s")


def press(name, program, role=None):
    """Does the first action of the accessible called `name`, as a screen reader's user would."""
    node = program.wait_for(name, role)
    action = node.get_action_iface()
    if action is None or action.get_n_actions() == 0:
        raise Failure(f"“{name}” ({node.get_role_name()}) offers no action to assistive technology")
    action.do_action(0)
    settle()


def keys(*combinations):
    """Types key combinations in xdotool's notation, such as ctrl+l or alt+2."""
    for combination in combinations:
        subprocess.run(["xdotool", "key", "--clearmodifiers", combination], check=True)
        rest(0.05)


def focused(program):
    """The accessible that has the keyboard."""
    for node in program.walk():
        try:
            states = node.get_state_set()
            if states.contains(Atspi.StateType.FOCUSED) and node.get_role_name() not in {"frame", "application"}:
                return node
        except GLib.Error:
            continue
    return None


def tab_to(name, program, most=20):
    """Presses Tab until the accessible called `name` (or that matches it, if it is a pattern) has the keyboard."""
    seen = []
    for _ in range(most):
        node = focused(program)
        seen.append((node.get_name() or node.get_role_name()) if node is not None else "nothing")
        if node is not None and is_called(node.get_name() or "", name):
            return
        keys("Tab")
    raise Failure(f"Tab never comes to “{name}”; it came to {', '.join(seen)}")


def type_text(text):
    subprocess.run(["xdotool", "type", "--delay", "15", "--clearmodifiers", text], check=True)
    settle()


def window_id(program, seconds=WAIT_SECONDS):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(program.process.pid)], capture_output=True, text=True, check=False
        ).stdout.split()
        if found:
            return found[0]
        time.sleep(0.1)
    tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True, check=False).stdout
    raise Failure(f"the program shows no window; there is:\n{tree}")


def resize(program, width, height):
    """Gives the window a size; again where it took its own while it was being shown."""
    window = window_id(program)
    program.size = (width, height)
    for _ in range(20):
        subprocess.run(["xdotool", "windowsize", "--sync", window, str(width), str(height)], check=False, timeout=20)
        subprocess.run(["xdotool", "windowmove", window, "0", "0"], check=False)
        subprocess.run(["xdotool", "windowfocus", window], check=False)
        rest(0.4)
        told = subprocess.run(["xdotool", "getwindowgeometry", window], capture_output=True, text=True, check=False).stdout
        if f"Geometry: {width}x{height}" in told:
            return
    raise Failure(f"the window does not become {width} by {height}: {told}")


def picture(program, path):
    """A picture of the program's place on the display, with what is open above it, taken when two looks at it in a row are
    the same."""
    look = ["import", "-silent", "-window", "root", "-crop", "{}x{}+0+0".format(*program.size), "+repage", "ppm:-"]
    before = None
    for _ in range(25):
        shot = subprocess.run(look, capture_output=True, check=True).stdout
        if shot == before:
            break
        before = shot
        time.sleep(0.15)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    # Quickly rather than small: there are many, and nobody keeps them.
    subprocess.run(["convert", "ppm:-", "-define", "png:compression-level=1", path], input=shot, check=True)
