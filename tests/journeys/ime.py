# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Chinese by an input method (fcitx5 with 拼音) into every kind of field and cell: a word is typed in letters, the space bar
takes the first of what the input method proposes, and it has to stand where it was typed. All keys of a word, and the one
that leaves the cell, come at once: the input method answers later than that, as it does on a busy computer.

Each word typed is a commit. One round is part of `make test`; QINGCE_IME_COMMITS=1000 goes on round by round until that many
were made, none of which may be lost.
"""
import os
import subprocess

from gi.repository import GLib

from accessible import FOCUSABLE, FOCUSED
from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from roster import Roster
from stage import Late, input_method, wait

WORDS = {"ceshi": "测试", "danwei": "单位", "zhongguo": "中国", "xingming": "姓名", "gongjijin": "公积金", "hunchun": "珲春"}
FIELDS = {"text", "entry", "spin button"}
REASON_TEXT = ["Right"] * 5  # columns there is no room for are passed over
PEOPLE = 8
TABS = 60


def play(factory, environment, home, pictures):
    with input_method(environment) as typing:
        # what is typed goes to the input method and comes back later
        window = factory("--practice", GTK_IM_MODULE=typing["GTK_IM_MODULE"], FCITX_ENABLE_SYNC_MODE="0")
        window.start()
        wanted = int(os.environ.get("QINGCE_IME_COMMITS", "1"))
        story = Story(window, pictures, wanted == 1)
        while story.made < wanted:
            story.round()
        print(f"# {story.made} commits, 0 lost")


class Story:
    def __init__(self, window, pictures, short):
        self.window, self.pictures, self.short = window, pictures, short
        self.clerk = Clerk(window)
        self.made = 0
        self.clerk.first_start("home")
        self.clerk.switch_unit(TRANSFER_UNIT)
        self.clerk.synced()
        self.keyboard = Keyboard(window)
        self.roster = Roster(window, self.clerk)
        people = self.clerk.own("""SELECT p.account FROM person p JOIN scope s ON s.id = p.scope
                                   WHERE s.unit = ? AND p.status = 1 AND p.gone = 0 ORDER BY p.account LIMIT ?""",
                                TRANSFER_UNIT, PEOPLE)
        self.clerk.go("sealing")
        window.see("清册中尚无人员", 30)
        self.roster.copy("".join(f"{person['account']}\r\n" for person in people))
        window.do("sealing-paste")
        self.roster.expect("people on the roster", lambda: len(self.roster.rows()) == PEOPLE)

    def round(self):
        self.cells()
        self.leaving()
        self.draft_name()
        self.pages()
        self.dialogs()

    # --- words ------------------------------------------------------------------
    def type(self, letters):
        self.keyboard._tool("type", "--delay", "0", "--", letters)

    def press(self, *keys):
        self.keyboard._tool("key", "--delay", "0", *keys)

    def next_word(self):
        word = list(WORDS)[self.made % len(WORDS)]
        self.made += 1
        return word, WORDS[word]

    def focused(self):
        return next((node.live() for node in self.window.walk() if node.has(FOCUSED) and node.role != "frame"), None)

    def empty(self):
        """The field that has the focus, with nothing in it: GTK's fields drop half a word where a Backspace comes late."""
        field = self.focused()
        if field.text():
            self.press("ctrl+a", "BackSpace")
        wait(lambda: not field.text(), "the field to be empty", 5)
        return field

    def into(self, where):
        """A word into the field that has the focus, in place of all it has."""
        letters, expected = self.next_word()
        self.empty()
        self.type(letters + " ")
        wait(lambda: expected in self.said(), f"“{expected}” in {where}; {self.said()!r} is there", 8)

    def said(self):
        """What stands in the field that has the focus."""
        field = self.focused()
        return (field.text() or field.words()) if field else ""

    # --- cells --------------------------------------------------------------------
    def notes(self):
        return [row.get("reason_text") for row in self.roster.rows()]

    def cells(self):
        """A list by the words on it, then a text a line: Enter, Tab and an arrow leave the cell behind the word."""
        self.window.do("go", GLib.Variant("s", "sealing"))
        self.roster.keyboard = self.keyboard
        self.window.see("变更原因")
        self.window.do("set-search", GLib.Variant("s", ""))
        self.keyboard.tab_to("，司马思琪", "，阎长江", "：")
        self.press("ctrl+Home", *REASON_TEXT[1:])
        for line in range(PEOPLE):
            self.made += 1
            self.type("qita ")
            self.press("Return")
            self.roster.expect("the words of the list", lambda line=line: self.roster.reasons()[line] == "99")
        self.press("ctrl+Home", *REASON_TEXT)
        for line, key in enumerate(["Return", "Down"] * (PEOPLE // 2)):
            letters, words = self.next_word()
            self.type(letters + " ")
            self.press(key)
            self.roster.expect(f"{words} in line {line + 1}", lambda line=line, words=words: self.notes()[line] == words)

    def leaving(self):
        """Half a word when another line is clicked: it stays as it was seen, and the other line does not get it."""
        before = self.notes()
        self.press("ctrl+Home", *REASON_TEXT)
        self.type("hunchun")
        self.made += 1
        self.window.settle()
        if self.pictures:
            self.window.picture(self.pictures / "ime-cell.png")
        self.keyboard.click(wait(lambda: self.window.find(name="司马思琪"), "another line"))
        self.roster.expect("half a word in its own line", lambda: self.notes() == ["hun chun", *before[1:]])
        self.type(" ")
        self.roster.expect("and in no other", lambda: self.notes() == ["hun chun", *before[1:]])
        self.press("Escape")

    # --- fields ---------------------------------------------------------------------
    def focus_in_field(self, what):
        def field():
            here = self.focused()
            return here if here and here.role in FIELDS else None
        return wait(field, what)

    def next_field(self):
        """Tab until a field has the focus."""
        for _ in range(TABS):
            here = self.focused()
            if here and here.role in FIELDS and not here.name.startswith("搜索"):
                return here
            self.press("Tab")
        raise Late("no field is reached with Tab")

    def draft_name(self):
        self.window.do("sealing-draft-rename")
        self.focus_in_field("the name of the draft")
        self.into("the name of a draft")
        self.press("Return")

    def clicked(self, where, root=None):
        """Into every field that is to be seen, in turn."""
        fields = [node.live() for node in self.window.walk(root) if node.role in FIELDS and node.has(FOCUSABLE)]
        assert fields, f"no field: {where}"
        for field in fields:
            self.keyboard.click(field)
            wait(lambda field=field: field.has(FOCUSED), f"{field.name} of {where} to have the focus")
            self.into(f"{field.name} of {where}")
        return len(fields)

    def pages(self):
        window = self.window
        for page, words in (("people", "人员清册"), ("inquiry/people", "职工"), ("units", "全部单位"))[:1 if self.short else 3]:
            self.clerk.go(page)
            window.see(words)
            window.do("search")
            self.focus_in_field(f"the search of {page}")
            self.into(f"the search of {page}")
            window.do("set-search", GLib.Variant("s", ""))
        self.clerk.go("applications")
        assert self.clicked("业务申请记录") >= 3
        window.do("query-clear")
        self.clerk.go("unit-change")
        self.unit_change()

    def unit_change(self):
        """What is entered stays when the field is left by Tab."""
        self.window.see("单位地址")
        self.window.settle()  # fields become what may be entered in them when the center's lists are there
        for _ in range(1 if self.short else 12):
            here = self.next_field()
            self.into(here.name)
            expected = here.text()
            self.press("Tab")
            wait(lambda here=here: not here.has(FOCUSED), "the field to be left")
            assert here.text() == expected, (here.name, here.text(), expected)

    # --- what lies over the window ----------------------------------------------------
    def over(self, action, what, fields=None):
        """Into the fields of the window that `action` opens."""
        before = len(self.window.application().children())
        self.window.do(action, seconds=30)
        wait(lambda: len(self.window.application().children()) > before, f"the window of {action}", 30)
        main = self.keyboard.number
        self.window.settle()
        self.keyboard.take(self.window)
        dialog = self.window.application().children()[-1]
        try:
            (fields or self.clicked)(what, dialog)
        finally:
            for _ in range(3):
                self.press("Escape")
                try:
                    wait(lambda: dialog not in self.window.application().children(), "the window to close", 1)
                    break
                except Late:
                    self.keyboard.take(self.window)
            self.keyboard.number = main
            self.keyboard._tool("windowfocus", "--sync", main)

    def dialogs(self):
        self.over("find", "全局搜索", self.palette)
        self.over("mark-unit", "单位简称")
        self.clerk.go("account-opening")
        self.over("account-opening-choose", "新增人员", self.first if self.short else None)
        if self.short:
            return
        self.over("show-journal", "操作日志")
        self.over("show-guide", "指南")
        self.over("preferences", "首选项", self.first)
        self.clerk.go("sealing")
        self.over("sealing-choose", "选择人员")
        self.clerk.go("people")
        self.over("people-print", "打印预览")

    def first(self, what, dialog):
        """Into the first field that Tab comes to."""
        self.next_field()
        self.into(what)

    def palette(self, what, dialog):
        """In its entry; and from its list, where what is typed goes on in the entry."""
        self.into(what)
        entry = self.empty()
        self.type("danwei ")
        wait(lambda: entry.text() == "单位", f"what is looked for; {entry.text()!r}")
        wait(lambda: self.window.find(role="list item", root=dialog), "what was found")
        self.press("Down")
        wait(lambda: not entry.has(FOCUSED), "the list to have the focus")
        self.type("xinxi ")
        self.made += 2
        wait(lambda: entry.text() == "单位信息", f"more of what is looked for; {entry.text()!r}")
