# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What a screen reader meets: on every page, in every step and in every dialog, nothing that can have the focus is
without a name, and no row of a table is called after its widget.
"""
from gi.repository import GLib

from accessible import FOCUSABLE
from clerk import COLLECTION_UNIT, Clerk, amount
from stage import wait

# Their cells and lines are what is read; the container itself is passed over.
CONTAINERS = {"filler", "panel", "scroll pane", "viewport", "table", "tree table", "list", "table row", "row header",
              "table column header", "column header", "frame", "window", "dialog", "alert", "layered pane",
              "split pane", "redundant object", "grouping", "unknown", "generic", "tool bar", "label", "static"}


ROWS = []  # the names of all rows met


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


def nameless(window):
    found = []
    for node in window.walk():
        try:
            name = node.name
            if "，" in name:  # several facts in one name: a row of a table
                ROWS.append(name)
            if name == "GtkListItemWidget" and node.role == "table row":
                found.append(f"{node.words()!r} {path_of(node)}")
                continue
            if not node.has(FOCUSABLE) or node.role in CONTAINERS:
                continue
            if not is_named(node):
                found.append(path_of(node))
        except GLib.Error:  # gone meanwhile
            continue
    return found


def play(factory, environment, home, pictures):
    window = factory()
    window.start()
    clerk = Clerk(window)
    faults = []

    def listen(where):
        window.settle()
        faults.extend(f"{where}: {path}" for path in nameless(window))

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
    for page in ("home", "people", "applications", "back-payment", "inquiry"):
        clerk.go(page)
        listen(page)
    clerk.go("people")
    window.do("people-details")
    listen("people with details")
    remittance(clerk, window, listen)
    window.do("show-status")
    listen("what waits")
    for words in (amount(application_fen(clerk)), "正常，缴存基数", "变动前"):
        assert any(words in row for row in ROWS), (words, ROWS[-40:])
    assert not faults, "without a name:\n" + "\n".join(faults)
    window.do("close")
    wait(lambda: not window.alive(), "the client to end")


def application_fen(clerk):
    return clerk.newest(COLLECTION_UNIT)["fen"]


def remittance(clerk, window, listen):
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", COLLECTION_UNIT)[0]["paid_to"] + 1
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due), 60)
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
