# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Debian's Chromium with a profile of its own on the display of the stage, used as a person uses it: real clicks and
keys through the X server, addresses of other programs handed to it from outside, several tabs, back, reload. Its
DevTools only look (where something stands, what a page says, which cookies there are); what no key of the keyboard
gives (Chinese) is put in as an input method would.
"""
import base64
import json
import subprocess

import websocket

from stage import Late, end, wait

FLAGS = ["--no-sandbox", "--test-type", "--no-first-run", "--no-default-browser-check", "--disable-gpu",
         "--disable-dev-shm-usage", "--disable-quic", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--disable-extensions", "--disable-features=Translate,MediaRouter,OptimizationHints",
         "--password-store=basic", "--no-proxy-server", "--window-position=0,0", "--lang=zh-CN"]

# Finds what a person would point at by what stands on it: a control by its label, a link or button by its text.
FIND = """(words => {
  const shown = node => node && node.getClientRects().length > 0;
  const own = node => node.textContent.trim();
  for (const label of document.querySelectorAll('label'))
    if (own(label) === words && shown(document.getElementById(label.htmlFor)))
      return document.getElementById(label.htmlFor);
  for (const node of document.querySelectorAll('a, button, summary'))
    if (own(node) === words && shown(node)) return node;
  return null;
})"""


class Browser:
    """Starts with an empty page; `command` is a program that opens an address in the newest one, for $QINGCE_BROWSER."""

    def __init__(self, home, environment, size, name="chromium"):
        self.profile = home / name
        self.environment = environment
        self.command = home / "open-in-browser"
        preferences = self.profile / "Default" / "Preferences"  # else a question about passwords lies above the page
        preferences.parent.mkdir(parents=True, exist_ok=True)
        preferences.write_text(json.dumps({"credentials_enable_service": False,
                                           "profile": {"password_manager_enabled": False}}))
        words = ["chromium", *FLAGS, f"--window-size={size[0]},{size[1]}", f"--user-data-dir={self.profile}"]
        quoted = " ".join(f"'{word}'" for word in words)
        self.command.write_text(f'#!/bin/sh\nexec {quoted} "$@"\n')
        self.command.chmod(0o755)
        self.log = open(home / f"{name}.log", "ab")
        self.process = subprocess.Popen([*words, "--remote-debugging-port=0", "about:blank"], env=environment,
                                        stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.asked = 0
        self.sessions = {}
        self.heard = []
        port = self.profile / "DevToolsActivePort"
        number, path = wait(lambda: port.exists() and len(got := port.read_text().split()) == 2 and got, "Chromium", 60)
        self.socket = websocket.create_connection(f"ws://127.0.0.1:{number}{path}", suppress_origin=True, timeout=60)
        self.window = wait(self._window, "Chromium's window", 60)
        wait(self.tabs, "Chromium's first tab", 60)

    def end(self):
        self.socket.close()
        end(self.process)
        self.log.close()

    def _window(self):
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "chromium"], env=self.environment,
                               capture_output=True, text=True, check=False).stdout.split()
        return found[0] if found else None

    # --- DevTools -----------------------------------------------------------
    def ask(self, method, session=None, **parameters):
        self.asked += 1
        message = {"id": self.asked, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") != self.asked:
                self.heard.append(answer)
                continue
            if "error" in answer:
                raise RuntimeError(f"{method}: {answer['error']['message']}")
            return answer["result"]

    def session(self, target):
        if target not in self.sessions:
            self.sessions[target] = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            self.ask("Network.enable", self.sessions[target])
        return self.sessions[target]

    def tabs(self):
        """The open tabs by address."""
        return [Tab(self, target["targetId"]) for target in self.ask("Target.getTargets")["targetInfos"]
                if target["type"] == "page"]

    def tab(self, words, seconds=30):
        """The tab whose page says `words`, once there is one."""
        return wait(lambda: next((tab for tab in self.tabs() if words in tab.text()), None),
                    f"a tab that says “{words}”", seconds)

    def open(self, address):
        """As another program does."""
        subprocess.run([self.command, address], env=self.environment, check=True, stdout=self.log, stderr=self.log,
                       stdin=subprocess.DEVNULL, timeout=60)

    def cookies(self):
        return {cookie["name"]: cookie for cookie in self.ask("Storage.getCookies")["cookies"]}

    def requests(self):
        """(address, status) of all answers that tabs which were looked at have got so far."""
        self.ask("Browser.getVersion")  # what came until now
        return [(event["params"]["response"]["url"], event["params"]["response"]["status"]) for event in self.heard
                if event.get("method") == "Network.responseReceived"]


class Tab:
    """One page. Everything waits until it can be done."""

    def __init__(self, browser, target):
        self.browser, self.target = browser, target

    def __eq__(self, other):
        return self.target == other.target

    def __hash__(self):
        return hash(self.target)

    # --- looking ------------------------------------------------------------
    def evaluate(self, script):
        answer = self.browser.ask("Runtime.evaluate", self.browser.session(self.target), expression=script,
                                  returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "script"))
        return answer["result"].get("value")

    def text(self):
        return self.evaluate("document.body ? document.body.innerText : ''") or ""

    def address(self):
        return self.evaluate("location.href")

    def see(self, words, seconds=30):
        wait(lambda: words in self.text(), f"“{words}” on the page", seconds)
        wait(lambda: self.evaluate("document.readyState") == "complete", "the page to be complete", seconds)
        return self

    def value(self, name):
        return self.evaluate(f"({FIND})({json.dumps(name)}).value")

    def picture(self, path, width):
        session = self.browser.session(self.target)
        self.browser.ask("Emulation.setDeviceMetricsOverride", session, width=width, height=800, deviceScaleFactor=1,
                         mobile=False)
        shot = self.browser.ask("Page.captureScreenshot", session, captureBeyondViewport=True)
        self.browser.ask("Emulation.clearDeviceMetricsOverride", session)
        path.write_bytes(base64.b64decode(shot["data"]))
        print(f"picture: {path}", flush=True)

    # --- doing ----------------------------------------------------------------
    def _x(self, *words):
        subprocess.run(["xdotool", *[str(word) for word in words]], env=self.browser.environment, check=True)

    def front(self):
        """Before the person: its tab, its window, the keyboard."""
        if self.evaluate("document.visibilityState") != "visible":
            self.browser.ask("Target.activateTarget", targetId=self.target)
        self._x("windowraise", self.browser.window, "windowfocus", self.browser.window)
        wait(lambda: self.evaluate("document.visibilityState === 'visible' && document.hasFocus()"), "the tab in front")

    def _place(self, words):
        """Where on the display the thing stands that says `words`, once it stands still."""
        return self.evaluate(f"""(node => {{
            if (!node) return null;
            node.scrollIntoView({{block: 'center', behavior: 'instant'}});
            const box = node.getClientRects()[0];
            const x = box.x + box.width / 2, y = box.y + box.height / 2;
            const hit = document.elementFromPoint(x, y);
            const drawn = performance.getEntriesByName('first-contentful-paint').length > 0;
            if (!drawn || document.readyState !== 'complete' || !hit) return null;
            if (!(node.contains(hit) || hit.contains(node))) return null;
            return [Math.round(screenX + x), Math.round(screenY + outerHeight - innerHeight + y)];
        }})(({FIND})({json.dumps(words)}))""")

    def click(self, words, times=1):
        """Presses what says `words`; once more where the browser has not heard it (a page just drawn is deaf)."""
        for _ in range(5):
            self._press(words, times)
            try:
                wait(lambda: self.evaluate("window.pressed") is not False, "the browser to hear it", 3)
                return
            except Late:
                continue
        raise Late(f"pressed “{words}” in vain")

    def _press(self, words, times):
        self.front()
        before = None

        def still():
            nonlocal before
            now = self._place(words)
            before, same = now, now is not None and now == before
            return same
        wait(still, f"“{words}” to stand where it can be clicked")
        wait(lambda: self._point(*before), "the pointer to be on the browser")
        self.evaluate("pressed = false; addEventListener('pointerdown', () => pressed = true, {capture: true})")
        self._x("click", "--repeat", times, "--delay", 60, 1)

    def _point(self, x, y):
        """Whether the pointer is on the browser's window and not on one above it."""
        window = self.browser.window
        under = subprocess.run(["xdotool", "windowraise", window, "mousemove", str(x), str(y), "getmouselocation",
                                "--shell"], env=self.browser.environment, check=True, capture_output=True, text=True)
        return f"WINDOW={window}" in under.stdout

    def key(self, *keys):
        """Presses them once the page has all it needs (what listens for keys comes behind what is read) and is drawn; once
        more where the browser has not heard them (a page just drawn is deaf)."""
        for _ in range(5):
            wait(lambda: self.evaluate("document.readyState === 'complete' "
                                       "&& performance.getEntriesByName('first-contentful-paint').length > 0"),
                 "the whole page")
            self.front()
            self.evaluate("keyed = false; addEventListener('keydown', () => keyed = true, {capture: true})")
            self._x("key", "--clearmodifiers", *keys)
            try:
                wait(lambda: self.evaluate("window.keyed") is not False, "the browser to hear it", 3)
                return
            except Late:
                continue
        raise Late(f"pressed {keys} in vain")

    def fill(self, name, text):
        """Clicks into the field of that label and types over what stands there."""
        self.click(name)
        wait(lambda: self.evaluate(f"document.activeElement === ({FIND})({json.dumps(name)})"), f"the cursor in {name}")
        self._x("key", "ctrl+a", "BackSpace")
        if text.isascii():
            self._x("type", "--delay", 8, text)
        else:
            self.browser.ask("Input.insertText", self.browser.session(self.target), text=text)
        wait(lambda: self.value(name) == text, f"“{text}” in {name}")

    def choose_files(self, selector, paths):
        """What the dialog of the field would give; it belongs to the desktop and not to the page."""
        session = self.browser.session(self.target)
        root = self.browser.ask("DOM.getDocument", session)["root"]["nodeId"]
        node = self.browser.ask("DOM.querySelector", session, nodeId=root, selector=selector)["nodeId"]
        self.browser.ask("DOM.setFileInputFiles", session, nodeId=node, files=[str(path) for path in paths])

    def back(self):
        self.key("alt+Left")

    def reload(self):
        self.evaluate("window.before = true")
        self.key("F5")
        wait(lambda: self.evaluate("!window.before && document.readyState === 'complete'"), "the page anew")
