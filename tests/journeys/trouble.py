# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What can go wrong around a client, made to happen for real: a center that is away, a process that dies or finds the
disk full at a certain system call, a server that is not a center. Everything started here is ended here, by its pid.
"""
import contextlib
import os
import pathlib
import signal
import subprocess
import time

from stage import end, wait

WRAPPER = """#!/bin/sh
# Stands for the road to the center: while the pipe lies there, nobody gets through.
[ -p "{gate}" ] && read -r _ < "{gate}"
unset LD_PRELOAD FAKETIME # only the client's clock is wrong
exec "{center}" {words} "$@"
"""


class Road:
    """The way to the practice center of a client that was started with `environment`; the center is told `words`."""

    def __init__(self, home, center, *words):
        self.gate = home / "road-closed"
        self.wrapper = home / "qingce-center"
        self.wrapper.write_text(WRAPPER.format(gate=self.gate, center=center, words=" ".join(words)))
        self.wrapper.chmod(0o755)
        self.environment = {"QINGCE_CENTER": str(self.wrapper)}

    def close(self):
        """From now on a center that is started waits."""
        if not self.gate.exists():
            os.mkfifo(self.gate)

    def open(self):
        if not self.gate.exists():
            return
        path, self.gate = self.gate, self.gate
        with contextlib.suppress(OSError):  # nobody waits: nobody needs to be let through
            os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
        path.unlink()

    @contextlib.contextmanager
    def closed(self, client):
        """The center is gone at once, and nobody answers in its place until the block ends."""
        self.close()
        try:
            kill_center(client)
            yield
        finally:
            self.open()


def children(pid):
    """(pid, command) of the processes that `pid` started."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, ValueError):
            name, rest = (entry / "stat").read_text().split("(", 1)[1].rsplit(")", 1)
            if int(rest.split()[1]) == pid:
                found.append((int(entry.name), name))
    return found


def center_pid(client, seconds=30):
    """The running practice center of a client (not one that still waits on a closed road)."""
    def running():
        for pid, name in children(client.process.pid):
            with contextlib.suppress(OSError):  # it ends while one looks
                if name == "qingce-center" and os.readlink(f"/proc/{pid}/exe").endswith("/qingce-center"):
                    return pid
        return None
    return wait(running, "the practice center's process", seconds)


def kill_center(client, seconds=30):
    pid = center_pid(client, seconds)
    os.kill(pid, signal.SIGKILL)
    wait(lambda: pid not in [child for child, _ in children(client.process.pid)], "the center to be gone")


def can_inject():
    """Whether system calls of other processes may be tampered with here (strace, ptrace)."""
    probe = subprocess.run(["strace", "-qq", "-e", "trace=getpid", "true"], capture_output=True, check=False)
    return probe.returncode == 0


def _is_traced(pid):
    tasks = list(pathlib.Path(f"/proc/{pid}/task").iterdir())
    return tasks and all("TracerPid:\t0\n" not in (task / "status").read_text() for task in tasks)


@contextlib.contextmanager
def injected(pid, calls, what):
    """While the block runs, the system calls of `pid` named by `calls` meet `what` ("error=ENOSPC", "signal=KILL")."""
    tracer = subprocess.Popen(["strace", "-qq", "-f", "-o", "/dev/null", "-p", str(pid), "-e", f"trace={calls}",
                               "-e", f"inject={calls}:{what}"])
    try:
        wait(lambda: _is_traced(pid), "strace to hold the process")
        yield
    finally:
        end(tracer)


def while_true(condition, seconds):
    """That `condition` stays true for a while: for what must not happen."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert condition(), "it did not stay so"
        time.sleep(0.1)
