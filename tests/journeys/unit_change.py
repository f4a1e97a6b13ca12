# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""单位缴存登记信息变更 against the real center with the keyboard: a fault is said at its field and mended, undone and redone,
办理 shows old → new and nothing else, and the record says it later; somebody else changes the same field meanwhile and is
not overwritten; without a network it waits and is seen to wait; and what was entered is there after a kill.
"""
import json

from gi.repository import GLib

from clerk import PASSWORD, TRANSFER_UNIT, USER
from elsewhere import Elsewhere
from journey import Journey, begin, close
from keys import Keyboard
from stage import wait
from trouble import Road


def play(factory, environment, home, pictures):
    road = Road(home, environment["QINGCE_CENTER"])
    window, clerk = begin(factory, TRANSFER_UNIT, **road.environment)
    Story(window, clerk, home, road, pictures).play()
    close(window)


class Story(Journey):
    def __init__(self, window, clerk, home, road, pictures):
        super().__init__(window, clerk, home, pictures)
        self.road = road

    def play(self):
        self.enter()
        self.submit()
        self.look()
        self.changed_elsewhere()
        self.offline()
        self.killed()

    # --- the books ------------------------------------------------------------
    def registered(self, name):
        rows = self.clerk.ledger("""SELECT f.value FROM unit_field f JOIN unit u ON u.id = f.unit
                                    WHERE u.account = ? AND f.name = ?""", TRANSFER_UNIT, name)
        return rows[0]["value"] if rows else None

    def newest(self):
        rows = self.clerk.ledger("""SELECT a.* FROM application a JOIN unit u ON u.id = a.unit WHERE u.account = ?
                                    AND a.business = 'unit-change' ORDER BY a.id DESC LIMIT 1""", TRANSFER_UNIT)
        return rows[0] if rows else None

    def facts(self, application):
        return [tuple(row) for row in map(dict.values, map(dict, self.clerk.ledger(
            "SELECT name, before, value FROM application_fact WHERE application = ? ORDER BY position",
            application["id"])))]

    # --- the window -----------------------------------------------------------
    def entry(self, name):
        return wait(lambda: self.window.find(name=name, role=("text", "entry")), f"the entry “{name}”")

    def fill(self, name, text):
        """As a person does: to the field with Tab, over what stands there, and on."""
        self.keyboard.tab_to(name)
        self.keyboard.press("ctrl+a")
        self.keyboard.type(text)
        self.keyboard.press("Tab")

    def ask(self):
        self.keyboard.press("ctrl+Return")
        wait(lambda: self.window.enabled("unit-change-confirm"), "the confirmation")

    def agree(self):
        dialog = self.window.dialog()
        self.keyboard.press("Return")
        wait(lambda: dialog not in self.window.windows(), "the confirmation to close")
        self.keyboard = Keyboard(self.window)

    def enter(self):
        window, keyboard = self.window, self.keyboard
        keyboard.press("alt+8")
        window.see("尚未修改任何项目", 30)
        window.see("以市场监管部门的登记为准")  # what is locked, and why
        window.see("黑河演练第一中学")
        self.picture("form")
        self.fill("邮政编码", "16430")
        window.see("不是邮政编码")
        said = self.entry("邮政编码，必填")._get("Accessible", "Description")
        assert "不是邮政编码" in said and "原值：164300" in said, said
        self.picture("fault")
        keyboard.press("ctrl+Return")
        window.see("暂不能办理")
        window.agree("关闭")
        keyboard = self.keyboard = Keyboard(window)  # without a window manager nobody gives the keyboard back
        assert self.newest() is None
        wait(lambda: "邮政编码" in keyboard.focus(), "the focus to be where it is to be mended")
        keyboard.press("ctrl+a")
        keyboard.type("164301")
        keyboard.press("Tab")
        window.gone("不是邮政编码")
        assert "邮政编码: 撤回此项修改" in keyboard.focus(), f"Tab leads to {keyboard.focus()}, not on"
        window.do("unit-change-undo")
        window.see("不是邮政编码")
        window.do("unit-change-redo")
        window.gone("不是邮政编码")
        self.fill("传真", "0456-8221235")
        keyboard.tab_to("隶属关系")
        keyboard.press("space")
        keyboard.press("Down", "Return")
        window.see("已修改 3 项")
        self.picture("changed")

    def submit(self):
        window = self.window
        self.ask()
        window.see("164300 → 164301")
        window.see("空 → 0456-8221235")
        shown = [words for words in window.texts() if "→" in words]
        assert len(shown) == 3, shown
        self.picture("confirm")
        self.agree()
        window.see("已办结", 30)
        application = self.newest()
        window.see(application["serial"])
        self.picture("result")
        assert application["state"] == "finished" and application["people"] == 0, dict(application)
        facts = self.facts(application)
        assert ("DWYB", "164300", "164301") in facts and ("DWCZ", "", "0456-8221235") in facts, facts
        assert len(facts) == 3, facts
        assert self.registered("DWYB") == "164301" and self.registered("DWCZ") == "0456-8221235"
        self.clerk.synced()

    def look(self):
        """业务申请记录 says what each was and became, also from what is kept here."""
        window = self.window
        window.do("unit-change-open")
        window.see("变更内容", 30)
        window.see("164300 → 164301", 30)
        self.picture("record")
        serial = self.newest()["serial"]
        kept = self.clerk.own("SELECT count(*) AS n FROM application_line WHERE serial = ?", serial)
        assert kept[0]["n"] == 1, kept
        window.do("unit-change-records")
        window.do("unit-change-new")
        window.see("尚未修改任何项目")

    def changed_elsewhere(self):
        """The center refuses what is no longer as it was seen; both sides stand at the field, and a person decides."""
        window, clerk = self.window, self.clerk
        self.fill("邮政编码", "164302")
        self.fill("发薪日", "15")
        head = {"business": "unit-change", "facts": [
            {"name": "DWYB", "before": "164301", "value": "164399"},
            {"name": "DWFXR", "before": "10", "value": "20"}], "lines": 0}
        status, answer = Elsewhere(clerk.data, USER, PASSWORD).submit(TRANSFER_UNIT, json.dumps(head).encode() + b"\n")
        assert status in (200, 201), (status, answer)
        self.ask()
        self.agree()
        window.see("此间已在别处变更", 30)
        assert self.registered("DWYB") == "164399"
        window.do("unit-change-new")
        clerk.synced()
        window.see("中心现值：164399", 30)
        window.see("我改的：164302")
        window.see("原值：164301")
        self.picture("elsewhere")
        window.click("邮政编码: 保留我改的")
        window.see("原值：164399")
        window.click("发薪日: 采用中心现值")
        window.see("已修改 1 项", 30)
        self.ask()
        window.see("164399 → 164302")
        self.agree()
        window.see("已办结", 30)
        assert self.registered("DWYB") == "164302" and self.registered("DWFXR") == "20"
        clerk.synced()
        window.do("unit-change-new")

    def offline(self):
        """It waits, and the form shows what will be; taken back it is the draft again; and then it goes."""
        window, clerk = self.window, self.clerk
        window.see("尚未修改任何项目", 30)
        self.fill("单位联系电话", "0456-8229999")
        with self.road.closed(window):
            self.ask()
            self.agree()
            window.see("待联网提交", 30)
            window.do("unit-change-withdraw")
            window.see("已修改 1 项", 30)
            self.ask()
            self.agree()
            window.see("待联网提交", 30)
            window.do("unit-change-records")
            self.picture("waiting")
            window.do("unit-change-records")
            assert self.registered("DWLXDH") == "0456-8200000"
        wait(lambda: self.registered("DWLXDH") == "0456-8229999", "the center to have it", 60)
        window.see("已办结", 60)
        clerk.synced()
        window.do("unit-change-new")

    def killed(self):
        window = self.window
        window.see("尚未修改任何项目", 30)
        self.fill("电子信箱", "caiwu@example.cn")
        window.see("已修改 1 项")
        wait(lambda: self.clerk.own("SELECT count(*) AS n FROM draft WHERE business = 'unit-change' AND state = 'open' AND "
                                    "facts LIKE '%caiwu@example.cn%'")[0]["n"] == 1, "it to be written")
        window.kill()
        window.start()
        window.do("go", GLib.Variant("s", "unit-change"), 60)
        window.see("已修改 1 项", 60)
        assert self.entry("电子信箱").text() == "caiwu@example.cn"
        self.picture("after-kill")
