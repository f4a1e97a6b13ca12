# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Bad days of the network: drafting and 办理 with the center out of reach, 撤回, sending once by itself when it is back,
and an answer that is lost after the center has booked.
"""
from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from stage import wait
from trouble import Road, can_inject, center_pid, injected


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


def item(clerk, unit):
    rows = clerk.own("SELECT * FROM outbox WHERE path LIKE ? ORDER BY id DESC LIMIT 1", f"%/units/{unit}/%")
    return rows[0] if rows else None


def due_month(clerk, unit):
    return clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1


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
        clerk.prepare(unit, due_month(clerk, unit))
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
    clerk.prepare(unit, due_month(clerk, unit))
    road.close()
    with injected(center_pid(window), "fdatasync", "signal=KILL:when=1"):
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
