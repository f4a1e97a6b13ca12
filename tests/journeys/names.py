# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What a screen reader meets: on every page, in every step and in every dialog, nothing that can have the focus is
without a role and a name, nothing is called after its widget, no name bears the mark of a key or says itself twice, icons are
passed over, each page has headings, no two rows of a table are called the same, and news is said, once. What Orca makes of
it, and all other windows: the journey `listened`.
"""
import re

from gi.repository import GLib

from accessible import FOCUSABLE, Gone
from clerk import COLLECTION_UNIT, Clerk, amount
from keys import Keyboard
from stage import Late, wait

# Their cells and lines are what is read; the container itself is passed over.
CONTAINERS = {"filler", "panel", "scroll pane", "viewport", "table", "tree table", "list", "table row", "row header",
              "table column header", "column header", "frame", "window", "dialog", "alert", "layered pane",
              "split pane", "redundant object", "grouping", "unknown", "generic", "tool bar", "label", "static"}


ROWS, TITLES = [], []  # the names of all rows and titles of columns met
OVER = ("sealing-choose", "show-journal", "preferences")  # the others are listened to in the journey `listened`


def is_named(node):
    name = node.name
    if name.startswith(("Gtk", "Adw", "Qc")):  # GTK says the type of what nobody gave a name
        return False
    if name:
        return True
    if node.is_labelled():
        return True
    return node.role in {"list item", "button", "toggle button", "radio button"} and bool(node.words().strip())


def path_of(node):
    steps = []
    while node is not None and len(steps) < 8:
        steps.append(f"{node.role} “{node.name}”")
        node = node.parent()
    return " < ".join(steps)


LAYOUT = {"filler"}  # a reader passes over what only holds others together
UNREACHED = {"GtkPaned", "GtkListItemWidget"}  # to GTK they could have the focus, but no key leads there
MARKED = re.compile(r"_\w|\([A-Z0-9]\)")


def is_doubled(name):
    half = len(name) // 2
    return len(name) > 3 and name[:half] == name[half + 1:] and name[half] == " "


def faults_of(node):
    """What is wrong with what a reader says of `node`."""
    name = node.name
    if name.startswith(("Gtk", "Adw", "Qc")) and node.role != "page tab list" \
            and (node.role not in LAYOUT or (node.has(FOCUSABLE) and name not in UNREACHED)):
        yield "is called after its widget"
    if node.role == "image" and not name:
        yield "is an icon without words"
    if MARKED.search(name) and node.role != "application":
        yield "bears the mark of a key"
    if is_doubled(name):
        yield "says itself twice"
    if not node.has(FOCUSABLE) or node.role in CONTAINERS:
        return
    if not is_named(node):
        yield "has no name"
    if node.role.startswith("role ") or node.role in LAYOUT:
        yield "has no role"


def nameless(window):
    found, rows, headings = [], [], 0
    for node in window.walk():
        try:
            if "，" in node.name:  # several facts in one name: a row of a table
                ROWS.append(node.name)
            headings += node.role == "heading"
            if node.role in LAYOUT and node.has(FOCUSABLE):  # what GTK 4.8 makes of the role of a column's title
                TITLES.append(node.name)
            if node.role == "tree table":
                rows.append([])
            if node.role == "table row" and rows:
                rows[-1].append(node.name)
            found += [f"{fault}: {path_of(node)}" for fault in faults_of(node)]
        except Gone:  # gone meanwhile
            continue
    for names in rows:
        found += [f"two rows are called so: {name}" for name in {one for one in names if names.count(one) > 1}]
    return found, headings


def play(factory, environment, home, pictures):
    window = factory()
    window.start()
    clerk = Clerk(window)
    faults = []

    def listen(where, headings=1):
        window.settle()
        found, met = nameless(window)
        faults.extend(f"{where}: {fault}" for fault in found)
        if met < headings:
            faults.append(f"{where}: {met} headings")

    listen("first start")
    window.do("start-centers")
    listen("centers")
    window.do("start-back")
    window.do("start-practice")
    wait(lambda: window.enabled("sign-in"), "the sign-in page", 60)
    listen("sign-in")
    clerk.sign_in()
    wait(lambda: window.enabled("enter-remittance"), "the businesses", 60)
    listen("department")
    window.do("enter-home", seconds=60)
    clerk.synced()
    clerk.switch_unit(COLLECTION_UNIT)
    clerk.synced()
    for page in ("home", "people", "applications", "back-payment", "account-opening", "transfer", "sealing",
                 "base-adjustment", "unit-change", "vouchers", "units", "inquiry", "inquiry/charts"):
        clerk.go(page)
        listen(page)
    assert "姓名" in TITLES, f"titles that take the focus: {TITLES}"
    clerk.go("sealing")
    over(window, listen, OVER)
    clerk.go("people")
    window.do("people-details")
    listen("people with details")
    remittance(clerk, window, listen)
    window.do("show-status")
    listen("what waits")
    for words in (amount(application_fen(clerk)), "正常，缴存基数", "变动前"):
        assert any(words in row for row in ROWS), (words, ROWS[-40:])
    assert not faults, "wrong for a reader:\n" + "\n".join(faults)
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")


def over(window, listen, actions):
    """What lies over the window."""
    keyboard = Keyboard(window)
    for action in actions:
        before = window.application().children()
        window.do(action, seconds=30)
        wait(lambda before=before: len(window.application().children()) > len(before), f"the window of {action}", 30)
        listen(action, 0)
        for _ in range(3):  # the first may only end a search
            keyboard.take(window)
            keyboard.press("Escape")
            try:
                wait(lambda before=before: len(window.application().children()) == len(before), f"{action} to close", 1)
                break
            except Late:
                continue
    keyboard.take(window)


def said_once(window):
    """The sentence stands in the name of the window until she is elsewhere: who comes back hears where she is."""
    keyboard = Keyboard(window)
    title = window.windows()[0].name.split(" — ", 1)[1]
    window.do("preferences")
    wait(lambda: len(window.windows()) > 1, "another window")
    keyboard.take(window)
    wait(lambda: window.windows()[0].name == title, "the title alone")
    keyboard.press("Escape")
    wait(lambda: len(window.windows()) == 1, "the other window to close")
    keyboard.take(window)


def application_fen(clerk):
    return clerk.newest(COLLECTION_UNIT)["fen"]


def remittance(clerk, window, listen):
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", COLLECTION_UNIT)[0]["paid_to"] + 1
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due), 60)
    wait(lambda: "核对结果" in window.windows()[0].name, "what was found to be said")
    said_once(window)
    for step in ("method", "months", "review"):
        listen(step)
        if step != "review":
            window.do("remittance-next")
    clerk.answer_classes(COLLECTION_UNIT)
    window.do("remittance-review-all")
    window.do("remittance-next")
    listen("submit")
    window.do("remittance-submit")
    wait(lambda: window.enabled("remittance-confirm"), "the confirmation")
    listen("confirmation")
    window.do("remittance-confirm")
    application = wait(lambda: clerk.newest(COLLECTION_UNIT), "the center to have it", 60)
    window.see("已办结", 60)
    listen("result")
    clerk.go("applications")
    window.do("application-select", GLib.Variant("s", application["serial"]))
    window.see("办理过程")
    listen("details of an application")
