# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""个人账户设立 of thirty people out of a workbook, with thirty pictures: most find their people by their names, two are
misnamed, one comes from a telephone. Before that somebody's application is taken back while the center has it.
"""
import hashlib
import re
import subprocess

import openpyxl
from gi.repository import GLib

from accessible import SENSITIVE
from clerk import TRANSFER_UNIT
from journey import Journey, begin, close
from phone import send
from stage import wait

CODE = "account-opening"
SURNAMES, NAMES = "赵钱孙李周吴郑王冯陈", ("雨桐", "子涵", "建国")


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    Story(window, clerk, home, pictures).play()
    close(window)


def resident_id(number):
    """One that nobody of practice has: a place of its own, and a check digit."""
    first = f"110105{1980 + number % 20}{number % 12 + 1:02}{number % 28 + 1:02}{number:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(first, weights)) % 11]


def newcomers(count, first=0):
    """(name, document, mobile, base in yuan) of people who have no account."""
    return [(SURNAMES[n % 10] + NAMES[n // 10 % 3], resident_id(n + 1), f"138{n:08}", 5000 + 10 * n)
            for n in range(first, first + count)]


def photograph(folder, count):
    """So many pictures with colours and no white edges, each another one."""
    folder.mkdir(exist_ok=True)
    subprocess.run(["convert", "-size", "480x640", *["plasma:tan-brown"] * count, "-quality", "85",
                    str(folder / "%02d.jpg")], check=True)
    return sorted(folder.iterdir())


def workbook(path, people):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "证件号码", "手机号码", "缴存基数"])
    for name, document, mobile, base in people:
        book.active.append([name, document, mobile, base])
    book.save(path)
    return path


def check_books(clerk, application, people):
    """What the center has: each with an account from the month that was due, and each picture whole under its name."""
    assert (application["state"], application["people"]) == ("finished", len(people)), application
    for name, document, mobile, base in people:
        rows = clerk.ledger("""SELECT p.name, p.mobile, p.base, p.status, p.opened, u.account AS unit FROM person p
                               JOIN unit u ON u.id = p.unit WHERE p.document = ?""", document)
        assert rows == [{"name": name, "mobile": mobile, "base": base * 100, "status": 1,
                         "opened": application["effective_month"], "unit": TRANSFER_UNIT}], (document, rows)
    rows = clerk.ledger("SELECT name, digest, size FROM application_attachment WHERE application = ?", application["id"])
    assert sorted(row["name"] for row in rows) == sorted(f"{person[1]}.jpg" for person in people), rows
    assert len({row["digest"] for row in rows}) == len(people), "no picture is another's"
    for row in rows:
        kept = [path for path in (clerk.data / "practice").rglob(row["digest"] + "*") if path.is_file()]
        assert len(kept) == 1 and kept[0].stat().st_size == row["size"], (row, kept)
        assert hashlib.sha256(kept[0].read_bytes()).hexdigest() == row["digest"], row


class Story(Journey):
    def __init__(self, window, clerk, home, pictures):
        super().__init__(window, clerk, home, pictures)
        self.people = newcomers(30)
        self.files = photograph(home / "camera", 31)

    def play(self):
        self.taken_back()
        self.roster()
        self.by_name()
        self.misnamed()
        self.telephone()
        self.approved()

    def applications(self):
        return self.clerk.ledger("""SELECT a.* FROM application a JOIN unit u ON u.id = a.unit
                                    WHERE u.account = ? AND a.business = ? ORDER BY a.id""", TRANSFER_UNIT, CODE)

    def named(self, source, document):
        """A copy of a picture under the name of its person."""
        target = self.home / "named" / f"{document}.jpg"
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(source.read_bytes())
        return target

    def add(self, *paths):
        self.window.do(f"{CODE}-pictures-add", GLib.Variant("as", [str(path) for path in paths]))

    def submit(self):
        self.window.do(f"{CODE}-submit", seconds=30)
        wait(lambda: self.window.enabled(f"{CODE}-confirm"), "the confirmation")
        self.picture("confirm")
        self.window.do(f"{CODE}-confirm")
        self.window.see("待审核", 60)
        return self.applications()[-1]["serial"]

    def import_people(self, people):
        window = self.window
        window.do(f"{CODE}-import-file", GLib.Variant("s", str(workbook(self.home / "新职工.xlsx", people))), 60)
        wait(window.dialog, "导入", 20)
        wait(lambda: next((node for node in window.walk(window.dialog())
                           if node.role == "button" and node.name.startswith("核对")), None), "核对").press()
        window.see(f"新增 {len(people)}", 20)
        self.picture("import")
        window.agree(f"采用全部 {len(people)} 行")
        window.see(f"个人账户设立，{len(people)} 人", 20)

    def taken_back(self):
        """取消 while it is 待审核: it ends there, nobody gets an account, and who was on it can be on another one."""
        window = self.window
        self.clerk.go(CODE)
        window.see("清册中尚无人员", 30)
        self.import_people(self.people[:2])
        window.do(f"{CODE}-next")
        window.see("征信授权书", 10)
        self.add(*(self.named(self.files[30 - n], self.people[n][1]) for n in range(2)))
        window.see("附件已齐", 60)
        serial = self.submit()
        window.do(f"{CODE}-open")
        window.do("application-cancel", seconds=30)
        wait(lambda: window.enabled("application-confirm"), "the question")
        self.picture("cancel")
        window.do("application-confirm")
        window.see("已取消", 30)
        self.picture("cancelled")
        assert [row["state"] for row in self.applications()] == ["cancelled"]
        assert not self.clerk.ledger("SELECT 1 FROM person WHERE document = ?", self.people[0][1])
        try:
            self.clerk.console().approve(TRANSFER_UNIT, serial)
        except LookupError:
            return  # there is no such form any more
        raise AssertionError("what was taken back can be approved")

    def roster(self):
        self.clerk.go(CODE)
        self.window.do(f"{CODE}-new", seconds=30)
        self.window.see("清册中尚无人员", 30)
        self.import_people(self.people)
        self.picture("roster")

    def by_name(self):
        """All at once: the first three people have none of their name; two files are named by nobody."""
        window = self.window
        window.do(f"{CODE}-next")
        window.see("征信授权书", 10)
        right = [self.named(self.files[n], self.people[n][1]) for n in range(3, 30)]
        wrong = self.people[2][1]
        self.wrong = [self.named(self.files[1], "IMG_2041"), self.named(self.files[2], wrong[:-4] + "0000")]
        self.add(*right, *self.wrong)
        window.see("已收入 27 张图片", 60)
        for path in self.wrong:
            window.see(path.name)
        self.picture("by-name")
        self.keyboard.press("Escape")
        window.see("还有 3 处缺附件", 20)
        self.picture("three-missing")

    def misnamed(self):
        """Each is given to its person, and takes that person's name."""
        window = self.window
        self.keyboard.tab_to(self.people[0][0])
        for path, left in zip(self.wrong, ("还有 2 处", "还有 1 处")):
            self.keyboard.press("Down")
            self.add(path)
            window.see(left, 30)
        self.picture("one-missing")

    def telephone(self):
        window = self.window
        self.keyboard.press("Home")
        window.do(f"{CODE}-phone")
        address = wait(lambda: next(iter(re.findall(r"http://127\.0\.0\.1:\d+/p/[\w-]{22}", "\n".join(window.texts()))),
                                    None), "the address", 20)
        send(address, self.files[0].read_bytes())
        button = wait(lambda: window.find("收下：照片 1"), "the picture", 20)
        wait(lambda: button.has(SENSITIVE), "the picture to be looked at", 20)
        self.picture("telephone")
        button.press()
        window.gone("收下：照片 1", 20)
        window.agree("停止")
        window.see("附件已齐", 30)
        self.picture("all-there")

    def approved(self):
        clerk, window = self.clerk, self.window
        before = clerk.ledger("SELECT headcount FROM unit WHERE account = ?", TRANSFER_UNIT)[0]["headcount"]
        serial = self.submit()
        self.picture("result")
        clerk.console().approve(TRANSFER_UNIT, serial)
        clerk.sync()
        window.do(f"{CODE}-open")
        window.see("已办结", 30)
        self.picture("finished")
        cancelled, application = self.applications()
        assert (cancelled["state"], application["serial"]) == ("cancelled", serial)
        check_books(clerk, application, self.people)
        after = clerk.ledger("SELECT headcount FROM unit WHERE account = ?", TRANSFER_UNIT)[0]["headcount"]
        assert after == before + 30, (before, after)
        mine = clerk.own("SELECT count(*) AS n FROM person WHERE document LIKE '110105%' AND status = 1")[0]["n"]
        assert mine == 30, mine
