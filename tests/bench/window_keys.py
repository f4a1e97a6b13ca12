# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""How long the roster takes from a key on the keyboard to its picture, in the program's own window.

Keys go to the X server as those of a keyboard do, and the eye of first_picture asks the server for the picture: a key
is answered by the first picture of the rows and totals that stays. Nothing of the program is asked or told.
"""
import ctypes
import subprocess
import time

from gi.repository import Gio, GLib

import stage

STILL = 0.4  # seconds without another picture
NEVER = 2.0  # seconds until it is clear that none comes
# Names and account numbers of the first rows, and the totals: right of the sidebar, below the titles. Small, because
# looking takes the X server's time.
PLACES = (250, 170, 600, 60), (250, 700, 600, 40)
# Of 选择人员: its first rows and its last ones in sight, without the scroll bar, whose length follows by and by.
CHOOSER = (20, 180, 800, 80), (20, 560, 800, 60)


class Keyboard:
    """Presses keys on one display, for the topmost window of one process: nobody else gives it the keyboard
    there."""

    def __init__(self, eye, pid, environment):
        found = stage.wait(lambda: subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(pid)], text=True,
                                                  env=environment, stdout=subprocess.PIPE, check=True).stdout.split(),
                           "the window on the display", 30)
        subprocess.run(["xdotool", "windowfocus", "--sync", found[-1]], env=environment, check=True)
        self.eye, self.test = eye, ctypes.CDLL("libXtst.so.6")
        self.test.XTestFakeKeyEvent.argtypes = [ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
        eye.x.XStringToKeysym.argtypes, eye.x.XStringToKeysym.restype = [ctypes.c_char_p], ctypes.c_ulong
        eye.x.XKeysymToKeycode.argtypes, eye.x.XKeysymToKeycode.restype = [ctypes.c_void_p, ctypes.c_ulong], ctypes.c_ubyte

    def press(self, *names):
        """All names at once; the last one goes up first."""
        codes = [self.eye.x.XKeysymToKeycode(self.eye.display, self.eye.x.XStringToKeysym(name.encode()))
                 for name in names]
        for code in codes:
            self.test.XTestFakeKeyEvent(self.eye.display, code, 1, 0)
        for code in reversed(codes):
            self.test.XTestFakeKeyEvent(self.eye.display, code, 0, 0)
        self.eye.x.XFlush(self.eye.display)


def _look(eye, places):
    return tuple(eye.look(*place) for place in places)


def roster(eye, limit=60.0, places=PLACES):
    """Waits until the roster is there and stays: for longer than a spinner would."""
    seen, since = _look(eye, places), time.monotonic()
    end = since + limit
    while time.monotonic() - since < 3:
        now = _look(eye, places)
        if now != seen:
            seen, since = now, time.monotonic()
        if time.monotonic() > end:
            raise RuntimeError("the roster does not come to rest")
        time.sleep(0.02)


def answer(eye, act, places=PLACES):
    """Milliseconds from `act` to the picture that stays; None where it is the one that was there."""
    before = last = _look(eye, places)
    changed, begun = None, time.monotonic()
    act()
    while time.monotonic() < (changed + STILL if changed else begun + NEVER):
        seen, now = _look(eye, places), time.monotonic()
        if seen != last:
            last, changed = seen, now
        time.sleep(0.001)
    return (changed - begun) * 1000 if changed and last != before else None


class Actions:
    """The window's actions on the stage's bus, to get to the roster and to order it."""

    WINDOW = ("org.qingce.Qingce", "/org/qingce/Qingce/window/1", "org.gtk.Actions")

    def __init__(self, address):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)

    def enabled(self, name):
        answer = self.bus.call_sync(*self.WINDOW, "Describe", GLib.Variant("(s)", (name,)), None, 0, 2000, None)
        return answer[0][0]

    def do(self, name, word=None):
        """Asks and does not wait."""
        parameter = [] if word is None else [GLib.Variant("s", word)]
        self.bus.call(*self.WINDOW, "Activate", GLib.Variant("(sava{sv})", (name, parameter, {})), None, 0, 2000, None,
                      None)
        self.bus.flush_sync()
