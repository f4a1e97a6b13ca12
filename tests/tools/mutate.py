#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""`make mutants`: changes one operator of the program at a time and looks whether a test notices.

Places are drawn at random, but the same ones for the same seed: comparisons, bounds, signs, what is joined by && and ||,
MIN and MAX, TRUE and FALSE, numbers. Each change is made in a copy of the tree, compiled, and tested by the tests of its room
and then, until one fails, by those of the rooms that use it. What nobody notices is printed, and so is what is known to
mean the same as before (mutants-equivalent.txt). Results are kept beside the copy: another run with the same folder goes on
where this one stopped, so that a long list can be worked off in slices.
"""
import argparse
import collections
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parent.parent
EQUIVALENT = HERE / "mutants-equivalent.txt"

# Where places are drawn from, and whose tests look: the room's own ones first.
ROOMS = {
    "core": ("src/core", ("core", "wire", "store", "app", "center")),
    "wire": ("src/wire", ("wire", "sync", "center")),
    "store": ("src/store", ("store", "app")),
    "sync": ("src/sync", ("sync", "app")),
    "app": ("src/app", ("app", "cli")),
    "engine": ("src/center/engine", ("center", "sync")),
}
WINDOWS = ("src/ui", "tests/display", "tests/bench", "tests/fuzz")  # what none of these tests needs
LIMIT = 600  # seconds for a suite: a change that lets it hang is noticed

COMPARISONS = {"<": ("<=", ">="), "<=": ("<", ">"), ">": (">=", "<="), ">=": (">", "<"), "==": ("!=",), "!=": ("==",)}
SWAPS = {"&&": "||", "||": "&&", "+": "-", "-": "+", "MIN": "MAX", "MAX": "MIN", "TRUE": "FALSE", "FALSE": "TRUE"}
TOKEN = re.compile(r"""
    (?P<skip>/\*.*?\*/ | //[^\n]* | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])+' | ^\s*\#(?:[^\n]*\\\n)*[^\n]*)
  | (?P<arrow>-> | \+\+ | -- | [-+*/%&|^]= | << | >>)
  | (?P<op><= | >= | == | != | && | \|\| | < | > | \+ | -)
  | (?P<word>[A-Za-z_]\w*)
  | (?P<number>\b\d+\b)
""", re.VERBOSE | re.DOTALL | re.MULTILINE)
# What only says what a programmer promised, or takes memory and gives it back, is not a rule.
QUIET = re.compile(r"g_return_|g_assert|G_STATIC_ASSERT|g_warn|g_critical|g_debug|G_DEFINE|sizeof|g_array_new|g_array_sized_new"
                   r"|autofree|_free \(|_unref \(")

Place = collections.namedtuple("Place", "room path offset before after")


def places_of(room, path, text):
    """Every change that can be made in one file."""
    previous = ""
    for match in TOKEN.finditer(text):
        kind, token = match.lastgroup, match.group()
        before, previous = previous, token
        if kind in ("skip", "arrow"):
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        line = text[start:text.find("\n", match.start())]
        if QUIET.search(line) or not line.startswith(" "):  # declarations and tables of types are no code
            continue
        if kind == "op" and token in COMPARISONS:
            if token in "<>" and re.match(r"\s*\w+\.h>", text[match.end():match.end() + 40]):
                continue
            for after in COMPARISONS[token]:
                yield Place(room, path, match.start(), token, after)
        elif kind == "op" and token in SWAPS:
            around = text[match.start() - 1:match.end() + 1]
            if token in "+-" and (around != f" {token} " or before in ("return", "(", ",", "=")):
                continue  # a sign, not a sum
            yield Place(room, path, match.start(), token, SWAPS[token])
        elif kind == "word" and token in ("MIN", "MAX", "TRUE", "FALSE"):
            yield Place(room, path, match.start(), token, SWAPS[token])
        elif kind == "number" and before in ("<", "<=", ">", ">=", "==", "!=", "+", "-", "return", "="):
            yield Place(room, path, match.start(), token, str(int(token) + 1))


def draw(tree, rooms, only, seed, count):
    """A sample, each room with the share that its places are of all; in an order that mixes them. `only` names files."""
    found = []
    for room in rooms:
        folder = ROOMS[room][0]
        for path in sorted((tree / folder).rglob("*.c")):
            if not only or path.stem in only:
                found += places_of(room, str(path.relative_to(tree)), path.read_text(encoding="utf-8"))
    return random.Random(seed).sample(found, min(count, len(found))), len(found)


class Bench:
    """The copy, and what meson knows of it."""

    def __init__(self, scratch):
        self.tree = scratch / "tree"
        self.build = self.tree / "build"  # as seen from there a file has the name that a compiler cache knows it by
        self.results = scratch / "results.jsonl"

    def prepare(self):
        if not self.tree.exists():
            shutil.copytree(TREE, self.tree, ignore=shutil.ignore_patterns("build*", ".git", "*.pyc"))
        if not (self.build / "build.ninja").exists():
            environment = dict(os.environ, **({"CC_LD": "mold"} if shutil.which("mold") else {}))
            subprocess.run(["meson", "setup", self.build, self.tree, "-Doptimization=0", "-Ddebug=false"], check=True,
                           env=environment, stdout=subprocess.DEVNULL)
        known = [json.loads(subprocess.run(["meson", "introspect", what, self.build], check=True, text=True,
                                           stdout=subprocess.PIPE).stdout) for what in ("--tests", "--targets")]
        tests, targets = known[0], {target["id"]: target["filename"] for target in known[1]}
        # programs of ours that a test starts bring modules which meson does not know of; but nothing here opens a window
        built = [os.path.relpath(file, self.build) for target in known[1] for file in target["filename"]
                 if target["build_by_default"] and not target["defined_in"].startswith(tuple(
                     str(self.tree / folder) + "/" for folder in WINDOWS)) and target["name"] != "qingce"]
        subprocess.run(["ninja", "-C", self.build, *built], check=True, stdout=subprocess.DEVNULL)
        self.tests = collections.defaultdict(dict)
        named = collections.defaultdict(list)  # meson runs every test of a name, whatever its suite
        for test in tests:
            named[test["name"]] += [os.path.relpath(file, self.build) for one in test["depends"]
                                    for file in targets.get(one, ())]
        for test in tests:
            suites = {suite.rsplit(":", 1)[-1] for suite in test["suite"]}
            if "prove" in suites:
                continue
            for suite in suites:
                self.tests[suite][test["name"]] = named[test["name"]]

    def compile(self, programs):
        return subprocess.run(["ninja", "-C", self.build, *sorted(programs)], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0

    def fails(self, names):
        """The name of the first of these tests that does not pass, or None. A machine with much else to do is no reason."""
        process = subprocess.Popen(["meson", "test", "-C", self.build, "--no-rebuild", "--maxfail", "1",
                                    "--timeout-multiplier", "4", *names],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            if process.wait(LIMIT) == 0:
                return None
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            return f"no end in {LIMIT} s"
        with open(self.build / "meson-logs" / "testlog.json", encoding="utf-8") as lines:
            results = [json.loads(line) for line in lines]
        return next((f"{one['name'].split(' / ')[-1]} ({one['result'].lower()})" for one in results
                     if one["result"] not in ("OK", "SKIP", "INTERRUPT")), "the tests themselves")

    def prove(self, suites):
        """What fails without any change would notice everything: once for each suite. Ends the program."""
        for suite in suites:
            mark = self.build / f"sound-{suite}"
            if mark.exists():
                continue
            names = self.tests[suite]
            if not self.compile({program for programs in names.values() for program in programs}):
                sys.exit(f"the tests of {suite} do not compile as they are")
            if failed := self.fails(names):
                sys.exit(f"the tests of {suite} do not pass as they are: {failed}")
            mark.touch()

    def try_out(self, place):
        """"killed" with the test that noticed, "alive", or "broken": it does not compile."""
        path = self.tree / place.path
        text = path.read_text(encoding="utf-8")
        stem = path.stem.removeprefix("qc-")
        path.write_text(text[:place.offset] + place.after + text[place.offset + len(place.before):], encoding="utf-8")
        try:
            for suite in ROOMS[place.room][1]:
                names = self.tests[suite]
                # the tests that bear its name, or a part of it, notice first
                likely = [name for name in names if set(re.split(r"[-_ ]", name)) & set(stem.split("-"))]
                for some in (likely, [name for name in names if name not in likely]):
                    if not some:
                        continue
                    if not self.compile({program for name in some for program in names[name]}):
                        return "broken", None
                    if failed := self.fails(some):
                        return "killed", failed
            return "alive", None
        finally:
            path.write_text(text, encoding="utf-8")


def describe(tree, place):
    """File, line and what was changed, as it is printed; and the same without the line, as it is named for good."""
    text = (tree / place.path).read_text(encoding="utf-8")
    number = text.count("\n", 0, place.offset) + 1
    start = text.rfind("\n", 0, place.offset) + 1
    end = text.find("\n", place.offset)
    changed = text[start:place.offset] + place.after + text[place.offset + len(place.before):end]
    twins = text[:start].split("\n").count(text[start:end])  # the same line before it
    name = f"{place.path}{f' #{twins + 1}' if twins else ''}: {text[start:end].strip()} => {changed.strip()}"
    return f"{place.path}:{number}: {text[start:end].strip()}\n    => {changed.strip()}", name


def read_equivalent():
    return {line.strip() for line in EQUIVALENT.read_text(encoding="utf-8").splitlines()
            if line.strip() and not line.startswith("#")}


def main():
    parser = argparse.ArgumentParser(description="changes the program and looks whether a test notices")
    parser.add_argument("scratch", type=pathlib.Path, help="folder for the copy and the results; kept")
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--count", type=int, default=120)
    parser.add_argument("--minutes", type=float, default=30, help="begins no further change after so long")
    parser.add_argument("--rooms", nargs="*", default=list(ROOMS), choices=list(ROOMS))
    parser.add_argument("--only", nargs="*", default=[], metavar="STEM", help="files, such as qc-draft; all if none is named")
    arguments = parser.parse_args()
    begun = time.monotonic()
    arguments.scratch.mkdir(parents=True, exist_ok=True)
    bench = Bench(arguments.scratch.resolve())
    bench.prepare()
    bench.prove(sorted({suite for room in arguments.rooms for suite in ROOMS[room][1]}))
    sample, total = draw(bench.tree, arguments.rooms, arguments.only, arguments.seed, 2 * arguments.count)  # some do not compile
    done = {}
    if bench.results.exists():
        for line in bench.results.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            done[one["name"]] = one
    equivalent, counted = read_equivalent(), []
    print(f"{total} changes can be made; {arguments.count} of them are tried, {len(done)} were already", flush=True)
    for place in sample:
        if sum(one["verdict"] != "broken" for one in counted) >= arguments.count:
            break
        shown, name = describe(bench.tree, place)
        if name not in done:
            if time.monotonic() - begun > 60 * arguments.minutes:
                break
            started = time.monotonic()
            verdict, test = bench.try_out(place)
            done[name] = {"name": name, "room": place.room, "verdict": verdict, "test": test, "shown": shown}
            with open(bench.results, "a", encoding="utf-8") as results:
                results.write(json.dumps(done[name], ensure_ascii=False) + "\n")
            print(f"{verdict:7}{' by ' + test if test else '':24} {time.monotonic() - started:4.0f} s  {name}", flush=True)
        counted.append(done[name])
    return tell(counted, equivalent, arguments.count)


def tell(counted, equivalent, wanted):
    """The table, and whether enough was noticed."""
    real = [one for one in counted if one["verdict"] != "broken"]
    same = [one for one in real if one["verdict"] == "alive" and one["name"] in equivalent]
    alive = [one for one in real if one["verdict"] == "alive" and one["name"] not in equivalent]
    for title, some in (("Not noticed", alive), ("Means the same", same)):
        for one in some:
            print(f"{title}: {one['shown']}")
    for room in ROOMS:
        mine = [one for one in real if one["room"] == room]
        if mine:
            print(f"{room:8} {sum(one['verdict'] == 'killed' for one in mine):4} of {len(mine)} noticed")
    judged = len(real) - len(same)
    if judged == 0:
        return 0
    share = 100 * (judged - len(alive)) / judged
    print(f"{judged - len(alive)} of {judged} noticed ({share:.1f} %), {len(same)} mean the same"
          + (f"; {wanted - len(real)} are still to be tried" if len(real) < wanted else ""))
    return 0 if share >= 92 else 1


if __name__ == "__main__":
    sys.exit(main())
