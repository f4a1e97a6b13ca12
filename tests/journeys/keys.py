# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""One 汇缴 with the keyboard alone: no action is called, no pointer moves. Every control that is needed is reached with
Tab, arrows and the shortcuts of the shortcuts window.
"""
import subprocess

from accessible import FOCUSED, Gone
from clerk import TRANSFER_UNIT, Clerk
from stage import Late, wait

TABS = 60


class Keyboard:
    """Keys for the window that has the focus, and what has it."""

    def __init__(self, window):
        self.window = window
        found = wait(lambda: self._tool("search", "--onlyvisible", "--pid", str(window.process.pid)),
                     "the window to be on the display")
        # no window manager on this stage: nobody else gives the first window the keyboard
        self.number = found.split()[-1]
        self._tool("windowfocus", "--sync", self.number)

    def _tool(self, *words):
        return subprocess.run(["xdotool", *words], env=self.window.environment, capture_output=True, text=True,
                              check=False).stdout.strip()

    def take(self, window):
        """The keyboard goes to the topmost window of the program, as a window manager would have it."""
        numbers = self._tool("search", "--all", "--onlyvisible", "--pid", str(window.process.pid), "--name", ".").split()
        self.number = numbers[-1]
        self._tool("windowfocus", "--sync", self.number)

    def press(self, *keys):
        self._tool("key", "--clearmodifiers", "--delay", "30", *keys)

    def type(self, text):
        """As a person types: key by key. A letter that no key has is given one for as long as its turn lasts: who is late
        to read it reads the next one."""
        self._tool("type", "--delay", "40" if text.isascii() else "150", "--", text)

    def click(self, node):
        """With the pointer, in the middle of it."""
        self._tool("mousemove", "--window", self.number, *map(str, node.middle()), "click", "1")

    def wheel(self, turns):
        """Turns the wheel over the middle of the display: down, or up where `turns` is negative."""
        self._tool("mousemove", "683", "384", "click", "--delay", "5", "--repeat", str(abs(turns)),
                   "5" if turns > 0 else "4", "mousemove", "1365", "767")

    def focus(self):
        """Name (or words) of what has the focus."""
        for node in self.window.walk():
            try:
                if node.has(FOCUSED) and node.role != "frame":
                    return node.name or node.text() or node.words()
            except Gone:
                continue
        return ""

    def tab_to(self, *wanted):
        """Tab until something with one of these words has the focus."""
        met = []
        for _ in range(TABS):
            here = self.focus()
            if any(word in here for word in wanted):
                return here
            met.append(here)
            self.press("Tab")
        raise Late(f"{wanted} not reached with Tab; met {met}")


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.first_start("home")
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    keyboard = Keyboard(window)

    def picture(name):
        if pictures:
            window.settle()
            window.picture(pictures / f"keys-{name}.png")

    keyboard.press("ctrl+question")
    window.see("上一个单位")
    picture("shortcuts")
    keyboard.press("Escape")
    window.gone("上一个单位")
    keyboard.press("ctrl+j")
    wait(lambda: "立即同步" in keyboard.focus(), "syncing to have the focus, not signing out")
    keyboard.press("Escape")
    keyboard.press("alt+2")
    window.see("汇缴开始年月" if window.find(contains="汇缴开始年月") else "缴存方式")
    picture("remittance")
    keyboard.tab_to("下一步")
    picture("focus")
    keyboard.press("space")
    keyboard.tab_to("汇缴结束年月")
    keyboard.press("alt+Page_Down")
    answer(clerk, window, keyboard)
    keyboard.press("ctrl+shift+e")
    wait(lambda: window.enabled("remittance-submit"), "every month to be reviewed")
    keyboard.press("alt+Page_Down")
    picture("submit")
    # Esc takes a question back and nothing has happened.
    keyboard.press("ctrl+Return")
    wait(lambda: window.enabled("remittance-confirm"), "the confirmation")
    keyboard.press("Escape")
    wait(lambda: not window.enabled("remittance-confirm"), "the confirmation to go")
    assert clerk.submitted(TRANSFER_UNIT) == 0
    keyboard.press("ctrl+Return")
    wait(lambda: window.enabled("remittance-confirm"), "the confirmation again")
    window.see("退休类别")  # what was answered goes with the month, and is not left out
    picture("confirm")
    keyboard.press("Return")
    application = wait(lambda: clerk.newest(TRANSFER_UNIT), "the center to have it", 60)
    assert application["state"] == "registered", application
    window.see("收款")
    picture("result")
    keyboard.tab_to("复制：账号", "复制: 账号", "账号")
    picture("copy")
    keyboard.press("ctrl+q")
    wait(lambda: not window.alive(), "the client to end")


def answer(clerk, window, keyboard):
    """Every question about a retirement class, in the list below the months."""
    while window.enabled("remittance-answer"):
        before = clerk.answers()
        keyboard.press("F8")
        keyboard.press("F8")
        keyboard.tab_to("不汇缴或")
        keyboard.press("space")
        keyboard.tab_to("的退休类别")
        keyboard.press("space")
        window.see("女55")
        wait(lambda: "女" in keyboard.focus(), "the menu to have the focus", 5)
        keyboard.press("Return")
        wait(lambda: clerk.answers() > before, "the answer to be kept")
