# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""补缴 and 个人账户设立 to their ends: people, months and what they cost; a form a person; pictures; what the center returns
comes back as a draft with its reasons, is corrected and accepted. Staff are at their console meanwhile.
"""
import subprocess

from gi.repository import GLib

from clerk import TRANSFER_UNIT
from journey import Journey, begin, close
from stage import wait


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


class Story(Journey):
    def play(self):
        self.photograph()
        self.opening()
        self.opened()
        self.back_payment()
        self.records()
        self.paid()

    def photograph(self):
        """A picture with colours and no white edges, as of a camera."""
        self.pictures_folder = self.window.home / "pictures"
        self.pictures_folder.mkdir(exist_ok=True)
        self.photo = self.pictures_folder / "231102199003070016.jpg"
        subprocess.run(["convert", "-size", "1200x1600", "plasma:tan-brown", "-quality", "88", str(self.photo)],
                       check=True)

    def application(self, business):
        return self.clerk.ledger("""SELECT a.* FROM application a JOIN unit u ON u.id = a.unit
                                    WHERE u.account = ? AND a.business = ? ORDER BY a.id DESC LIMIT 1""",
                                 TRANSFER_UNIT, business)[0]

    def submit(self, code):
        self.window.do(f"{code}-submit")
        wait(lambda: self.window.enabled(f"{code}-confirm"), "the confirmation")
        self.picture(f"{code}-confirm")
        self.window.do(f"{code}-confirm")
        self.window.see("待审核", 60)
        self.picture(f"{code}-result")
        return self.application(code)["serial"]

    def opening(self):
        window, keyboard = self.window, self.keyboard
        self.clerk.go("account-opening")
        window.see("清册中尚无人员", 30)
        self.picture("opening-empty")
        wait(lambda: window.enabled("account-opening-choose"), "the unit to be known")
        window.do("account-opening-choose")
        dialog = wait(window.dialog, "添加人员", 20)
        wait(lambda: window.find(contains="自 2026年"), "the form", 10)
        keyboard.type("欧阳娜娜")
        keyboard.press("Tab", "Tab")
        keyboard.type("231102199003070017")
        keyboard.press("Return")
        self.picture("opening-form-faults")
        window.see("校验", 10)
        keyboard.press("ctrl+a")
        keyboard.type("231102199003070016")
        keyboard.press("Tab")
        keyboard.type("13845612345")
        keyboard.press("Tab")
        keyboard.type("5010")
        self.picture("opening-form")
        keyboard.press("Return")
        window.see("已加入清册", 10)
        self.picture("opening-added")
        keyboard.press("Escape")
        wait(lambda: dialog not in window.windows(), "the form to close")
        self.picture("opening-roster")

    def opened(self):
        """Returned for the name, corrected, accepted: the person is among the unit's people."""
        window, clerk = self.window, self.clerk
        window.do("account-opening-next")
        window.see("征信授权书", 10)
        window.do("account-opening-pictures-add", GLib.Variant("as", [str(self.photo)]))
        window.see("附件已齐", 60)
        self.picture("opening-pictures")
        serial = self.submit("account-opening")
        staff = clerk.console()
        staff.send_back(TRANSFER_UNIT, serial, code_0="01", line_0="1", field_0="name", text_0="姓名与身份证不一致")
        clerk.sync()
        window.see("个人账户设立：已退回", 30)
        window.do("account-opening-open")
        window.see("已退回", 30)
        window.see("姓名与身份证不一致", 30)
        self.picture("opening-returned")
        window.do("application-reopen")
        window.see("退回原因：姓名与身份证不一致", 30)
        self.picture("opening-again")
        again = self.submit("account-opening")
        assert again != serial
        assert self.application("account-opening")["replaces"] is not None
        staff.approve(TRANSFER_UNIT, again)
        clerk.sync()
        rows = clerk.ledger("SELECT name, status FROM person WHERE document = '231102199003070016'")
        assert [(row["name"], row["status"]) for row in rows] == [("欧阳娜娜", 1)], rows

    def records(self):
        """What is not submitted stands among the records; who is on a roster finds it, also where nobody has looked at it;
        and a click on a draft opens it."""
        window, clerk = self.window, self.clerk
        serials = [row["serial"] for row in clerk.ledger("""SELECT a.serial FROM application a JOIN unit u ON u.id = a.unit
                   WHERE u.account = ? AND a.business = 'account-opening'""", TRANSFER_UNIT)]
        assert len(serials) == 2, serials
        clerk.go("applications")
        wait(lambda: len(self.rows()) > 2, "the records", 30)
        self.picture("records")
        window.write("业务流水号、姓名或金额", "欧阳")
        wait(lambda: len(self.rows()) == 2, "the two applications that she is on", 30)
        for serial in serials:
            window.see(serial)
        window.write("业务流水号、姓名或金额", "")
        draft = wait(lambda: next((row for row in self.rows() if "录入清册" in row.name), None), "the draft", 30)
        assert "补缴" in draft.name, draft.name
        self.keyboard.click(draft)
        wait(lambda: not self.rows(), "the records to be left", 30)
        window.see("补缴说明")

    def rows(self):
        """What a reader says of each record that is shown."""
        return [node for node in self.window.walk() if node.role == "table row" and "，" in node.name]

    def paid(self):
        """Accepted, paid, finished."""
        window, clerk = self.window, self.clerk
        window.do("back-payment-pictures-add", GLib.Variant("as", [str(self.photo)]))
        window.see("还有 1 处", 60)
        self.keyboard.tab_to("补缴清册（加盖")
        self.keyboard.press("Down")
        window.do("back-payment-pictures-add", GLib.Variant("as", [str(self.photo)]))
        window.see("附件已齐", 60)
        serial = self.submit("back-payment")
        staff = clerk.console()
        staff.approve(TRANSFER_UNIT, serial)
        clerk.sync()
        window.do("back-payment-open")
        window.see("已受理", 30)
        self.picture("back-accepted")
        staff.confirm_arrival(TRANSFER_UNIT, serial)
        clerk.sync()
        window.see("已办结", 30)
        self.picture("back-finished")
        application = self.application("back-payment")
        assert (application["state"], application["arrived"]) == ("finished", application["fen"]), application
        wait(lambda: window.enabled("back-payment-print"), "the voucher to be allowed")
        window.do("back-payment-print")
        wait(lambda: window.enabled("voucher-save"), "the voucher", 60)
        self.picture("back-voucher")

    def back_payment(self):
        """Somebody left out of two months: what it costs follows, month by month; the papers; what is missing is said."""
        window, keyboard, clerk = self.window, self.keyboard, self.clerk
        missed = self.missed()
        clerk.go("back-payment")
        window.see("清册中尚无人员", 30)
        self.picture("back-empty")
        self.find()
        self.choose(missed["account"])
        keyboard.type("漏缴")
        keyboard.press("Return")
        first = f"{missed['month'] // 100}-{missed['month'] % 100:02}"
        keyboard.press("ctrl+Home", *["Right"] * 5)
        keyboard.type(first)
        keyboard.press("Tab")
        keyboard.type(first)
        keyboard.press("Return")
        self.picture("back-roster")
        window.do("back-payment-months")
        months = wait(window.dialog, "the months", 20)
        window.see("应补缴", 10)
        self.picture("back-months")
        keyboard.press("Escape")
        wait(lambda: months not in window.windows(), "the months to close")
        window.do("back-payment-next")
        window.see("缺", 10)
        self.picture("back-pictures")
        window.do("back-payment-print-list")
        paper = wait(window.dialog, "the list", 20)
        self.picture("back-paper")
        keyboard.press("Escape")
        wait(lambda: paper not in window.windows(), "the list to close")
        window.do("back-payment-write-statement")
        paper = wait(window.dialog, "the explanation", 20)
        window.see("可用的句子", 10)
        self.picture("back-statement")
        keyboard.press("Escape")
        wait(lambda: paper not in window.windows(), "the explanation to close")

    def find(self):
        """Who could be back-paid is looked for: what is chosen of it comes onto the roster, once, and goes as one step."""
        window, keyboard = self.window, self.keyboard
        wait(lambda: window.enabled("back-payment-find"), "the unit to be known")
        window.do("back-payment-find")
        window.see("加入补缴清册？", 30)
        window.see("漏缴：", 10)
        self.picture("back-found")
        keyboard.press("alt+a")
        wait(lambda: self.clerk.own("""SELECT 1 FROM draft_line l JOIN draft d ON d.id = l.draft WHERE NOT l.removed AND
                                       d.business = 'back-payment' AND d.state = 'open'"""), "those found on the roster")
        self.picture("back-found-roster")
        keyboard.press("ctrl+z")
        window.see("清册中尚无人员", 30)

    def missed(self):
        """Who is 正常, was opened long ago and was left out of a month that the unit remitted."""
        unit = self.clerk.ledger("SELECT id, paid_to FROM unit WHERE account = ?", TRANSFER_UNIT)[0]
        for row in self.clerk.ledger("""SELECT p.id, p.account, p.opened FROM person p WHERE p.unit = ? AND p.status = 1
                                        ORDER BY p.id""", unit["id"]):
            month = unit["paid_to"] - 2 if unit["paid_to"] % 100 > 2 else unit["paid_to"] - 90
            paid = self.clerk.ledger("""SELECT 1 FROM span WHERE person = ? AND from_month <= ? AND to_month >= ?""",
                                     row["id"], month, month)
            if not paid and row["opened"] <= month:
                return {"account": row["account"], "month": month}
        raise AssertionError("practice has nobody who was left out")

    def choose(self, search):
        window, keyboard = self.window, self.keyboard
        wait(lambda: window.enabled("back-payment-choose"), "the unit to be known")
        window.do("back-payment-choose")
        dialog = wait(window.dialog, "选择人员", 20)
        keyboard.type(search)
        window.see(f"{search}", 20)
        keyboard.press("Down", "space")
        window.see("已选：1 人")
        keyboard.press("ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")
