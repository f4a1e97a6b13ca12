# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What is really spoken: Orca itself listens to every page, step, dialog and result, while a clerk goes through them with Tab.
No sentence has the name of a widget in it, the mark of a key, or its own words twice; each page says what it is; findings,
results and what is done are said by themselves. What was said goes to spoken.txt beside the pictures.
"""
import re

from gi.repository import GLib

from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from keys import Keyboard
from listener import is_installed, screen_reader, window_manager
from names import nameless
from stage import Late, wait

MOST = 11  # Tabs on a page
TYPES = re.compile(r"\b(?:Gtk|Adw|Qc)[A-Z]\w+")
MARKED = re.compile(r"\(_\w\)|(?<![\w.])_[A-Z]")
BUSINESSES = ("back-payment", "account-opening", "transfer", "sealing", "base-adjustment", "unit-change")
PAGES = ("home", "applications", "vouchers", "people", "units", "inquiry", "inquiry/people", "inquiry/charts")
ROSTERS = ("sealing", "base-adjustment")


def is_doubled(words):
    parts = [part.rstrip(".") for part in words.split() if len(part) > 3]
    return len(parts) != len(set(parts))


class Story:
    def __init__(self, window, listener, pictures):
        self.window, self.listener = window, listener
        self.log = open(pictures / "spoken.txt", "w", encoding="utf-8") if pictures else None
        self.faults = []
        self.keyboard = Keyboard(window)

    def hear(self, where, *expected):
        """Listens until it is silent; what must have been said is one of these parts each."""
        said = self.listener.hear(self.window)
        if self.log:
            print(f"== {where}", *said, sep="\n", file=self.log, flush=True)
        for words in said:
            for what, wrong in (("a type", TYPES.search(words)), ("a mark", MARKED.search(words)),
                                ("twice the same", is_doubled(words))):
                if wrong:
                    self.faults.append(f"{where}: {what}: {words}")
        whole = " ".join(said)
        self.faults += [f"{where}: “{words}” is not said, but {said}" for words in expected if words not in whole]
        return said

    def tabs(self, where, most=MOST):
        """Through what Tab comes to, until it comes to the first again; and what a reader may go to besides, but for the window
        of shortcuts, which is GTK's own."""
        self.faults += [] if where == "快捷键" else [f"{where}: {fault}" for fault in nameless(self.window)[0]]
        met = set()
        for _ in range(most):
            self.keyboard.press("Tab")
            said = tuple(words for words in self.hear(f"{where}, Tab") if not words.startswith("制表符"))
            if said in met:
                return
            met.add(said)

    def over(self, action, where, *expected, argument=None):
        """What lies over the window, and back."""
        before = len(self.window.application().children())
        self.window.do(action, argument, seconds=60)
        wait(lambda: len(self.window.application().children()) > before, f"the window of {action}", 60)
        self.window.settle()
        self.keyboard.take(self.window)
        self.hear(where, *expected)
        self.tabs(where)
        for _ in range(3):
            self.keyboard.press("Escape")
            try:
                wait(lambda: len(self.window.application().children()) <= before, "it to close", 2)
                break
            except Late:
                self.keyboard.take(self.window)
        self.keyboard.take(self.window)
        self.window.settle()
        self.hear(f"{where}, closed")


def play(factory, environment, home, pictures):
    if not is_installed():
        print("# skipped: Orca is not installed here")
        return
    with window_manager(environment) as managed, screen_reader(environment, home) as listener:
        if not managed:
            print("# openbox is not installed here: which window is active is only as this stage has it")
        window = factory()
        window.start()
        story = Story(window, listener, pictures)
        walk(story, window)
    assert not story.faults, "wrong to hear:\n" + "\n".join(story.faults)


def walk(story, window):
    clerk = Clerk(window)
    story.hear("first start")
    story.tabs("first start")
    window.do("start-practice")
    wait(lambda: window.enabled("sign-in"), "the sign-in page", 60)
    story.hear("sign-in", "登录")
    story.tabs("sign-in")
    clerk.sign_in()
    wait(lambda: window.enabled("enter-home"), "the businesses", 60)
    story.hear("department")
    story.tabs("department")
    window.do("enter-home", seconds=60)
    clerk.synced()
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    story.hear("a unit")
    for page in PAGES:
        clerk.go(page)
        window.settle()
        story.hear(page)
        story.tabs(page)
    for business in BUSINESSES:
        clerk.go(business)
        window.settle()
        story.hear(business)
        story.tabs(business)
        if window.enabled(f"{business}-choose"):
            story.over(f"{business}-choose", f"{business}: 选择人员")
    rosters(story, window, clerk)
    dialogs(story)
    clerk.switch_unit(COLLECTION_UNIT)
    clerk.synced()
    story.hear("another unit")
    remittance(story, window, clerk)


def rosters(story, window, clerk):
    """Somebody chosen with the keyboard, what is found of the line, and its cells."""
    for business in ROSTERS:
        clerk.go(business)
        window.do(f"{business}-choose", seconds=60)
        dialog = wait(window.dialog, "the people", 30)
        window.settle()
        story.keyboard.take(window)
        story.keyboard.press("Down", "space")
        story.hear(f"{business}: somebody chosen", "已选")
        story.keyboard.press("ctrl+Return")
        wait(lambda dialog=dialog: dialog not in window.windows(), "选择人员 to close")
        story.keyboard.take(window)
        window.settle()
        story.hear(f"{business}: a line", "核对结果")
        for key in ("Right", "Right", "Right", "Right", "F8"):
            story.keyboard.press(key)
            story.hear(f"{business}: {key}")
        story.tabs(f"{business} with a line")


def dialogs(story):
    for action, where in (("preferences", "首选项"), ("show-guide", "指南"), ("show-journal", "操作日志"),
                          ("show-keep", "备份"), ("check-computer", "检查"), ("show-help-overlay", "快捷键"),
                          ("find", "全局搜索"), ("mark-unit", "简称"), ("show-trash", "回收站"), ("show-tour", "看一看")):
        story.over(action, where)


def remittance(story, window, clerk):
    due = clerk.due_month(COLLECTION_UNIT)
    clerk.go("remittance")
    window.settle()
    story.hear("汇缴", "汇缴")
    window.do("remittance-end", GLib.Variant("i", due), 60)
    story.hear("end month", "核对结果")
    for step in ("method", "months", "review"):
        story.tabs(f"汇缴 {step}")
        if step != "review":
            window.do("remittance-next")
            window.settle()
            story.hear(f"汇缴 after {step}")
    clerk.answer_classes(COLLECTION_UNIT)
    story.hear("answered", "核对结果")
    window.do("remittance-review-all")
    window.do("remittance-next")
    window.settle()
    story.hear("汇缴 submit")
    story.tabs("汇缴 submit")
    window.do("remittance-submit")
    wait(lambda: window.enabled("remittance-confirm"), "the confirmation")
    window.settle()
    story.keyboard.take(window)
    story.hear("confirmation", "办理")
    story.tabs("confirmation")
    window.do("remittance-confirm")
    window.see("已办结", 60)
    story.keyboard.take(window)  # where there is no window manager
    said = story.hear("result")
    if not any(words.startswith("已办结") for words in said):  # a row of the records says it too
        story.faults.append(f"result: is not said by itself, but {said}")
    story.tabs("result")
    clerk.go("applications")
    window.settle()
    story.hear("records")
    story.keyboard.press("Down")
    story.hear("a record")
