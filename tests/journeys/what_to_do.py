# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Each state says what it is and what to do: signed out is not offline, the wrong account spends no submission, money
that is to be transferred is asked for on 首页 and after a restart, a paper that is no longer true is not printed, and
what has ended makes room for the next month.
"""
from gi.repository import GLib

from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk, amount
from keys import Keyboard
from stage import wait

OTHER = "muye"  # may not act for the unit


def play(factory, environment, home, pictures):
    def picture(name):
        if pictures:
            window.settle()
            window.picture(pictures / f"do-{name}.png")

    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.first_start()
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    signed_out(clerk, window, picture)
    wrong_account(clerk, window, picture)
    right_account(clerk, window, picture)
    window = started_again(clerk, window, picture)
    deleting(clerk, window, picture)
    paper_grown_old(clerk, window, picture)
    next_month(clerk, window, picture)


def item(clerk):
    return clerk.own("SELECT state, reason FROM outbox ORDER BY id DESC LIMIT 1")[0]


def signed_out(clerk, window, picture):
    """办理 without a sign-in: that alone is missing, and that is what it says, with the button beside it."""
    unit = TRANSFER_UNIT
    clerk.prepare(unit, clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1)
    window.do("sign-out")
    window.see("您尚未登录", 30)
    clerk.submit()
    window.see("登录后提交")
    window.see("登录后立即提交至中心")
    assert window.find(contains="联网") is None, "the network has nothing to do with it"
    assert window.find(contains="您尚未登录"), "the bar stays"
    picture("signed-out")
    clerk.go("home")
    window.see("2 笔登录后提交")  # the 授权退休年龄 before it is one
    picture("signed-out-home")


def wrong_account(clerk, window, picture):
    """Whoever signs in may act for another unit only: nothing is sent, and it is said what to do."""
    clerk.sign_in(OTHER)
    window.see("无权办理“", 60)
    clerk.go("remittance")
    window.see("换账号后提交", 30)
    picture("wrong-account")
    window.do("sync-now")
    clerk.go("home")
    window.see("2 笔换账号后提交")
    picture("wrong-account-home")
    assert clerk.submitted(TRANSFER_UNIT) == 0 and item(clerk)["state"] == "queued", item(clerk)
    assert window.find(contains="for this unit") is None
    window.do("choose-unit")
    window.see("当前登录账号无权办理")
    picture("wrong-account-units")
    Keyboard(window).press("Escape")
    window.do("next-unit")  # past those that are not for this account, to the only one that is
    window.gone("无权办理“")
    window.do("switch-unit", GLib.Variant("s", TRANSFER_UNIT))
    window.see("无权办理“", 30)


def right_account(clerk, window, picture):
    window.do("show-sign-in")
    clerk.sign_in()
    wait(lambda: clerk.submitted(TRANSFER_UNIT) == 1, "what waited to be sent", 60)
    clerk.synced()
    clerk.go("remittance")
    window.see("已登记，请自主划款", 30)
    to_pay(clerk, window, picture, "to-pay")


def to_pay(clerk, window, picture, name):
    """What is to be transferred, to whom, with what remark: on the page of the business and on 首页."""
    application = clerk.newest(TRANSFER_UNIT)
    payee = clerk.own("SELECT payee_account FROM unit WHERE payee_account IS NOT NULL LIMIT 1")[0]["payee_account"]
    window.see(payee)
    window.see(application["serial"])
    picture(name)
    clerk.go("home")
    window.see(f"请划款 ￥{amount(application['fen'])}", 30)
    window.see(payee)
    picture(f"{name}-home")


def started_again(clerk, window, picture):
    window.do("close")
    wait(lambda: not window.alive(), "the client to end", 30)
    window.start()
    window.see("请划款 ￥", 60)
    clerk.go("remittance")
    window.see("已登记，请自主划款", 30)
    to_pay(clerk, window, picture, "to-pay-again")
    return window


def deleting(clerk, window, picture):
    """The question before 删除 names what has arrived, and what becomes of it."""
    application = clerk.newest(TRANSFER_UNIT)
    window.do("show-sign-in")
    clerk.sign_in()
    clerk.synced()
    part = application["fen"] - 123400
    clerk.console().confirm_arrival(TRANSFER_UNIT, application["serial"], f"{part / 100:.2f}")
    clerk.sync()
    clerk.go("home")
    window.see("还需划款 ￥1,234.00", 30)
    clerk.go("remittance")
    window.do("application-select", GLib.Variant("s", application["serial"]))
    window.do("application-delete")
    window.see(f"已到账的 ￥{amount(part)} 不退回")
    picture("delete")
    Keyboard(window).press("Escape")
    wait(lambda: window.dialog() is None, "the question to go")
    assert clerk.newest(TRANSFER_UNIT)["state"] == "registered"


def paper_grown_old(clerk, window, picture):
    """The voucher on the screen is that of an unfinished business; the center finishes it."""
    application = clerk.newest(TRANSFER_UNIT)
    clerk.go("vouchers/" + application["serial"])
    wait(lambda: window.enabled("voucher-save-to"), "the voucher", 60)
    window.see("未办结")
    clerk.console().confirm_arrival(TRANSFER_UNIT, application["serial"])
    clerk.sync()
    window.see("这张凭证已不是最新", 30)
    for action in ("voucher-save", "voucher-save-to", "voucher-print", "voucher-save-each"):
        assert not window.enabled(action), action
    picture("old-paper")
    window.do("voucher-renew")
    wait(lambda: window.enabled("voucher-save-to"), "the voucher as it is now", 60)
    window.gone("这张凭证已不是最新")
    window.see("已办结，盖红章")
    picture("new-paper")


def next_month(clerk, window, picture):
    """去汇缴 leads to what is due, not to what has been done."""
    unit = COLLECTION_UNIT
    clerk.switch_unit(unit)
    clerk.console().set_balance(unit, "500000.00")
    clerk.sync()
    clerk.prepare(unit, clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1)
    clerk.submit()
    wait(lambda: (row := clerk.newest(unit)) and row["state"] == "finished", "已办结 at the center", 30)
    wait(lambda: window.enabled("remittance-new"), "the result", 30)
    assert not window.enabled("remittance-end")
    clerk.go("home")
    window.see("应汇缴", 30)
    clerk.go("remittance")
    wait(lambda: window.enabled("remittance-end"), "the draft of the next month", 30)
    picture("next-month")
