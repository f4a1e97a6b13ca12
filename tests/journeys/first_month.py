# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The first month, from first start to 已办结: 托收 once with a shortage and 重新划款, 非托收 once with 到账确认 in the
console. Every figure on the window is compared with the center's ledger.
"""
from gi.repository import GLib

import paper
from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk, amount
from keys import Keyboard
from stage import wait


def play(factory, environment, home, pictures):
    def picture(name):
        if pictures:
            window.picture(pictures / f"{name}.png")

    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    picture("01-welcome")
    clerk.first_start()
    picture("02-business")

    collection(clerk, window, picture)
    transfer(clerk, window, picture)

    # What is on paper must hold in the books.
    for unit in (COLLECTION_UNIT, TRANSFER_UNIT):
        application = clerk.newest(unit)
        spans = clerk.ledger("""SELECT sum((unit_fen + personal_fen) * ((to_month / 100 - from_month / 100) * 12
                                + to_month % 100 - from_month % 100 + 1)) AS fen FROM span
                                WHERE application = ? AND booked = 1""", application["id"])
        assert spans[0]["fen"] == application["fen"], (spans, application)
    voucher(clerk, window, picture, home)
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")
    assert window.process.returncode == 0, window.process.returncode


def voucher(clerk, window, picture, home):
    """打印汇补缴凭证 of what was finished last: the sealed practice voucher, its reprint, and the check of it."""
    serial = clerk.newest(TRANSFER_UNIT)["serial"]
    first, again = home / "voucher.pdf", home / "voucher-again.pdf"
    text = paper.save(clerk, window, serial, first)
    picture("10-voucher")
    application = paper.compare(clerk, text, serial)
    assert application["state"] == "finished" and "未办结" not in text and "重打" not in text, text
    issues = "SELECT reprint, finished FROM voucher_issue WHERE application = ? ORDER BY id"
    assert [tuple(row.values()) for row in clerk.ledger(issues, application["id"])] == [(0, 1)]
    assert clerk.own("SELECT text FROM voucher WHERE serial = ?", serial)[0]["text"] == paper.attached(first, home)

    # The second copy says so, and the center has counted it.
    window.do("voucher-save-to", GLib.Variant("s", str(again)))
    wait(again.exists, "the second copy", 60)
    assert "重打" in paper.read(again), paper.read(again)
    assert [row["reprint"] for row in clerk.ledger(issues, application["id"])] == [0, 1]

    wait(lambda: window.enabled("voucher-check-path"), "the page to be ready")
    window.do("voucher-check-path", GLib.Variant("s", str(first)))
    window.see("黑河市住房公积金管理中心（演练） 于 ", 30)
    window.see(serial)
    window.see("据签名事实绘出：以此为准")
    window.see(f"交来的文件：{first.name}", 30)
    picture("11-checked")

    # A page that shows another amount, and another file with it: said by name, and the signed facts stay what they are.
    forged = home / "forged.pdf"
    paper.forge(first, forged)
    wait(lambda: window.enabled("voucher-check-paths"), "the page to be ready")
    window.do("voucher-check-paths", GLib.Variant("as", [str(forged), str(again)]))
    window.see("不在签名的金额之中", 30)
    window.see(f"交来的文件：{forged.name}", 30)
    picture("12-forged")


def compare(clerk, window, unit):
    """The months of the newest remittance: center, client and window say the same."""
    application = clerk.newest(unit)
    wait(lambda: clerk.months(application["serial"])[1], "the client to know its months")
    center, client = clerk.months(application["serial"])
    assert center == client, (center, client)
    for month in center:
        assert month["previous_people"] + month["added_people"] - month["removed_people"] == month["people"], month
        assert (month["previous_fen"] + month["added_fen"] - month["removed_fen"]
                == month["unit_fen"] + month["personal_fen"]), month
    assert sum(month["unit_fen"] + month["personal_fen"] for month in center) == application["fen"]
    window.see(amount(application["fen"]))
    window.see(application["serial"])
    return application


def collection(clerk, window, picture):
    """托收 of two months while the bank holds less: 失败 with the bank's reason, then 重新划款."""
    unit = COLLECTION_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1
    clerk.prepare(unit, due + 1)
    window.see("账户余额不足")
    picture("03-review")
    # It is known that the bank will refuse: Enter alone does not send it.
    keyboard = Keyboard(window)
    clerk.ask_to_submit()
    keyboard.press("Return")
    wait(lambda: not window.enabled("remittance-confirm"), "the confirmation to go")
    assert clerk.submitted(unit) == 0 and not clerk.own("SELECT 1 FROM outbox"), "Enter sent it"
    clerk.ask_to_submit()
    picture("04-confirm")
    window.do("remittance-confirm")
    application = wait(lambda: clerk.newest(unit), "the center to have it")
    assert (application["state"], application["draw"]) == ("registered", "failed"), application
    window.see("划款失败", 30)
    picture("05-shortage")
    application = compare(clerk, window, unit)

    clerk.console().set_balance(unit, "500000.00")
    window.do("remittance-redraw", seconds=30)
    window.agree("重新划款")
    application = wait(lambda: (row := clerk.newest(unit))["state"] == "finished" and row, "已办结 at the center")
    assert application["draw_number"] == 2, application
    window.see("已办结")
    compare(clerk, window, unit)
    picture("06-finished")
    assert clerk.submitted(unit) == 1
    paid_to = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"]
    assert paid_to == due + 1, paid_to
    bank = clerk.ledger("SELECT b.balance FROM bank_account b JOIN unit u ON u.id = b.unit WHERE u.account = ?", unit)
    assert bank[0]["balance"] == 50000000 - application["fen"], (bank, application)


def transfer(clerk, window, picture):
    """非托收 of one month: payee notice, less arrives, then the rest."""
    unit = TRANSFER_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1
    clerk.prepare(unit, due)
    clerk.submit()
    application = wait(lambda: clerk.newest(unit), "the center to have it")
    assert application["state"] == "registered", application
    window.see("收款")
    application = compare(clerk, window, unit)
    picture("07-payee")

    less = application["fen"] - 100
    clerk.console().confirm_arrival(unit, application["serial"], f"{less / 100:.2f}")
    clerk.sync()
    window.see("1.00")
    assert clerk.newest(unit)["state"] == "registered"
    picture("08-less-arrived")
    clerk.console().confirm_arrival(unit, application["serial"])
    wait(lambda: clerk.newest(unit)["state"] == "finished", "已办结 at the center")
    clerk.sync()
    client = wait(lambda: (rows := clerk.own("SELECT state FROM application WHERE serial = ?", application["serial"]))
                  and rows[0]["state"] == "finished" and rows, "已办结 at the client")
    assert client
    compare(clerk, window, unit)
    picture("09-arrived")
