# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Pictures of every window that is not a page: trash, backups, moving, hand-over, journal, 检查这台电脑, the guide, the tour,
preferences, shortcuts, about and the menus. For people who look, in whatever language, scheme and size the stage was
given.

  run.py --plain --build build --pictures pictures-zh-contrast --scheme contrast looks_windows

Waits on actions and on the books, never on words.
"""
from gi.repository import GLib

from clerk import TRANSFER_UNIT, Clerk
from looker import FAR, Looker
from stage import wait

PASSPHRASE = "shorter than not 42"
CHAPTERS = 18
STOPS = 5


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.sign_in()
    window.do("enter-home", seconds=60)
    window.do("switch-unit", GLib.Variant("s", TRANSFER_UNIT))
    wait(lambda: clerk.own("SELECT 1 FROM cursor c JOIN scope s ON s.id = c.scope WHERE s.unit = ? AND "
                           "c.feed = 'movements' AND c.complete = 1", TRANSFER_UNIT), "all of the unit", 60)
    looks = Windows(Looker(window, pictures, "windows"), clerk, home)
    looks.trash()
    looks.backups()
    looks.moving()
    looks.journal()
    looks.check()
    looks.guide()
    looks.rest()
    window.kill()
    looks.receive(factory, pictures)


class Windows:
    def __init__(self, looker, clerk, home):
        self.looker, self.clerk, self.window, self.home = looker, clerk, looker.window, home
        self.keyboard = looker.keyboard
        self.picture = looker.picture
        self.file = home / "moving.qcdata"

    def trash(self):
        window, keyboard = self.window, self.keyboard
        self.looker.over("show-trash", "trash-empty")
        self.clerk.go("sealing")
        window.do("sealing-choose", seconds=60)
        dialog = wait(window.dialog, "the people")
        window.settle()
        keyboard.press("Down", "space", "Down", "space", "ctrl+Return")
        wait(lambda: dialog not in window.windows(), "them to be chosen")
        wait(lambda: self.clerk.own("SELECT 1 FROM draft WHERE lines = 2"), "the draft to be kept")
        window.settle()
        window.do("sealing-draft-delete")
        wait(lambda: self.clerk.own("SELECT 1 FROM draft WHERE deleted <> 0"), "the draft to be deleted")
        self.picture("draft-deleted")
        self.looker.open("show-trash", "trash")
        self.looker.press("_Delete for Good")
        self.picture("trash-question")
        self.looker.close()
        self.looker.close()

    def backups(self):
        self.looker.open("show-keep", "keep")
        self.looker.press("_Back Up Now")
        wait(lambda: list((self.clerk.data / "backups").iterdir()), "the backup", 30)
        self.window.settle(4)
        self.looker.scrolled("backups")
        self.looker.press("Restore %s…")
        self.picture("restore")
        self.looker.close()
        self.looker.close()

    def moving(self):
        keyboard = self.keyboard
        self.looker.open("show-keep", "moving")
        self.looker.press("_Hand Over…")
        self.picture("hand-over-units")
        self.looker.close()
        self.looker.press("_Pack…")
        self.picture("passphrase-empty")
        keyboard.type("short")
        self.picture("passphrase-short")
        keyboard.press("ctrl+a")
        keyboard.type(PASSPHRASE)
        keyboard.press("Tab")
        keyboard.type(PASSPHRASE)
        self.picture("passphrase")
        keyboard.press("Return")
        self.window.settle(4)
        self.picture("where-to")
        keyboard.press("ctrl+a")
        keyboard.type(str(self.file))
        self.window.settle()
        keyboard.press("Return")
        wait(self.file.exists, "the file", 60)
        self.window.settle(4)
        self.picture("packed")
        self.looker.close()

    def journal(self):
        self.looker.open("show-journal", "journal")
        self.looker.press("_Verify")
        self.window.settle(4)
        self.picture("journal-whole")
        self.keyboard.press("ctrl+f")
        self.keyboard.type("nothing-is-called-this")
        self.picture("journal-nothing-found")
        self.looker.close()

    def check(self):
        self.looker.open("check-computer", "check")
        self.window.settle(10)
        self.looker.scrolled("check")
        self.looker.press("_Copy Details")
        self.picture("check-copied")
        self.looker.close()

    def guide(self):
        self.looker.open("show-guide", "guide")
        for chapter in range(CHAPTERS):
            self.keyboard.press("ctrl+f", "Tab", "Home", *["Down"] * chapter)
            self.picture(f"guide-{chapter + 1}")
            self.keyboard.wheel(FAR)
            self.picture(f"guide-{chapter + 1}-end")
        self.keyboard.press("ctrl+f")
        self.keyboard.type("nothing-is-called-this")
        self.picture("guide-nothing-found")
        self.looker.close()
        self.looker.open("show-tour", "tour-1")
        for stop in range(1, STOPS):
            self.keyboard.press("Return")
            self.picture(f"tour-{stop + 1}")
        self.looker.close()

    def rest(self):
        self.looker.open("preferences", "preferences")
        self.looker.scrolled("preferences")
        self.looker.close()
        self.looker.open("show-help-overlay", "shortcuts")
        self.looker.close()
        self.looker.over("about", "about")
        self.keyboard.press("F10")
        self.picture("menu")
        self.keyboard.press("Escape")
        self.window.do("show-status")
        self.picture("status")
        self.keyboard.press("Escape")

    def receive(self, factory, pictures):
        """On another computer: the file, a passphrase that is not its own, and what is asked before it is taken over."""
        window = factory("--practice", QINGCE_DATA=str(self.home / "other-computer"))
        window.start()
        looker = Looker(window, pictures, "windows")
        looker.open("show-keep", "other-computer")
        looker.press("_Receive…")
        window.settle(4)
        looker.keyboard.press("ctrl+l")
        looker.keyboard.type(str(self.file))
        window.settle()
        looker.keyboard.press("alt+o")
        window.settle(4)
        looker.picture("file-passphrase")
        for words, name in (("not this one", "wrong-passphrase"), (PASSPHRASE, "take-over")):
            looker.keyboard.type(words)
            looker.keyboard.press("Return")
            window.settle(10)
            looker.picture(name)
        window.kill()
