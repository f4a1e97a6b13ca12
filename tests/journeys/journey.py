# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What most journeys share: the client begins anew and stands at home with a unit, what is told of it, and its end."""
from clerk import Clerk
from keys import Keyboard
from stage import wait


def begin(factory, unit=None, **environment):
    """The client on practice, signed in, in step with its center. Gives the window and the clerk before it."""
    window = factory("--practice", **environment)
    window.start()
    clerk = Clerk(window)
    clerk.first_start("home")
    if unit:
        clerk.switch_unit(unit)
        clerk.synced()
    return window, clerk


def close(window):
    """The window is closed, and the program ends well."""
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")
    assert window.process.returncode == 0, window.process.returncode


class Journey:
    """A window, its clerk, the keyboard, the folder of the stage; and pictures, where somebody wants them."""

    def __init__(self, window, clerk, home, pictures):
        self.window, self.clerk, self.home, self.pictures = window, clerk, home, pictures
        self.keyboard = Keyboard(window)

    def picture(self, name):
        """Of the whole display once it stays, named after the journey."""
        if self.pictures:
            self.window.settle()
            self.window.picture(self.pictures / f"{type(self).__module__.replace('_', '-')}-{name}.png")
