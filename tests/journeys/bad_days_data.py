# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Bad days of the data folder: a second instance, a database of a newer version, a damaged one, and a full disk at the
client and at the center.
"""
import os
import pathlib
import sqlite3
import subprocess

from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from stage import bus, display, end, wait
from trouble import can_inject, center_pid, injected


def play(factory, environment, home, pictures):
    def picture(name):
        if pictures:
            window.picture(pictures / f"bad-{name}.png")

    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.first_start()
    second_instance(window)
    if can_inject():
        full_disk(clerk, window, picture)
        full_disk_of_the_center(clerk, window, picture)
    else:
        print("# full disk: skipped, strace may not be used here")
    close(window)
    newer(window, clerk, picture)
    damaged(window, clerk, picture)


def close(window):
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")
    assert window.process.returncode == 0, window.process.returncode


def second_instance(window):
    """On the same desktop the open window comes; on another one, it is said who holds the data."""
    again = subprocess.run(window.command, env=window.environment, capture_output=True, timeout=20, check=False)
    assert again.returncode == 0 and window.alive(), again
    folder = window.home / "elsewhere"
    folder.mkdir()
    with display(folder) as shown, bus(dict(window.environment, DISPLAY=shown)) as elsewhere:
        other = subprocess.Popen(window.command, env=elsewhere, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            found = subprocess.run(
                ["/usr/bin/python3", pathlib.Path(__file__).with_name("look.py"), str(other.pid),
                 f"进程 {window.process.pid}"], env=elsewhere, capture_output=True, text=True, timeout=40, check=False)
            assert found.returncode == 0, found.stdout + found.stderr
        finally:
            end(other)


def full_disk(clerk, window, picture):
    """Nothing can be written: what was entered stays on the screen, it is said, and it works again afterwards."""
    unit = COLLECTION_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1
    clerk.prepare(unit, due)
    with injected(window.process.pid, "pwrite64", "error=ENOSPC"):
        clerk.submit()
        window.see("磁盘已满", 30)
        picture("full-disk")
        assert clerk.submitted(unit) == 0
    window.agree("关闭")
    assert not clerk.own("SELECT * FROM outbox"), "nothing was queued"
    clerk.submit()
    wait(lambda: clerk.submitted(unit) == 1, "it to be sent once there is room again", 30)
    window.see("已办结", 30)


def full_disk_of_the_center(clerk, window, picture):
    """The center cannot write: nothing is booked, the client waits and sends the same once more, later."""
    unit = TRANSFER_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1
    clerk.prepare(unit, due)
    with injected(center_pid(window), "pwrite64", "error=ENOSPC"):
        clerk.submit()
        wait(lambda: clerk.own("""SELECT * FROM outbox_attempt a JOIN outbox o ON o.id = a.item
                                  WHERE o.path LIKE ? AND a.ended > 0""", f"%/{unit}/%"), "an attempt that failed", 30)
        window.see("再次提交", 30)
        picture("center-full")
        assert clerk.submitted(unit) == 0
    clerk.window.do("sync-now")
    window.see("已登记，请自主划款", 60)
    assert clerk.submitted(unit) == 1


def newer(window, clerk, picture):
    """A database written by a newer version is left alone, and it is said."""
    path = clerk.data / "qingce.db"
    with sqlite3.connect(path) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
        database.execute("PRAGMA user_version = 99")
    database.close()
    before = path.read_bytes()
    window.start()
    window.see("新版本", 30)
    picture("newer")
    close(window)
    assert path.read_bytes() == before and not list(clerk.data.glob("*.damaged-*"))
    with sqlite3.connect(path) as database:
        database.execute(f"PRAGMA user_version = {version}")
    database.close()


def damaged(window, clerk, picture):
    """A damaged database is moved aside, a new one begun, and everything of the center comes back."""
    path = clerk.data / "qingce.db"
    kept = path.read_bytes()
    path.write_bytes(kept[:4096] + os.urandom(len(kept) - 4096))
    wrecked = path.read_bytes()
    window.start()
    window.see("数据库已损坏", 30)
    picture("damaged")
    aside = list(clerk.data.glob("qingce.db.damaged-*"))
    assert [found.read_bytes() for found in aside] == [wrecked], aside
    window.agree("关闭")
    clerk.first_start()
    assert clerk.own("SELECT count(*) AS n FROM person")[0]["n"] > 0
    close(window)
