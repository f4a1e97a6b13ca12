# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""补缴 and 个人账户设立 as a clerk drafts them: people, months and what they cost; a form a person; what is wrong is said
where it stands.
"""
from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import wait


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.first_start("home")
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    Story(window, clerk, pictures).play()
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")
    assert window.process.returncode == 0, window.process.returncode


class Story:
    def __init__(self, window, clerk, pictures):
        self.window, self.clerk, self.pictures = window, clerk, pictures
        self.keyboard = Keyboard(window)

    def picture(self, name):
        if self.pictures:
            self.window.settle()
            self.window.picture(self.pictures / f"reviewed-{name}.png")

    def play(self):
        self.opening()
        self.back_payment()

    def opening(self):
        window, keyboard = self.window, self.keyboard
        self.clerk.go("account-opening")
        window.see("清册中尚无人员", 30)
        self.picture("opening-empty")
        wait(lambda: window.enabled("account-opening-choose"), "the unit to be known")
        window.do("account-opening-choose")
        dialog = wait(window.dialog, "添加人员", 20)
        wait(lambda: window.find(contains="自 2026年"), "the form", 10)
        keyboard.type("欧阳娜娜")
        keyboard.press("Tab", "Tab")
        keyboard.type("231102199003070017")
        keyboard.press("Return")
        self.picture("opening-form-faults")
        window.see("校验", 10)
        keyboard.press("ctrl+a")
        keyboard.type("231102199003070016")
        keyboard.press("Tab")
        keyboard.type("13845612345")
        keyboard.press("Tab")
        keyboard.type("5010")
        self.picture("opening-form")
        keyboard.press("Return")
        window.see("已加入清册", 10)
        self.picture("opening-added")
        keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "the form to close")
        self.picture("opening-roster")

    def back_payment(self):
        window, keyboard = self.window, self.keyboard
        self.clerk.go("back-payment")
        window.see("清册中尚无人员", 30)
        self.picture("back-empty")
        window.do("back-payment-choose")
        dialog = wait(window.dialog, "选择人员", 20)
        keyboard.type("jiang")
        window.see("蒋云, ", 20)
        keyboard.press("Down", "space", "Down", "space")
        keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")
        self.picture("back-roster")
        window.do("back-payment-months")
        self.picture("back-months")
