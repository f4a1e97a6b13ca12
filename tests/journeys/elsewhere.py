# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The same clerk at another computer: a second client of the center, as small as can be. It signs in on the portal's
pages and sends bodies over TLS; only for practice centers.
"""
import base64
import hashlib
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
import uuid

import portal_robot

REDIRECT = "http://127.0.0.1:9/callback"
VERIFIER = "another-computer-" * 4


class Elsewhere:
    def __init__(self, data, user, password):
        profile = json.loads((data / "practice" / "profile.json").read_text())
        self.api = profile["api"]
        self.context = ssl.create_default_context(cadata=profile["ca"])
        self.token = None
        self.token = self._sign_in(profile["client_id"], user, password)

    def call(self, path, body=None, form=None, headers=None):
        headers = dict(headers or {})
        data = None
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if body is not None:
            data, headers["Content-Type"] = body, "application/x-ndjson"
        if form is not None:
            data, headers["Content-Type"] = urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded"
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}),
                                             urllib.request.HTTPSHandler(context=self.context))
        try:
            answer = opener.open(urllib.request.Request(self.api + path, data=data, headers=headers), timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return answer.status, json.loads(answer.read() or b"null")

    def _sign_in(self, client, user, password):
        metadata = self.call("/.well-known/oauth-authorization-server")[1]
        challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
        address = metadata["authorization_endpoint"] + "?" + urllib.parse.urlencode({
            "response_type": "code", "client_id": client, "redirect_uri": REDIRECT, "state": "elsewhere",
            "code_challenge": challenge, "code_challenge_method": "S256"})
        browser = portal_robot.Browser()
        page = browser.submit(browser.open(address), "/portal/sign-in", user=user, password=password)
        browser.submit(page, "/portal/consent", follow=False, button=("decision", "allow"))
        code = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(browser.left).query))["code"]
        status, tokens = self.call("/oauth/token", form={
            "grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER, "redirect_uri": REDIRECT,
            "client_id": client})
        assert status == 200, (status, tokens)
        return tokens["access_token"]

    def submit(self, unit, body):
        return self.call(f"/api/v1/units/{unit}/submissions", body=body, headers={"Idempotency-Key": str(uuid.uuid4())})
