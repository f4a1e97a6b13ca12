# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The roster grid with real keys and a real clipboard: typing over a cell, Enter, Tab, Esc, several rows, fill down, copy,
paste, delete, sort, search, F8, undo and redo of each as one step, also after a kill. What stands in the client's
database is compared after each.
"""
import subprocess

from gi.repository import GLib

from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import wait
from trouble import can_inject, injected


REASON = ["Right"] * 4  # columns there is no room for are passed over


class Roster:
    def __init__(self, window, clerk):
        self.window, self.clerk, self.keyboard = window, clerk, Keyboard(window)

    def rows(self):
        """The lines of the newest open draft as the database has them, in order: dictionaries."""
        rows = self.clerk.own("""SELECT l.line, l.facts FROM draft_line l JOIN draft d ON d.id = l.draft
                                 WHERE d.state = 'open' AND d.deleted = 0 AND d.business = 'sealing' AND l.removed = 0
                                 ORDER BY l.position, l.line""")
        return [dict(dict(field.split("\x1f", 1) for field in row["facts"].split("\x1e")), line=row["line"])
                for row in rows]

    def reasons(self):
        return [row.get("reason") for row in self.rows()]

    def expect(self, what, condition):
        return wait(condition, f"{what}; there is {self.rows()}", 15)

    def press(self, *keys):
        self.keyboard.press(*keys)

    def type(self, text):
        self.keyboard.type(text)

    def copy(self, text):
        """Puts @text on the clipboard, as a spreadsheet does."""
        # it stays behind to serve what it was given, and must not keep the journey's own pipe open
        subprocess.run(["xclip", "-selection", "clipboard", "-in"], env=self.window.environment, input=text.encode(),
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait(lambda: self.clipboard() == text, "the clipboard to have it")

    def clipboard(self):
        return subprocess.run(["xclip", "-selection", "clipboard", "-out"], env=self.window.environment, check=True,
                              capture_output=True, timeout=10).stdout.decode()


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.first_start("home")
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    roster = Roster(window, clerk)
    people = clerk.own("""SELECT p.account, p.name, p.document FROM person p JOIN scope s ON s.id = p.scope
                          WHERE s.unit = ? AND p.status = 1 AND p.gone = 0 ORDER BY p.account LIMIT 6""", TRANSFER_UNIT)
    clerk.go("sealing")
    window.see("清册中尚无人员", 30)
    pasting(roster, people)
    typing(roster)
    many(roster)
    undoing(roster, window)
    finding(roster, window, people)
    window.kill()
    window.start()
    after_a_kill(roster, window, clerk)
    closing(roster, window, clerk)


def close(window):
    window.do("close")
    wait(lambda: not window.alive(), "the client to end", 30)
    assert window.process.returncode == 0, window.process.returncode


def closing(roster, window, clerk):
    """What is half typed when the window closes is entered; what cannot be saved is asked about."""
    roster.keyboard.tab_to("姓名：")
    roster.press("ctrl+Home", *REASON)
    roster.type("02")
    window.settle()
    close(window)
    assert roster.reasons()[0] == "02", roster.rows()
    window.start()
    clerk.go("sealing")
    roster.keyboard = Keyboard(window)
    wait(lambda: window.enabled("sealing-undo"), "the roster", 30)
    if not can_inject():
        print("# closing on a full disk: skipped, strace may not be used here")
        return
    roster.keyboard.tab_to("姓名：")
    roster.press("ctrl+Home", *REASON)
    with injected(window.process.pid, "pwrite64", "error=ENOSPC"):
        roster.type("01")
        window.settle()
        window.do("close")
        window.see("最后录入的内容尚未保存", 30)
        window.see("磁盘已满")
        window.agree("取消")
    assert window.alive()
    roster.expect("it to be saved once there is room again", lambda: roster.reasons()[0] == "01")
    close(window)


def pasting(roster, people):
    """Rows of a spreadsheet: people by account or by document, one of nobody, which is said."""
    rows = [people[0]["account"], people[1]["account"], people[2]["document"], people[3]["document"]]
    roster.copy("\r\n".join(rows) + "\r\n99999999999999\r\n")
    roster.window.do("sealing-paste")
    roster.expect("four pasted lines", lambda: [row["account"] for row in roster.rows()]
                  == [person["account"] for person in people[:4]])
    roster.window.see("99999999999999")
    roster.window.agree("关闭")


def typing(roster):
    """Over a cell; Esc leaves it; Enter goes down, Tab to the next cell that takes something."""
    roster.press("ctrl+Home", *REASON)
    roster.type("01")
    roster.press("Escape")
    assert roster.reasons() == [None] * 4, roster.rows()
    roster.type("01")
    roster.press("Return")
    roster.expect("the first reason", lambda: roster.reasons() == ["01", None, None, None])
    roster.type("99")
    roster.press("Tab")
    roster.type("words")
    roster.press("Return")
    roster.expect("reason and words of the second", lambda: roster.rows()[1].get("reason_text") == "words")


def many(roster):
    """Shift chooses rows, Ctrl+D fills down, Ctrl+C copies a block, Delete empties the cell of all of them."""
    roster.press("ctrl+Home", *REASON, "shift+Down", "shift+Down", "shift+Down", "ctrl+d")
    roster.expect("the reason of the first in all", lambda: roster.reasons() == ["01"] * 4)
    roster.press("ctrl+c")
    block = wait(lambda: (text := roster.clipboard()).count("\n") >= 3 and text, "the block on the clipboard")
    assert all(row["account"] in block for row in roster.rows()), block
    roster.press("Delete")
    roster.expect("no reason in any", lambda: roster.reasons() == [None] * 4)
    roster.press("ctrl+z")
    roster.expect("all reasons back in one step", lambda: roster.reasons() == ["01"] * 4)


def undoing(roster, window):
    """Fill, words, typing and the paste go back one by one, and forth again."""
    for expected in (["01", "99", None, None], ["01", "99", None, None], ["01", None, None, None], [None] * 4, []):
        roster.press("ctrl+z")
        roster.expect(f"{expected} after undo", lambda expected=expected: roster.reasons() == expected)
        wait(lambda: window.enabled("sealing-redo"), "redo to be possible")
    for expected in ([None] * 4, ["01", None, None, None], ["01", "99", None, None], ["01", "99", None, None], ["01"] * 4):
        window.do("sealing-redo")
        roster.expect(f"{expected} after redo", lambda expected=expected: roster.reasons() == expected)


def finding(roster, window, people):
    """F8 goes to the fault and a reader hears it; a search leaves one row, the totals follow."""
    roster.press("ctrl+Home", "Down", *REASON)
    roster.type("nonsense")
    roster.press("Return", "ctrl+Home", "F8")
    wait(lambda: "nonsense" in roster.keyboard.focus() and people[1]["name"] in roster.keyboard.focus(),
         "the reader to say the faulty cell and whose it is")
    window.do("set-search", GLib.Variant("s", people[2]["account"]))
    window.see("1 人")
    window.do("set-search", GLib.Variant("s", ""))
    roster.press("ctrl+z")
    roster.expect("the reason back", lambda: roster.reasons() == ["01"] * 4)
    roster.press("ctrl+End", "ctrl+Delete")
    roster.expect("the last line gone", lambda: len(roster.rows()) == 3)


def after_a_kill(roster, window, clerk):
    """Nothing that was shown as saved is lost, and what was done before can still be undone."""
    clerk.go("sealing")
    roster.keyboard = Keyboard(window)
    assert len(roster.rows()) == 3, roster.rows()
    window.do("sealing-undo", seconds=60)
    roster.expect("the deleted line back after a restart", lambda: roster.reasons() == ["01"] * 4)
    window.do("sealing-redo")
    roster.expect("and gone again", lambda: len(roster.rows()) == 3)
