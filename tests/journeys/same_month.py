# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A month in which nobody joins, leaves or changes: remitted from 首页 with the keyboard in at most four actions. The month
before it is not such a month, and says so instead of being remitted; what was compared is kept with both.
"""
from clerk import TRANSFER_UNIT
from journey import begin
from keys import Keyboard
from stage import wait

ENOUGH = 4


class Counted:
    """A keyboard whose deeds are counted: going to a button is none, pressing it is one."""

    def __init__(self, keyboard):
        self.keyboard, self.actions = keyboard, 0

    def do(self, *keys):
        self.keyboard.press(*keys)
        self.actions += 1


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    keyboard = Keyboard(window)
    before = clerk.submitted(TRANSFER_UNIT)

    def picture(name):
        if pictures:
            window.settle()
            window.picture(pictures / f"same_month-{name}.png")

    # The month that is due has changes: it says what, leads to where they are, and nothing counts as reviewed.
    picture("home")
    keyboard.tab_to("与上月相同")
    keyboard.press("Return")
    window.see("与上月不同")
    picture("differs")
    assert clerk.own("SELECT facts FROM draft WHERE business = 'remittance'")[0]["facts"].find("reviewed") < 0
    clerk.answer_classes(TRANSFER_UNIT)
    window.do("remittance-sheet")
    wait(window.dialog, "the sheet")
    window.see("上月")
    picture("sheet")
    window.close(window.dialog(), keyboard.press, "Escape")
    clerk.review()
    clerk.ask_to_submit()
    picture("confirm")
    window.do("remittance-confirm")
    wait(lambda: clerk.submitted(TRANSFER_UNIT) == before + 1, "the first month to be submitted")
    clerk.console().confirm_arrival(TRANSFER_UNIT, clerk.newest(TRANSFER_UNIT)["serial"])
    clerk.sync()
    clerk.go("home")
    due = clerk.due_month(TRANSFER_UNIT)
    following = f"{due // 100}年{due % 100}月"
    window.see(following)

    # The month after it is the same again: two keys of deeds and the confirmation.
    counted = Counted(keyboard)
    keyboard.tab_to("与上月相同")
    counted.do("Return")
    wait(lambda: window.enabled("remittance-submit"), "办理 to be possible")
    window.see("本月与上月")
    picture("ready")
    counted.do("ctrl+Return")
    dialog = wait(window.dialog, "the confirmation")
    counted.do("Return")
    wait(lambda: clerk.submitted(TRANSFER_UNIT) == before + 2, "the month after it to be submitted")
    assert counted.actions <= ENOUGH, counted.actions
    wait(lambda: dialog not in window.windows(), "the confirmation to close")

    # What was compared stays with the application.
    serial = clerk.newest(TRANSFER_UNIT)["serial"]
    clerk.sync()
    clerk.go(f"applications/{serial}")
    window.see(serial)
    window.do("application-sheet")
    wait(window.dialog, "the sheet of the application")
    window.see(f"{following}：上月")
    picture("kept")
