# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""An opening with pictures whose client is killed with -9 at ten points, and another one whose center is: from the file
that is read to the answer that comes. In the end each is one application, with everybody once and every picture whole.
Of make prove alone: it takes its minutes.
"""
import subprocess

from gi.repository import GLib

import opening
from clerk import TRANSFER_UNIT
from interrupted import Story
from opening import CODE, check_books, newcomers, workbook
from stage import wait
from trouble import children, kill_center

PEOPLE = 6
POINTS = ("file-read", "adopted", "making-ready", "pictures-there", "asked", "queued", "uploading", "uploaded",
          "submitted", "answered")


class Cut(Exception):
    """The client is gone; the clerk starts it again."""


def play(factory, environment, home, pictures):
    killed = Killed(factory, home)
    killed.begin()
    killed.enter(TRANSFER_UNIT, CODE)
    for number, whose in enumerate(("client", "center")):
        killed.open_accounts(whose, newcomers(PEOPLE, number * PEOPLE))
        if pictures:
            killed.window.picture(pictures / f"opening-killed-{whose}.png")
    killed.window.do("close")
    wait(lambda: not killed.window.alive(), "the client to end")


def photograph(folder, people):
    """So large that their way to the center can be cut: one picture, each time rolled a little."""
    folder.mkdir(exist_ok=True)
    first = folder / "first.jpg"
    subprocess.run(["convert", "-size", "2000x2600", "plasma:tan-brown", "-attenuate", "0.4", "+noise", "Gaussian",
                    "-quality", "95", str(first)], check=True)
    for number, person in enumerate(people, 1):
        subprocess.run(["convert", str(first), "-roll", f"+{40 * number}+{56 * number}", "-quality", "95",
                        str(folder / f"{person[1]}.jpg")], check=True)
    first.unlink()
    return sorted(folder.iterdir())


class Killed(Story):
    def __init__(self, factory, home):
        super().__init__(factory)
        self.home = home
        self.whose, self.left = None, []

    def open_accounts(self, whose, people):
        self.whose, self.left, self.people = whose, list(POINTS), people
        self.files = photograph(self.home / f"camera-{whose}", people)
        self.before = {row["id"] for row in self.applications()}
        self.had = self.whole()
        while True:
            try:
                self.flow()
                break
            except Cut:
                self.begin()
                self.enter(TRANSFER_UNIT, CODE)
        assert not self.left, f"not cut at {self.left}"
        application, = [row for row in self.applications() if row["id"] not in self.before]
        wait(self.clerk.console, "the desk to be there again", 60).approve(TRANSFER_UNIT, application["serial"])
        self.clerk.sync()
        application, = [row for row in self.applications() if row["id"] not in self.before]
        check_books(self.clerk, application, people)
        assert self.kept("draft_line") == 0, "a second draft was left"

    def cut_at(self, point):
        """Once at each point."""
        if point not in self.left:
            return
        self.left.remove(point)
        print(f"{self.whose} killed: {point}", flush=True)
        if self.whose == "center":
            kill_center(self.window)
            self.revive()
            return
        self.window.kill()
        raise Cut

    def revive(self):
        """The client starts its center anew by itself; of three deaths in a minute it asks the clerk."""
        def runs():
            if any(name == "qingce-center" for _, name in children(self.window.process.pid)):
                return True
            for node in self.window.walk():
                if node.name.startswith("重试") and node.can_be_pressed():
                    node.press()
                    break
            return False
        wait(runs, "the center to be there again", 60)

    # --- what the books say ----------------------------------------------------
    applications = opening.Story.applications
    add = opening.Story.add

    def whole(self):
        """Pictures that the center has whole."""
        return self.clerk.ledger("SELECT count(*) AS n FROM attachment")[0]["n"] if self.clerk else 0

    def sent(self):
        return [row for row in self.applications() if row["id"] not in self.before]

    def waiting(self):
        """Confirmed and not answered yet, by the client's own book."""
        return self.clerk.own("""SELECT 1 FROM outbox WHERE business = ? AND state NOT IN ('accepted', 'refused',
                                 'withdrawn')""", CODE)

    def kept(self, table):
        removed = "AND NOT t.removed" if table == "draft_line" else ""
        return self.clerk.own(f"""SELECT count(*) AS n FROM {table} t JOIN draft d ON d.id = t.draft
                                  WHERE d.state = 'open' AND d.business = ? {removed}""", CODE)[0]["n"]

    # --- what the clerk does, from wherever she is --------------------------------
    def flow(self):
        if not self.sent() and not self.waiting():
            self.prepare()
        wait(lambda: self.whole() > self.had or self.sent(), "the first picture at the center", 120)
        self.cut_at("uploading")
        wait(lambda: self.whole() == self.had + PEOPLE or self.sent(), "all pictures at the center", 120)
        self.cut_at("uploaded")
        wait(self.sent, "the center to have it", 120)
        self.cut_at("submitted")
        wait(lambda: not self.waiting(), "the answer to be known", 120)
        self.cut_at("answered")

    def prepare(self):
        window = self.window
        lines = self.kept("draft_line")
        assert lines in (0, PEOPLE), f"{lines} lines of {PEOPLE} were kept"
        if lines == 0:
            self.import_people()
        window.do(f"{CODE}-step", GLib.Variant("i", 2))
        window.see("征信授权书", 20)
        pictures = self.kept("draft_attachment")
        assert pictures in (0, PEOPLE), f"{pictures} pictures of {PEOPLE} were kept"
        if pictures == 0:
            self.add(*self.files)
            self.cut_at("making-ready")
        window.see("附件已齐", 120)
        wait(lambda: self.kept("draft_attachment") == PEOPLE, "the pictures to be kept")
        self.cut_at("pictures-there")
        window.do(f"{CODE}-submit", seconds=60)
        wait(lambda: window.enabled(f"{CODE}-confirm"), "the confirmation", 30)
        self.cut_at("asked")
        window.do(f"{CODE}-confirm")
        wait(self.waiting, "the key and the body to be kept", 30)
        self.cut_at("queued")

    def import_people(self):
        window = self.window
        if self.applications() and window.enabled(f"{CODE}-new"):
            window.do(f"{CODE}-new")
        window.see("清册中尚无人员", 30)
        path = workbook(self.home / f"{self.whose}.xlsx", self.people)
        window.do(f"{CODE}-import-file", GLib.Variant("s", str(path)), 60)
        wait(window.dialog, "导入", 20)
        self.press("核对")
        window.see(f"新增 {PEOPLE}", 20)
        self.cut_at("file-read")
        self.press("采用全部")
        self.cut_at("adopted")
        wait(lambda: self.kept("draft_line") == PEOPLE, "the people on the roster")

    def press(self, words):
        wait(lambda: next((node for node in self.window.walk(self.window.dialog())
                           if node.role == "button" and node.name.startswith(words)), None), words).press()
