# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Nothing gets lost, with the keyboard alone: a draft that was deleted comes back out of the trash; a backup is made, and
gone back to.
"""
from gi.repository import GLib

from accessible import FOCUSED
from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import Late, wait

TABS = 60


def play(factory, environment, home, pictures):
    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    clerk.first_start("home")
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    story = Story(window, clerk, home, pictures)
    story.play()
    story.keyboard.press("ctrl+q")
    wait(lambda: not window.alive(), "the client to end")
    assert window.process.returncode == 0, window.process.returncode


class Story:
    def __init__(self, window, clerk, home, pictures):
        self.window, self.clerk, self.home, self.pictures = window, clerk, home, pictures
        self.keyboard = Keyboard(window)

    def picture(self, name):
        if self.pictures:
            self.window.settle()
            self.window.picture(self.pictures / f"kept-{name}.png")

    def play(self):
        self.draft()
        self.trash()
        self.backup()
        self.restore()

    # --- what is there -------------------------------------------------------
    def drafts(self, deleted=0):
        return self.clerk.own("SELECT * FROM draft WHERE lines > 0 AND (deleted <> 0) = ?", deleted)

    def menu(self, mnemonic):
        """The main menu, and in it the row with this letter."""
        self.keyboard.press("F10")
        wait(lambda: self.window.find(contains="回收站", role="menu item"), "the main menu", 10)
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
