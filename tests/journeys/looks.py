# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A picture of every page, in whatever language, scheme and size the stage was given: for people who look.

  run.py --plain --build build --pictures pictures-en-dark --language C.UTF-8 --scheme dark looks

Waits on actions and on the books, never on words, so that it plays in every language.
"""
from gi.repository import GLib

from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import kill, wait


def play(factory, environment, home, pictures):
    window = factory()
    window.start()
    clerk = Clerk(window)

    def picture(name):
        window.settle()
        window.picture(pictures / f"{name}.png")

    picture("welcome")
    window.do("start-centers")
    picture("centers")
    window.do("start-back")
    window.do("start-practice")
    wait(lambda: window.enabled("sign-in"), "the sign-in page", 60)
    picture("sign-in")
    window.do("sign-in")
    clerk.address()
    picture("sign-in-waiting")
    window.do("cancel-sign-in")
    clerk.sign_in()
    wait(lambda: clerk.own("SELECT 1 FROM person"), "people", 60)
    picture("department")
    window.do("enter-home", seconds=60)
    window.do("switch-unit", GLib.Variant("s", COLLECTION_UNIT))
    wait(lambda: clerk.own("SELECT 1 FROM person p JOIN scope s ON s.id = p.scope WHERE s.unit = ?", COLLECTION_UNIT),
         "the unit's people", 60)
    picture("home")
    for page in ("people", "applications", "unit-change", "back-payment", "inquiry"):
        clerk.go(page)
        picture(page)
    for view in ("people", "months", "back-payments", "applications", "movements", "charts", "person"):
        window.do("inquiry-show", GLib.Variant("s", view))
        picture(f"inquiry-{view}")
    clerk.go("people")
    paper(window, "people-print", picture)
    window.do("set-search", GLib.Variant("s", "w"))
    window.do("people-select", GLib.Variant("u", 0)) if window.enabled("people-select") else None
    window.do("people-details")
    picture("people-search-details")
    window.do("set-search", GLib.Variant("s", "nobody-is-called-this"))
    picture("people-nothing-found")

    remittance(clerk, window, picture)
    window.do("switch-unit", GLib.Variant("s", TRANSFER_UNIT))
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due(clerk, TRANSFER_UNIT)), 60)
    clerk.answer_classes(TRANSFER_UNIT)
    clerk.review()
    for pid in window.children():
        window.kill_pid(pid)
    clerk.submit()
    picture("offline-or-sent")
    application = wait(lambda: clerk.newest(TRANSFER_UNIT), "the center to have it", 90)
    wait(lambda: clerk.own("SELECT 1 FROM application WHERE serial = ?", application["serial"]), "the client to know", 60)
    picture("payee")
    clerk.go("applications")
    window.do("application-select", GLib.Variant("s", clerk.newest(TRANSFER_UNIT)["serial"]))
    picture("application-details")
    window.do("show-help-overlay")
    picture("shortcuts")
    window.do("show-status")
    picture("status")
    kill(window.process)


def paper(window, action, picture):
    """The preview, and its pages as they are printed."""
    keyboard = Keyboard(window)
    window.do(action)
    wait(lambda: len(window.windows()) > 1, "the preview")
    picture("paper")
    keyboard.press("ctrl+9")
    picture("paper-whole")
    keyboard.press("Escape")
    wait(lambda: len(window.windows()) == 1, "the preview to close")


def due(clerk, unit):
    return clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1


def remittance(clerk, window, picture):
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due(clerk, COLLECTION_UNIT) + 1), 60)
    picture("remittance-method")
    window.do("remittance-next")
    picture("remittance-months")
    window.do("remittance-next")
    picture("remittance-review")
    clerk.answer_classes(COLLECTION_UNIT)
    window.do("remittance-review-all")
    window.do("remittance-next")
    picture("remittance-submit")
    clerk.ask_to_submit()
    wait(lambda: window.enabled("remittance-confirm"), "the confirmation")
    picture("remittance-confirm")
    window.do("remittance-confirm")
    wait(lambda: clerk.newest(COLLECTION_UNIT), "the center to have it", 60)
    picture("remittance-shortage")
