# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What the built-in guide shows and no other look does: the inquiries, all units, a transfer, a change of bases and
vouchers; in whatever language the stage was given. tests/tools/guide-pictures.sh makes the guide's pictures of them.

Waits on actions and on the books, never on words.
"""
from gi.repository import GLib

from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import wait

SEALED = 2


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.sign_in()
    window.do("enter-home", seconds=60)
    keyboard = Keyboard(window)

    def picture(name):
        window.settle()
        window.picture(pictures / f"guide-{name}.png")

    def unit(account):
        window.do("switch-unit", GLib.Variant("s", account))
        wait(lambda: clerk.own("SELECT 1 FROM cursor c JOIN scope s ON s.id = c.scope WHERE s.unit = ? AND "
                               "c.feed = 'movements' AND c.complete = 1", account), "all of the unit", 60)

    def lines():
        rows = clerk.own("SELECT lines FROM draft WHERE state = 'open' ORDER BY id DESC")
        return rows[0]["lines"] if rows else 0

    def roster(business, people, entered):
        """A roster of these people, with what is entered for each."""
        clerk.go(business)
        window.do(f"{business}-choose", seconds=60)
        dialog = wait(window.dialog, "the people")
        for person in people:
            keyboard.press("ctrl+a")
            keyboard.type(person)
            window.settle()
            keyboard.press("Down", "space", "shift+Tab")
        keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "the people to be chosen")
        wait(lambda: lines() > 0, "the roster")
        window.settle()
        for value in entered:
            keyboard.type(value)
            keyboard.press("Return")
        picture(business)

    unit(COLLECTION_UNIT)
    clerk.go("inquiry")
    picture("inquiry")
    clerk.go("vouchers")
    picture("vouchers")
    unit(TRANSFER_UNIT)
    normal = [row["account"] for row in clerk.own(
        "SELECT p.account FROM person p JOIN scope s ON s.id = p.scope WHERE s.unit = ? AND p.status = 1 LIMIT 2",
        TRANSFER_UNIT)]
    roster("base-adjustment", normal[:1], ["6500"])
    sealed = clerk.own("SELECT p.account, s.unit FROM person p JOIN scope s ON s.id = p.scope WHERE p.status = ?", SEALED)
    if sealed:
        unit(sealed[0]["unit"])
        roster("transfer", [sealed[0]["account"]], [COLLECTION_UNIT if sealed[0]["unit"] != COLLECTION_UNIT
                                                    else TRANSFER_UNIT])
    clerk.go("units")
    wait(lambda: len(clerk.own("SELECT 1 FROM cursor WHERE feed = 'applications' AND complete = 1")) > 3,
         "every unit", 60)
    picture("units")
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")
