#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Runs journeys: a real window against a real center, on a stage of its own. Prints TAP, a line for each journey.

Usage: run.py --build DIR [--pictures DIR] [--failed DIR] [--language zh_CN.UTF-8] [--size 1366x768] [--scheme dark]
              [--scale 1.5] NAME [NAME …]
A journey is a module of this folder with a function `play (window_factory, environment, home, pictures)`.
"""
import argparse
import importlib
import os
import pathlib
import re
import subprocess
import sys
import traceback

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True, type=pathlib.Path)
    parser.add_argument("--pictures", type=pathlib.Path, help="where the journey puts its pictures; none are taken otherwise")
    parser.add_argument("--failed", type=pathlib.Path, help="where a picture of the window goes when a journey has failed")
    parser.add_argument("--language", default="zh_CN.UTF-8")
    parser.add_argument("--size", default="1366x768")
    parser.add_argument("--scheme", default="light", choices=["light", "dark", "contrast", "contrast-dark"])
    parser.add_argument("--scale", default="1", help="how large text is: 1.5 is a half more")
    parser.add_argument("--plain", action="store_true", help="no TAP: what the journey says, as it says it")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    parser.add_argument("journeys", nargs="+")
    return parser.parse_args()


# Complaints of GTK 4.8 against itself: where Tab passes a drop down, when a menu is shown to somebody who listens, when what
# lies under the pointer is closed, and when a reader asks where something stands; and what is missing on a stage: a
# desktop's services.
NOT_OURS = re.compile(r"gtk_window_get_focus: assertion 'GTK_IS_WINDOW|gtk_at_context_set_accessible_role: assertion"
                      r"|Gdk-CRITICAL|Screen coordinates not supported|GVFS-RemoteVolumeMonitor|colord"
                      r"|org\.freedesktop\.Notifications")


def complaints(home):
    """What is complained of in the log of the client: a journey that goes well with these has not gone well."""
    log = home / "client.log"
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return [line for line in lines if ("CRITICAL **" in line or "WARNING **" in line) and not NOT_OURS.search(line)]


def inside(options):
    """In the child: the environment is the stage's, so the accessibility library finds the right bus."""
    from window import Window  # after the environment is the stage's
    home = pathlib.Path(options.inside)
    build = options.build.resolve()
    environment = dict(os.environ)
    journey = importlib.import_module(options.journeys[0])
    started = []

    def factory(*words, **changes):
        made = Window(build, dict(environment, **changes), home, *words)
        started.append(made)
        return made

    try:
        journey.play(factory, environment, home, options.pictures)
        assert not complaints(home), complaints(home)
        return 0
    except BaseException:  # the log of the client belongs to the report whatever went wrong
        traceback.print_exc()
        for made in started:
            if made.process and made.alive():
                try:
                    print("# on the window: " + " | ".join(made.texts())[-3000:].replace("\n", " "))
                    if options.failed:
                        made.picture(options.failed / f"failed-{options.journeys[0]}.png")
                except Exception as error:
                    print(f"# (cannot read the window: {error})")
        log = home / "client.log"
        if log.exists():
            print("# client log:", *log.read_text(errors="replace").splitlines()[-40:], sep="\n# ")
        return 1
    finally:
        for made in started:
            if made.process:
                made.end()


def play_one(options, name):
    from stage import stage
    with stage(options.build.resolve(), options.size, options.language, options.scheme,
               options.scale) as (environment, home):
        command = [sys.executable, __file__, "--build", str(options.build.resolve()), "--inside", str(home), name]
        for option, folder in (("--pictures", options.pictures), ("--failed", options.failed or options.pictures)):
            if folder:
                folder.mkdir(parents=True, exist_ok=True)
                command[2:2] = [option, str(folder.resolve())]
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=not options.plain,
                              text=True, timeout=7200, check=False)
        return done.returncode == 0, (done.stdout or "") + (done.stderr or "")


def main():
    options = arguments()
    if options.inside:
        return inside(options)
    if options.plain:
        return 0 if all(play_one(options, name)[0] for name in options.journeys) else 1
    print(f"1..{len(options.journeys)}", flush=True)
    failed = 0
    for number, name in enumerate(options.journeys, 1):
        good, words = play_one(options, name)
        for line in words.splitlines():
            print(line if line.startswith("#") else f"# {line}")
        print(f"{'ok' if good else 'not ok'} {number} - {name}", flush=True)
        failed += not good
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
