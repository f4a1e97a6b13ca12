# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Text twice as large on the smallest screen: no page and no dialog asks for more than the screen has, and the sidebar,
for which there is no room, comes with F9, leads to a page with the keyboard, and goes away again.
"""
import subprocess

from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import large_text, wait

PAGES = ("home", "people", "remittance", "back-payment", "account-opening", "transfer", "sealing", "base-adjustment",
         "unit-change", "applications", "inquiry", "vouchers")
SCREEN = (1366, 768)


def play(factory, environment, home, pictures):
    large_text(environment["DISPLAY"], 2)
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
        self.faults = []

    def look(self, name):
        """A picture, and whether all that is open has room on the screen (menus may reach beyond it with their shadow)."""
        self.window.settle()
        if self.pictures:
            self.window.picture(self.pictures / f"large-{name}.png")
        for number in self._tool("search", "--onlyvisible", "--pid", str(self.window.process.pid)).split():
            words = self._tool("getwindowgeometry", "--shell", number).split()
            sizes = dict(line.split("=") for line in words)
            if int(sizes["WIDTH"]) > SCREEN[0] or int(sizes["HEIGHT"]) > SCREEN[1]:
                self.faults.append(f"{name}: {sizes['WIDTH']}×{sizes['HEIGHT']}")

    def _tool(self, *words):
        return subprocess.run(["xdotool", *words], env=self.window.environment, capture_output=True, text=True,
                              check=False).stdout

    def play(self):
        for page in PAGES:
            self.clerk.go(page)
            self.look(page)
        self.sidebar()
        self.dialogs()
        assert not self.faults, "larger than the screen:\n" + "\n".join(self.faults)

    def sidebar(self):
        window, keyboard = self.window, self.keyboard
        assert window.find(name="缴存基数调整", role="list item") is None, "no room for the sidebar"
        keyboard.press("F9")
        row = wait(lambda: window.find(contains="缴存基数调整", role="list item"), "the sidebar")
        self.look("sidebar")
        keyboard.click(row)
        wait(lambda: window.find(contains="缴存基数调整", role="list item") is None, "the sidebar to go")
        window.see("清册中尚无人员", 20)

    def dialogs(self):
        """选择人员, why not, and the confirmation."""
        window = self.window
        self.clerk.go("sealing")
        window.do("sealing-choose", seconds=30)
        dialog = wait(window.dialog, "选择人员")
        self.look("choose")
        self.keyboard.press("Down", "space", "Down", "space", "ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")
        window.see("2 人 · 封存 2", 20)
        window.do("sealing-submit")
        window.see("暂不能办理")
        self.look("why-not")
        window.agree("关闭")
        self.keyboard = Keyboard(window)
        for _ in range(2):
            self.keyboard.type("01")
            self.keyboard.press("Return")
        window.do("sealing-submit")
        wait(lambda: window.enabled("sealing-confirm"), "the confirmation", 30)
        self.look("confirm")
        self.keyboard.press("Escape")
        wait(lambda: not window.enabled("sealing-confirm"), "the confirmation to go")
