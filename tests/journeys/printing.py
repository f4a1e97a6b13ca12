# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""汇补缴凭证 on a printer: a private CUPS whose queues write every job into a file. The window's own print dialog
chooses the queue, one job arrives and says what the voucher says. Then the bad days: a printer that goes away between
choosing and sending, paper too small, three copies under one number, no printer at all, no print server; each is told
in a sentence and nothing is counted as printed.
"""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

from gi.repository import GLib

import paper
from accessible import SENSITIVE
from clerk import TRANSFER_UNIT, Clerk
from keys import Keyboard
from stage import end, wait

QUEUE, OTHER = "Qingce_Desk", "Qingce_Hall"
NO_BUS = "unix:path=/nonexistent"  # of the system: printers that are found through it are none of the stage's

BACKEND = """#!/bin/sh
# What the queues lead to: keeps every job as a file, whole or not at all.
[ $# -eq 0 ] && { echo 'direct desk "Desk" "Desk"'; exit 0; }
cat -- "$6" > "FOLDER/.$1" && mv "FOLDER/.$1" "FOLDER/$1.pdf"
"""


class Printers:
    """A cupsd of its own: a socket in a folder of its own, and queues whose jobs end as files."""

    def __init__(self, environment):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="qingce-cups-"))
        self.folder.chmod(0o755)  # its backends run as another user
        self.socket = self.folder / "cups.sock"
        self.environment = dict(environment, CUPS_SERVER=str(self.socket), LC_ALL="C",
                                PATH=environment["PATH"] + ":/usr/sbin")
        self.process = None
        self.out = self.folder / "out"
        for name in ("run", "cache", "spool", "tmp", "out", "bin"):
            (self.folder / name).mkdir()
        self.out.chmod(0o777)
        self.make_backend()
        user, group = ("lp", "lp") if os.getuid() == 0 else (self.folder.owner(), self.folder.group())
        (self.folder / "cups-files.conf").write_text(
            f"ServerBin {self.folder}/bin\nServerRoot {self.folder}\nStateDir {self.folder}/run\nCacheDir {self.folder}/cache\n"
            f"RequestRoot {self.folder}/spool\nTempDir {self.folder}/tmp\nDocumentRoot {self.folder}\n"
            f"AccessLog {self.folder}/access\nErrorLog {self.folder}/error\nPageLog {self.folder}/page\n"
            f"Printcap\nUser {user}\nGroup {group}\nSystemGroup root\n")
        (self.folder / "cupsd.conf").write_text(
            f"Listen {self.socket}\nLogLevel info\nBrowsing Off\nDefaultShared No\nWebInterface No\n"
            "DefaultAuthType None\nDirtyCleanInterval 0\n"
            "<Location />\nOrder deny,allow\nAllow all\n</Location>\n"
            "<Location /admin>\nOrder deny,allow\nAllow all\n</Location>\n"
            "<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n")

    def make_backend(self):
        for name in os.listdir("/usr/lib/cups"):
            if name != "backend":
                (self.folder / "bin" / name).symlink_to(f"/usr/lib/cups/{name}")
        backend = self.folder / "bin" / "backend" / "desk"
        backend.parent.mkdir()
        backend.write_text(BACKEND.replace("FOLDER", str(self.out)))
        backend.chmod(0o755)

    def start(self):
        self.process = subprocess.Popen(["/usr/sbin/cupsd", "-f", "-c", str(self.folder / "cupsd.conf"),
                                         "-s", str(self.folder / "cups-files.conf")], env=self.environment,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait(lambda: self.run("lpstat", "-r").startswith("scheduler is running"), "the print server")
        return self

    def run(self, *words):
        return subprocess.run(words, env=self.environment, check=True, capture_output=True, text=True,
                              timeout=10).stdout

    def add(self, queue):
        self.run("lpadmin", "-p", queue, "-v", "desk:///", "-E")

    def remove(self, queue):
        self.run("lpadmin", "-x", queue)

    def papers(self):
        """What came out of the printers."""
        return sorted(self.out.glob("*.pdf"))

    def jobs(self):
        """Every job that any queue has taken, one line each."""
        return self.run("lpstat", "-W", "all", "-o").splitlines()

    def end(self):
        if self.process:
            end(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)


def open_voucher(clerk, window):
    clerk.switch_unit(TRANSFER_UNIT)
    clerk.synced()
    serial = clerk.ledger("""SELECT a.serial FROM application a JOIN unit u ON u.id = a.unit WHERE u.account = ?
                             AND a.state = 'finished' ORDER BY a.id DESC LIMIT 1""", TRANSFER_UNIT)[0]["serial"]
    clerk.go("applications")
    window.do("application-select", GLib.Variant("s", serial))
    window.do("application-print", seconds=30)
    wait(lambda: window.enabled("voucher-print"), "the preview of the voucher", 60)
    return serial


class PrintDialog:
    """GtkPrintUnixDialog: its rows have no action of their own, so they are clicked with a pointer."""

    def __init__(self, window):
        self.window = window
        self.shell = wait(window.dialog, "the print dialog")
        found = wait(lambda: self.tool("search", "--onlyvisible", "--name", self.shell.name), "it on the display")
        self.number = found.split()[-1]
        self.tool("windowfocus", "--sync", self.number)  # no window manager on this stage gives it the keyboard

    def tool(self, *words):
        return subprocess.run(["xdotool", *words], env=self.window.environment, capture_output=True, text=True,
                              check=False).stdout.strip()

    def find(self, words, roles):
        for node in self.window.walk(self.shell):
            if node.role in roles and (node.name or node.text()).startswith(words):
                return node
        return None

    def point(self, node):
        self.tool("mousemove", "--window", self.number, *map(str, node.middle()))

    def click(self, words):
        self.point(wait(lambda: self.find(words, {"label"}), f"“{words}” in the print dialog"))
        self.tool("click", "1")

    def choose(self, queue):
        """One that can be printed on: the button says so."""
        self.click(queue)
        wait(self.ready, f"{queue} to be ready")

    def button(self):
        return wait(lambda: self.find("打印", {"button"}), "the button 打印")

    def ready(self):
        return self.button().has(SENSITIVE)

    def choose_paper(self, *keys):
        """Opens the list of papers on its tab and walks to another one."""
        self.click("页面设置")
        size = wait(lambda: self.find("纸张大小", {"combo box"}), "the list of papers")
        wait(size.children, "its button")[0].press()
        self.window.settle()
        self.tool("key", "--delay", "60", *keys)

    def send(self, meanwhile=None):
        """打印. `meanwhile` happens after the choice and before the dialog, which keeps asking the server, can know."""
        button = self.button()
        if meanwhile:
            self.point(button)
            self.window.close(self.shell, self.held, meanwhile)
        else:
            self.window.close(self.shell, button.press)

    def held(self, meanwhile):
        os.kill(self.window.process.pid, signal.SIGSTOP)
        try:
            meanwhile()
            self.tool("click", "1")
        finally:
            os.kill(self.window.process.pid, signal.SIGCONT)


def note(clerk):
    """What the client counted as printed: the printer of each."""
    return [row["detail"] for row in clerk.own("SELECT detail FROM journal WHERE action = 'voucher.printed'")]


def unchanged(clerk, printers, before):
    """Nothing was counted, and no paper came out. `before`: the printers of what was counted, and how many papers."""
    assert note(clerk) == before[0], (note(clerk), before)
    assert len(printers.papers()) == before[1], printers.papers()


def told(clerk, window, printers, before, *words):
    """The sentence is there, and nothing else has happened."""
    for word in words:
        window.see(word, 40)
    unchanged(clerk, printers, before)
    window.agree("关闭")


def printed(clerk, window, printers, serial, number):
    """One job more, one paper more, one note more, and the paper says what the voucher says."""
    wait(lambda: len(note(clerk)) == number, "the note that it was printed", 40)
    papers = wait(lambda: len(found := printers.papers()) == number and found, "the paper", 20)
    assert len(printers.jobs()) == number, printers.jobs()
    assert QUEUE in note(clerk)[-1] and all(QUEUE in line for line in printers.jobs()), (note(clerk), printers.jobs())
    text = paper.read(papers[-1])
    paper.compare(clerk, text, serial)
    return papers[-1]


def left_of(path, words="演练"):
    """Where the page's first word begins, in points from the left and the top of the paper."""
    done = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    boxes = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)"', done)
    size = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', done).groups()
    return [float(part) for part in boxes[0]], [round(float(part)) for part in size]


def play(factory, environment, home, pictures):
    def picture(name):
        if pictures:
            window.picture(pictures / f"printing-{name}.png")

    printers = Printers(environment).start()
    printers.add(OTHER)
    printers.add(QUEUE)
    try:
        window = factory("--practice", CUPS_SERVER=str(printers.socket), DBUS_SYSTEM_BUS_ADDRESS=NO_BUS)
        window.start()
        clerk = Clerk(window)
        clerk.first_start("home")
        serial = open_voucher(clerk, window)

        window.do("voucher-print")
        dialog = PrintDialog(window)
        dialog.choose(QUEUE)
        picture("dialog")
        dialog.send()
        first = printed(clerk, window, printers, serial, 1)
        window.see(QUEUE)
        picture("sent")

        moved(clerk, window, printers, serial, first, picture)
        roster(clerk, window, printers, picture)
        bad_days(clerk, window, printers, picture)
        window.do("close")
        wait(lambda: not window.alive(), "the client to end")
        assert window.process.returncode == 0, window.process.returncode
    finally:
        printers.end()


def button_of(window, words):
    """What can be pressed of a menu button with this name."""
    menu = wait(lambda: window.find(name=words), f"“{words}”")
    for node in window.walk(menu):
        if node.can_be_pressed():
            return node
    raise AssertionError(f"“{words}” cannot be pressed")


def place(window, right, down, look=None):
    """Moves what is printed by so many millimetres."""
    button_of(window, "打印位置").press()
    for name, value in (("向右", right), ("向下", down)):
        spin = wait(lambda: next((node for node in window.walk() if node.role == "spin button"
                                  and node.name.startswith(name)), None), name)
        spin.set_value(value)
    window.settle()
    if look:
        look()
    subprocess.run(["xdotool", "key", "Escape"], env=window.environment, check=True)
    window.gone("向右")  # else the first click in the print dialog only closes it


def moved(clerk, window, printers, serial, first, picture):
    """3.5 mm to the right and 2 mm up: on paper, not in the file that is saved."""
    place(window, 3.5, -2.0, lambda: picture("moved"))
    saved = printers.folder / "saved.pdf"
    window.do("voucher-save-to", GLib.Variant("s", str(saved)))
    wait(saved.exists, "the file", 40)
    window.do("voucher-print", seconds=40)
    dialog = PrintDialog(window)
    dialog.choose(QUEUE)
    dialog.send()
    second = printed(clerk, window, printers, serial, 2)
    (x, y), size = left_of(first)
    (moved_x, moved_y), moved_size = left_of(second)
    assert size == moved_size == [595, 842], (size, moved_size)
    assert abs(moved_x - x - 3.5 * 72 / 25.4) < 0.5 and abs(moved_y - y + 2 * 72 / 25.4) < 0.5, (x, y, moved_x, moved_y)
    assert abs(left_of(saved)[0][0] - x) < 0.5, (left_of(saved), x)


def roster(clerk, window, printers, picture):
    """A list that lies across, out of the preview: moved on the paper as a voucher is, and journalled."""
    before = len(printers.papers())
    clerk.go("people")
    window.do("people-print")
    preview = wait(window.dialog, "the preview")
    wait(lambda: window.find(contains="/ 2"), "its pages", 40)
    keyboard = Keyboard(window)
    keyboard.press("ctrl+p")
    wait(lambda: window.dialog() != preview, "the print dialog")
    dialog = PrintDialog(window)
    dialog.choose(QUEUE)
    dialog.send()
    papers = wait(lambda: len(found := printers.papers()) == before + 1 and found, "the paper", 40)
    wait(lambda: clerk.own("SELECT detail FROM journal WHERE action = 'paper.printed'"), "the note of it")
    text = subprocess.run(["pdftotext", "-raw", papers[-1], "-"], check=True, capture_output=True, text=True).stdout
    assert "职工住房公积金账户清册" in text and "演练，不具任何效力" in text, text
    assert left_of(papers[-1])[1] == [842, 595], left_of(papers[-1])
    picture("roster")
    keyboard.press("Escape")
    wait(lambda: window.dialog() is None, "the preview to close")
    clerk.go("vouchers")
    wait(lambda: window.enabled("voucher-print"), "the voucher again")


def bad_days(clerk, window, printers, picture):
    before = (note(clerk), len(printers.papers()))
    # The queue goes away between choosing and sending.
    window.do("voucher-print", seconds=40)
    dialog = PrintDialog(window)
    dialog.choose(OTHER)
    dialog.send(lambda: printers.remove(OTHER))
    told(clerk, window, printers, before, "凭证没有打印", OTHER)
    picture("gone")
    # Paper that is too small.
    window.do("voucher-print", seconds=40)
    dialog = PrintDialog(window)
    dialog.choose(QUEUE)
    dialog.choose_paper("Up", "Return")
    picture("paper")
    dialog.send()
    told(clerk, window, printers, before, "凭证没有打印", "A4")
    # Three under one number.
    window.do("voucher-print", seconds=40)
    dialog = PrintDialog(window)
    dialog.choose(QUEUE)
    wait(lambda: dialog.find("副本数", {"spin button"}), "the number of copies").set_value(3)
    dialog.send()
    told(clerk, window, printers, before, "凭证没有打印", "每次只能打印一份")
    # No printer at all.
    printers.remove(QUEUE)
    window.do("voucher-print", seconds=40)
    told(clerk, window, printers, before, "凭证没有打印", "没有打印机")
    # No print server.
    end(printers.process)
    window.do("voucher-print", seconds=40)
    told(clerk, window, printers, before, "凭证没有打印", "无法连接本机的打印服务")
