# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Several units (X7, X11), by keyboard alone: to another unit and back in two keystrokes each, a short name and a colour
that are the clerk's own and stand on the button of 办理, and all units side by side with what each needs.
"""
from clerk import COLLECTION_UNIT, TRANSFER_UNIT
from journey import Journey, begin, close
from stage import wait


def play(factory, environment, home, pictures):
    window, clerk = begin(factory)
    Story(window, clerk, home, pictures).play()
    close(window)


class Story(Journey):
    def play(self):
        self.clerk.switch_unit(COLLECTION_UNIT)
        self.clerk.switch_unit(TRANSFER_UNIT)
        self.clerk.synced()
        self.back_and_forth()
        self.name_it()
        self.look_over()

    def shown(self):
        """The account of the unit on screen, as the database has it."""
        return self.clerk.own("SELECT value FROM preference WHERE name = 'last-unit'")[0]["value"]

    def back_and_forth(self):
        for account in (COLLECTION_UNIT, TRANSFER_UNIT):
            self.keyboard.press("ctrl+u", "Return")
            wait(lambda: self.shown() == account, f"unit {account}")
            self.window.see(account)
        self.clerk.synced()
        self.keyboard.press("ctrl+u")
        self.window.see("全部单位")
        self.picture("list")
        self.keyboard.press("Escape")

    def name_it(self):
        """A short name that is too long is refused at its entry; the next one is kept, and stands where she submits."""
        window, keyboard = self.window, self.keyboard
        window.do("mark-unit")
        dialog = wait(window.dialog, "the dialog", 20)
        keyboard.press("ctrl+a")
        keyboard.type("1234567890123")
        keyboard.press("Return")
        window.see("单位简称", 20)
        self.picture("refused")
        keyboard.press("ctrl+a")
        keyboard.type("JIA-2")
        keyboard.press("Tab", "Down", "Down")
        self.picture("name")
        keyboard.press("alt+k")
        wait(lambda: dialog not in window.windows(), "the dialog to close")
        window.see("JIA-2")
        mark = self.clerk.own("SELECT label, colour FROM scope WHERE unit = ?", TRANSFER_UNIT)[0]
        assert mark["label"] == "JIA-2" and mark["colour"] is not None, mark
        self.clerk.go("remittance")
        window.see("办理(S) · JIA-2 · ", 30)

    def look_over(self):
        """What is due stands beside each unit, also of those that were never on screen; Enter goes to one."""
        window = self.window
        self.clerk.go("units")
        for account in (COLLECTION_UNIT, TRANSFER_UNIT):
            window.see(account, 30)
        wait(lambda: not any("尚未取回" in words for words in window.texts()), "every unit to be asked about", 60)
        self.picture("all")
        window.do("units-needing")
        self.picture("needing")
        window.do("units-needing")
