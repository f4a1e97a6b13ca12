# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Bad days of the network: drafting and 办理 with the center out of reach, 撤回, sending once by itself when it is back,
and an answer that is lost after the center has booked.
"""
import contextlib
import os

from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from stage import Late, wait
from trouble import Road, can_inject, center_pid, injected, kill_center


def play(factory, environment, home, pictures):
    road = Road(home, environment["QINGCE_CENTER"])
    window = factory("--practice", **road.environment)
    window.start()
    clerk = Clerk(window)
    clerk.first_start()

    def picture(name):
        if pictures:
            window.picture(pictures / f"bad-{name}.png")

    offline(clerk, window, road, picture)
    lost_answer(clerk, window, road, picture)
    given_up(clerk, window, road, picture)
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")
    wrong_clock(factory, road, environment, picture)


def item(clerk, unit):
    rows = clerk.own("SELECT * FROM outbox WHERE path LIKE ? ORDER BY id DESC LIMIT 1", f"%/units/{unit}/%")
    return rows[0] if rows else None


def offline(clerk, window, road, picture):
    """No network: drafting goes on, 办理 waits, 撤回 takes it back, and the second time it goes out by itself, once."""
    unit = COLLECTION_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    with road.closed(window):
        window.do("sync-now")
        window.see("离线", 30)
        window.see("无法连接中心", 30)
        picture("offline")
        clerk.prepare(unit, clerk.due_month(unit))
        clerk.submit()
        window.see("待联网提交")
        picture("queued")
        first = item(clerk, unit)
        assert clerk.submitted(unit) == 0
        window.do("remittance-withdraw")
        wait(lambda: window.enabled("remittance-submit"), "the draft to be back as it was")
        assert clerk.submitted(unit) == 0
        clerk.submit()
        window.see("待联网提交")
    wait(lambda: clerk.newest(unit) is not None, "it to be sent by itself", 60)
    window.see("已办结", 30)
    assert clerk.submitted(unit) == 1
    sent = item(clerk, unit)
    assert sent["key"] == clerk.newest(unit)["key"] != first["key"], (sent, first)


def lost_answer(clerk, window, road, picture):
    """The center books and dies before it answers: the client asks, and there is exactly one application."""
    if not can_inject():
        print("# lost answer: skipped, strace may not be used here")
        return
    unit = TRANSFER_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    clerk.prepare(unit, clerk.due_month(unit))
    road.close()
    with injected(center_pid(window), "fdatasync", "signal=KILL:when=2"):  # behind the 授权退休年龄
        clerk.submit()
        window.see("请勿重复办理", 30)
        picture("unknown")
    assert clerk.submitted(unit) == 1, "the center had booked it"
    key = clerk.newest(unit)["key"]
    road.open()
    window.see("已登记，请自主划款", 60)
    assert clerk.submitted(unit) == 1
    assert item(clerk, unit)["key"] == key
    window.gone("请勿重复办理")


def given_up(clerk, window, road, picture):
    """The practice center ends again and again: it is said, and one action starts it once more."""
    def stopped():
        return window.find(contains="演练中心已停止") is not None

    def killed_or_stopped():
        if not stopped():
            with contextlib.suppress(Late):  # perhaps none comes any more
                kill_center(window, 3)
        return stopped()

    wait(killed_or_stopped, "the client to give up", 60)
    picture("center-stopped")
    window.do("sync-now")
    window.gone("演练中心已停止", 30)
    clerk.synced()


def wrong_clock(factory, road, environment, picture):
    """The clock is wrong: it is said by how much, and work goes on as long as the certificate is good on that day."""
    library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
    if not os.path.exists(library) or "asan" in environment.get("LD_PRELOAD", ""):
        print("# wrong clock: skipped, faketime is not here")
        return
    for shift, words in (("+25h", "快 25 小时"), ("-20h", "慢 20 小时"), ("-25h", "中心的证书尚未生效")):
        window = factory("--practice", LD_PRELOAD=library, FAKETIME=shift, **road.environment)
        window.start()
        window.see(words, 60)
        picture(f"clock{shift}")
        window.do("close")
        wait(lambda: not window.alive(), "the client to end")
