# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Orca, the screen reader of the desktop, on the stage of a journey: what it would say is written into a file, for there is
no voice here. Run as a program this module is that Orca; the journey starts it and reads what it says.
"""
import contextlib
import importlib.util
import logging
import pathlib
import re
import shutil
import subprocess
import sys

from stage import end, wait

SPOKEN = re.compile(r"^SPEECH OUTPUT: '(.*?)'(?: \{[^\n]*\})?(?: voice=\w+)?$", re.MULTILINE | re.DOTALL)
HEARD = "all is heard"


def is_installed():
    return importlib.util.find_spec("orca") is not None


@contextlib.contextmanager
def window_manager(environment):
    """Who gives the keyboard to the window that is seen, and takes it away: Orca listens to the active window only. Yields
    whether there is one."""
    if not shutil.which("openbox"):
        yield False
        return
    program = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield True
    finally:
        end(program)


class Listener:
    def __init__(self, path, ask):
        self.path, self.ask = path, ask
        self.asked = self.met = 0

    def text(self):
        return self.path.read_text(encoding="utf-8")

    def words(self):
        """All sentences so far."""
        return [words.strip().replace("\n", " ") for words in SPOKEN.findall(self.text())]

    def hear(self, window):
        """What was said since the last time, once the window has told all and Orca has heard all of it."""
        for _ in range(2):
            window.actions()
            self.asked += 1
            self.ask.write(b"?\n")
            self.ask.flush()
            wait(lambda: self.text().count(HEARD) >= self.asked, "Orca to have heard all", 60)
        words = self.words()
        new, self.met = words[self.met:], len(words)
        return new


@contextlib.contextmanager
def screen_reader(environment, home):
    path = pathlib.Path(home) / "spoken.txt"
    path.touch()
    with open(pathlib.Path(home) / "orca.log", "wb") as log:
        program = subprocess.Popen([sys.executable, __file__, str(path), str(pathlib.Path(home) / "orca")], env=environment,
                                   stdin=subprocess.PIPE, stdout=log, stderr=log)
    try:
        listener = Listener(path, program.stdin)
        wait(listener.words, "the screen reader to greet", 60)
        yield listener
    finally:
        end(program)
        program.stdin.close()


def main(path, preferences):
    """Only what is installed of Orca: its own program would not start beside another Orca of this computer."""
    import gi
    gi.require_version("Gdk", "3.0")  # Orca is of that time
    from gi.repository import GLib
    from orca import event_manager, orca
    words = logging.getLogger("speech")
    words.addHandler(logging.FileHandler(path, encoding="utf-8"))
    words.setLevel(logging.INFO)
    words.propagate = False
    events = event_manager.getManager()

    def answer():
        if not events._eventQueue.empty():
            return True
        words.info(HEARD)
        return False

    def asked(source, condition):
        if not source.readline():
            return False
        GLib.idle_add(answer, priority=GLib.PRIORITY_LOW)  # behind whatever else there is to do
        return True
    GLib.io_add_watch(open(sys.stdin.fileno(), "rb", buffering=0), GLib.PRIORITY_LOW, GLib.IO_IN | GLib.IO_HUP, asked)
    orca.getSettingsManager().activate(preferences, {})
    return orca.main()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
