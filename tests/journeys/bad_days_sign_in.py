# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Bad days of signing in and of trust: a wrong password, an individual, a declined consent, a code used twice, a sign-in
that has ended at the center; certificates that are wrong, expired, of another host; and something that is no center.
"""
import http.server
import json
import re
import sqlite3
import ssl
import subprocess
import threading
import urllib.parse

from gi.repository import GLib

import portal_robot
from clerk import COLLECTION_UNIT, PASSWORD, USER, Clerk
from stage import wait


def play(factory, environment, home, pictures):
    def picture(name):
        if pictures:
            window.picture(pictures / f"bad-{name}.png")

    window = factory("--practice")
    window.start()
    clerk = Clerk(window)
    window.do("start-practice")
    wrong_password(clerk)
    individual(clerk)
    used_code(clerk, picture)
    clerk.sign_in()
    window.do("enter-remittance", seconds=60)
    clerk.synced()
    ended_at_the_center(clerk, window, picture)
    strangers(clerk, window, home, picture)


def wrong_password(clerk):
    """The page says it; the client goes on waiting, and the right password then works."""
    clerk.window.do("sign-in", seconds=60)
    address = clerk.address()
    browser = portal_robot.Browser()
    page = browser.submit(browser.open(address), "/portal/sign-in", user=USER, password="wrong-wrong")
    assert page.status in (401, 403, 422) and page.alerts, (page.status, page.alerts)
    assert "账号或密码不正确" in page.alerts[0], page.alerts
    assert clerk.address() == address, "the client still waits"
    clerk.window.do("cancel-sign-in")


def individual(clerk):
    """个人 is told, on the page and in the window, that unit business needs a legal person."""
    clerk.window.do("sign-in", seconds=60)
    portal_robot.authorize(clerk.address(), "geren", "lianxi-geren", kind="person")
    clerk.window.see("您是以个人身份登录的")
    clerk.window.do("sign-in", seconds=60)
    portal_robot.authorize(clerk.address(), USER, PASSWORD, allow=False)
    clerk.window.see("您没有同意授权")


def redirect_of(address):
    """Where the portal would send the browser, without going there."""
    browser = portal_robot.Browser()
    page = browser.submit(browser.open(address), "/portal/sign-in", user=USER, password=PASSWORD)
    form = page.form("/portal/consent")
    browser.submit(page, "/portal/consent", follow=False, button=("decision", "allow"))
    assert form and browser.left
    return browser.left


def query_of(address):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query))


def used_code(clerk, picture):
    """A code that another sign-in used already is said. An answer of another sign-in is told to the page that brought it, and
    this one goes on."""
    window = clerk.window
    window.do("sign-in", seconds=60)
    first = redirect_of(clerk.address())
    window.do("cancel-sign-in")
    window.do("sign-in", seconds=60)
    second = redirect_of(clerk.address())
    mixed = dict(query_of(second), code=query_of(first)["code"])
    portal_robot.Browser().open(second.split("?")[0] + "?" + urllib.parse.urlencode(mixed))
    window.see("可能超时或已被使用")
    picture("used-code")
    window.do("sign-in", seconds=60)
    third = redirect_of(clerk.address())
    page = portal_robot.Browser().open(third.split("?")[0] + "?" + urllib.parse.urlencode(query_of(first)))
    assert page.status == 400 and "不是这次登录" in page.text, page.text
    window.see("正在等待您在浏览器中登录")
    window.do("cancel-sign-in")


def ended_at_the_center(clerk, window, picture):
    """The center knows the sign-in no more (revoked, or its refresh token was used by somebody else)."""
    clerk.switch_unit(COLLECTION_UNIT)
    clerk.synced()
    due = clerk.ledger("SELECT paid_to FROM unit WHERE account = ?", COLLECTION_UNIT)[0]["paid_to"] + 1
    clerk.prepare(COLLECTION_UNIT, due)
    with sqlite3.connect(clerk.data / "practice" / "center.db", timeout=10) as ledger:
        ledger.execute("UPDATE portal_grant SET revoked = 1")
        ledger.execute("UPDATE portal_token SET used = 1 WHERE kind = 'refresh'")
    ledger.close()
    window.do("sync-now")
    window.see("登录已失效", 30)
    picture("signed-out")
    assert window.enabled("remittance-submit"), "the draft is as it was"
    clerk.submit()
    window.see("登录后提交")
    assert clerk.submitted(COLLECTION_UNIT) == 0
    window.do("show-sign-in")
    clerk.sign_in()
    wait(lambda: clerk.submitted(COLLECTION_UNIT), "what waited to be sent after the sign-in", 30)
    assert clerk.submitted(COLLECTION_UNIT) == 1


class Page(http.server.BaseHTTPRequestHandler):
    """The sign-in page of a hotel's network."""

    def do_GET(self):
        body = "<html><body>欢迎使用无线网络</body></html>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET

    def log_message(self, *_words):
        pass


def certificate(folder, name, days, host):
    """A CA and a certificate of its own. Returns (CA, certificate, key) as paths."""
    def openssl(*words):
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)

    ca, ca_key, key, cert = (f"{name}-{part}.pem" for part in ("ca", "ca-key", "key", "cert"))
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", ca_key, "-out",
            ca, "-subj", f"/CN={name} CA", "-days", "3650", "-addext", "keyUsage=critical,keyCertSign")
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key, "-out",
            f"{name}.csr", "-subj", "/CN=center")
    (folder / f"{name}.ext").write_text(f"subjectAltName={host}\n")
    openssl("x509", "-req", "-in", f"{name}.csr", "-CA", ca, "-CAkey", ca_key, "-out", cert, "-days", str(days),
            "-extfile", f"{name}.ext")
    return folder / ca, folder / cert, folder / key


def strangers(clerk, window, home, picture):
    """Who answers is not whom the profile names. Nothing is sent, and the window says what to do."""
    good = certificate(home, "good", 30, "IP:127.0.0.1")
    other = certificate(home, "other", 30, "IP:127.0.0.1")
    cases = [
        ("not-center", good, good[0], "对方不是公积金中心"),
        ("unknown-ca", good, other[0], "证书不是由该中心文件所指定"),
        ("expired", certificate(home, "expired", -1, "IP:127.0.0.1"), None, "证书已过期"),
        ("wrong-host", certificate(home, "elsewhere", 30, "DNS:elsewhere.example"), None, "证书属于另一个地址"),
    ]
    for name, (ca, cert, key), trusted, words in cases:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cert, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            choose(clerk, home, name, f"https://127.0.0.1:{server.server_port}", trusted or ca)
            window.do("sign-in", seconds=30)
            window.see(words, 30)
            picture(name)
        finally:
            server.shutdown()
            server.server_close()
    api = json.loads((clerk.data / "practice" / "profile.json").read_text())["api"]
    choose(clerk, home, "practice-as-real", api, clerk.data / "practice" / "ca.pem")
    window.do("sign-in", seconds=30)
    window.see("演练与真实业务不能混用", 30)
    assert window.alive()


def choose(clerk, home, name, api, ca):
    """Imports a center file that names `api` and trusts `ca`, and chooses it."""
    profile = json.loads((clerk.data / "practice" / "profile.json").read_text())
    profile.update(id=name, name=f"{name} 中心", practice=False, portal="https://portal.example/", api=api,
                   ca=ca.read_text())
    for level in profile["directory"]:
        text = json.dumps(level, ensure_ascii=False)
        level.update(json.loads(re.sub("（演练）", "", text)))
    path = home / f"{name}.json"
    path.write_text(json.dumps(profile, ensure_ascii=False))
    clerk.window.do("import-profile", GLib.Variant("s", str(path)))
    clerk.window.see(f"{name} 中心", 30)
