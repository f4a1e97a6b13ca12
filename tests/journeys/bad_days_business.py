# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Bad days of the business itself: an end month before the start, a month that was remitted at another computer, people
whose base changed after the figures were confirmed, an unfinished 汇缴, and practice that is moved on or begun anew
under a running client.
"""
from gi.repository import GLib

from clerk import COLLECTION_UNIT, PASSWORD, TRANSFER_UNIT, USER, Clerk
from elsewhere import Elsewhere
from stage import wait
from trouble import Road


def play(factory, environment, home, pictures):
    def picture(name):
        if pictures:
            window.picture(pictures / f"bad-{name}.png")

    road = Road(home, environment["QINGCE_CENTER"])
    window = factory("--practice", **road.environment)
    window.start()
    clerk = Clerk(window)
    clerk.first_start()
    clerk.switch_unit(COLLECTION_UNIT)
    clerk.synced()
    end_before_start(clerk, window, picture)
    changed_since(clerk, window, picture)
    elsewhere(clerk, window, road, picture)
    unfinished(clerk, window, picture)
    moved_on(clerk, window, picture)
    begun_anew(clerk, window, picture)


def state_of_newest_item(clerk, unit):
    rows = clerk.own("SELECT state FROM outbox WHERE path LIKE ? ORDER BY id DESC LIMIT 1", f"%/units/{unit}/%")
    return rows[0]["state"] if rows else None


def end_before_start(clerk, window, picture):
    due = clerk.due_month(COLLECTION_UNIT)
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due - 1), 60)
    window.see("早于汇缴开始年月")
    picture("end-before-start")
    assert not window.enabled("remittance-submit")
    window.do("remittance-end", GLib.Variant("i", due))
    window.gone("早于汇缴开始年月")


def changed_since(clerk, window, picture):
    """A base changes at the center after the review: nothing is done, both figures are shown, one action goes back."""
    unit = COLLECTION_UNIT
    due = clerk.due_month(unit)
    clerk.prepare(unit, due)
    person = clerk.ledger("""SELECT p.account, p.base FROM person p JOIN unit u ON u.id = p.unit
                             WHERE u.account = ? AND p.status = 1 AND p.base > 300000 ORDER BY p.id DESC LIMIT 1""", unit)[0]
    clerk.console().change_base(unit, person["account"], str(due), f"{(person['base'] + 100000) / 100:.2f}")
    clerk.submit()
    window.see("在您确认后", 30)
    picture("changed-since")
    assert clerk.submitted(unit) == 0 and state_of_newest_item(clerk, unit) == "refused"
    clerk.go("home")  # refused is not returned, and leads to the draft
    window.see("中心未予受理：", 30)
    picture("refused-home")
    assert window.find(contains="已退回") is None
    clerk.go("remittance")
    window.do("remittance-new")
    clerk.synced()
    wait(lambda: window.enabled("remittance-review-all"), "the changed month to be reviewed anew", 30)
    assert not window.enabled("remittance-submit")
    clerk.review()
    clerk.submit()
    wait(lambda: clerk.submitted(unit) == 1, "it to be taken now", 30)
    window.see("已办结", 30)
    window.do("remittance-new")


def elsewhere(clerk, window, road, picture):
    """The month was remitted at another computer: the center refuses a second time, and says both months."""
    unit = COLLECTION_UNIT
    due = clerk.due_month(unit)
    clerk.console().set_balance(unit, "500000.00")
    clerk.sync()
    clerk.prepare(unit, due)
    with road.closed(window):
        clerk.submit()
        window.see("待联网提交", 30)
        body = clerk.own("SELECT body FROM outbox_body ORDER BY item DESC LIMIT 1")[0]["body"]
        window.do("remittance-withdraw")
        wait(lambda: window.enabled("remittance-submit"), "the draft to be back")
        window.see("离线", 30)
    window.gone("离线", 30)
    clerk.synced()
    status, answer = Elsewhere(clerk.data, USER, PASSWORD).submit(unit, bytes(body))
    assert status in (200, 201), (status, answer)
    before = clerk.submitted(unit)
    clerk.submit()
    window.see("应汇缴年月为", 30)
    picture("elsewhere")
    assert clerk.submitted(unit) == before and state_of_newest_item(clerk, unit) == "refused"
    window.do("remittance-new")
    clerk.sync()
    assert clerk.own("SELECT count(*) AS n FROM application WHERE serial = ?", answer["application"]["serial"])[0]["n"]


def unfinished(clerk, window, picture):
    """An unfinished 汇缴 blocks the next one, by its serial number."""
    unit = TRANSFER_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    clerk.prepare(unit, clerk.due_month(unit))
    clerk.submit()
    window.see("已登记，请自主划款", 30)
    window.do("remittance-new")
    window.see("单位存在未办结的汇缴业务")
    window.see(clerk.newest(unit)["serial"])
    picture("unfinished")
    assert not window.enabled("remittance-submit")


def moved_on(clerk, window, picture):
    """Practice goes on by a month: the day is shown, and another month can be remitted."""
    def date():
        return clerk.ledger("SELECT value FROM setting WHERE name = 'practice_date'")[0]["value"]

    before = date()
    window.do("practice-advance")
    wait(lambda: date() != before, "the center's day to move")
    shown = date()
    window.see(f"{shown[:4]}-{shown[4:6]}-{shown[6:]}", 30)
    clerk.synced()


def begun_anew(clerk, window, picture):
    """Practice begins anew under a running client: everything is fetched again, drafts of the life before are gone."""
    unit = COLLECTION_UNIT
    clerk.switch_unit(unit)
    clerk.synced()
    due = clerk.due_month(unit)
    clerk.go("remittance")
    window.do("remittance-end", GLib.Variant("i", due), 60)
    wait(lambda: clerk.own("SELECT id, facts FROM draft WHERE state = 'open' AND facts LIKE ?",
                           f'%"end","{due}"%'), "the draft to be saved")
    window.do("practice-reset")
    window.agree("重新开始")
    wait(lambda: clerk.submitted(unit) == 0, "the center to be as on the first day", 60)
    first_day = clerk.ledger("SELECT serial FROM application ORDER BY serial")
    wait(lambda: all(row in first_day for row in clerk.own("""SELECT a.serial FROM application a
         JOIN scope s ON s.id = a.scope WHERE s.unit = ?""", unit)), "the client to follow", 60)
    clerk.synced()
    picture("begun-anew")
    kept = clerk.own("SELECT id, facts FROM draft WHERE facts LIKE ?", f'%"end","{due}"%')
    assert not kept, kept
    clerk.prepare(unit, clerk.due_month(unit))
    clerk.submit()
    wait(lambda: clerk.submitted(unit) == 1, "a remittance after it", 30)
