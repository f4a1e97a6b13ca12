# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What a program that nobody touches costs, as the kernel counts it: memory, wake-ups, bytes written."""
import pathlib
import re
import time


def pss_mib(pid):
    """Memory of the process in MiB, what it shares divided among those who share it."""
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE).group(1)) / 1024


def _switches(pid):
    """How often each thread was put on a processor so far."""
    found = {}
    for status in pathlib.Path(f"/proc/{pid}/task").glob("*/status"):
        try:
            text = status.read_text()
        except OSError:  # the thread has ended meanwhile
            continue
        found[status.parent.name] = sum(map(int, re.findall(r"ctxt_switches:\s+(\d+)", text)))
    return found


def _written(pid):
    """Bytes that went to the disk, and bytes that went through write() to anything at all."""
    text = pathlib.Path(f"/proc/{pid}/io").read_text()
    return {name: int(re.search(rf"^{name}: (\d+)", text, re.MULTILINE).group(1)) for name in ("write_bytes", "wchar")}


def watch(pid, seconds=60, meanwhile=None):
    """Wake-ups a second of all threads, bytes to the disk, bytes through write(), over so many seconds."""
    switches, written, begun = _switches(pid), _written(pid), time.monotonic()
    if meanwhile:
        meanwhile()
    time.sleep(max(0, begun + seconds - time.monotonic()))
    took, after = time.monotonic() - begun, _switches(pid)
    wakes = sum(count - switches.get(thread, 0) for thread, count in after.items())
    return {"wake-ups": wakes / took, **{name: count - written[name] for name, count in _written(pid).items()}}
