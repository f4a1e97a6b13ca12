#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""`make bench`: every figure that has a target, its peer measured in the same run, and the ratio of the two.

One practice center is filled with 100,000 people and one client data folder is signed in and pulled from it; all
figures are taken over these two. Medians of at least five; p99 where the target is a p99. Ends with 0 even where a
target is not met (the machine may be slow, the table says so), and with 1 where a figure could not be taken.
"""
import argparse
import base64
import contextlib
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.parse

import openpyxl

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "journeys"), str(HERE.parent / "tools")]

import at_rest  # noqa: E402
import first_picture  # noqa: E402
import portal_robot  # noqa: E402
import stage  # noqa: E402
import window_keys  # noqa: E402

ROBOT = HERE.parent / "tools" / "portal_robot.py"
PEOPLE = 100_000
RUNS = 5
UPLOADS = 200
PICTURES = 7
KEY_ROUNDS = 2
OPENINGS = 11
REST = 60  # seconds
YEARS = 10  # of history
LINES = 5_000  # of one 补缴
QUEUE = 10_000  # applications
FIGURES = ("pull", "lists", "rest", "keys", "chooser", "grid", "vouchers", "rosters", "picture", "roster", "transfer",
           "window", "palette", "inquiry", "trends", "memory", "bundle", "workbook", "sheets", "export", "pictures",
           "uploads", "reviewed", "console")
PAGES = ("home", "remittance", "back-payment", "account-opening", "transfer", "sealing", "base-adjustment", "unit-change",
         "applications", "vouchers", "people", "units", "inquiry/unit", "inquiry/people", "inquiry/months",
         "inquiry/back-payments", "inquiry/applications", "inquiry/movements", "inquiry/charts")

# The workbook that is measured, and its peer: both in a process of their own.
SHEET_WRITE = """
import sys, openpyxl
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("清册")
sheet.append(["个人账号", "姓名", "证件号码", "账户状态", "原基数", "新基数", "变更年月", "单位月缴存额", "个人月缴存额", "备注"])
for n in range(int(sys.argv[2])):
    sheet.append([f"0023{n:09d}", "王李张刘陈"[n % 5] + "芳娜伟洋杰强"[n % 6], f"11010519{n % 90 + 10}1231{n % 10000:04d}",
                  "正常", 5500 + n % 7000, 6000.5 + n % 7000, "2026-07", 660, 660, "" if n % 3 else "补录"])
book.save(sys.argv[1])
"""
SHEET_READ = """
import sys, time, openpyxl
begun = time.monotonic()
book = openpyxl.load_workbook(sys.argv[1], read_only=True)
n = sum(1 for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell is not None)
print(time.monotonic() - begun)
"""


def p99(samples, of_hundred=99):
    """The sample that 99 of 100 do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, -(-of_hundred * len(ordered) // 100) - 1)]


class Table:
    """The figures as they come, printed at the end."""

    HEAD = ("figure", "target", "Qingce", "peer", "its figure", "ratio", "")

    def __init__(self):
        self.rows = []

    def add(self, figure, target, value, unit, met, peer=None, peer_value=None):
        digits = 2 if unit == "s" else 1
        self.rows.append((
            figure, target, f"{value:.{digits}f} {unit}", peer or "–",
            f"{peer_value:.{digits}f} {unit}" if peer_value is not None else "–",
            f"{value / peer_value:.2f}" if peer_value else "–", "met" if met else "NOT MET"))
        print("  " + "  ".join(self.rows[-1]), flush=True)

    def print(self):
        rows = [self.HEAD, *self.rows]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.HEAD))]
        print()
        for number, row in enumerate(rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
            if number == 0:
                print("  ".join("-" * width for width in widths))
        print(f"{sum(row[-1] == 'met' for row in self.rows)} of {len(self.rows)} targets met", flush=True)


class Bench:
    def __init__(self, build, environment, home):
        self.build, self.environment, self.home = pathlib.Path(build), environment, pathlib.Path(home)
        self.data = pathlib.Path(environment["QINGCE_DATA"])
        self.practice = self.data / "practice"
        self.table = Table()

    def run(self, name, *arguments, limit=150, environment=None):
        """Runs a program of this folder; gives its samples by name."""
        done = subprocess.run([self.build / "tests/bench" / name, *map(str, arguments)], text=True, timeout=limit,
                              env=environment or self.environment, stdout=subprocess.PIPE, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{name} ended with {done.returncode}")
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        return {line["name"]: line["samples"] for line in lines}

    @contextlib.contextmanager
    def center(self, *options, data=None):
        """The practice center of the data folder, or of another one; ends with the pipe."""
        process = subprocess.Popen(
            [self.environment["QINGCE_CENTER"], "--practice", "--data", str(data or self.practice), *options],
            env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            ready = json.loads(process.stdout.readline() or "{}")
            if not ready.get("ready"):
                raise RuntimeError("the practice center did not start")
            yield ready
        finally:
            process.stdin.close()
            stage.end(process)

    def sql(self, statement, database=None):
        """The sqlite3 command line on the client's database: milliseconds by its own clock, and what it printed."""
        path = database or self.data / "qingce.db"
        done = subprocess.run(["sqlite3", "-readonly", str(path)], input=f".timer on\n{statement};\n", text=True,
                              stdout=subprocess.PIPE, env=self.environment, check=True)
        *printed, timer = done.stdout.strip().splitlines()
        return float(timer.split("real")[1].split()[0]) * 1000, printed

    # --- the figures ---

    def prepare(self):
        self.practice.parent.mkdir(parents=True, exist_ok=True)
        begun = time.monotonic()
        with self.center("--people", str(PEOPLE)):
            pass
        print(f"practice center with {PEOPLE:,} people: {time.monotonic() - begun:.1f} s", flush=True)
        begun = time.monotonic()
        self.run("bench-prepare", self.data, ROBOT)
        print(f"first start of a client, signed in and pulled: {time.monotonic() - begun:.1f} s", flush=True)

    def pull(self):
        samples = {}
        with self.center() as ready:
            for number in range(RUNS):
                for name, values in self.run("bench-pull", ready["profile"], self.home / f"pull-{number}",
                                             ROBOT).items():
                    samples.setdefault(name, []).extend(values)
        median = {name: statistics.median(values) for name, values in samples.items()}
        print(f"a pull brings {median['pull-people-rows']:,.0f} rows ({median['fetch-people-mib']:.0f} MiB) of people and what "
              f"belongs to every unit, and {median['pull-history-rows']:,.0f} rows ({median['fetch-history-mib']:.0f} "
              "MiB) of history (bases and spans)", flush=True)
        for what, title in (("people", "people"), ("history", "bases and spans")):
            seconds, fetch = median[f"pull-{what}"] / 1000, median[f"fetch-{what}"] / 1000
            memory = max(samples[f"pull-{what}-mib"])
            self.table.add(f"full pull over TLS, {title}", "≤ 4 s", seconds, "s", seconds <= 4,
                           "plain libsoup fetch of the same pages", fetch)
            self.table.add(f"  memory more than before it, {title} (worst)", "≤ 32 MiB", memory, "MiB", memory <= 32)
        whole = median["pull-persons"] / 1000
        halves = {"fetching and decoding alone": median["decode-persons"] / 1000,
                  "storing alone": median["store-persons"] / 1000}
        slower = max(halves, key=halves.get)
        self.table.add("full pull, the people feed only", "≤ 1.25 × peer", whole, "s", whole <= 1.25 * halves[slower],
                       slower, halves[slower])
        print("  " + ", ".join(f"{name} {value:.2f} s" for name, value in halves.items()), flush=True)

    def lists(self):
        samples = self.run("bench-lists", self.data)
        assert samples["people"][0] >= PEOPLE * 0.9, samples["people"]
        keys = samples["search"]
        peer = [self.sql("SELECT count(*), sum(base) FROM person WHERE name LIKE '%王%' OR document LIKE '%王%' "
                         "OR account LIKE '%王%'")[0] for _ in range(RUNS)]
        self.table.add("search, a key to rows and totals (median)", "≤ 50 ms", statistics.median(keys), "ms",
                       statistics.median(keys) <= 50, "sqlite3: count by three LIKEs", statistics.median(peer))
        self.table.add("search, a key to rows and totals (p99)", "≤ 50 ms", p99(keys), "ms", p99(keys) <= 50,
                       "sqlite3: count by three LIKEs", max(peer))
        walk = [self.sql("SELECT count(*), sum(p.base), (SELECT sum(base) FROM base_history), (SELECT sum(unit + "
                         "personal) FROM paid_span) FROM person AS p")[0] for _ in range(RUNS)]
        preview = statistics.median(samples["preview"]) / 1000
        self.table.add(f"汇缴 preview, {samples['preview-people'][0]:,.0f} people, "
                       f"{samples['preview-months'][0]:.0f} months", "≤ 0.5 s", preview, "s", preview <= 0.5,
                       "sqlite3: sums over the same tables", statistics.median(walk) / 1000)

    def full(self):
        """A copy of the folder with twice the people, ten years of what was paid for them, and of applications with their
        months and money; made once."""
        folder = self.home / "full"
        if folder.exists():
            return folder
        shutil.copytree(self.data, folder)
        double(folder / "qingce.db")
        spans = deepen(folder / "qingce.db")
        age(folder / "qingce.db")
        print(f"  {2 * PEOPLE:,} people, {YEARS} years, {spans:,} spans: "
              f"{(folder / 'qingce.db').stat().st_size / (1 << 20):.0f} MiB", flush=True)
        return folder

    def palette(self):
        samples = self.run("bench-palette", self.full())
        keys = samples["palette"]
        print(f"  the first key of all: {samples['first'][0]:.0f} ms", flush=True)
        for what, value in (("median", statistics.median(keys)), ("p99", p99(keys))):
            self.table.add(f"Ctrl+K, a key to what it finds, {2 * PEOPLE:,} people, {YEARS} years ({what})", "≤ 50 ms",
                           value, "ms", value <= 50)

    def inquiry(self):
        """Every list of 查询, the slowest of them in a row."""
        samples = self.run("bench-inquiry", self.full(), limit=300)
        lists = [name.removeprefix("rows-") for name in samples if name.startswith("rows-")]
        print("  rows: " + ", ".join(f"{name} {samples[f'rows-{name}'][0]:,.0f}" for name in lists), flush=True)
        for what, title, limit in (("first", "query: a list from nothing to its first page", 100),
                                   ("order", "  another order, to totals and first page", 80),
                                   ("key", "  a word in its search, to totals and first page", 80)):
            worst, value = max((statistics.median(samples[f"{what}-{name}"]), name) for name in lists)[::-1]
            self.table.add(f"{title} (median; the slowest list: {worst})", f"≤ {limit} ms", value, "ms", value <= limit)
            print("    p99: " + ", ".join(f"{name} {p99(samples[f'{what}-{name}']):.1f}" for name in lists)
                  + "; the first order and the first word read everybody into memory", flush=True)

    def trends(self):
        samples = self.run("bench-trends", self.full())
        for what, title in (("bars", "charts: a frame while the focus goes along the bars"),
                            ("exchange", "  while tables and charts are exchanged"), ("scroll", "  while they are scrolled")):
            value = p99(samples[what])
            self.table.add(f"{title} (p99)", "≤ 16 ms", value, "ms", value <= 16)

    def bundle(self):
        scratch = self.home / "bundle"
        scratch.mkdir(exist_ok=True)
        samples = {name: statistics.median(values) / 1000
                   for name, values in self.run("bench-bundle", self.full(), scratch, limit=300).items()}
        backup = []
        for _ in range(RUNS):
            begun = time.monotonic()
            subprocess.run(["sqlite3", str(self.full() / "qingce.db"), f".backup {scratch / 'peer.db'}"], check=True)
            backup.append(time.monotonic() - begun)
        peer = statistics.median(backup) + samples["key"]
        for what, title in (("pack", f"everything of {2 * PEOPLE:,} people into one file"), ("unpack", "  read again and looked through")):
            self.table.add(title, "≤ 2 × peer", samples[what], "s", samples[what] <= 2 * peer,
                           "sqlite3 .backup + the key", peer)
        print(f"  the key alone {samples['key']:.2f} s, the file {(scratch / 'all.qcb').stat().st_size / (1 << 20):.0f} MiB",
              flush=True)
        shutil.rmtree(scratch)

    def export(self):
        samples = self.run("bench-export", self.data)
        took, peer = (statistics.median(samples[name]) / 1000 for name in ("export", "export-peer"))
        self.table.add(f"导出 of {samples['rows'][0]:,.0f} people, with the database read", "≤ 1.4 × peer", took, "s",
                       took <= 1.4 * peer, "libxlsxwriter alone, the same cells", peer)
        memory = max(samples["export-mib"])
        self.table.add("  memory more than before it", "≤ 16 MiB", memory, "MiB", memory <= 16)

    @contextlib.contextmanager
    def client(self, environment=None):
        """The program in its window, on 首页: its process and its actions."""
        environment = environment or self.environment
        process = subprocess.Popen([str(self.build / "src/qingce"), "--practice"], env=environment,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        try:
            actions = window_keys.Actions(environment["DBUS_SESSION_BUS_ADDRESS"])
            stage.wait(lambda: actions.enabled("go"), "the window", 60)
            yield process, actions
        finally:
            stage.end(process)

    def rest(self):
        """Signed in and pulled, on 首页, and touched by nobody; the practice center is a program of its own."""
        environment = dict(self.environment, XDG_CONFIG_HOME=str(self.home / "at-rest"))  # with all that moves by itself
        peer = subprocess.Popen(["gnome-calculator"], env=environment, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        try:
            with self.client(environment) as (process, actions):
                time.sleep(20)  # the first round of sync is over
                quiet = at_rest.watch(process.pid, REST)
                memory, its = at_rest.pss_mib(process.pid), at_rest.pss_mib(peer.pid)
                polled = at_rest.watch(process.pid, REST, lambda: actions.do("sync-now"))
        finally:
            stage.end(peer)
        self.table.add("at rest: memory (PSS)", "≤ peer", memory, "MiB", memory <= its,
                       "gnome-calculator, same moment", its)
        self.table.add(f"  wake-ups a second, over {REST} s", "≤ 1", quiet["wake-ups"], "/s", quiet["wake-ups"] <= 1)
        self.table.add("  written to the disk meanwhile", "0", quiet["write_bytes"], "B", quiet["write_bytes"] == 0)
        print(f"  through write() {quiet['wchar']} B; with one round of sync in {REST} s (by itself one comes in 300) "
              f"{polled['wake-ups']:.1f} wake-ups a second, {polled['write_bytes']} B to the disk", flush=True)

    def chooser(self):
        """选择人员 from its command to its picture with rows; then a key in its search."""
        eye = first_picture.Eye(self.environment["DISPLAY"])
        first_picture.still(self.environment)
        opened, keys = [], []
        with self.client() as (process, actions):
            actions.do("go", "sealing")
            stage.wait(lambda: actions.enabled("sealing-choose"), "the page", 60)
            window_keys.roster(eye, places=window_keys.CHOOSER)
            for number in range(OPENINGS + 1):
                took = window_keys.answer(eye, lambda: actions.do("sealing-choose"), window_keys.CHOOSER)
                if number > 0:  # the first one warms what is read once
                    opened.append(took)
                keyboard = window_keys.Keyboard(eye, process.pid, self.environment)
                if number < OPENINGS:
                    window_keys.answer(eye, lambda: keyboard.press("Escape"), window_keys.CHOOSER)
            for word in ("zhangwei", "lxy", "0016", "1002310", "zhaom") * KEY_ROUNDS:
                for key in (*word, *["BackSpace"] * len(word)):
                    keys.append(window_keys.answer(eye, lambda: keyboard.press(key), window_keys.CHOOSER))
        keys = [one for one in keys if one is not None]
        print(f"{len(keys)} keys changed the picture of 选择人员", flush=True)
        self.table.add("选择人员, to its picture with rows (median)", "≤ 100 ms", statistics.median(opened), "ms",
                       statistics.median(opened) <= 100)
        self.table.add("  a key in its search to its picture (median)", "≤ 50 ms", statistics.median(keys), "ms",
                       statistics.median(keys) <= 50)
        self.table.add("  a key in its search to its picture (p95)", "≤ 80 ms", p99(keys, 95), "ms", p99(keys, 95) <= 80)

    def window(self):
        """The page over a draft with everybody on it, in a folder of its own."""
        folder = self.copy_data("window")
        environment = dict(self.environment, QINGCE_DATA=str(folder))
        self.run("bench-roster", "fill", folder, environment=environment)
        samples = self.run("bench-window", folder, environment=environment, limit=240)
        cells = samples["cell-painted"]
        self.table.add(f"a cell among {samples['lines'][0]:,.0f} lines, to its picture with totals (p95)", "≤ 16 ms",
                       p99(cells, 95), "ms", p99(cells, 95) <= 16)
        print(f"  of that processor time of the main thread: {p99(samples['cell-painted-cpu'], 95):.1f} ms", flush=True)
        for name, title in (("scroll", "a frame of scrolling"), ("jump", "a jump until its rows are filled")):
            mine, peer = (p99(samples[f"{name}-{whose}"]) for whose in ("roster", "bare"))
            self.table.add(f"roster grid: {title} (p99)", "≤ 1.3 × peer", mine, "ms", mine <= 1.3 * peer,
                           "bare GtkColumnView of GtkInscription", peer)
            mine, peer = (p99(samples[f"{name}-cpu-{whose}"]) for whose in ("roster", "bare"))
            print(f"  of that processor time of the main thread: {mine:.1f} ms against {peer:.1f} ms", flush=True)

    def keys(self):
        """Typed as a clerk does, in the window itself: names by pinyin and initials, ends of numbers, and back."""
        eye = first_picture.Eye(self.environment["DISPLAY"])
        first_picture.still(self.environment)
        words = ("zhangwei", "lxy", "0016", "1002310", "zhaom")
        with self.client() as (process, actions):
            actions.do("go", "people")
            keyboard = window_keys.Keyboard(eye, process.pid, self.environment)
            window_keys.roster(eye)
            keys, sorts = [], []
            keyboard.press("Control_L", "f")
            for word in words * KEY_ROUNDS:
                for key in (*word, *["BackSpace"] * len(word)):
                    keys.append(window_keys.answer(eye, lambda: keyboard.press(key)))
            for order in ("base", "-base", "account", "-account", "name", "-name") * KEY_ROUNDS:
                sorts.append(window_keys.answer(eye, lambda: actions.do("people-sort", order)))
        keys, sorts = ([one for one in samples if one is not None] for samples in (keys, sorts))
        print(f"{len(keys)} keys and {len(sorts)} orders changed the picture", flush=True)
        self.table.add("search in the window, a key to its picture (median)", "≤ 50 ms", statistics.median(keys), "ms",
                       statistics.median(keys) <= 50)
        self.table.add("search in the window, a key to its picture (p95)", "≤ 80 ms", p99(keys, 95), "ms",
                       p99(keys, 95) <= 80)
        self.table.add("order in the window, to its picture (median)", "≤ 150 ms", statistics.median(sorts), "ms",
                       statistics.median(sorts) <= 150)

    def grid(self):
        samples = self.run("bench-grid", self.data)
        scroll, jump = (p99(samples[f"{name}-list"]) for name in ("scroll", "jump"))
        scroll_peer, jump_peer = (p99(samples[f"{name}-memory"]) for name in ("scroll", "jump"))
        self.table.add("roster: a frame of scrolling (p99)", "≤ 16.6 ms", scroll, "ms", scroll <= 16.6,
                       "same grid over memory", scroll_peer)
        self.table.add("roster: a jump anywhere until its rows are filled (p99)", "≤ 25 ms, ≤ 1.5 ×", jump, "ms",
                       jump <= 25 and jump <= 1.5 * jump_peer, "same grid over memory", jump_peer)
        print("  of that processor time of the main thread (what a busy machine does not add to), p99: "
              + ", ".join(f"{name} {p99(samples[f'{name}-cpu-list']):.1f} ms (over memory "
                          f"{p99(samples[f'{name}-cpu-memory']):.1f})" for name in ("scroll", "jump")), flush=True)

    def copy_data(self, name):
        """A copy of the filled folder that may be changed."""
        copy = self.home / name
        shutil.copytree(self.data, copy)
        return copy

    def roster(self):
        """A draft with everybody on it, on a copy: what is entered and submitted is nobody else's."""
        folder = self.copy_data("roster")
        environment = dict(self.environment, QINGCE_DATA=str(folder))
        filled = self.run("bench-roster", "fill", folder, environment=environment)
        lines = int(filled["lines"][0])
        print(f"everybody chosen in {filled['choose-all'][0] / 1000:.2f} s, on the roster and written in "
              f"{filled['add-all'][0] / 1000:.2f} s: {lines:,} lines", flush=True)
        runs = [self.run("bench-roster", "edit", folder, environment=environment) for _ in range(RUNS)]
        assert all(run["lines"][0] == lines for run in runs), [run["lines"] for run in runs]
        samples = {name: [one for run in runs for one in run[name]] for name in runs[0]}
        middle = {name: statistics.median(values) for name, values in samples.items()}
        self.table.add(f"draft of {lines:,} lines: opened", "≤ 0.5 s", middle["open"] / 1000, "s", middle["open"] <= 500)
        self.table.add("  the main loop at a stretch while it opens (median of the worst)", "≤ 16 ms", middle["open-busy"],
                       "ms", middle["open-busy"] <= 16)
        self.table.add("  all checks, people read anew", "≤ 0.5 s", middle["checks"] / 1000, "s",
                       middle["checks"] <= 500)
        self.table.add("  the main loop at a stretch meanwhile (median of the worst)", "≤ 16 ms", middle["checks-busy"],
                       "ms", middle["checks-busy"] <= 16)
        self.table.add("  memory more than before it (median)", "≤ 64 MiB", middle["memory"], "MiB",
                       middle["memory"] <= 64)
        written, bare = p99(samples["cell-written"]), p99(samples["bare-commit"])
        self.table.add("  a cell until it is written (p99)", "≤ 2 × peer", written, "ms", written <= 2 * bare,
                       "a bare commit of one row, in turn", bare)
        self.table.add("  paste of 10,000 rows, shown and checked", "≤ 0.3 s", middle["paste"] / 1000, "s",
                       middle["paste"] <= 300)
        self.table.add("  undo of it, shown, checked and written", "≤ 0.3 s", middle["undo"] / 1000, "s",
                       middle["undo"] <= 300)
        print(f"  of {len(samples['cell-written'])} cells the slowest was written after {max(samples['cell-written']):.1f} ms, "
              f"of the bare commits {max(samples['bare-commit']):.1f} ms", flush=True)
        print(f"  the paste was written after {middle['paste-written'] / 1000:.2f} s; 10,000 lines from everywhere came "
              f"back by undo in {middle['remove-undo'] / 1000:.2f} s; of processor time opening took "
              f"{middle['open-cpu']:.0f} ms, the checks {middle['checks-cpu']:.0f} ms", flush=True)
        self.submit(folder, environment)
        self.bases()

    def bases(self):
        """On a copy of its own: who stands in another draft too is told so, line by line."""
        folder = self.copy_data("bases")
        environment = dict(self.environment, QINGCE_DATA=str(folder))
        done = self.run("bench-roster", "bases", folder, environment=environment)
        sent = self.run("bench-roster", "submit-bases", folder, ROBOT, environment=environment)
        middle = {name: statistics.median(values) for name, values in done.items()}
        for name, title in (("set", f"base adjustment of {int(done['bases-lines'][0]):,}: all by a percentage"),
                            ("undo", "  undo of it")):
            took, busy = middle[f"bases-{name}"] / 1000, middle[f"bases-{name}-busy"]
            self.table.add(f"{title}, shown and checked", "≤ 0.3 s", took, "s", took <= 0.3)
            self.table.add("  the main loop at a stretch meanwhile (median of the worst)", "≤ 16 ms", busy, "ms",
                           busy <= 16)
        amounts, answer = middle["bases-amounts"] / 1000, sent["bases-answer"][0] / 1000
        self.table.add("  both amounts of all rows", "≤ 0.1 s", amounts, "s", amounts <= 0.1)
        self.table.add(f"  the center's answer to {int(sent['bases-sent-lines'][0]):,}", "≤ 5 s", answer, "s",
                       answer <= 5)
        print(f"  written after {middle['bases-set-written'] / 1000:.2f} s, the undo after "
              f"{middle['bases-undo-written'] / 1000:.2f} s", flush=True)

    def workbook(self):
        """A workbook with everybody, as a payroll program writes it, into 缴存基数调整."""
        folder = self.copy_data("workbook")
        environment = dict(self.environment, QINGCE_DATA=str(folder))
        people = json.loads(subprocess.run(
            ["sqlite3", "-readonly", "-json", str(folder / "qingce.db"),
             "SELECT account, name, document, base FROM person WHERE status = 1 AND gone = 0"],
            stdout=subprocess.PIPE, check=True).stdout)
        for few in (5_000, len(people)):
            path = folder / f"{few}.xlsx"
            book = openpyxl.Workbook(write_only=True)
            sheet = book.create_sheet("清册")
            sheet.append(["序号", "个人账号", "姓名", "身份证号码", "调整后缴存基数"])
            for number, person in enumerate(people[:few]):
                sheet.append([number + 1, person["account"], person["name"], person["document"],
                              person["base"] // 100 + 50])
            book.save(path)
            done = self.run("bench-roster", "import", folder, path, environment=environment)
            middle = {name: statistics.median(values) for name, values in done.items()}
            limit = 0.08 if few == 5_000 else 1.0
            took, busy = middle["import-checked"] / 1000, middle["import-busy"]
            self.table.add(f"workbook of {few:,} rows: read, matched, judged", f"≤ {limit} s", took, "s", took <= limit)
            self.table.add("  the main loop at a stretch meanwhile (median of the worst)", "≤ 16 ms", busy, "ms", busy <= 16)
        adopted, undone = middle["import-adopted"] / 1000, middle["import-undo"] / 1000
        self.table.add("  taken over, shown and checked", "≤ 0.5 s", adopted, "s", adopted <= 0.5)
        self.table.add("  the main loop at a stretch meanwhile (median of the worst)", "≤ 16 ms",
                       middle["import-adopt-busy"], "ms", middle["import-adopt-busy"] <= 16)
        self.table.add("  undo of it", "≤ 0.3 s", undone, "s", undone <= 0.3)
        self.table.add("  the main loop at a stretch meanwhile (median of the worst)", "≤ 16 ms",
                       middle["import-undo-busy"], "ms", middle["import-undo-busy"] <= 16)

    def transfer(self):
        """Another unit gets a thousand of the first one's people; a client of either pulls once that is answered."""
        folder = self.copy_data("transfer")
        environment = dict(self.environment, QINGCE_DATA=str(folder))
        profile = next((folder / "practice").glob("profile.json"))
        done = self.run("bench-roster", "transfer", folder, ROBOT, profile, environment=environment)
        for name, whose in (("sender", "sender's"), ("receiver", "receiver's")):
            took = statistics.median(done[f"transfer-{name}"]) / 1000
            self.table.add(f"pull after a transfer of 1,000 was answered, the {whose} client "
                           f"({int(done[f'transfer-{name}-people'][0]):,} people)", "≤ 1 s", took, "s", took <= 1)

    def submit(self, folder, environment):
        profile = next((folder / "practice").glob("profile.json"))
        sent = self.run("bench-roster", "submit", folder, ROBOT, profile, environment=environment)
        encode, answer = statistics.median(sent["encode"]) / 1000, sent["answer"][0] / 1000
        waits = sent["other-reads"]
        self.table.add(f"submitting it: encoding {sent['body-mib'][0]:.0f} MiB, off the main loop", "≤ 1 s", encode, "s",
                       encode <= 1)
        self.table.add("  the center's answer", "≤ 5 s", answer, "s", answer <= 5)
        self.table.add(f"  meanwhile another unit's read waits (worst of {len(waits)})", "≤ 1 s", max(waits) / 1000, "s",
                       max(waits) <= 1000)
        print(f"  body and key in the outbox after {sent['queued'][0] / 1000:.2f} s", flush=True)

    def sheets(self):
        """A workbook of another program with a row for everybody: read, and a thousand faults marked in it."""
        path, out = self.home / "sheets.xlsx", self.home / "sheets-marked.xlsx"
        subprocess.run([sys.executable, "-c", SHEET_WRITE, path, str(PEOPLE)], check=True)
        peer = [float(subprocess.run([sys.executable, "-c", SHEET_READ, path], check=True, text=True,
                                     stdout=subprocess.PIPE).stdout) for _ in range(3)]
        runs = {what: [self.run("bench-sheets", what, path, out, 1) for _ in range(RUNS)] for what in ("read", "mark")}
        read, marked = ({name: [run[name][0] for run in runs[what]] for name in ("took", "mib")} for what in runs)
        took, its = statistics.median(read["took"]) / 1000, min(peer)
        self.table.add(f"reading {PEOPLE:,} × 10 cells of a workbook", "≤ 1/5 of peer", took, "s", took <= its / 5,
                       "openpyxl, read-only", its)
        self.table.add("  memory more than before it (worst)", "≤ 24 MiB", max(read["mib"]), "MiB", max(read["mib"]) <= 24)
        took = statistics.median(marked["took"]) / 1000
        self.table.add("marking 1,000 faults in it", "≤ 2 s", took, "s", took <= 2)
        print(f"  {max(marked['mib']):.1f} MiB more than before it (worst)", flush=True)

    def pictures(self):
        """Two hundred pictures of a telephone, every second one on its side: matched, turned and scrubbed, stored."""
        taken, kept = self.home / "pictures", self.home / "pictures-kept"
        for folder in (taken, kept):
            folder.mkdir(exist_ok=True)
        size = self.run("bench-pictures", "make", taken, 200)["bytes"][0] / 1e6
        figures = {name: values[0] for name, values in self.run("bench-pictures", "run", taken, kept).items()}
        self.table.add("200 file names matched to 100,000 people", "≤ 100 ms", figures["match"], "ms",
                       figures["match"] <= 100)
        took = figures["took"] / 1000
        lines = "".join(f"-copy none {'-rotate 90 -trim ' if number % 2 == 0 else ''}-outfile {kept / path.name} {path}\n"
                        for number, path in enumerate(sorted(taken.iterdir())))
        begun = time.monotonic()
        subprocess.run(["xargs", "-P", str(os.cpu_count()), "-L", "1", "jpegtran"], input=lines, text=True, check=True)
        peer = time.monotonic() - begun
        self.table.add(f"200 pictures of {size:.1f} MB turned, scrubbed and stored", "≤ 15 s", took, "s", took <= 15,
                       "jpegtran, as many at once", peer)
        self.table.add("  memory more than before it", "≤ 64 MiB", figures["mib"], "MiB", figures["mib"] <= 64)
        self.table.add("  longest pause of the main loop", "≤ 16 ms", figures["pause"], "ms", figures["pause"] <= 16)
        for folder in (taken, kept):
            shutil.rmtree(folder)

    def uploads(self):
        """Two hundred pictures over TLS to the center, and as many by curl with the same requests in the same run."""
        peer = self.home / "uploads-peer"
        peer.mkdir(exist_ok=True)
        with self.center() as ready:
            figures = {name: values[0] for name, values in self.run(
                "bench-uploads", ready["profile"], self.home / "uploads", ROBOT, peer, UPLOADS).items()}
            took, its = figures["took"] / 1000, self.curl_uploads(peer)
        size = UPLOADS * 2
        self.table.add(f"{UPLOADS} pictures of 2 MB uploaded ({size / took:.0f} MB/s)", "≤ 2 × peer", took, "s",
                       took <= 2 * its, "curl, the same requests, four at once", its)
        self.table.add("  memory more than before it", "≤ 32 MiB", figures["mib"], "MiB", figures["mib"] <= 32)
        shutil.rmtree(peer)

    @staticmethod
    def curl_uploads(folder):
        """Seconds: each is begun, then the first parts of all go, then the last ones."""
        api, unit, token = (folder / "address").read_text().split()
        pictures = sorted(folder.glob("*.jpg"))
        common = f'cacert = "{folder}/ca.pem"\nheader = "Authorization: Bearer {token}"\nheader = "Expect:"\nfail\nsilent\nshow-error\n'
        part = 1 << 20
        posts, firsts, lasts = [], [], []
        for picture in pictures:
            data = picture.read_bytes()
            digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
            picture.with_suffix(".1").write_bytes(data[:part])
            picture.with_suffix(".2").write_bytes(data[part:])
            posts.append(common + f'url = "{api}/api/v1/units/{unit}/uploads"\nrequest = "POST"\n'
                         f'header = "Upload-Length: {len(data)}"\nheader = "Upload-Complete: ?0"\n'
                         f'header = "Repr-Digest: sha-256=:{digest}:"\ndump-header = "{picture.with_suffix(".head")}"\n')
        begun = time.monotonic()
        curl(posts)
        for picture in pictures:
            location = re.search(r"(?im)^location: *(\S+)", picture.with_suffix(".head").read_text()).group(1)
            for parts, suffix, offset, complete in ((firsts, ".1", 0, "?0"), (lasts, ".2", part, "?1")):
                parts.append(common + f'url = "{api}{location}"\nrequest = "PATCH"\n'
                             f'header = "Content-Type: application/partial-upload"\nheader = "Upload-Offset: {offset}"\n'
                             f'header = "Upload-Complete: {complete}"\ndata-binary = "@{picture.with_suffix(suffix)}"\n')
        curl(firsts)
        curl(lasts)
        return time.monotonic() - begun

    def reviewed(self):
        """Who could be back-paid among everybody with ten years of history, and a draft of thousands of lines."""
        folder = self.copy_data("reviewed")
        environment = dict(self.environment, QINGCE_DATA=str(folder))
        spans = deepen(folder / "qingce.db")
        found = self.run("bench-reviewed", "find", folder, environment=environment, limit=300)
        middle = {name: statistics.median(values) for name, values in found.items()}
        self.table.add(f"who could be back-paid: {PEOPLE:,} people, {YEARS} years ({spans:,} spans)", "≤ 3 s",
                       middle["find"] / 1000, "s", middle["find"] <= 3000)
        self.table.add("  the main loop at a stretch meanwhile (median of the worst)", "≤ 16 ms", middle["find-busy"],
                       "ms", middle["find-busy"] <= 16)
        self.table.add("  from cancelling to its end", "≤ 100 ms", middle["find-cancel"], "ms", middle["find-cancel"] <= 100)
        print(f"  {middle['find-candidates']:,.0f} found; its progress moved {middle['find-steps']:.0f} times", flush=True)
        self.run("bench-reviewed", "fill", folder, LINES, environment=environment, limit=300)
        done = self.run("bench-reviewed", "edit", folder, environment=environment, limit=300)
        middle = {name: statistics.median(values) for name, values in done.items()}
        assert done["lines"] == [LINES], done["lines"]
        self.table.add(f"补缴 of {LINES:,} lines: all checks, people and history read anew", "≤ 200 ms", middle["checks"],
                       "ms", middle["checks"] <= 200)
        for name, title in (("add", "a line more"), ("cell", "a month of a line")):
            self.table.add(f"  {title}, checked and written (median)", "≤ 16 ms", middle[name], "ms", middle[name] <= 16)
            self.table.add("  the main loop at a stretch meanwhile (median of the worst)", "≤ 16 ms",
                           middle[f"{name}-busy"], "ms", middle[f"{name}-busy"] <= 16)
        print(f"  worst of {len(done['add'])}: {max(done['add']):.1f} ms a line, {max(done['cell']):.1f} ms a month; the main "
              f"loop during the checks {middle['checks-busy']:.1f} ms", flush=True)
        shutil.rmtree(folder)

    def console(self):
        """A queue of ten thousand at the desk of the staff, one of them with thousands of lines."""
        folder = self.copy_data("console")
        environment = dict(self.environment, QINGCE_DATA=str(folder))
        papers = [self.home / f"console-{name}.jpg" for name in ("roster", "statement")]
        for paper in papers:
            subprocess.run(["convert", "-size", "1200x1600", "plasma:tan-brown", "-quality", "88", str(paper)], check=True)
        self.run("bench-reviewed", "fill", folder, LINES, environment=environment, limit=300)
        answer = self.run("bench-reviewed", "submit", folder, ROBOT, *papers, environment=environment)["submit-answer"][0]
        unit, serial = multiply(folder / "practice" / "center.db", QUEUE)
        with self.center(data=folder / "practice") as ready:
            staff = portal_robot.Console(ready["console"])
            queue = [fetch(staff, f"review?page={page}") for page in (0, QUEUE // 100, QUEUE // 50 - 1) * RUNS]
            one = f"units/{unit}/applications/{serial}/review"
            cases = [fetch(staff, one) for _ in range(2 * RUNS)]
            behind = [fetch(staff, f"{one}?lines={LINES // 200 - 1}") for _ in range(2 * RUNS)]
        for title, samples, limit in ((f"console: a page of a queue of {QUEUE:,}", queue, 100),
                                      (f"  an application of {LINES:,} lines", cases, 200), ("  its last page", behind, 200)):
            took = statistics.median(samples) * 1000
            self.table.add(title + ", the whole answer", f"≤ {limit} ms", took, "ms", took <= limit)
        print(f"  slowest page of the queue {max(queue) * 1000:.0f} ms; the center had taken the {LINES:,} lines after "
              f"{answer / 1000:.2f} s", flush=True)
        shutil.rmtree(folder)

    def vouchers(self):
        folder = self.home / "vouchers"
        folder.mkdir(exist_ok=True)
        samples = self.run("bench-vouchers", folder)
        middle = {name: statistics.median(values) for name, values in samples.items()}
        self.table.add("voucher with seal and QR, one", "≤ 10 ms", middle["voucher-one"], "ms",
                       middle["voucher-one"] <= 10)
        self.table.add("  its file", "≤ 48 kB", middle["voucher-size"], "kB", middle["voucher-size"] <= 48)
        threads = f"{samples['voucher-threads'][0]:.0f} threads"
        for name, what, most, peer_name in (
                ("", f", QR encoding included, {threads} against one", 0.6, "cairo + libqrencode, the same pages"),
                ("-kept", ", codes made before, one thread against one", 0.5, "cairo, the same pages and codes")):
            mine, peer = (middle[f"voucher-thousand{name}{whose}"] / 1000 for whose in ("", "-cairo"))
            self.table.add(f"1,000 vouchers in one file{what}", f"≤ {most} × peer", mine, "s", mine <= most * peer,
                           peer_name, peer)
        self.table.add("10,000 vouchers, memory more than before", "≤ 64 MiB", middle["voucher-memory"], "MiB",
                       middle["voucher-memory"] <= 64)
        for what in ("text", "pdf"):
            took = middle[f"voucher-check-{what}"] / 1000
            self.table.add(f"checking 1,000 vouchers ({what})", "≤ 1 s", took, "s", took <= 1)

    def rosters(self):
        folder = self.home / "rosters"
        folder.mkdir(exist_ok=True)
        samples = self.run("bench-vouchers", folder, "rosters")
        mine, peer = (statistics.median(samples[name]) / 1000 for name in ("roster", "roster-cairo"))
        self.table.add("roster of 10,000 people, rows and pages", "≤ 0.5 × peer", mine, "s", mine <= 0.5 * peer,
                       "cairo, the same pages of rows that are there", peer)
        took, more = samples["roster-large"][0] / 1000, samples["roster-large-memory"][0]
        self.table.add("  of 200,000 people, memory more than before", "≤ 96 MiB", more, "MiB", more <= 96)
        print(f"  made in {took:.2f} s, {samples['roster-large-size'][0]:.0f} MB", flush=True)

    def picture(self):
        """Of the program over the full folder, of one that is nothing but a window, and of one that the desktop has."""
        eye = first_picture.Eye(self.environment["DISPLAY"])
        first_picture.still(self.environment)
        mine = dict(self.environment, QINGCE_DATA=str(self.full()))
        # The page with its figures lies right of the sidebar and below the header bar, which tell how sync stands.
        programs = {"qingce": ([str(self.build / "src/qingce"), "--practice"], (250, 60), mine),
                    "bare": ([str(self.build / "tests/bench/bench-bare")], (0, 0), self.environment),
                    "calculator": (["gnome-calculator"], (0, 0), self.environment)}
        samples = {name: [] for name in programs}
        for number in range(PICTURES + 1):  # the first of each only warms the disk's cache
            for name, (command, corner, environment) in programs.items():
                took = first_picture.measure(eye, command, environment, corner)
                if number > 0:
                    samples[name].append(took * 1000)
        took, bare, calculator = (statistics.median(samples[name]) for name in programs)
        self.table.add(f"首页 with its figures of {2 * PEOPLE:,} people, from exec", "≤ 1.4 × peer", took, "ms",
                       took <= 1.4 * bare, "a bare libadwaita window, same eye", bare)
        self.table.add("  the same", "≤ peer", took, "ms", took <= calculator, "gnome-calculator, same eye", calculator)

    def memory(self):
        """Every page was on the screen, and the palette looked for everybody; what nobody looks at is let go of after
        half a minute."""
        environment = dict(self.environment, QINGCE_DATA=str(self.full()))
        peer = subprocess.Popen(["gnome-calculator"], env=environment, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        try:
            with self.client(environment) as (process, actions):
                for page in PAGES:
                    actions.do("go", page)
                    time.sleep(3)
                at_once = at_rest.pss_mib(process.pid)
                time.sleep(REST)
                memory, its = at_rest.pss_mib(process.pid), at_rest.pss_mib(peer.pid)
                keyboard = window_keys.Keyboard(first_picture.Eye(environment["DISPLAY"]), process.pid, environment)
                actions.do("find")
                time.sleep(2)
                for key in "zhangwei":
                    keyboard.press(key)
                time.sleep(REST)
                searched = at_rest.pss_mib(process.pid)
        finally:
            stage.end(peer)
        print(f"  {at_once:.0f} MiB just after the last page came", flush=True)
        self.table.add(f"memory (PSS) with every page open, {2 * PEOPLE:,} people, a minute later", "≤ 2.5 × peer", memory, "MiB",
                       memory <= 2.5 * its, "gnome-calculator, same moment", its)
        self.table.add("  and Ctrl+K in use, which knows everybody by pinyin, a minute later", "≤ 2.5 × peer", searched, "MiB",
                       searched <= 2.5 * its, "gnome-calculator, same moment", its)


def double(path):
    """Everybody once more, under another account."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("BEGIN")
        for table, change in (("person", "id = id + 100000000, account = 'Z' || account"),
                              ("person_find", "person = person + 100000000, account = 'z' || account"),
                              ("base_history", "person = 'Z' || person, key = 'Z' || key"),
                              ("paid_span", "person = 'Z' || person, key = 'Z' || key")):
            book.execute(f"CREATE TEMP TABLE twice AS SELECT * FROM {table}")
            book.execute(f"UPDATE twice SET {change}")
            book.execute(f"INSERT INTO {table} SELECT * FROM twice")
            book.execute("DROP TABLE twice")
        book.execute("COMMIT")


def age(path):
    """Ten applications a month for ten years, each with its month and what it moved."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as book:
        book.execute("BEGIN")
        month, = book.execute("SELECT month FROM application_month ORDER BY month LIMIT 1").fetchone()
        for table, where in (("application", "business = 'remittance' AND state = 'finished'"), ("movement", "serial <> ''"),
                             ("application_month", f"month = {month}")):
            book.execute(f"CREATE TEMP TABLE one_{table} AS SELECT * FROM {table} WHERE {where} LIMIT 1")
        for number in range(YEARS * 12 * 10):
            serial, back = f"P{number:012d}", number // 10
            then = (month // 100 * 12 + month % 100 - 1) - 1 - back
            book.execute("UPDATE one_application SET serial = ?, fen = fen + 100, created = created - 259200,"
                         " finished = finished - 259200", (serial,))
            book.execute("UPDATE one_application_month SET serial = ?, month = ?, people = people + 1",
                         (serial, then // 12 * 100 + then % 12 + 1))
            for table in ("application", "application_month"):
                book.execute(f"INSERT INTO {table} SELECT * FROM one_{table}")
            for kind in ("arrival", "booking"):
                book.execute("UPDATE one_movement SET key = ?, serial = ?, kind = ?, time = time - 129600, fen = fen + 1",
                             (f"{serial}-{kind}", serial, kind))
                book.execute("INSERT INTO movement SELECT * FROM one_movement")
        book.execute("COMMIT")


def deepen(path):
    """Gives everybody of the client's database the years before: a base and what was paid by it, year by year. How many
    spans there are then."""
    with contextlib.closing(sqlite3.connect(path)) as book:
        (scope, first), = book.execute("SELECT scope, min(first_month) FROM unit WHERE headcount = (SELECT max(headcount) FROM "
                                       "unit)")
        ratio, = book.execute("SELECT unit FROM ratio WHERE scope = ? ORDER BY from_month LIMIT 1", (scope,)).fetchone()
        past = first - 100 * (YEARS - 1)
        for table in ("policy", "ratio"):
            book.execute(f"UPDATE {table} SET from_month = ? WHERE scope = ? AND from_month = (SELECT min(from_month) FROM "
                         f"{table} WHERE scope = ?)", (past, scope, scope))
        book.execute("UPDATE unit SET first_month = ? WHERE scope = ?", (past, scope))
        book.execute("CREATE TEMP TABLE those AS SELECT account FROM person WHERE scope = ? AND opened <= ?", (scope, first))
        book.execute("UPDATE person SET opened = ? WHERE scope = ? AND account IN those", (past, scope))
        for year in range(1, YEARS):
            begin, base = first - 100 * year, 600_000 - 10_000 * year
            end = begin + 99 if begin % 100 > 1 else begin + 11
            book.execute("INSERT INTO base_history (scope, person, from_month, entered, key, pull, base, retroactive) SELECT ?, "
                         "account, ?, 0, 'years-' || account || ?, 0, ?, 0 FROM those", (scope, begin, begin, base))
            book.execute("INSERT INTO paid_span (scope, person, from_month, key, pull, to_month, base, unit, personal, kind) "
                         "SELECT ?1, account, ?2, 'years-' || account || ?2, 0, ?3, ?4, ?4 * ?5 / 10000, ?4 * ?5 / 10000, 0 FROM "
                         "those", (scope, begin, end, base, ratio))
        spans, = book.execute("SELECT count(*) FROM paid_span").fetchone()
        book.commit()
    return spans


def multiply(path, n):
    """As many applications in 待审核 as @n, by copies of the one that is there, without its lines. Unit and serial of it."""
    with contextlib.closing(sqlite3.connect(path)) as book:
        book.row_factory = sqlite3.Row
        one = dict(book.execute("SELECT * FROM application WHERE state = 'in-review'").fetchone())
        unit, = book.execute("SELECT account FROM unit WHERE id = ?", (one["unit"],)).fetchone()
        names = ", ".join(one)
        last, seq = book.execute("SELECT max(id), max(seq) FROM application").fetchone()
        rows = []
        for number in range(1, n):
            copy = dict(one, id=last + number, serial=f"231199999999{number:08d}", key=None, seq=seq + number,
                        created=one["created"] - number)
            rows.append(tuple(copy.values()))
        book.executemany(f"INSERT INTO application ({names}) VALUES ({', '.join('?' * len(one))})", rows)
        book.executemany("INSERT INTO application_event (application, time, actor, event, fen) VALUES (?, ?, ?, 'submitted', 0)",
                         [(last + number, one["created"], one["entered_by"]) for number in range(1, n)])
        book.commit()
    return unit, one["serial"]


def fetch(staff, path):
    """Seconds to the whole answer of a page of the console."""
    begun = time.monotonic()
    with staff.browser.opener.open(urllib.parse.urljoin(staff.address, path), timeout=30) as answer:
        answer.read()
    return time.monotonic() - begun


def curl(requests):
    """Four at once, each with its share on one connection."""
    shares = [subprocess.Popen(["curl", "--config", "-"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
              for _ in range(4)]
    for number, share in enumerate(shares):
        share.stdin.write("next\n".join(requests[number::4]))
        share.stdin.close()
    if any([share.wait() for share in shares]):
        raise RuntimeError("curl failed")


def main():
    parser = argparse.ArgumentParser(description="measures what has a target")
    parser.add_argument("build")
    parser.add_argument("only", nargs="*", help=", ".join(FIGURES) + " (default: all)")
    arguments = parser.parse_args()
    wanted = arguments.only or FIGURES
    begun, failed = time.monotonic(), 0
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before", flush=True)
    with stage.stage(pathlib.Path(arguments.build).resolve()) as (environment, home):
        bench = Bench(pathlib.Path(arguments.build).resolve(), environment, home)
        bench.prepare()
        for name in wanted:
            try:
                getattr(bench, name)()
            except (RuntimeError, subprocess.SubprocessError, OSError) as error:
                failed += 1
                print(f"{name}: no figure: {error}", flush=True)
        bench.table.print()
    print(f"took {time.monotonic() - begun:.0f} s")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
