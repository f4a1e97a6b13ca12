# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A picture of everything that the reviewed businesses show: forms, the finder, months, pictures, papers, confirmation,
what waits, what was returned; in whatever language, scheme and size the stage was given.

  run.py --plain --build build --pictures pictures-en-dark --language C.UTF-8 --scheme dark looks_reviewed

Waits on actions and on the books, never on words, so that it plays in every language.
"""
import subprocess

from gi.repository import GLib

from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import wait


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.sign_in()
    window.do("enter-home", seconds=60)
    window.do("switch-unit", GLib.Variant("s", TRANSFER_UNIT))
    wait(lambda: clerk.own("SELECT 1 FROM person p JOIN scope s ON s.id = p.scope WHERE s.unit = ?", TRANSFER_UNIT),
         "the unit's people", 60)
    story = Looks(window, clerk, pictures)
    story.opening()
    story.back_payment()
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")


class Looks:
    def __init__(self, window, clerk, pictures):
        self.window, self.clerk, self.pictures = window, clerk, pictures
        self.keyboard = Keyboard(window)
        self.photo = window.home / "231102199003070016.jpg"
        subprocess.run(["convert", "-size", "1200x1600", "plasma:tan-brown", "-quality", "88", str(self.photo)],
                       check=True)
        self.scan = window.home / "scan.png"
        subprocess.run(["convert", "-size", "1240x1754", "xc:white", "-fill", "black", "-draw",
                        "rectangle 200,300 900,340", str(self.scan)], check=True)

    def picture(self, name):
        self.window.settle()
        self.window.picture(self.pictures / f"reviewed-{name}.png")

    def lines(self, business):
        rows = self.clerk.own("SELECT lines, attachments FROM (SELECT d.lines, (SELECT count(*) FROM draft_attachment t "
                              "WHERE t.draft = d.id AND NOT t.removed) AS attachments FROM draft d WHERE d.business = ? "
                              "AND d.state = 'open' AND d.deleted = 0 ORDER BY d.id DESC)", business)
        return (rows[0]["lines"], rows[0]["attachments"]) if rows else (0, 0)

    def over(self, action, name, *arguments):
        """A picture of the dialog that `action` opens, which is closed again."""
        self.window.do(action, *arguments, seconds=60)
        dialog = wait(self.window.dialog, f"the dialog of {action}", 30)
        self.picture(name)
        self.keyboard.press("Escape")
        wait(lambda: dialog not in self.window.windows(), "the dialog to close")
        self.keyboard = Keyboard(self.window)

    def opening(self):
        window, clerk = self.window, self.clerk
        clerk.go("account-opening")
        self.picture("opening-empty")
        window.do("account-opening-choose", seconds=60)
        dialog = wait(window.dialog, "the form")
        keyboard = self.keyboard
        self.picture("opening-form-empty")
        keyboard.type("欧阳娜娜")
        keyboard.press("Tab", "Tab")
        keyboard.type("231102199003070017")
        keyboard.press("Return")
        self.picture("opening-form-faults")
        keyboard.press("ctrl+a")
        keyboard.type("231102199003070016")
        keyboard.press("Tab")
        keyboard.type("13845612345")
        keyboard.press("Tab")
        keyboard.type("5010")
        keyboard.press("Return")
        wait(lambda: self.lines("account-opening")[0] == 1, "the line")
        keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "the form to close")
        self.keyboard = Keyboard(window)
        self.picture("opening-roster")
        window.do("account-opening-next")
        self.picture("opening-pictures-missing")
        self.over("account-opening-phone", "opening-phone")
        window.do("account-opening-pictures-add", GLib.Variant("as", [str(self.photo), str(self.scan)]))
        wait(lambda: self.lines("account-opening")[1] >= 1, "the picture", 30)
        dialog = wait(window.dialog, "what was not taken", 30)
        self.picture("opening-not-taken")
        self.keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "the message to close")
        self.keyboard = Keyboard(window)
        self.picture("opening-pictures")
        window.do("account-opening-submit")
        wait(lambda: window.enabled("account-opening-confirm"), "the confirmation", 30)
        self.picture("opening-confirm")
        window.do("account-opening-confirm")
        row = wait(lambda: clerk.ledger("SELECT serial FROM application WHERE business = 'account-opening' AND "
                                        "state = 'in-review'"), "the center to have it", 60)
        clerk.go("account-opening")
        self.picture("opening-result")
        clerk.console().send_back(TRANSFER_UNIT, row[0]["serial"], code_0="01", line_0="1", field_0="name",
                                  text_0="姓名与身份证不一致")
        window.do("sync-now")
        wait(lambda: clerk.own("SELECT 1 FROM application WHERE state = 'returned'"), "it to come back", 60)
        self.picture("opening-returned")
        clerk.go("applications/" + row[0]["serial"])
        self.picture("returned-record")
        window.do("application-reopen", seconds=60)
        wait(lambda: self.lines("account-opening")[0] == 1, "the draft made of it", 30)
        self.picture("opening-again")

    def back_payment(self):
        window, clerk = self.window, self.clerk
        clerk.go("back-payment")
        self.picture("back-empty")
        window.do("back-payment-find", seconds=60)
        dialog = wait(window.dialog, "who was found", 60)
        self.picture("back-found")
        self.keyboard.press("alt+a")
        wait(lambda: self.lines("back-payment")[0] > 0, "them on the roster", 60)
        wait(lambda: dialog not in window.windows(), "the question to close")
        self.keyboard = Keyboard(window)
        self.picture("back-roster")
        self.over("back-payment-months", "back-months")
        window.do("back-payment-next")
        self.picture("back-pictures")
        self.over("back-payment-print-list", "back-paper")
        self.over("back-payment-write-statement", "back-statement")
        clerk.go("applications")
        self.picture("records")
        number = clerk.own("SELECT id FROM draft WHERE business = 'back-payment' AND state = 'open'")[0]["id"]
        window.do("application-select", GLib.Variant("s", f"draft:{number}"))
        self.picture("records-draft")
