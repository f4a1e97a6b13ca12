# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Portal and console in a real browser, with an empty profile for each person: the first sign-in from the window, a
registration, a consent declined, two sign-ins at once, staff confirming an arrival, and pages left open while the
client is started anew.
"""
import base64
import hashlib
import http.server
import json
import secrets
import ssl
import threading
import urllib.parse
import urllib.request

from chromium import Browser
from clerk import PASSWORD, TRANSFER_UNIT, USER, Clerk, amount
from elsewhere import Elsewhere
from keys import Keyboard
from stage import wait

CODE = "91350100M000100Y43"


def play(factory, environment, home, pictures, widths=(1366,)):
    scenes = Scenes(factory, environment, home, pictures, widths)
    try:
        scenes.first_sign_in()
        scenes.registration()
        scenes.two_at_once()
        scenes.arrival()
        scenes.left_open()
    except BaseException:
        if scenes.browser:
            for number, tab in enumerate(scenes.browser.tabs()):
                print(f"# tab {number}: {tab.address()}: " + tab.text()[:600].replace("\n", " "))
        raise
    finally:
        scenes.end()


class OtherClient:
    """A second client of the same center: what it asks for, and what the browser brings it."""

    def __init__(self, address, data):
        self.profile = json.loads((data / "practice" / "profile.json").read_text())
        self.trusted = ssl.create_default_context(cafile=data / "practice" / "ca.pem")
        self.verifier, self.state = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
        brought = self.brought = {}

        class Listener(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                if self.path.startswith("/callback?"):
                    brought.update(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.path).query))
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write("<html><body>另一个客户端</body></html>".encode())

            def log_message(self, *_words):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.redirect = f"http://127.0.0.1:{self.server.server_port}/callback"
        digest = hashlib.sha256(self.verifier.encode()).digest()
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query), redirect_uri=self.redirect,
                     state=self.state, code_challenge=base64.urlsafe_b64encode(digest).decode().rstrip("="))
        self.address = address.split("?")[0] + "?" + urllib.parse.urlencode(query)

    def signed_in(self):
        """Whether what was brought is worth a token."""
        assert self.brought["state"] == self.state, self.brought
        form = {"grant_type": "authorization_code", "client_id": self.profile["client_id"], "redirect_uri": self.redirect,
                "code": self.brought["code"], "code_verifier": self.verifier}
        with urllib.request.urlopen(self.profile["api"] + "/oauth/token", urllib.parse.urlencode(form).encode(),
                                    context=self.trusted, timeout=30) as answer:
            return "access_token" in json.load(answer)

    def end(self):
        self.server.shutdown()
        self.server.server_close()


class Scenes:
    def __init__(self, factory, environment, home, pictures, widths):
        self.environment, self.home, self.pictures, self.widths = environment, home, pictures, widths
        self.browser, self.profiles = None, 0
        self.factory = factory
        self.fresh_browser()
        self.start_client()

    def start_client(self):
        self.window = self.factory("--practice", QINGCE_BROWSER=str(self.browser.command))
        self.window.start()
        self.clerk = Clerk(self.window)

    def fresh_browser(self):
        """Another person's: nothing of the last one is left."""
        if self.browser:
            self.browser.end()
        self.profiles += 1
        self.browser = Browser(self.home, self.environment, (1366, 768), f"chromium-{self.profiles}")

    def end(self):
        if self.browser:
            self.browser.end()

    def picture(self, tab, name):
        for width in self.widths if self.pictures else ():
            tab.picture(self.pictures / f"browser-{name}-{width}.png", width)

    def ask(self, words="个人登录"):
        """登录 in the window; the page it opens in the browser."""
        known = set(self.browser.tabs())
        self.window.do("sign-in", seconds=60)
        tab = wait(lambda: next(iter(set(self.browser.tabs()) - known), None), "a new tab", 60)
        return tab.see(words)

    def sign_out(self):
        self.window.do("sign-out")
        self.window.see("您尚未登录")
        self.window.do("show-sign-in")

    @staticmethod
    def sign_in(tab, user=USER, password=PASSWORD):
        tab.fill("账号", user)
        tab.fill("密码", password)
        tab.click("登录")
        return tab

    # --- the portal -------------------------------------------------------------
    def first_sign_in(self):
        """The first minutes of everybody: from the window through the browser and back."""
        self.window.do("start-practice")
        keyboard = Keyboard(self.window)
        wait(lambda: "打开政务服务网" in keyboard.focus(), "the button that signs in to have the focus")
        tab = self.ask("演练账号")
        self.picture(tab, "sign-in")
        assert not self.browser.cookies(), "nothing is kept before anybody has signed in"
        icons = wait(lambda: [row for row in self.browser.requests() if row[0].endswith("/center.svg")], "the icon")
        assert {status for _, status in icons} == {200}, icons

        self.sign_in(tab, password="wrong-wrong").see("账号或密码不正确")
        self.picture(tab, "wrong-password")
        tab.back()
        tab.see("演练账号")
        tab.reload()
        tab.click("个人登录")
        tab.see("办理单位业务需以法人身份登录")
        tab.click("法人登录")
        wait(lambda: "kind=legal" in tab.address(), "the tab of legal persons")
        self.sign_in(tab).see("授权清册办理业务")
        self.picture(tab, "consent")
        tab.reload()
        tab.see("授权清册办理业务")
        names = {name: cookie for name, cookie in self.browser.cookies().items() if name.startswith("qc_portal_")}
        assert len(names) == 1 and all(cookie["httpOnly"] for cookie in names.values()), names
        tab.click("同意")
        tab.see("登录完成")
        wait(lambda: self.window.has_keyboard(), "the window to come to the front")
        self.picture(tab, "done")
        wait(lambda: "进入" in keyboard.focus(), "the button that goes on to have the focus")
        keyboard.press("Return")
        self.window.see("各月缴存额", 60)
        self.clerk.synced()
        tab.reload()
        tab.see("登录完成")
        tab.back()
        wait(lambda: "登录完成" not in tab.text(), "the page before")
        if "授权清册办理业务" in tab.text():  # as it was, from the browser's memory
            tab.click("同意")
        tab.see("这次登录已经结束")
        self.picture(tab, "over")
        tab.click("返回首页")
        tab.see("您好")
        self.picture(tab, "home")

    def registration(self):
        """A new person, who then declines; and who comes as an individual."""
        self.fresh_browser()
        self.sign_out()
        tab = self.ask()
        tab.click("还没有账号？注册")
        tab.see("法人注册")
        self.picture(tab, "register")
        words = {"统一社会信用代码": CODE.lower(), "单位名称": "新开演练单位有限公司", "经办人姓名": "张三", "账号": "zhangsan",
                 "密码": "long-enough", "再次输入密码": "long-enougn"}
        for name, text in words.items():
            tab.fill(name, text)
        tab.click("注册")
        tab.see("两次填写的密码不一致")
        self.picture(tab, "register-fault")
        tab.fill("密码", "long-enough")
        tab.fill("再次输入密码", "long-enough")
        tab.click("注册", times=2)
        wait(lambda: "请直接登录" in tab.text() or "拒绝" in tab.text(), "the second answer, or what comes next")
        if "请直接登录" in tab.text():
            self.picture(tab, "registered-already")
            tab.fill("密码", "long-enough")
            tab.click("登录")
        tab.see("新开演练单位有限公司")
        tab.click("拒绝")
        tab.see("登录未完成")
        self.picture(tab, "not-done")
        self.window.see("您没有同意授权")

        tab = self.ask("新开演练单位有限公司")  # still signed in, so that only the consent is asked for
        tab.click("换一个账号登录")
        tab.see("演练账号")
        tab.click("个人登录")
        tab.see("办理单位业务需以法人身份登录")
        self.sign_in(tab, "geren", "lianxi-geren").see("您现在是以个人身份登录的")
        self.picture(tab, "obstacle")
        tab.click("返回清册")
        tab.see("登录未完成")
        self.window.see("您是以个人身份登录的")

    def two_at_once(self):
        """Two clients ask, each with a tab of its own, before anybody has signed in; and one asks twice."""
        self.fresh_browser()
        first = self.ask()
        other = OtherClient(self.clerk.address(), self.clerk.data)
        try:
            again = self.ask()
            known = set(self.browser.tabs())
            self.browser.open(other.address)
            second = wait(lambda: next(iter(set(self.browser.tabs()) - known), None), "the other client's tab", 30)
            second.see("个人登录")
            self.sign_in(first).see("授权清册办理业务")
            self.sign_in(second).see("授权清册办理业务")
            first.click("同意", times=2)  # as many do: the second answer is what is seen
            wait(lambda: "登录完成" in first.text() or "登录已经完成" in first.text(), "that it is done")
            self.clerk.synced()
            second.click("同意")
            second.see("另一个客户端")
            assert other.signed_in()
            self.sign_in(again).see("这次登录已经结束")
        finally:
            other.end()

    # --- the console --------------------------------------------------------------
    def arrival(self):
        """Staff confirm, in two tabs, what a unit has paid."""
        unit = TRANSFER_UNIT
        self.clerk.switch_unit(unit)
        self.clerk.synced()
        due = self.clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", unit)[0]["paid_to"] + 1
        self.clerk.prepare(unit, due)
        self.clerk.submit()
        application = wait(lambda: self.clerk.newest(unit), "the center to have it")

        self.fresh_browser()
        self.browser.open(self.clerk.console_address())
        tab = self.browser.tab("中心人员登录")
        self.picture(tab, "console-sign-in")
        self.sign_in(tab, "chuna").see(application["serial"])
        self.picture(tab, "console-list")
        tab.click(application["serial"])
        tab.see("到账确认")
        self.picture(tab, "console-application")
        tab.fill("到账金额（元）", "1.00")
        tab.click("确认到账", times=2)
        tab.see("业务还没有办结")
        paid = self.clerk.newest(unit)
        arrived = self.clerk.ledger("SELECT suspense FROM unit WHERE account = ?", unit)[0]["suspense"]
        assert (paid["state"], arrived) == ("registered", 100), (paid, arrived)
        tab.reload()
        tab.see(amount(application["fen"] - 100))
        for name, words in (("单位", unit), ("法人账号", "muye"), ("日志", "到账确认")):
            tab.click(name)
            tab.see(words)
            self.picture(tab, f"console-{name}")
        tab.click("单位")
        tab.click(unit)
        tab.see("资金流水")
        self.picture(tab, "console-unit")
        for _ in range(5):
            tab.back()
        tab.see("到账确认")
        tab.click("确认到账")
        tab.see("已办结")
        assert self.clerk.newest(unit)["state"] == "finished"
        self.changed(tab)
        self.console = tab

    def changed(self, tab):
        """What a unit has changed in its registration: each field, as it was and as it is."""
        head = {"business": "unit-change", "lines": 0, "facts": [
            {"name": name, "before": self.registered(name), "value": value}
            for name, value in (("DWJJLX", "120"), ("DWLXDH", "0456-8221239"), ("DWCZ", ""), ("DWYB", "164399"),
                                ("DWDZ", "黑河市爱辉区中央街与兴安街交叉口东北侧国际商贸城写字楼三座二十一层二一〇六室"))
            if self.registered(name) != value]}
        status, answer = Elsewhere(self.clerk.data, USER, PASSWORD).submit(
            TRANSFER_UNIT, json.dumps(head).encode() + b"\n")
        assert status in (200, 201), (status, answer)
        serial = answer["application"]["serial"]
        tab.click("单位")
        tab.click(TRANSFER_UNIT)
        tab.click("这个单位的业务申请")
        tab.see(serial)
        self.picture(tab, "console-list-all")
        tab.click(serial)
        tab.see("变更内容")
        tab.see("164399")
        self.picture(tab, "console-unit-change")

    def registered(self, name):
        rows = self.clerk.ledger("""SELECT f.value FROM unit_field f JOIN unit u ON u.id = f.unit
                                    WHERE u.account = ? AND f.name = ?""", TRANSFER_UNIT, name)
        return rows[0]["value"] if rows else ""

    # --- left open ------------------------------------------------------------------
    def left_open(self):
        """The client ends and is started anew; what is still open in the browser goes on, or says that it is over."""
        self.sign_out()
        tab = self.ask()
        console = self.console
        self.window.do("close")
        wait(lambda: not self.window.alive(), "the client to end")
        self.start_client()
        self.window.do("show-sign-in")
        wait(lambda: urllib.request.urlopen(self.clerk.console_address(), timeout=10).status == 200, "the center", 60)
        self.sign_in(tab).see("这次登录已经结束")
        tab.see("请重新点击登录")
        tab.click("返回首页")
        tab.see("单位网上业务")
        console.click("业务申请")
        console.see("没有符合条件的业务")
        fresh = self.ask()
        self.sign_in(fresh).see("授权清册办理业务")
        fresh.click("同意")
        fresh.see("登录完成")
        self.clerk.synced()
        self.window.do("close")
        wait(lambda: not self.window.alive(), "the client to end")
        assert self.window.process.returncode == 0, self.window.process.returncode
