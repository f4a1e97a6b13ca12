# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Nothing gets lost, with the keyboard alone: a draft that was deleted comes back out of the trash; a backup is made, and
gone back to; everything is moved to another computer in one file.
"""
from gi.repository import GLib

from accessible import FOCUSED
from clerk import TRANSFER_UNIT, Clerk
from journey import Journey, begin
from keys import Keyboard
from stage import Late, wait

TABS = 60


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, TRANSFER_UNIT)
    story = Story(window, clerk, home, pictures)
    story.play()
    story.end()
    story.move(factory)


class Story(Journey):
    def play(self):
        self.draft()
        self.trash()
        self.backup()
        self.restore()
        self.journal()
        self.pack()

    def end(self):
        self.keyboard.press("ctrl+q")
        wait(lambda: not self.window.alive(), "the client to end")
        assert self.window.process.returncode == 0, self.window.process.returncode

    # --- what is there -------------------------------------------------------
    def drafts(self, deleted=0):
        return self.clerk.own("SELECT * FROM draft WHERE lines > 0 AND (deleted <> 0) = ?", deleted)

    def menu(self, mnemonic):
        """The main menu, and in it the row with this letter."""
        def shown():
            return self.window.find(contains="回收站", role="menu item")
        for _ in range(3):  # what is just closing may still take the key
            self.keyboard.press("F10")
            try:
                wait(shown, "the main menu", 4)
                break
            except Late:
                self.window.settle()
        assert shown()
        self.keyboard.press(mnemonic)

    def tab_to(self, words):
        """Tab within the topmost window until something with these words has the focus."""
        met = []
        for _ in range(TABS):
            here = next((node.name or node.text() for node in self.window.walk(self.window.dialog())
                         if node.has(FOCUSED)), "")
            if words in here:
                return
            met.append(here)
            self.keyboard.press("Tab")
        raise Late(f"{words} not reached with Tab; met {met}")

    # --- drafts -----------------------------------------------------------------
    def draft(self):
        window, keyboard = self.window, self.keyboard
        window.do("go", GLib.Variant("s", "sealing"))
        window.see("清册中尚无人员", 30)
        keyboard.tab_to("选择人员")
        keyboard.press("space")
        dialog = wait(window.dialog, "选择人员", 20)
        keyboard.type("jiang")
        window.see("蒋云, ", 20)
        keyboard.press("Down", "space", "ctrl+Return")
        wait(lambda: dialog not in window.windows(), "选择人员 to close")
        wait(self.drafts, "the draft to be kept")
        keyboard.press("Escape")

    def delete(self):
        window, keyboard = self.window, self.keyboard
        keyboard.tab_to("个人账户封存或启封，1 人")
        keyboard.press("space")
        window.see("删除此草稿")
        keyboard.tab_to("删除此草稿")
        keyboard.press("space")
        wait(lambda: self.drafts(deleted=1), "the draft to be deleted")

    def trash(self):
        window, keyboard = self.window, self.keyboard
        self.delete()
        window.see("草稿已删除")
        self.picture("deleted")
        assert not self.drafts()
        self.menu("t")
        wait(window.dialog, "the trash", 20)
        window.see("30 天", 20)
        self.picture("trash")
        keyboard.press("Return")  # it is the row that is selected
        window.see("回收站是空的", 20)
        self.picture("trash-empty")
        assert len(self.drafts()) == 1
        keyboard.press("Escape")
        wait(lambda: len(window.windows()) == 1, "the trash to close")

    # --- backups -----------------------------------------------------------------
    def backups(self):
        folder = self.clerk.data / "backups"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def backup(self):
        window, keyboard = self.window, self.keyboard
        self.menu("m")
        wait(window.dialog, "备份与迁移", 20)
        before = self.backups()
        self.tab_to("立即备份")
        keyboard.press("space")
        window.see("备份已完成并通过检查", 30)
        made = [name for name in self.backups() if name not in before]
        assert len(made) == 1 and not made[0].endswith(".part"), made
        self.picture("backups")
        keyboard.press("Escape")
        wait(lambda: len(window.windows()) == 1, "备份与迁移 to close")

    def anew(self):
        """The program has begun anew with other data, and says so."""
        window = self.window
        window.see("已换用另一份数据", 60)
        wait(window.actions, "the window's actions", 60)
        self.keyboard = Keyboard(window)
        self.picture("anew")
        self.keyboard.press("Return")
        window.gone("已换用另一份数据")

    def restore(self):
        """Back to where the draft still was; the data of now are set aside."""
        window, keyboard = self.window, self.keyboard
        window.do("go", GLib.Variant("s", "sealing"))
        self.delete()
        self.menu("m")
        wait(window.dialog, "备份与迁移", 20)
        window.see("恢复备份")
        self.tab_to("恢复 2")
        keyboard.press("space")
        window.see("现在的数据会完整地移到一旁")
        self.picture("restore")
        keyboard.press("alt+r")
        self.anew()
        assert len(self.drafts()) == 1
        aside = [path for path in self.clerk.data.iterdir() if path.name.startswith("set-aside-")]
        assert len(aside) == 1 and (aside[0] / "qingce.db").exists(), aside
        actions = [row["action"] for row in self.clerk.own("SELECT action FROM journal ORDER BY seq")]
        assert actions[-1] != "draft.deleted" and "backup.restored" in actions, actions

    # --- the journal -------------------------------------------------------------
    def journal(self):
        """What was done stands there, is searched, and its chain is verified."""
        window, keyboard = self.window, self.keyboard
        self.menu("j")
        wait(window.dialog, "日志", 20)
        window.see("恢复备份", 20)
        window.see("删除草稿", 20)
        self.picture("journal")
        keyboard.type("draft.deleted")
        window.see("2 条", 20)
        self.tab_to("校验")
        keyboard.press("space")
        window.see("日志完整", 20)
        self.picture("journal-whole")
        keyboard.press("Escape")
        wait(lambda: len(window.windows()) == 1, "日志 to close")

    # --- to another computer -------------------------------------------------
    def keep(self):
        self.menu("m")
        return wait(self.window.dialog, "备份与迁移", 20)

    def choose_file(self, path, before, then):
        """Types the whole path into the chooser of files."""
        self.window.see("主目录")
        self.window.settle()
        self.keyboard.press(before)
        self.keyboard.type(str(path))
        self.window.settle()
        self.keyboard.press(then)

    def pack(self):
        window, keyboard = self.window, self.keyboard
        self.keep()
        self.picture("moving")
        self.tab_to("打包")
        keyboard.press("space")
        window.see("没有口令，任何人都无法读取文件")
        keyboard.type("short")
        window.see("至少八个字符")
        keyboard.type("er than not 42")
        window.see("强度：好")
        keyboard.press("Tab")
        keyboard.type("shorter than not 42")
        self.picture("passphrase")
        keyboard.press("Return")
        self.file = self.home / "moving.qcdata"
        self.choose_file(self.file, "ctrl+a", "Return")
        window.see("请拷贝到另一台电脑并在那里接收", 60)
        assert self.file.read_bytes()[:6] == b"QCSEAL"
        self.picture("packed")
        keyboard.press("Escape")
        wait(lambda: len(window.windows()) == 1, "备份与迁移 to close")

    def move(self, factory):
        """Another computer: the file, its passphrase, and it is taken over. A wrong passphrase is asked for again."""
        drafts = self.drafts()
        other = self.home / "other-computer"
        self.window = window = factory("--practice", QINGCE_DATA=str(other))
        window.start()
        self.clerk = Clerk(window)
        self.keyboard = keyboard = Keyboard(window)
        window.do("show-keep")
        wait(window.dialog, "备份与迁移", 20)
        self.tab_to("接收")
        keyboard.press("space")
        self.choose_file(self.file, "ctrl+l", "alt+o")
        window.see("文件口令", 20)
        keyboard.type("not this one")
        keyboard.press("Return")
        window.see("口令不正确", 60)
        self.picture("wrong")
        keyboard.type("shorter than not 42")
        keyboard.press("Return")
        window.see("接收这份数据", 60)
        window.see("1 份草稿")
        self.picture("take-over")
        keyboard.press("Return")
        self.anew()
        same = ("business", "state", "facts", "created", "lines")
        assert [[row[key] for key in same] for row in self.drafts()] == [[row[key] for key in same] for row in drafts]
        actions = [row["action"] for row in self.clerk.own("SELECT action FROM journal ORDER BY seq")]
        assert "backup.restored" in actions and "bundle.adopted" in actions, actions
        self.end()
