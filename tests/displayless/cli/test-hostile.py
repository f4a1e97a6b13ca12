#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""qingce-cli against a center that means harm: --wait ends everything, Ctrl+C is heard, a pull ends, and a round that
failed says so.

    test-hostile.py PATH-TO-QINGCE-CLI PATH-TO-HOSTILE-CENTER

Prints TAP. Nothing is timed: what is tested took minutes, or had no end at all.
"""
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

CLI, CENTER = (os.path.abspath(argument) for argument in sys.argv[1:3])
OFFLINE, FAILED, INTERRUPTED = 4, 11, 130
SIGN_IN = ("sign-in", "--refresh-token-fd", "0")
LONG = 120  # seconds; what is not over by then has no end
results = []


def report(good, name, detail=""):
    results.append(bool(good))
    if not good:
        for line in str(detail).splitlines():
            print("# " + line)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)


class Center:
    def __init__(self, profile):
        self.process = subprocess.Popen([CENTER, profile], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.hears("ok")

    def hears(self, word):
        """Reads up to that line; how many others came before it."""
        others = 0
        while (line := self.process.stdout.readline().strip()) != word:
            if not line:
                raise AssertionError("the center has ended")
            others += 1
        return others

    def does(self, mode):
        """How often it was asked for people since the last time."""
        self.process.stdin.write(mode + "\n")
        self.process.stdin.flush()
        return self.hears("ok")

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(20)


def start(home, *words):
    kept = {key: value for key, value in os.environ.items()
            if key in {"PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LOCPATH"}}
    environment = dict(kept, HOME=str(home), XDG_RUNTIME_DIR=str(home), XDG_DATA_HOME=str(home),
                       XDG_CONFIG_HOME=str(home), XDG_CACHE_HOME=str(home), QINGCE_DATA=str(home / "qingce"),
                       LC_ALL="C.UTF-8", DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent", NO_PROXY="*",
                       GSETTINGS_BACKEND="memory", G_DEBUG="fatal-warnings", TZ="UTC")
    process = subprocess.Popen([CLI, "--json", *words], env=environment, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stdin.write("first\n")
    process.stdin.close()
    process.stdin = None
    return process


def finish(process):
    """(status, codes of errors, everything); what has no end is ended, and has the status None."""
    try:
        out, err = process.communicate(timeout=LONG)
    except subprocess.TimeoutExpired:
        process.kill()
        return None, [], process.communicate()
    objects = [json.loads(line) for line in out.splitlines()]
    return process.returncode, [value["code"] for value in objects if value["type"] == "error"], out + err


def play(home, center, profile):
    status, _, all_said = finish(start(home, "import-profile", profile))
    report(status == 0, "the profile is taken", all_said)
    pull = ("--profile", "hostile", *SIGN_IN, "--then", "pull")

    center.does("endless")
    status, codes, all_said = finish(start(home, *pull))
    report((status, codes) == (FAILED, ["sync.bad-answer"]), "a feed without end ends the pull", all_said)

    center.does("continue")
    status, codes, all_said = finish(start(home, *pull))
    report((status, codes) == (FAILED, ["sync.not-center"]), "“100 Continue” without end ends the pull", all_said)

    center.does("drip")
    status, codes, all_said = finish(start(home, "--wait", "15", *pull))
    report((status, codes) == (OFFLINE, ["late"]), "--wait ends a pull that drips", all_said)

    center.does("drip")
    process = start(home, *pull)
    center.hears("asked")
    process.send_signal(signal.SIGINT)
    status, codes, all_said = finish(process)
    report((status, codes) == (INTERRUPTED, ["cancelled"]), "Ctrl+C ends it", all_said)

    center.does("refuse")
    status, codes, all_said = finish(start(home, *pull))
    asked = center.does("good")
    report(status not in (0, None) and len(codes) == 1 and asked == 1,
           "the round that sign-in began says that it failed", f"{asked}\n{all_said}")


def main():
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        profile = str(home / "hostile.json")
        center = Center(profile)
        play(home, center, profile)
        center.end()
    print(f"1..{len(results)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
