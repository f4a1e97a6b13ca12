#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""look.py PID WORDS: waits until a window of the process PID on this bus says WORDS, and prints what it says."""
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from stage import wait  # noqa: E402
from window import Window  # noqa: E402


def main(pid, words):
    class Process:
        pass

    window = Window.__new__(Window)
    window.process = Process()
    window.process.pid = int(pid)
    Atspi.init()
    node = wait(lambda: window.find(contains=words), f"“{words}”", 20)
    assert node
    print(" | ".join(window.texts()))


if __name__ == "__main__":
    main(*sys.argv[1:])
