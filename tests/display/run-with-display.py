#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Runs a test program with a display, a session bus and a home of its own; ends them with it.

    run-with-display.py [--language LOCALE] [--scale TEXT] [--scheme light|contrast] BUILD PROGRAM [ARGUMENT…]
"""
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "journeys"))
import stage  # noqa: E402


def main():
    words = sys.argv[1:]
    options = {"--language": "C.UTF-8", "--scale": "1", "--scheme": "light"}
    while words[0] in options:
        options[words[0]], words = words[1], words[2:]
    build, program = words[0], words[1:]
    with stage.stage(build, language=options["--language"], scale=options["--scale"],
                     scheme=options["--scheme"]) as (environment, _home):
        environment.update(G_DEBUG="fatal-warnings", GDK_DEBUG="gl-disable", GTK_A11Y="none", QINGCE_BROWSER="none",
                           G_TEST_SRCDIR=str(pathlib.Path(__file__).resolve().parents[2]))
        return subprocess.run(program, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
