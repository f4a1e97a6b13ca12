#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""A browser without a face, for journeys and the tour: goes through the portal's pages by their own forms, and does what
center staff do in the console. Plain standard library.

  portal_robot.py authorize ADDRESS [USER PASSWORD]      sign in, consent, follow the redirect to the client
  portal_robot.py arrive CONSOLE UNIT SERIAL [AMOUNT]    到账确认; without AMOUNT what is missing
  portal_robot.py balance CONSOLE UNIT AMOUNT            what lies on the unit's made-up bank account
  portal_robot.py answers CONSOLE UNIT yes|no            whether its bank answers
"""
import html.parser
import http.cookiejar
import sys
import urllib.error
import urllib.parse
import urllib.request


class Page(html.parser.HTMLParser):
    """Forms, links, alerts and tables of a page."""

    def __init__(self, address, status, text):
        super().__init__()
        self.address, self.status, self.text = address, status, text
        self.forms, self.links, self.rows, self.alerts = [], {}, [], []
        self._form = self._cell = self._alert = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = {"action": attrs.get("action", ""), "method": attrs.get("method", "get"),
                          "id": attrs.get("id"), "fields": {}, "buttons": []}
            self.forms.append(self._form)
        elif tag == "input" and self._form is not None and attrs.get("name"):
            self._form["fields"][attrs["name"]] = attrs.get("value", "")
        elif tag == "button" and self._form is not None and attrs.get("name"):
            self._form["buttons"].append((attrs["name"], attrs.get("value", "")))
        elif tag == "a":
            self.links[attrs.get("id") or attrs.get("href", "")] = attrs.get("href", "")
        elif tag == "tr":
            self.rows.append([])
        elif tag == "td" and self.rows:
            self.rows[-1].append("")
            self._cell = True
        if attrs.get("role") in ("alert", "status") or "fault" in attrs.get("class", "").split():
            self.alerts.append("")
            self._alert = tag

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "td":
            self._cell = None
        if tag == self._alert:
            self._alert = None

    def handle_data(self, data):
        if self._cell and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data
        if self._alert:
            self.alerts[-1] += data

    def form(self, action):
        """The form whose action ends in @action."""
        for form in self.forms:
            if urllib.parse.urlsplit(form["action"]).path.endswith(action):
                return form
        raise LookupError(f"{self.address}: no form for {action}; it says: {' / '.join(self.alerts) or self.text[:300]}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Browser:
    def __init__(self, timeout=30, context=None):
        """@context: for pages over HTTPS, whom to trust."""
        self.timeout = timeout
        self.cookies = http.cookiejar.CookieJar(http.cookiejar.DefaultCookiePolicy(allowed_domains=None))
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), _NoRedirect(), urllib.request.HTTPSHandler(context=context),
            urllib.request.HTTPCookieProcessor(self.cookies))
        self.left = None  # the first address outside the pages that we were sent to

    def open(self, address, fields=None, follow=True):
        data = urllib.parse.urlencode(fields).encode() if fields is not None else None
        try:
            request = urllib.request.Request(address, data=data)
            if data is not None:  # as every browser says it
                request.add_header("Origin", "{0.scheme}://{0.netloc}".format(urllib.parse.urlsplit(address)))
            answer = self.opener.open(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            text = answer.read().decode("utf-8", "replace")
            location = answer.headers.get("Location")
            status = answer.status
        if location and status in (301, 302, 303, 307):
            target = urllib.parse.urljoin(address, location)
            if urllib.parse.urlsplit(target).netloc != urllib.parse.urlsplit(address).netloc:
                self.left = target
            if follow:
                return self.open(target)
        return Page(address, status, text)

    def submit(self, page, action, follow=True, button=None, **values):
        form = page.form(action)
        fields = dict(form["fields"], **values)
        if button is not None:
            fields[button[0]] = button[1]
        return self.open(urllib.parse.urljoin(page.address, form["action"]), fields, follow)


def practice_accounts(page):
    """(user, password) pairs that the sign-in page shows."""
    return [(row[0].strip(), row[1].strip()) for row in page.rows if len(row) >= 3]


def authorize(address, user=None, password=None, kind="legal", allow=True):
    """Goes from the authorization address to the client's loopback redirect and follows it; returns that address."""
    browser = Browser()
    page = browser.open(address)
    if kind == "person":
        page = browser.open(urllib.parse.urljoin(page.address, next(
            href for href in page.links.values() if "kind=person" in href)))
    if user is None:
        user, password = practice_accounts(page)[0]
    page = browser.submit(page, "/portal/sign-in", user=user, password=password)
    if page.status != 200:
        raise RuntimeError(f"sign-in refused: {page.status} {' / '.join(page.alerts)}")
    if "back" in page.links:  # told that this account cannot do it
        browser.open(page.links["back"])
        return page.links["back"]
    browser.submit(page, "/portal/consent", button=("decision", "allow" if allow else "deny"))
    return browser.left


def register(portal, credit_code, unit_name, name, user, password, browser=None):
    browser = browser or Browser()
    page = browser.open(urllib.parse.urljoin(portal, "register"))
    return browser.submit(page, "/portal/register", credit_code=credit_code, unit_name=unit_name, name=name, user=user,
                          password=password, again=password)


class Console:
    """Center staff at work."""

    def __init__(self, address, user=None, password=None, context=None):
        self.address, self.browser = address, Browser(context=context)
        page = self.browser.open(urllib.parse.urljoin(address, "sign-in"))
        if user is None:
            user, password = practice_accounts(page)[0]
        self._good(self.browser.submit(page, "/console/sign-in", user=user, password=password))

    @staticmethod
    def _good(page):
        if page.status != 200:
            raise RuntimeError(f"{page.address}: {page.status} {' / '.join(page.alerts)}")
        return page

    def page(self, path):
        return self._good(self.browser.open(urllib.parse.urljoin(self.address, path)))

    def unit(self, unit):
        return self.page(f"units/{unit}")

    def review(self, unit, serial):
        """The page of a review, claimed."""
        path = f"units/{unit}/applications/{serial}/review"
        page = self.page(path)
        if any(form["action"].endswith("/review/claim") for form in page.forms):
            self._good(self.browser.submit(page, "/review/claim"))
        return self.page(path)

    def approve(self, unit, serial):
        return self._good(self.browser.submit(self.review(unit, serial), "/review/approve"))

    def send_back(self, unit, serial, **reasons):
        """@reasons: fields of the form, as code_0="01", line_0="1", text_0="…"; seen first, then sent."""
        seen = self._good(self.browser.submit(self.review(unit, serial), "/review/return", **reasons))
        return self._good(self.browser.submit(seen, "/review/return", **reasons))

    def application(self, unit, serial):
        return self.page(f"units/{unit}/applications/{serial}")

    def list(self, unit="", everything=True):
        """Rows of the list: serial, unit name, method, months, people, amount, missing, state, time."""
        query = urllib.parse.urlencode({"unit": unit, "state": "all" if everything else "open"})
        return [[cell.strip() for cell in row] for row in self.page("?" + query).rows if row]

    def confirm_arrival(self, unit, serial, amount=None):
        """到账确认 of @amount yuan as text, by default what the form proposes: all that is missing."""
        page = self.application(unit, serial)
        values = {} if amount is None else {"amount": amount}
        return self._good(self.browser.submit(page, f"/{serial}/arrival", **values))

    def _unit_form(self, unit, action, **values):
        return self._good(self.browser.submit(self.unit(unit), f"/{unit}/{action}", **values))

    def arrive_without_remark(self, unit, amount):
        return self._unit_form(unit, "arrival", amount=amount)

    def set_balance(self, unit, amount):
        return self._unit_form(unit, "balance", amount=amount)

    def set_answers(self, unit, answers):
        return self._unit_form(unit, "answers", answers="yes" if answers else "no")

    def sign_agreement(self, unit, **values):
        return self._unit_form(unit, "agreement", **values)

    def end_agreement(self, unit):
        return self._unit_form(unit, "end-agreement")

    def change_base(self, unit, person, month, base):
        return self._unit_form(unit, "base", person=person, **{"from": month, "base": base})

    def change_ratios(self, unit, month, unit_ratio, personal_ratio):
        return self._unit_form(unit, "ratios", **{"from": month}, unit_ratio=unit_ratio, personal_ratio=personal_ratio)

    def ask_bank(self, unit, serial):
        return self._good(self.browser.submit(self.application(unit, serial), "/ask-bank"))


def main(arguments):
    if len(arguments) >= 2 and arguments[0] == "authorize":
        print(authorize(*arguments[1:4]))
    elif len(arguments) in (4, 5) and arguments[0] == "arrive":
        Console(arguments[1]).confirm_arrival(*arguments[2:])
    elif len(arguments) == 4 and arguments[0] == "balance":
        Console(arguments[1]).set_balance(*arguments[2:])
    elif len(arguments) == 4 and arguments[0] == "answers":
        Console(arguments[1]).set_answers(arguments[2], arguments[3] == "yes")
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
