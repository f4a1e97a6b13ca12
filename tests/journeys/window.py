# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A window of the client, driven as a person with a keyboard or a screen reader would: by its actions and by what it
says of itself through AT-SPI.

The session bus is that of the process's environment, so `Window` must be made after the environment of the stage has
been taken over (`run.py` does that in a child process).
"""
import os
import signal
import subprocess
import time

from gi.repository import Gio, GLib

from accessible import Desktop, Gone, look
from stage import SCREEN, Late, end, kill, wait

NAME = "org.qingce.Qingce"
PATH = "/org/qingce/Qingce/window/1"
WINDOWS = {"frame", "window", "dialog", "alert"}
STILL = 0.2  # seconds; longer than any transition of the window stands still
LARGE = 1366  # pixels; up to this a window comes as large as it wants to be
BUTTONS = {"button", "toggle button", "radio button", "check box"}


class Window:
    """The running client. `log` keeps what it wrote to stderr."""

    def __init__(self, build, environment, home, *arguments):
        self.home = home
        self.environment = environment
        self.log = home / "client.log" if home else None
        self.command = [f"{build}/src/qingce", *arguments]
        self.process = None
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        self.desktop = None  # asked for when the first window is

    # --- life ---------------------------------------------------------------
    def start(self, seconds=60):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stderr=log, stdout=log,
                                            stdin=subprocess.DEVNULL)
        wait(self.windows, "the client's window", seconds)
        wait(lambda: self.actions(), "the window's actions", seconds)
        self.fill()
        return self

    def fill(self):
        """On a large display the window is as large: no window manager of this stage would do that."""
        def tool(*words):
            return subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True,
                                  check=False).stdout.split()
        width, height = tool("getdisplaygeometry")
        if int(width) > LARGE:
            shown = wait(lambda: tool("search", "--onlyvisible", "--pid", str(self.process.pid)), "the window to be shown")
            tool("windowsize", "--sync", shown[-1], width, height)

    def kill(self):
        """kill -9; ends when the bus has noticed as well, or the next start would be handed to the dead one."""
        kill(self.process)
        wait(lambda: not self.is_on_bus(), "the bus to notice")

    def is_on_bus(self):
        return self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                  "NameHasOwner", GLib.Variant("(s)", (NAME,)), GLib.VariantType("(b)"),
                                  Gio.DBusCallFlags.NONE, 5000, None).unpack()[0]

    def end(self):
        end(self.process)
        try:
            wait(lambda: not self.is_on_bus(), "the bus to notice", 5)
        except Late:
            pass  # another one of this stage still owns the name

    def children(self):
        """The programs the client has started: the practice center."""
        path = f"/proc/{self.process.pid}/task"
        found = []
        for task in os.listdir(path):
            try:
                with open(f"{path}/{task}/children", encoding="ascii") as names:
                    found += [int(name) for name in names.read().split()]
            except (FileNotFoundError, ProcessLookupError):
                continue  # a thread that ended meanwhile
        return found

    @staticmethod
    def kill_pid(pid):
        """kill -9 of a program that the client of this stage had started; it may have ended by itself already."""
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def alive(self):
        return self.process.poll() is None

    def has_keyboard(self):
        """Whether what is typed goes to a window of this program."""
        owner = subprocess.run(["xdotool", "getwindowfocus", "getwindowpid"], env=self.environment, check=False,
                               capture_output=True, text=True).stdout.strip()
        return owner == str(self.process.pid)

    # --- actions ------------------------------------------------------------
    def _call(self, method, parameters, reply):
        return self.bus.call_sync(NAME, PATH, "org.gtk.Actions", method, parameters, GLib.VariantType(reply),
                                  Gio.DBusCallFlags.NO_AUTO_START, 10000, None)

    def actions(self):
        return self._call("List", None, "(as)").unpack()[0]

    def enabled(self, action):
        if action not in self.actions():
            return False
        return self._call("Describe", GLib.Variant("(s)", (action,)), "((bgav))").unpack()[0][0]

    def state(self, action):
        values = self._call("Describe", GLib.Variant("(s)", (action,)), "((bgav))").unpack()[0][2]
        return values[0] if values else None

    def do(self, action, parameter=None, seconds=20):
        """Activates win.`action` once it is enabled."""
        wait(lambda: self.enabled(action), f"win.{action} to be enabled", seconds)
        given = [parameter] if parameter is not None else []
        self._call("Activate", GLib.Variant("(sava{sv})", (action, given, {})), "()")

    # --- what the window says -------------------------------------------------
    def application(self):
        """The root of what the program says, or None."""
        if self.desktop is None:
            self.desktop = Desktop(self.bus)
        return self.desktop.program(self.process.pid)

    def windows(self):
        """All its windows; the main one is the first."""
        application = self.application()
        return [child for child in application.children() if child.role in WINDOWS] if application else []

    def walk(self, root=None, showing=True):
        """Every accessible object below `root`, in order; hidden branches are left out."""
        root = root or self.application()
        return look(root, showing) if root else iter(())

    def find(self, name=None, role=None, contains=None, showing=True, root=None):
        """The first object with this accessible name (or a part of it, or of its text) and role (or one of several), or
        None."""
        roles = {role} if isinstance(role, str) else role
        for node in self.walk(root, showing=showing):
            try:
                if roles is not None and node.role not in roles:
                    continue
                own = node.name
                if name is not None and own != name:
                    continue
                if contains is not None and contains not in own and contains not in node.text():
                    continue
                return node.live()
            except Gone:
                continue
        return None

    def see(self, text, seconds=20):
        """Waits until some visible object says `text` somewhere."""
        return wait(lambda: self.find(contains=text), f"“{text}” on the window", seconds)

    def gone(self, text, seconds=20):
        wait(lambda: self.find(contains=text) is None, f"“{text}” to go away", seconds)

    def texts(self):
        """All visible words of the window, one string a label."""
        return [words for node in self.walk() if (words := node.text() or node.name)]

    def dialog(self):
        """The topmost window above the main one, or None."""
        return self.windows()[-1] if len(self.windows()) > 1 else None

    def agree(self, words, seconds=20):
        """Presses the button of the dialog whose name begins with `words`."""
        def button():
            dialog = self.dialog()
            for node in self.walk(dialog) if dialog else []:
                if node.role == "button" and node.name.startswith(words):
                    return node
            return None
        pressed = wait(button, f"the button “{words}” of a dialog", seconds)
        self.close(self.dialog(), pressed.press)

    def close(self, shell, press, *arguments):
        """Presses what closes a window, and waits until that window is gone."""
        press(*arguments)
        wait(lambda: shell not in self.windows(), "the dialog to close")

    def click(self, name, role=BUTTONS):
        wait(lambda: self.find(name=name, role=role), f"the button “{name}”").press()

    def write(self, name, text, role=("text", "entry", "password text")):
        wait(lambda: self.find(name=name, role=role), f"the entry “{name}”").write(text)

    def read(self, name, role=None):
        node = wait(lambda: self.find(name=name, role=role), f"“{name}”")
        return node.text() or node.name

    # --- pictures -------------------------------------------------------------
    def settle(self, seconds=2):
        """Waits until the display stays the same for a moment, or not longer than this where something turns."""
        def same():
            nonlocal before, since
            now = (self.home / SCREEN).read_bytes()
            if now != before:
                before, since = now, time.monotonic()
            return time.monotonic() - since >= STILL
        before, since = None, 0
        try:
            wait(same, "the picture to stay", seconds)
        except Late:
            pass

    def picture(self, path):
        """A picture of the whole display, named as it is taken."""
        subprocess.run(["import", "-window", "root", str(path)], env=self.environment, check=True)
        print(f"picture: {path}", flush=True)
