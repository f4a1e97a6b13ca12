# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A month that is cut off ten times: client and center are killed with -9 where it hurts, started again, and the clerk
goes on. In the end there is exactly one remittance, drawn exactly once, and nothing she had entered was lost.
"""
from gi.repository import GLib

from clerk import COLLECTION_UNIT, Clerk, amount
from stage import wait


class Story:
    """The window of the moment; every cut replaces it."""

    def __init__(self, factory):
        self.factory = factory
        self.window = None
        self.clerk = None
        self.cuts = 0

    def begin(self):
        self.window = self.factory("--practice")
        self.window.start()
        self.clerk = Clerk(self.window)

    def cut(self):
        """Both are gone at once, as in a power cut; then she starts the program again."""
        center = self.window.children()
        self.window.kill()
        for pid in center:
            self.window.kill_pid(pid)
        self.cuts += 1
        print(f"cut {self.cuts}", flush=True)
        self.begin()

    def enter(self, unit=COLLECTION_UNIT, business="remittance"):
        """From wherever a cut left her to the page of a business of the unit."""
        window = self.window
        for _ in range(6):
            page = wait(self.place, "a page she knows", 60)
            if page == "welcome":
                window.do("start-practice")
                wait(lambda: self.place() != "welcome", "the practice center", 60)
            elif page == "sign-in":
                self.clerk.sign_in()
                wait(lambda: self.place() not in {"welcome", "sign-in"}, "to be let in", 60)
            elif page == "department":
                window.do("enter-remittance", seconds=60)
                wait(lambda: self.place() == "inside", "the businesses", 60)
            else:
                break
        self.clerk.switch_unit(unit)
        self.clerk.synced()
        self.clerk.go(business)

    def open_browser(self):
        """The sign-in page, with the browser open and nobody signed in yet."""
        if wait(self.place, "a page she knows", 60) == "welcome":
            self.window.do("start-practice")
            wait(lambda: self.place() == "sign-in", "the sign-in page", 60)
        self.window.do("sign-in")
        self.clerk.address()

    def place(self):
        window = self.window
        if window.find(name="页面"):
            return "inside"
        if window.enabled("enter-remittance"):
            return "department"
        if window.find(contains="登录政务服务网"):
            return "sign-in"
        return "welcome" if window.find(contains="您想做什么？") else None


def play(factory, environment, home, pictures):
    story = Story(factory)
    story.begin()
    story.cut()  # 1: nothing chosen yet

    story.window.do("start-practice")
    story.cut()  # 2: while the center is being made

    story.open_browser()
    story.cut()  # 3: while the browser is open

    story.enter()
    story.cut()  # 4: signed in, just pulled

    story.enter()
    due = story.clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", COLLECTION_UNIT)[0]["paid_to"] + 1
    story.window.do("remittance-end", GLib.Variant("i", due), 60)
    wait(lambda: story.clerk.own("SELECT 1 FROM draft"), "the draft to be kept")
    story.cut()  # 5: the end month is chosen

    story.enter()
    story.window.see("1 个月", 30)  # what she chose is still chosen
    story.clerk.answer_classes(COLLECTION_UNIT)
    story.cut()  # 6: the question is answered

    story.enter()
    wait(lambda: story.window.enabled("remittance-review-all"), "the months", 30)
    assert not story.window.enabled("remittance-answer"), "the answer was lost"
    kept = story.clerk.answers()
    story.clerk.review()
    wait(lambda: story.clerk.answers() > kept, "the draft to say that all months are reviewed")
    story.cut()  # 7: everything is reviewed

    story.enter()
    wait(lambda: story.window.enabled("remittance-submit"), "办理 to be allowed without reviewing again", 30)
    story.clerk.ask_to_submit()
    wait(lambda: story.window.enabled("remittance-confirm"), "the confirmation")
    story.cut()  # 8: the question 办理? is on the screen; nothing was sent
    assert story.clerk.submitted(COLLECTION_UNIT) == 0

    story.enter()
    wait(lambda: story.window.enabled("remittance-submit"), "办理", 30)
    balance = story.clerk.ledger("SELECT b.balance FROM bank_account b JOIN unit u ON u.id = b.unit "
                                 "WHERE u.account = ?", COLLECTION_UNIT)[0]["balance"]
    story.clerk.ask_to_submit()
    story.window.do("remittance-confirm")
    wait(lambda: story.clerk.own("SELECT 1 FROM outbox"), "the key and the body to be kept")
    story.cut()  # 9: confirmed, and cut off somewhere between keeping and answer

    story.enter()
    wait(lambda: story.clerk.newest(COLLECTION_UNIT), "the center to have it", 60)
    story.cut()  # 10: the center has it, the client may not know

    story.enter()
    wait(lambda: story.clerk.own("SELECT 1 FROM outbox WHERE state = 'accepted'"), "the client to know the answer", 60)
    application = story.clerk.newest(COLLECTION_UNIT)
    assert application["state"] == "finished", application
    assert story.clerk.submitted(COLLECTION_UNIT) == 1
    left = story.clerk.ledger("SELECT b.balance FROM bank_account b JOIN unit u ON u.id = b.unit WHERE u.account = ?",
                              COLLECTION_UNIT)[0]["balance"]
    assert balance - left == application["fen"], (balance, left, application["fen"])
    story.window.see(amount(application["fen"]))
    center, client = story.clerk.months(application["serial"])
    assert center == client, (center, client)
    if pictures:
        story.window.picture(pictures / "interrupted.png")
    assert story.cuts == 10
    story.window.do("close")
