# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The desk of the center's staff in a real browser: the queue, an application with its roster and its pictures, large and
turned, by the keys of the page; returned with a reason that is seen as the clerk will see it, which she then does; another
one approved. Its picture came from a telephone, by the page of the address, in the same browser.
"""
import re

from accessible import SENSITIVE
from chromium import Browser
from clerk import PASSWORD, TRANSFER_UNIT
from journey import begin, close
from opening import CODE, Story, newcomers
from stage import wait

REASON = "姓名与身份证不一致"


def play(factory, environment, home, pictures, widths=(1366,)):
    window, clerk = begin(factory, TRANSFER_UNIT)
    desk = Desk(window, clerk, home, pictures, widths)
    try:
        desk.play_at_desk()
    except BaseException:
        for number, tab in enumerate(desk.browser.tabs()):
            print(f"# tab {number}: {tab.address()}: " + tab.text()[:600].replace("\n", " "))
        raise
    finally:
        desk.browser.end()
    close(window)


class Desk(Story):
    def __init__(self, window, clerk, home, pictures, widths):
        super().__init__(window, clerk, home, None)
        self.shots, self.widths = pictures, widths
        self.people = newcomers(5)
        self.browser = Browser(home, window.environment, (1366, 768))

    def shoot(self, tab, name):
        for width in self.widths if self.shots else ():
            tab.picture(self.shots / f"desk-{name}-{width}.png", width)

    def play_at_desk(self):
        first = self.hand_in(self.people[:3], lambda: self.add(*(self.named(self.files[n], person[1])
                                                                 for n, person in enumerate(self.people[:3]))))
        second = self.hand_in(self.people[3:4], self.telephone)
        self.browser.open(self.clerk.console_address())
        tab = self.browser.tab("中心人员登录")
        tab.fill("账号", "shenhe")
        tab.fill("密码", PASSWORD)
        tab.click("登录")
        tab.click("审核")
        tab.see(first).see(second)
        self.shoot(tab, "queue")
        self.return_it(tab, first)
        self.approve(tab, second)

    def hand_in(self, people, attach):
        """An application of these people, handed in; its serial number."""
        window = self.window
        self.clerk.go(CODE)
        if self.applications():
            window.do(f"{CODE}-new", seconds=30)
        window.see("清册中尚无人员", 30)
        self.import_people(people)
        window.do(f"{CODE}-next")
        window.see("征信授权书", 10)
        attach()
        window.see("附件已齐", 60)
        return self.submit()

    def telephone(self):
        """The page that the code leads to, as a telephone shows it."""
        window = self.window
        window.do(f"{CODE}-phone")
        address = wait(lambda: next(iter(re.findall(r"http://127\.0\.0\.1:\d+/p/[\w-]{22}", "\n".join(window.texts()))),
                                    None), "the address", 20)
        self.browser.open(address)
        tab = self.browser.tab("尾号")
        self.shoot(tab, "phone")
        tab.choose_files("input[type=file]", [self.files[3]])
        tab.click("发送照片")
        tab.see("已收到 1 张照片")
        self.shoot(tab, "phone-sent")
        button = wait(lambda: window.find("收下：照片 1"), "the picture", 20)
        wait(lambda: button.has(SENSITIVE), "the picture to be looked at", 20)
        button.press()
        window.gone("收下：照片 1", 20)
        window.agree("停止")

    # --- at the desk ----------------------------------------------------------
    def open_next(self, tab, serial):
        """The first of the queue, by its key, and claimed."""
        wait(lambda: tab.address().endswith("/console/review"), "the queue, not the page that led to it")
        tab.key("j")
        wait(lambda: tab.evaluate("document.activeElement.textContent") == serial, "the key to go to the oldest one")
        tab.key("Return")
        tab.see("还没有人在审核")
        tab.click("开始审核")
        tab.see("由您审核")

    def return_it(self, tab, serial):
        self.open_next(tab, serial)
        tab.see("清册（3 行）").see(self.people[0][0]).see("征信授权书")
        wait(lambda: tab.evaluate("[...document.images].filter(one => one.naturalWidth > 0).length"), "a picture")
        self.shoot(tab, "application")
        tab.click("放大")
        wait(lambda: tab.evaluate("document.querySelector('.picture.large img').complete"), "the picture to be large")
        self.shoot(tab, "large")
        tab.click("旋转")
        wait(lambda: tab.evaluate("document.querySelector('.picture').dataset.turned") == "1", "the picture to be turned")
        self.shoot(tab, "turned")
        for number in (0, 1):  # j goes from picture to picture, and k back
            tab.key("j")
            wait(lambda: tab.evaluate(f"document.activeElement === document.querySelectorAll('.picture a.stop')[{number}]"),
                 f"picture {number}")
        assert tab.evaluate("[...document.querySelectorAll('.picture')].map(one => one.classList.contains('large'))") \
            == [False, True, False], "the second one is large now"
        self.shoot(tab, "next")
        tab.key("k")
        tab.key("r")
        wait(lambda: tab.evaluate("document.activeElement.id") == "code_0", "the first reason")
        tab.key("Down", "Tab")
        tab.fill("行号", "1")
        tab.fill("说明", REASON)
        tab.click("预览退回原因")
        tab.see("经办人将看到").see(REASON)
        self.shoot(tab, "reasons")
        tab.click("确认退回")
        tab.see("已办理").see("已退回")
        self.shoot(tab, "returned")
        self.clerk.sync()
        self.window.do(f"{CODE}-open")
        self.window.see(REASON, 30)
        assert [row["state"] for row in self.applications()] == ["returned", "in-review"]

    def approve(self, tab, serial):
        tab.click("审核")
        tab.see(serial)
        self.open_next(tab, serial)
        tab.key("a")
        wait(lambda: tab.evaluate("document.activeElement.id") == "approve", "the button of the verdict")
        tab.key("Return")
        tab.see("已办理").see("已办结")
        self.shoot(tab, "approved")
        assert [row["state"] for row in self.applications()] == ["returned", "finished"]
        assert len(self.clerk.ledger("SELECT 1 FROM person WHERE document LIKE '110105%'")) == 1
        tab.click("审核")
        tab.see("没有符合条件的业务")
