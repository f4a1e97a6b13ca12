# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The tour of `make run` where there is no display: one 汇缴 from first start to 已办结, a picture of every step.

Stands on the same clerk as the journeys; it shows, they compare.
"""
import subprocess

from gi.repository import GLib

import paper
from clerk import COLLECTION_UNIT, Clerk
from stage import wait


def save_voucher(window, path):
    """The paper itself: as PDF, and its first page as a picture."""
    path.unlink(missing_ok=True)
    window.do("voucher-save-to", GLib.Variant("s", str(path)))
    wait(path.exists, "the voucher's file", 60)
    text = paper.read(path)
    assert "演练" in text and "未办结" not in text, text
    subprocess.run(["pdftoppm", "-r", "100", "-png", "-singlefile", str(path), str(path.with_suffix(""))], check=True)
    print(f"voucher: {path}\npicture: {path.with_suffix('.png')}", flush=True)


def play(factory, environment, home, pictures):
    window = factory()
    window.start()
    clerk = Clerk(window)
    steps = iter(range(1, 100))

    def picture(name):
        window.settle()
        window.picture(pictures / f"{next(steps):02}-{name}.png")

    picture("welcome")
    window.do("start-practice")
    window.see("登录政务服务网")
    picture("sign-in")
    clerk.sign_in("muye")
    wait(lambda: window.enabled("enter-home"), "to be let in", 60)
    picture("department")
    window.do("enter-home")
    clerk.synced()
    picture("home")
    clerk.go("people")
    window.see("正常")
    picture("people")
    clerk.go("remittance")
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", COLLECTION_UNIT)[0]["paid_to"] + 1
    window.do("remittance-end", GLib.Variant("i", due), 60)
    picture("method")
    window.do("remittance-next")
    picture("months")
    window.do("remittance-next")
    clerk.answer_classes(COLLECTION_UNIT)
    picture("review")
    window.do("remittance-review-all")
    window.do("remittance-next", seconds=30)
    picture("submit")
    clerk.ask_to_submit()
    wait(lambda: window.enabled("remittance-confirm"), "the confirmation")
    picture("confirm")
    window.do("remittance-confirm")
    wait(lambda: (row := clerk.newest(COLLECTION_UNIT)) and row["state"] == "finished", "已办结 at the center", 60)
    window.see("已入账")
    picture("finished")
    clerk.go("applications")
    picture("applications")
    window.do("application-select", GLib.Variant("s", clerk.newest(COLLECTION_UNIT)["serial"]))
    window.do("application-print", seconds=30)
    wait(lambda: window.enabled("voucher-save-to"), "the voucher", 60)
    window.see("演练")
    picture("voucher")
    save_voucher(window, pictures / f"{next(steps):02}-voucher.pdf")
    clerk.go("home")
    picture("home-afterwards")
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")
