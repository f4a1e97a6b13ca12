#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""look.py PID WORDS: waits until a window of the process PID on this bus says WORDS, and prints what it says."""
import sys

from types import SimpleNamespace

from stage import wait
from window import Window


def main(pid, words):
    window = Window(None, None, None)
    window.process = SimpleNamespace(pid=int(pid))
    wait(lambda: window.find(contains=words), f"“{words}”", 20)
    print(" | ".join(window.texts()))


if __name__ == "__main__":
    main(*sys.argv[1:])
