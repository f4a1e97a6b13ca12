# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Pictures of what `looks` cannot show: a unit of twelve thousand people, what waits, is held, is of unknown outcome or
was refused, vouchers and their check. For people who look, in whatever language, scheme and size the stage was given.
"""
import sqlite3
import subprocess
import time
import uuid

from gi.repository import GLib

import paper
from clerk import COLLECTION_UNIT, TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import wait
from trouble import Road, can_inject, center_pid, injected

MANY = 12000


def play(factory, environment, home, pictures):
    road = Road(home, environment["QINGCE_CENTER"], "--people", str(MANY))
    window = factory("--practice", **road.environment)
    window.start()
    clerk = Clerk(window)

    def picture(name):
        window.settle()
        window.picture(pictures / f"{name}.png")

    window.do("start-practice")
    clerk.sign_in()
    wait(lambda: window.enabled("enter-home"), "to be let in", 60)
    window.do("enter-home")
    picture("loading")
    enter(clerk, window, COLLECTION_UNIT)
    many(clerk, window, picture)
    unknown(clerk, window, road, picture)
    vouchers(clerk, window, home, picture)
    refused(clerk, window, picture)
    waiting(clerk, window, road, picture)
    held(clerk, factory, road, picture)


def enter(clerk, window, unit):
    window.do("switch-unit", GLib.Variant("s", unit))
    wait(lambda: clerk.own("""SELECT count(*) AS n FROM person p JOIN scope s ON s.id = p.scope WHERE s.unit = ?""",
                           unit)[0]["n"] == clerk.ledger("""SELECT count(*) AS n FROM person p JOIN unit u
                           ON u.id = p.unit WHERE u.account = ?""", unit)[0]["n"], "the unit's people", 120)


def due(clerk, unit):
    return clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1


def many(clerk, window, picture):
    clerk.go("home")
    picture("many-home")
    clerk.go("people")
    wait(lambda: window.enabled("people-select"), "the roster", 30)
    window.do("people-scroll-to", GLib.Variant("u", MANY - 10))
    picture("many-people-end")
    window.do("people-details")
    window.do("people-select", GLib.Variant("u", 3))
    picture("person")
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due(clerk, COLLECTION_UNIT)), 60)
    for _ in range(2):
        window.do("remittance-next", seconds=60)
        window.settle()
    picture("many-review")
    keyboard = Keyboard(window)
    keyboard.click(window.find(contains="不汇缴或") or window.find(contains="Left out or"))
    window.settle()
    keyboard.click(window.find(contains="退休类别未知") or window.find(contains="class not known"))
    keyboard.press("ctrl+a")
    keyboard.click(window.find(contains="的退休类别") or window.find(contains="the retirement class of"))
    picture("many-review-answers")
    keyboard.press("Escape")
    window.do("remittance-findings")
    picture("many-review-findings")


def prepared(clerk, window, unit):
    enter(clerk, window, unit)
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due(clerk, unit)), 60)
    clerk.answer_classes(unit)
    clerk.review()


def unknown(clerk, window, road, picture):
    """The center dies before it answers, and nobody answers in its place for a while."""
    if not can_inject():
        print("no pictures of an unknown outcome: strace may not be used here")
        return
    prepared(clerk, window, TRANSFER_UNIT)
    road.close()
    with injected(center_pid(window), "fdatasync", "signal=KILL:when=2"):  # behind the 授权退休年龄
        clerk.submit()
        wait(lambda: clerk.own("SELECT 1 FROM outbox WHERE state = 'unknown'"), "the outcome to be unknown", 30)
        wait(lambda: not window.enabled("remittance-withdraw"), "it to be shown", 30)
        time.sleep(1)  # what turns never stays the same
        picture("unknown")
        clerk.go("applications")
        picture("unknown-in-the-list")
        clerk.go("home")
        picture("unknown-home")
    road.open()
    wait(lambda: clerk.newest(TRANSFER_UNIT) and not clerk.own("SELECT 1 FROM outbox WHERE state = 'unknown'"),
         "the center's word", 90)


def vouchers(clerk, window, home, picture):
    serial = clerk.newest(TRANSFER_UNIT)
    clerk.go("vouchers")
    picture("vouchers")
    if not serial:
        return
    window.do("voucher-open", GLib.Variant("s", serial["serial"]))
    wait(lambda: window.enabled("voucher-save-to"), "the voucher", 60)
    picture("voucher-unfinished")
    path = home / "voucher.pdf"
    window.do("voucher-save-to", GLib.Variant("s", str(path)))
    wait(path.exists, "the file", 60)
    paper.forge(path, home / "forged.pdf")
    subprocess.run(["pdftoppm", "-png", "-r", "150", "-singlefile", str(path), str(home / "scan")], check=True)
    for name, checked in (("good", path), ("forged", home / "forged.pdf"), ("picture", home / "scan.png"),
                          ("bad", home / "client.log")):
        wait(lambda: window.enabled("voucher-check-path"), "the page to be ready", 30)
        window.do("voucher-check-path", GLib.Variant("s", str(checked)))
        wait(lambda: not window.enabled("voucher-stop"), "the check", 30)
        time.sleep(3)  # both sides are drawn
        picture(f"voucher-check-{name}")
    dialog = window.dialog()
    if dialog:
        window.close(dialog, window.find(role="button", root=dialog).press)


def refused(clerk, window, picture):
    """A base changes at the center after the clerk has reviewed."""
    prepared(clerk, window, COLLECTION_UNIT)
    person = clerk.ledger("""SELECT p.account, p.base FROM person p JOIN unit u ON u.id = p.unit WHERE u.account = ?
                             AND p.status = 1 AND p.base > 300000 ORDER BY p.id DESC LIMIT 1""", COLLECTION_UNIT)[0]
    clerk.console().change_base(COLLECTION_UNIT, person["account"], str(due(clerk, COLLECTION_UNIT)),
                                f"{(person['base'] + 100000) / 100:.2f}")
    clerk.submit()
    wait(lambda: clerk.own("SELECT 1 FROM outbox WHERE state = 'refused'"), "the refusal", 60)
    time.sleep(2)
    picture("refused")
    window.do("remittance-new")
    wait(lambda: not window.enabled("remittance-new"), "the draft", 30)
    picture("after-the-refusal")


def waiting(clerk, window, road, picture):
    clerk.go("home")
    prepared(clerk, window, COLLECTION_UNIT)
    with road.closed(window):
        clerk.submit()
        wait(lambda: window.enabled("remittance-withdraw"), "it to wait", 30)
        picture("queued")
        clerk.go("applications")
        picture("queued-in-the-list")
        window.kill()


def held(clerk, factory, road, picture):
    """Two that are held, one behind the other, written as a refusal before them would have left them."""
    road.close()
    with sqlite3.connect(clerk.data / "qingce.db", timeout=10) as own:
        columns = [row[1] for row in own.execute("PRAGMA table_info (outbox)") if row[1] not in ("id", "key", "draft")]
        first = own.execute("SELECT id FROM outbox WHERE state = 'queued' AND business = 'remittance'").fetchone()[0]
        own.execute("UPDATE outbox SET state = 'held' WHERE id = ?", (first,))
        keys = {"first": own.execute("SELECT key FROM outbox WHERE id = ?", (first,)).fetchone()[0],
                "second": str(uuid.uuid4())}
        second = own.execute(f"INSERT INTO outbox (key, {', '.join(columns)}) SELECT ?, {', '.join(columns)} FROM outbox"
                             " WHERE id = ?", (keys["second"], first)).lastrowid
        own.execute("INSERT INTO outbox_dependency (item, needs) VALUES (?, ?)", (second, first))
    own.close()
    window = factory("--practice", **road.environment)
    window.start()
    clerk.window = window
    wait(lambda: window.enabled("switch-unit"), "the books to be open", 30)
    window.settle(5)
    picture("held-home")
    window.do("go", GLib.Variant("s", "remittance"))
    wait(lambda: window.enabled("remittance-withdraw"), "the page", 60)
    time.sleep(1)
    picture("held")
    window.do("go", GLib.Variant("s", "applications"))
    picture("held-in-the-list")
    for name in ("first", "second"):
        window.do("application-select", GLib.Variant("s", keys[name]))
        picture(f"held-{name}")
    window.do("switch-unit", GLib.Variant("s", TRANSFER_UNIT))
    window.do("show-status")
    picture("held-status")
    window.do("choose-unit")
    picture("units")
    road.open()
