#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Ten thousand connections that say nothing or not enough, kept up for a minute, while a client goes on working: every
request of it is answered, and how long the slowest took is printed, with the center's memory.

    crowd.py PATH-TO-QINGCE-CENTER [--connections 10000] [--seconds 60] [--max-connections N]

Connections come from two hundred addresses of this computer and, one in a hundred, from the client's own. Who is let go
comes again at once. Ends with 1 where a request was not answered. Not part of `make test`, which has the short form.
"""
import argparse
import json
import multiprocessing
import pathlib
import random
import resource
import select
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "tools"))
import portal_robot  # noqa: E402

HELLO = b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"  # the beginning of a ClientHello
FORM = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 60000\r\n\r\n"


class Crowd(multiprocessing.Process):
    """Keeps so many connections up, and drips a byte into some of them now and then. A process of its own, so that it
    does not keep the client waiting."""

    def __init__(self, facts, count):
        super().__init__(daemon=True)
        self.api, self.pages = (urllib.parse.urlsplit(facts[name]) for name in ("api", "portal"))
        self.count, self.over, self.full = count, multiprocessing.Event(), multiprocessing.Event()
        self.total, self.made = multiprocessing.Value("i", 0), 0

    def begin(self):
        number = self.made
        kind = ("silent", "hello", "silent", "line", "body")[number % 5]
        server = self.api if kind == "hello" or number % 2 else self.pages
        plain = socket.socket()
        plain.bind((f"127.0.0.{1 if number % 100 == 0 else 2 + number % 200}", 0))
        plain.settimeout(30)
        plain.connect((server.hostname, server.port))
        plain.setblocking(False)
        if kind == "hello":
            plain.send(HELLO)
        elif kind == "line":
            plain.send(b"GET /portal/ HT")
        elif kind == "body":
            plain.send(f"POST /portal/sign-in HTTP/1.1\r\nHost: {self.pages.netloc}\r\n".encode() + FORM + b"user=")
        self.open[plain.fileno()] = (plain, kind)
        self.poll.register(plain.fileno(), select.EPOLLIN | select.EPOLLRDHUP)
        self.made += 1

    def run(self):
        self.poll, self.open = select.epoll(), {}
        while not self.over.is_set():
            for _ in range(min(200, self.count - len(self.open))):
                self.begin()
            self.total.value = self.made
            if len(self.open) == self.count:
                self.full.set()
            for number, _ in self.poll.poll(0.05, 1000):
                self.open.pop(number)[0].close()
            for plain, kind in random.sample(list(self.open.values()), min(100, len(self.open))):
                if kind in ("line", "body"):
                    try:
                        plain.send(b"a")
                    except OSError:
                        pass


def memory(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def work(facts, context):
    """What a client and a browser ask, each over a connection of its own."""
    for address in (facts["api"] + "/api/v1/center", facts["portal"], facts["portal"] + "sign-in"):
        before = time.monotonic()
        with urllib.request.urlopen(address, context=context, timeout=30) as answer:
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{address}: {answer.status}")
        yield time.monotonic() - before


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("center")
    parser.add_argument("--connections", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--max-connections", default="4096")
    wanted = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    if hard != resource.RLIM_INFINITY and hard < wanted.connections + 100:
        sys.exit(f"only {hard} descriptors may be open here")
    with tempfile.TemporaryDirectory(prefix="qingce-crowd-") as folder:
        process = subprocess.Popen([wanted.center, "--practice", "--data", folder, "--max-connections",
                                    wanted.max_connections], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        facts = json.loads(process.stdout.readline())
        context = ssl.create_default_context(cafile=facts["ca"])
        quiet = [taken for _ in range(20) for taken in work(facts, context)]
        alone = memory(process.pid)
        crowd = Crowd(facts, wanted.connections)
        crowd.start()
        crowd.full.wait(120)
        samples, end, most = [], time.monotonic() + wanted.seconds, 0
        while time.monotonic() < end:
            samples += work(facts, context)
            most = max(most, memory(process.pid))
            time.sleep(0.1)
        console = portal_robot.Console(facts["console"])
        console.page("")
        crowd.over.set()
        crowd.join()
        for values, name in ((quiet, "alone"), (samples, f"with {wanted.connections} others")):
            values.sort()
            print(f"{name}: {len(values)} requests, median {values[len(values) // 2] * 1000:.1f} ms, "
                  f"p95 {values[len(values) * 95 // 100] * 1000:.1f} ms, slowest {values[-1] * 1000:.1f} ms")
        print(f"{crowd.total.value} connections were made; memory {alone} MiB alone, {most} MiB at most")
        process.stdin.close()
        return process.wait(20)


if __name__ == "__main__":
    sys.exit(main())
