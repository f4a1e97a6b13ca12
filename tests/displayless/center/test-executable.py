#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""qingce-center as a program: its line when ready, how it ends, who is refused, and that a kill leaves nothing half done.

    test-executable.py PATH-TO-QINGCE-CENTER

Prints TAP.
"""
import base64
import contextlib
import fcntl
import hashlib
import http.server
import json
import os
import pathlib
import resource
import secrets
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.parse
import urllib.request
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "tools"))
import portal_robot  # noqa: E402

CENTER = sys.argv[1]
TODAY = "2026-11-23"
KNOWN_CODE = "91231102MA18XAAA9H"
results = []


def report(good, name, detail=""):
    results.append(good)
    if detail and not good:
        for line in str(detail).splitlines():
            print("# " + line)
    print(f"{'ok' if good else 'not ok'} {len(results)} - {name}", flush=True)


@contextlib.contextmanager
def running(data, *more, pipe=True):
    process = subprocess.Popen([CENTER, "--practice", "--data", data, *more], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, stdin=subprocess.PIPE if pipe else subprocess.DEVNULL)
    try:
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(process.stderr.read().decode())
        yield process, json.loads(line)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(10)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream:
                stream.close()


class Client:
    """Signs in as the client does, and calls the API."""

    def __init__(self, facts, user=None, password=None):
        self.facts = facts
        self.context = ssl.create_default_context(cafile=facts["ca"])
        server = http.server.HTTPServer(("127.0.0.1", 0), _Callback)
        threading.Thread(target=server.handle_request, daemon=True).start()
        verifier = secrets.token_urlsafe(32)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        redirect = f"http://127.0.0.1:{server.server_port}/callback"
        address = facts["portal"] + "authorize?" + urllib.parse.urlencode({
            "response_type": "code", "client_id": "qingce", "redirect_uri": redirect, "state": "s",
            "code_challenge": challenge, "code_challenge_method": "S256"})
        back = portal_robot.authorize(address, user, password)
        server.server_close()
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
        self.token = None
        _, tokens = self.call("/oauth/token", urllib.parse.urlencode({
            "grant_type": "authorization_code", "client_id": "qingce", "code": code, "redirect_uri": redirect,
            "code_verifier": verifier}).encode(), "application/x-www-form-urlencoded")
        self.token = tokens["access_token"]

    def call(self, path, body=None, kind="application/json", facts=None):
        request = urllib.request.Request((facts or self.facts)["api"] + path, data=body)
        if body is not None:
            request.add_header("Content-Type", kind)
        if self.token:
            request.add_header("Authorization", "Bearer " + self.token)
        try:
            with urllib.request.urlopen(request, context=self.context, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)


class _Callback(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *args):
        pass


def ended(process, seconds=10):
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return "still running"


def check_ready(data):
    with running(data, "--today", TODAY) as (process, facts):
        wanted = {"ready": True, "practice": True, "today": 20261123, "pid": process.pid}
        good = all(facts.get(name) == value for name, value in wanted.items())
        good = good and facts["api"].startswith("https://127.0.0.1:")
        good = good and facts["portal"].startswith("http://127.0.0.1:") and facts["portal"].endswith("/portal/")
        report(good, "says in one line that it is ready", facts)
        profile = json.load(open(facts["profile"], encoding="utf-8"))
        report(profile["name"].endswith("（演练）") and profile["practice"] is True and profile["api"] == facts["api"]
               and "BEGIN CERTIFICATE" in profile["ca"] and "PRIVATE" not in profile["ca"], "writes its profile", profile)
        modes = {name: os.stat(os.path.join(data, name)).st_mode & 0o777
                 for name in os.listdir(data) if os.path.isfile(os.path.join(data, name))}
        report(all(mode == 0o600 for mode in modes.values()), "its files are for its owner only", modes)
        second = subprocess.run([CENTER, "--practice", "--data", data], capture_output=True, stdin=subprocess.DEVNULL,
                                timeout=20, check=False)
        report(second.returncode != 0 and b"already running" in second.stderr and not second.stdout,
               "a second one on the same folder is refused", second)
        process.stdin.close()
        report(ended(process) == 0, "ends when its pipe closes")
        return profile


def check_signals(data, profile):
    with running(data, pipe=False) as (process, facts):
        again = json.load(open(facts["profile"], encoding="utf-8"))
        report(again["id"] == profile["id"] and again["ca"] == profile["ca"] and again["keys"] == profile["keys"]
               and facts["today"] == 20261123, "is the same center at another port", again)
        process.send_signal(signal.SIGTERM)
        report(ended(process) == 0, "ends on SIGTERM")


def shake(facts, version):
    """What becomes of a handshake of no other version."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(facts["ca"])
    context.set_ciphers("DEFAULT@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context.minimum_version = context.maximum_version = version
    address = urllib.parse.urlsplit(facts["api"])
    with socket.create_connection((address.hostname, address.port), timeout=20) as plain:
        try:
            with context.wrap_socket(plain, server_hostname=address.hostname) as secure:
                return secure.version()
        except ssl.SSLError as error:
            return error.reason


def check_tls(data):
    with running(data) as (_, facts):
        versions = ssl.TLSVersion
        for version, wanted in [(versions.TLSv1, None), (versions.TLSv1_1, None), (versions.TLSv1_2, "TLSv1.2"),
                                (versions.TLSv1_3, "TLSv1.3")]:
            got = shake(facts, version)
            good = got == wanted if wanted else got == "TLSV1_ALERT_PROTOCOL_VERSION"
            report(good, f"{version.name} is {'spoken' if wanted else 'refused'}", got)


def check_descriptors(data):
    """A computer that lets it open next to nothing: it tells so, serves whoever comes, and is well when they are gone."""
    def few():
        resource.setrlimit(resource.RLIMIT_NOFILE, (80, 80))

    process = subprocess.Popen([CENTER, "--practice", "--data", data], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               stdin=subprocess.PIPE, preexec_fn=few)
    facts = json.loads(process.stdout.readline())
    context = ssl.create_default_context(cafile=facts["ca"])

    def serves():
        for address in (facts["api"] + "/api/v1/center", facts["portal"]):
            with urllib.request.urlopen(address, context=context, timeout=60) as answer:
                if answer.status != 200:
                    return False
        return True

    crowd = []
    try:
        good = serves()
        for count in range(300):
            address = urllib.parse.urlsplit(facts["api" if count % 2 else "portal"])
            crowd.append(socket.create_connection((address.hostname, address.port), timeout=60))
            good = good and (count % 100 or serves())
        report(good and serves(), "with 80 descriptors and 300 who say nothing it serves", facts)
        for one in crowd:
            one.close()
        report(serves(), "and when they are gone")
    finally:
        process.stdin.close()
        code = ended(process)
        told = process.stderr.read().decode()
        report(code == 0 and "descriptors" in told and told.count(" connections)") == 2, "and it tells", f"{code} {told}")


def check_kill(data):
    """Kills at whatever point a submission has reached; the ledger is whole and the sign-in still good."""
    with running(data) as (process, facts):
        client = Client(facts)
        killer = threading.Timer(0.03, process.kill)
        killer.start()
        with contextlib.suppress(Exception):
            while True:
                client.call("/api/v1/practice/advance", b'{"months":1}')
        killer.join()
        process.wait(10)
    with running(data) as (process, facts):
        status, session = client.call("/api/v1/session", facts=facts)
        report(status == 200 and session["units"], "a sign-in survives kill -9", session)
        process.stdin.close()
        ended(process)
    database = sqlite3.connect(os.path.join(data, "center.db"))
    report(database.execute("PRAGMA integrity_check").fetchone()[0] == "ok", "the database is whole after kill -9")
    kept = "".join(str(row) for table in ("portal_token", "portal_code", "portal_session", "portal_request_over")
                   for row in database.execute(f"SELECT * FROM {table}"))
    report(client.token not in kept, "tokens are not in the database")
    passwords = [row[0] for row in database.execute("SELECT password FROM portal_account")]
    report(passwords and all(p.startswith("$argon2id$") for p in passwords), "passwords are hashed")
    database.close()


def check_options():
    rows = [
        ([], "--data"),
        (["--data", "/nonexistent/folder/of/nobody", "--practice"], "data folder"),
        (["--data", "/tmp", "--port", "70000", "--practice"], "port"),
        (["--data", "/tmp", "--people", "200001", "--practice"], "--people"),
        (["--data", "/tmp", "--today", "tomorrow", "--practice"], "--today"),
        (["--data", "/tmp", "--people", "5"], "--practice"),
        (["--data", "/tmp", "--max-connections", "5", "--practice"], "--max-connections"),
        (["--data", "/tmp", "--max-connections-per-address", "-1", "--practice"], "--max-connections-per-address"),
        (["--nothing"], "--nothing"),
    ]
    if os.geteuid() == 0:
        rows[1] = (["--data", "/proc/nobody", "--practice"], "data folder")
    for arguments, needle in rows:
        answer = subprocess.run([CENTER, *arguments], capture_output=True, stdin=subprocess.DEVNULL, timeout=20,
                                check=False)
        report(answer.returncode != 0 and needle in answer.stderr.decode() and not answer.stdout,
               f"refuses {' '.join(arguments) or 'nothing at all'}", answer)
    for option in ("--help", "--version"):
        answer = subprocess.run([CENTER, option], capture_output=True, timeout=20, check=False)
        report(answer.returncode == 0 and b"ing" in answer.stdout, option, answer)


def audit(data):
    """(exit status, standard output, standard error) of --audit."""
    done = subprocess.run([CENTER, "--audit", "--data", data], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def refused(data, status=1):
    """What a start on @data says that must not serve and ends with @status; "" when it does."""
    done = subprocess.run([CENTER, "--practice", "--data", data], capture_output=True, text=True, stdin=subprocess.DEVNULL,
                          timeout=60, check=False)
    return done.stderr if done.returncode == status and not done.stdout else ""


def stopped(data, *more):
    """Starts a center on @data and ends it; its profile."""
    with running(data, *more) as (process, facts):
        profile = json.load(open(facts["profile"], encoding="utf-8"))
        process.stdin.close()
        ended(process)
    return profile


def book(data, *statements):
    """The rows of the last one."""
    with contextlib.closing(sqlite3.connect(os.path.join(data, "center.db"))) as database, database:
        return [database.execute(sql).fetchall() for sql in statements][-1]


def holds_seed(folder, seed):
    """The files in @folder that have it, as bytes or in base64."""
    return {path.name for path in pathlib.Path(folder).rglob("*") if path.is_file()
            and any(form in path.read_bytes() for form in (seed, base64.b64encode(seed), seed.hex().encode()))}


def check_key(folder):
    """The secret half of the signing key leaves an older database, and is nowhere but in its own file."""
    data = os.path.join(folder, "key")
    os.mkdir(data, 0o700)
    fixture = pathlib.Path(__file__).resolve().parent / "fixtures/v11.db"
    shutil.copy(fixture, os.path.join(data, "center.db"))
    (key, seed), = book(data, "SELECT id, secret_key FROM signing_key")
    book(data, "PRAGMA secure_delete = OFF", """INSERT INTO signing_key WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1
         FROM n WHERE i < 200) SELECT 'old-' || i, algorithm, public_key, secret_key, 1, 2 FROM signing_key, n""",
         "DELETE FROM signing_key WHERE id LIKE 'old-%'")  # what was deleted is still in the file
    shutil.copy(os.path.join(data, "center.db"), os.path.join(data, "center.db.v10.bak"))
    assert {"center.db", "center.db.v10.bak"} == holds_seed(data, seed)
    profile = stopped(data)
    own = os.path.join(data, "signing-key")
    report(holds_seed(data, seed) == {"signing-key"} and os.stat(own).st_mode & 0o777 == 0o600
           and [entry["id"] for entry in profile["keys"]] == [key] and os.path.exists(os.path.join(data, "center.db.v11.bak")),
           "the signing seed leaves the database and its copies for a file of its own", holds_seed(data, seed))
    report(stopped(data)["keys"] == profile["keys"], "and signs on from there")
    banks = book(data, "SELECT bank, count (*) FROM draw GROUP BY bank")
    report(banks == [("演练银行黑河分行", 5)], "draws of then have the bank that they were drawn on", banks)
    kept = pathlib.Path(own).read_bytes()
    os.unlink(own)
    told = refused(data, 2)
    status, faults, _ = audit(data)
    report("signing-key is gone" in told and "Put it back" in told and status == 2 and "signing-key is gone" in faults,
           "a lost one is told, and what to do", told + faults)
    other = os.path.join(folder, "other-key")
    ids = [entry["id"] for entry in profile["keys"] + stopped(other)["keys"]]
    report(len(set(ids)) == 2 and all(name.startswith("yanlian-") for name in ids),
           "practice folders have keys of their own: a paper of the other names one that nobody knows here", ids)
    shutil.copy(os.path.join(other, "signing-key"), own)
    told = refused(data, 2)
    report("is that of key" in told and key in told, "so is another center's", told)
    pathlib.Path(own).write_bytes(b"nothing of the kind")
    report("cannot be read as one" in refused(data, 2), "so is one that is none")
    done = subprocess.run([CENTER, "--new-signing-key", "--data", data], capture_output=True, text=True, timeout=20,
                          stdin=subprocess.DEVNULL, check=False)
    keys = stopped(data)["keys"]
    report(done.returncode == 0 and "profile.json" in done.stdout and len(keys) == 2 and profile["keys"][0] in keys,
           "a new one signs from then on, and the old one still counts", f"{done} {keys}")
    pathlib.Path(own).write_bytes(kept)
    report(stopped(data)["keys"] == keys, "the old file back again signs as before")


def check_folder(folder):
    """Others look into no data folder."""
    data = os.path.join(folder, "open")
    os.mkdir(data)
    os.chmod(data, 0o777)
    stopped(data)
    report(os.stat(data).st_mode & 0o777 == 0o700, "an empty folder that others could enter is tightened")
    os.chmod(data, 0o755)
    stopped(data)
    report(os.stat(data).st_mode & 0o777 == 0o700, "so is one with a center's data")
    shared = os.path.join(folder, "shared")
    os.mkdir(shared)
    os.chmod(shared, 0o755)
    pathlib.Path(shared, "letter.txt").write_text("not ours", encoding="utf-8")
    told = refused(shared)
    report("chmod 700" in told and os.stat(shared).st_mode & 0o777 == 0o755 and os.listdir(shared) == ["letter.txt"],
           "one with other things in it is left as it is, and said", told)
    os.unlink(os.path.join(shared, "letter.txt"))
    os.chmod(shared, 0o1777)
    report("chmod 700" in refused(shared) and os.stat(shared).st_mode & 0o1777 == 0o1777, "a folder of all stays one")


def check_audit(folder):
    """What does not hold is said in words, and not served."""
    data = os.path.join(folder, "audit")
    profile = stopped(data)
    status, told, _ = audit(data)
    report(status == 0 and "hold" in told, "a whole center holds", told)
    with running(data):
        status, told, _ = audit(data)
        report(status == 0, "it can be looked through while it runs", told)
    book(data, "UPDATE unit SET balance = balance + 1 WHERE account = '231100000042'")
    book(data, "UPDATE span SET unit_fen = unit_fen + 1 WHERE id IN (SELECT id FROM span LIMIT 2)")
    book(data, "INSERT INTO application_attachment SELECT id, 1, 0, 'a', 'b', 'c0ffee', 1, NULL FROM application LIMIT 1")
    status, told, _ = audit(data)
    report(status == 2 and "the unit's balance is not that of its people: 231100000042" in told
           and "an amount does not follow from base and ratio" in told and "(2 of them)" in told and "is gone or is another: c0ffee" in told and "faults" in told,
           "every rule that is broken is named, with who breaks it", told)
    told = refused(data, 2)
    report("does not hold: the unit's balance" in told and "Put back a copy" in told and "--audit" in told,
           "a start does not serve it, and says what to do", told)
    book(data, "UPDATE unit SET balance = balance - 1 WHERE account = '231100000042'")
    report(stopped(data)["id"] == profile["id"], "mended, it serves; what is deep a glance does not see")
    book(data, "UPDATE draw SET application = 4711 WHERE application = 1")
    status, told, _ = audit(data)
    report(status == 2 and "names another one that is not there, in draw" in told, "so is a row that hangs in the air", told)
    book(data, "UPDATE draw SET application = 1 WHERE application = 4711")
    for name in ("center.db-wal", "center.db-shm"):
        pathlib.Path(data, name).unlink(missing_ok=True)
    whole = pathlib.Path(data, "center.db").read_bytes()
    root = book(data, "SELECT rootpage FROM sqlite_schema WHERE name = 'person'")[0][0]
    with open(os.path.join(data, "center.db"), "r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    status, told, _ = audit(data)
    report(status == 2 and "the database is damaged" in told, "a damaged page is a fault", told)
    told = refused(data, 2)
    report("database of this center is damaged" in told and "Put back a copy" in told, "and is not served", told)
    report(pathlib.Path(data, "center.db").stat().st_size == len(whole), "nor touched")
    pathlib.Path(data, "center.db").write_bytes(b"no database")
    report(audit(data)[0] == 2 and "is damaged" in refused(data, 2), "nor is what is no database")
    status, _, told = audit(os.path.join(folder, "nowhere"))
    report(status == 1 and "nowhere" in told, "where there is no center nothing is looked at, and nothing made",
           f"{status} {told} {os.path.exists(os.path.join(folder, 'nowhere'))}")


def check_patience(data):
    """A client's next center waits for the last one, which still writes."""
    with open(os.path.join(data, "lock"), "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen([CENTER, "--practice", "--data", data, "--stdin-pipe"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, stdin=subprocess.PIPE)
        while process.poll() is None and not waits_for(process.pid, os.path.join(data, "lock")):
            pass
        fcntl.flock(lock, fcntl.LOCK_UN)
    line = process.stdout.readline()
    _, told = process.communicate()
    report(line.startswith(b'{"ready"'), "one that is just ending is waited for", told)


def waits_for(pid, path):
    """Whether the process has opened the file and sleeps."""
    with contextlib.suppress(OSError):
        there = any(os.readlink(f"/proc/{pid}/fd/{n}") == path for n in os.listdir(f"/proc/{pid}/fd"))
        return there and pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] == "S"
    return False


def check_real_needs_files(data):
    answer = subprocess.run([CENTER, "--data", data, "--department", "某市住房公积金管理中心"], capture_output=True,
                            stdin=subprocess.DEVNULL, timeout=20, check=False)
    report(answer.returncode != 0 and b"--tls-cert" in answer.stderr, "a real center needs its certificate", answer)


def check_verification(facts, context):
    """A credit code is no secret: whoever registers with it acts for nobody until staff have verified the account."""
    address = facts["portal"] + "authorize?" + urllib.parse.urlencode({
        "response_type": "code", "client_id": "qingce", "redirect_uri": "http://127.0.0.1:9/callback", "state": "s",
        "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", "code_challenge_method": "S256"})
    browser = portal_robot.Browser(context=context)
    unknown = portal_robot.register(facts["portal"], "91350100M000100Y43", "某某公司", "李四", "lisi", "long-enough", browser)
    report(unknown.status == 422 and "中心没有这个单位" in unknown.text, "a unit nobody knows cannot register", unknown.text)
    known = portal_robot.register(facts["portal"], KNOWN_CODE, "某某公司", "李四", "lisi", "long-enough", browser)
    report(known.status == 200 and "没有经中心核验" in known.text, "a known one can, and has to be verified", known.text)
    report([cookie.secure for cookie in browser.cookies] == [True], "its cookie is for HTTPS only", browser.cookies)
    page = browser.open(address)
    report("没有经中心核验" in page.text and not any("/portal/consent" in form["action"] for form in page.forms),
           "until then there is no consent", page.text)
    console = portal_robot.Console(facts["console"], "zhang", "a-long-password", context)
    accounts = console.page("accounts")
    console.browser.submit(accounts, "/verify")
    page = browser.open(address)
    back = browser.submit(page, "/portal/consent", button=("decision", "allow"), follow=False)
    report(back.status == 303 and "code=" in browser.left, "afterwards there is", back.text)


def check_real(folder, practice):
    """With the practice certificate as "given files": the pages too are HTTPS, and there is nothing of practice."""
    data = os.path.join(folder, "real")
    files = ["--tls-cert", f"{practice}/server.pem", "--tls-key", f"{practice}/server.pem", "--ca", f"{practice}/ca.pem"]
    added = subprocess.run([CENTER, "--data", data, "--add-staff", "zhang", "--staff-name", "张三"],
                           input="a-long-password\n", capture_output=True, text=True, timeout=20, check=False)
    report(added.returncode == 0, "adds an account of staff", added)
    database = sqlite3.connect(os.path.join(data, "center.db"))
    database.execute("INSERT INTO unit (account, name, credit_code, status, first_month, seq) VALUES "
                     "('1', '某某公司', ?, 1, 202601, 0)", (KNOWN_CODE,))
    database.commit()
    database.close()
    process = subprocess.Popen([CENTER, "--data", data, "--department", "某市住房公积金管理中心", *files],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.PIPE)
    try:
        line = process.stdout.readline()
        facts = json.loads(line) if line else {"error": process.stderr.read().decode()}
        report(facts.get("practice") is False and facts["portal"].startswith("https://"), "a real center starts", facts)
        context = ssl.create_default_context(cafile=facts["ca"])
        with urllib.request.urlopen(facts["portal"] + "sign-in", context=context, timeout=20) as page:
            text = page.read().decode()
            report("演练" not in text, "nothing of practice on its pages", text)
            report("max-age" in page.headers["Strict-Transport-Security"], "and browsers come by HTTPS only")
        check_verification(facts, context)
        process.stdin.close()
        report(ended(process) == 0, "and ends")
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "center")
        profile = check_ready(data)
        check_signals(data, profile)
        check_tls(data)
        check_descriptors(data)
        check_kill(data)
        check_options()
        check_patience(data)
        check_key(folder)
        check_folder(folder)
        check_audit(folder)
        check_real_needs_files(os.path.join(folder, "bare"))
        check_real(folder, data)
    print(f"1..{len(results)}")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
