# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Search everywhere with the keyboard alone: Ctrl+K, a few letters, Enter. A person, a page, a command, an application and
what was opened last, each one step away; arrows and Page keys go through what was found, and Escape leaves everything as
it was.
"""
from accessible import FOCUSED, Gone
from clerk import COLLECTION_UNIT
from journey import begin
from keys import Keyboard
from stage import wait


class Finder:
    """The palette, as a clerk's hands know it."""

    def __init__(self, window, keyboard):
        self.window, self.keyboard = window, keyboard
        self.main = keyboard.number

    def open(self):
        self.keyboard.press("ctrl+k")
        wait(self.window.dialog, "the palette")
        self.keyboard.take(self.window)
        wait(lambda: "全局搜索" in self.keyboard.focus(), "the entry to have the focus")

    def found(self, words):
        return wait(lambda: self.window.find(contains=words, role="list item", root=self.window.dialog()),
                    f"“{words}” among what was found")

    def type(self, text, expect):
        self.keyboard.type(text)
        return self.found(expect)

    def closed(self):
        wait(lambda: not self.window.dialog(), "the palette to close")
        self.keyboard.number = self.main
        self.keyboard.take(self.window)


def person(clerk):
    """Somebody with a name of two readings at most: whose letters are known."""
    rows = clerk.own("""SELECT p.account, p.name, p.document, f.pinyin FROM person p JOIN person_find f ON f.person = p.id
                        JOIN scope s ON s.id = p.scope WHERE s.unit = ? ORDER BY p.account LIMIT 1""", COLLECTION_UNIT)
    return rows[0]


def play(factory, environment, home, pictures):
    window, clerk = begin(factory, COLLECTION_UNIT)
    keyboard = Keyboard(window)
    finder = Finder(window, keyboard)

    def picture(name):
        if pictures:
            window.settle()
            window.picture(pictures / f"find-{name}.png")

    # A person by the letters of her name: the key, the letters, Enter.
    who = person(clerk)
    initials = [word for word in who["pinyin"].split() if len(word) == len(who["name"])][-1]
    finder.open()
    picture("empty")
    keyboard.type(initials)
    row = finder.found(who["name"])
    assert "人员清册" in row.name and who["account"] in row.name, row.name  # what a screen reader says of it
    assert window.dialog().role == "dialog"
    wait(lambda: window.find(contains="找到 1 项。按 Enter 打开：" + who["name"], root=window.dialog()), "it to be said")
    picture("person")
    for account_or_tail in (who["account"], who["document"][-4:]):
        keyboard.press("ctrl+a")
        finder.type(account_or_tail, who["name"])
    keyboard.press("ctrl+a")
    finder.type(who["account"], who["account"])
    keyboard.press("Return")
    finder.closed()
    window.see(who["document"])

    # What was opened last is there before anything is typed.
    finder.open()
    finder.found(who["name"])
    keyboard.press("Escape")
    finder.closed()

    # A page by its initials, and a command with its shortcut.
    finder.open()
    finder.type("sqjl", "业务申请记录")
    keyboard.press("Return")
    finder.closed()
    wait(lambda: window.find(contains="业务流水号"), "the records")
    finder.open()
    finder.type("tongbu", "立即同步")
    wait(lambda: window.find(contains="F5", root=window.dialog()), "the shortcut beside it")
    picture("command")
    keyboard.press("Escape")
    finder.closed()

    # Applications by business, month and amount; the arrows go into them and back, a letter goes to the entry.
    row = clerk.own("""SELECT a.serial, a.start_month, a.fen FROM application a JOIN scope s ON s.id = a.scope
                       WHERE s.unit = ? AND a.business = 'remittance' ORDER BY a.created DESC LIMIT 1""",
                    COLLECTION_UNIT)[0]
    finder.open()
    finder.type(f"-{row['fen'] // 100:,}.{row['fen'] % 100:02}", row["serial"])
    keyboard.press("ctrl+a")
    finder.type("huijiao", row["serial"])
    picture("records")
    keyboard.press("Down")
    wait(lambda: focused(window), "a row to have the focus")
    first = focused(window)
    keyboard.press("Page_Down")
    wait(lambda: focused(window) != first, "the focus to go on by a page")
    keyboard.press("Page_Up", "Up", "Up")
    wait(lambda: "全局搜索" in keyboard.focus(), "up from the first row to lead back")
    keyboard.press("Down")
    keyboard.type("x")
    wait(lambda: window.find(contains="没有找到"), "what is typed to belong to the entry")
    keyboard.press("ctrl+a")
    finder.type(row["serial"], row["serial"])
    keyboard.press("Return")
    finder.closed()
    wait(lambda: window.find(contains=row["serial"]), "the application to be selected")
    picture("application")
    assert_selected(window, row["serial"])


def focused(window):
    """The row of the palette that has the focus, by its name."""
    dialog = window.dialog()
    for node in window.walk(dialog) if dialog else []:
        try:
            if node.role == "list item" and node.has(FOCUSED):
                return node.name
        except Gone:
            continue
    return ""


def assert_selected(window, serial):
    """Its details are beside the list."""
    wait(lambda: sum(serial in words for words in window.texts()) > 1, "the details of the application")
