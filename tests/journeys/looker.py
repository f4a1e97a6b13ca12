# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Somebody who looks at a window, in whatever language it speaks: takes pictures, opens and closes what lies over it, and
presses what the source calls by an English word.
"""
import gettext
import re

from accessible import FOCUSED, Gone
from keys import TABS, Keyboard
from stage import Late, wait
from window import BUTTONS

FAR = 60  # turns of the wheel: the end of any page


class Looker:
    def __init__(self, window, pictures, prefix):
        self.window, self.pictures, self.prefix = window, pictures, prefix
        self.keyboard = Keyboard(window)
        language = window.environment["LANG"].split(".")[0]
        self.words = gettext.translation("qingce", window.environment["QINGCE_LOCALEDIR"], [language], fallback=True)

    def say(self, msgid):
        """As it stands on the window, without the mark of its key and up to what is put into it."""
        return re.sub(r"\(_.\)", "", self.words.gettext(msgid)).replace("_", "").split("%")[0].strip()

    # --- pictures ---------------------------------------------------------------
    def picture(self, name):
        self.window.settle()
        self.window.picture(self.pictures / f"{self.prefix}-{name}.png")

    def scrolled(self, name):
        """A page that may be longer than the display: its beginning, the middle and its end."""
        self.picture(name)
        for part, turns in (("middle", 6), ("end", FAR)):
            self.keyboard.wheel(turns)
            self.picture(f"{name}-{part}")
        self.keyboard.wheel(-FAR)

    # --- what lies over the window --------------------------------------------------
    def shells(self):
        """All windows; those that GTK makes by itself are called anything."""
        return self.window.application().children()

    def top(self):
        return self.shells()[-1]

    def open(self, action, name, *arguments):
        """A picture of the window that `action` opens."""
        before = len(self.shells())
        self.window.do(action, *arguments, seconds=60)
        wait(lambda: len(self.shells()) > before, f"the window of {action}", 30)
        self.window.settle()
        self.picture(name)

    def close(self):
        """Escape, until the topmost window is gone: it may first end a search."""
        dialog = self.top()
        for _ in range(3):
            self.keyboard.take(self.window)
            self.keyboard.press("Escape")
            try:
                wait(lambda: dialog not in self.shells(), "the window to close", 2)
                break
            except Late:
                continue
        assert dialog not in self.shells(), "Escape closes it"
        self.keyboard.take(self.window)

    def over(self, action, name, *arguments):
        self.open(action, name, *arguments)
        self.close()

    # --- controls ---------------------------------------------------------------
    def button(self, msgid):
        """The first button of the topmost window whose name or words begin so."""
        words = self.say(msgid)
        for node in self.window.walk(self.top()):
            try:
                said = (node.name or node.words()).replace("_", "").strip()
                if node.role in BUTTONS and said.startswith(words) and node.can_be_pressed():
                    return node.live()
            except Gone:
                continue
        return None

    def press(self, msgid):
        wait(lambda: self.button(msgid), f"the button “{self.say(msgid)}”").press()

    def tab_to(self, msgid):
        """Tab within the topmost window until what is called so has the focus."""
        words = self.say(msgid)
        for _ in range(TABS):
            here = next((node.name or node.text() for node in self.window.walk(self.top())
                         if node.has(FOCUSED)), "")
            if words in here:
                return
            self.keyboard.press("Tab")
        raise Late(f"{words} not reached with Tab")

    def choose(self, msgid, place):
        """In a drop-down: the row at `place`."""
        self.tab_to(msgid)
        self.keyboard.press("space")
        self.window.settle()
        self.keyboard.press("Home", *["Down"] * place, "Return")
