# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Rosters on paper with the keyboard alone: the list of people, the months of a 汇缴 before and after 办理, the payment
notice and the rosters of all records; looked at larger and smaller, searched, on every paper, saved, and what was saved
read back and held against the center's own books. What was handed out before is a reprint, and all of it is practice.
"""
import re
import subprocess

from clerk import TRANSFER_UNIT, amount
from journey import Journey, begin, close
from stage import wait

PAPERS = ["A4 纵向", "A4 横向", "A5 横向", "241 × 140 毫米连续纸"]


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


def text_of(path):
    """What pdftotext reads, in the order of drawing and without blanks."""
    told = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout
    return re.sub(r"[ \n]", "", told)


class Story(Journey):
    def __init__(self, window, clerk, home, pictures):
        super().__init__(window, clerk, home, pictures)
        self.saved = 0

    def play(self):
        self.people()
        self.papers()
        self.draft()
        self.remit()
        self.notice()
        self.records()
        self.months()
        self.inquiry()

    # --- the preview -----------------------------------------------------------
    def shown(self):
        """The pages stand there."""
        wait(lambda: self.page_count() > 0, "the pages", 60)

    def page_count(self):
        found = [re.fullmatch(r"/ (\d+)", words) for words in self.window.texts()]
        return next((int(match.group(1)) for match in found if match), 0)

    def zoom(self):
        found = [re.fullmatch(r"(\d+) %", words) for words in self.window.texts()]
        return next((int(match.group(1)) for match in found if match), 0)

    def save(self):
        """As she does: Ctrl+S, a name, Enter. Returns what the file says."""
        self.saved += 1
        path = self.home / f"paper-{self.saved}.pdf"
        self.keyboard.press("ctrl+s")
        self.window.see("名称")
        self.window.settle()
        self.keyboard.press("ctrl+a")
        self.keyboard.type(str(path))
        self.keyboard.press("Return")
        wait(path.exists, f"{path}", 30)
        self.window.see("已保存")
        text = text_of(path)
        assert "演练，不具任何效力" in text, text
        return text

    def leave(self):
        self.keyboard.press("Escape")
        wait(lambda: len(self.window.windows()) == 1, "the preview to close")

    # --- the story ---------------------------------------------------------------
    def people(self):
        self.clerk.go("people")
        wait(lambda: self.window.enabled("people-print"), "the list", 30)
        self.keyboard.press("ctrl+p")
        self.shown()
        self.picture("people")
        text = self.save()
        people = self.clerk.ledger("""SELECT p.* FROM person p JOIN unit u ON u.id = p.unit WHERE u.account = ?""",
                                   TRANSFER_UNIT)
        assert f"合计{len(people)}人" in text, text
        for person in people:
            assert person["name"].replace(" ", "") in text, person["name"]
            assert person["account"] in text, person["account"]
        self.look(people)

    def look(self, people):
        """Larger, smaller, as wide and as high as there is room; a name is found, another one is not."""
        keyboard, window = self.keyboard, self.window
        before = self.zoom()
        keyboard.press("ctrl+plus")
        wait(lambda: self.zoom() > before, "larger")
        keyboard.press("ctrl+minus", "ctrl+minus")
        wait(lambda: self.zoom() < before, "smaller")
        keyboard.press("ctrl+9")
        wait(lambda: 0 < self.zoom() < before, "the whole page")
        self.picture("whole")
        keyboard.press("ctrl+0")
        wait(lambda: self.zoom() == before, "the width again")
        keyboard.press("ctrl+f")
        keyboard.type(people[-1]["name"])
        window.gone("正在查找…")
        window.settle()
        assert window.find(contains="没有找到") is None
        keyboard.press("F3", "shift+F3")
        self.picture("found")
        keyboard.press("ctrl+a")
        keyboard.type("nobody")
        window.see("没有找到")
        keyboard.press("Escape")
        window.gone("没有找到")

    def papers(self):
        """Each paper, chosen in the drop-down; the last one is remembered."""
        for paper in PAPERS[2:] + PAPERS[:2]:
            self.keyboard.tab_to("纸张")
            self.keyboard.press("space")
            self.window.settle()
            self.keyboard.press("Home")
            for _ in range(PAPERS.index(paper)):
                self.keyboard.press("Down")
            self.keyboard.press("Return")
            self.window.settle()
            self.shown()
            self.picture(f"paper-{PAPERS.index(paper)}")
        self.leave()

    def draft(self):
        """Before 办理: both papers of every month, with the figures that are confirmed then."""
        self.keyboard.press("alt+2")
        self.clerk.prepare(TRANSFER_UNIT, self.end())
        wait(lambda: self.window.enabled("remittance-print-all"), "the months")
        self.keyboard.press("ctrl+p")
        self.shown()
        self.picture("draft")
        self.before = self.save()
        assert "办理前打印" in self.before or "演练" in self.before
        assert "未办理" in self.before
        self.keyboard.press("Page_Down", "Page_Down", "ctrl+9")
        self.picture("draft-changes")
        self.leave()

    def end(self):
        """The unit's next month."""
        row = self.clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", TRANSFER_UNIT)[0]
        year, month = divmod(row["paid_to"], 100)
        return (year + 1) * 100 + 1 if month == 12 else row["paid_to"] + 1

    def remit(self):
        self.clerk.submit()
        self.application = wait(lambda: self.clerk.newest(TRANSFER_UNIT), "the center to have it", 60)
        month = self.clerk.months(self.application["serial"])[0][0]
        assert f"发生人数{month['people']}人" in self.before, self.before
        assert amount(month["unit_fen"] + month["personal_fen"]) in self.before, self.before

    def notice(self):
        """Of what waits for its money: to whom, how much, and the one remark."""
        serial = self.application["serial"]
        self.clerk.go("applications/" + serial)
        self.window.see(serial)
        wait(lambda: self.window.enabled("application-print-notice"), "the notice to be there", 30)
        self.keyboard.tab_to("打印")
        self.keyboard.press("space")
        self.window.see("所选业务的缴款通知")
        self.keyboard.press("Down", "Return")
        self.shown()
        self.picture("notice")
        text = self.save()
        assert f"备注（附言）{serial}" in text, text
        assert amount(self.application["fen"]) in text, text
        again = self.save()
        assert "重打次数：1" in again and "重打" not in text, again
        self.leave()

    def records(self):
        """The rosters of all records in one printing: of each month its own pages."""
        wait(lambda: self.window.enabled("records-print-rosters"), "the records")
        self.keyboard.press("ctrl+shift+p")
        self.shown()
        self.picture("records")
        assert self.page_count() > 1
        text = self.save()
        assert self.application["serial"] in text, text
        self.leave()

    def months(self):
        """Months that were remitted long ago, as the center booked them."""
        self.keyboard.press("alt+2")
        wait(lambda: self.window.enabled("remittance-print-months"), "the months", 30)
        self.keyboard.press("ctrl+shift+p")
        self.window.see("打印已汇缴月份的清册")
        self.picture("months")
        self.keyboard.press("alt+s")
        self.shown()
        self.picture("month")
        text = self.save()
        assert "汇缴清册" in text and "汇缴变更清册" in text, text
        self.leave()

    def inquiry(self):
        """What a query shows, with its note."""
        self.clerk.go("inquiry/months")
        wait(lambda: self.window.enabled("inquiry-print"), "the query", 30)
        self.window.settle()
        self.keyboard.press("ctrl+p")
        self.shown()
        self.picture("inquiry")
        text = self.save()
        assert re.search(r"合计\d+行", text), text
        self.leave()
