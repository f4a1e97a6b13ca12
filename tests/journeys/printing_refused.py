# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""What became of a voucher that was sent to a printer: taken, refused, or nobody knows. A private CUPS refuses in every
way it can: its queue is closed, used up, its disk is full, it is gone before or while the voucher comes. The window says
which it was and what to do; only what a queue has taken is counted, and the next paper bears the next number.
"""
import json
import os
import re
import signal
import subprocess

import paper
from clerk import Clerk
from printing import NO_BUS, QUEUE, Printers, PrintDialog, left_of, note, open_voucher, place, unchanged
from stage import end, kill, wait
from trouble import can_inject, injected

CLOSED, LIMITED, STOPPED = "Qingce_Closed", "Qingce_Limited", "Qingce_Stopped"


class Story:
    def __init__(self, window, clerk, printers, serial, pictures):
        self.window, self.clerk, self.printers, self.serial = window, clerk, printers, serial
        self.pictures = pictures
        self.papers = 0  # that came out so far
        self.counted = []  # the printers of what was counted so far

    def picture(self, name):
        if self.pictures:
            self.window.settle()
            self.window.picture(self.pictures / f"refused-{name}.png")

    def send(self, queue, meanwhile=None):
        """Chooses the queue in the dialog, lets something happen, and presses 打印."""
        self.window.do("voucher-print", seconds=40)
        dialog = PrintDialog(self.window)
        dialog.choose(queue)
        dialog.send(meanwhile)

    def told(self, name, *words):
        """The sentence is on the window; it is read and closed."""
        for word in words:
            self.window.see(word, 40)
        self.picture(name)
        self.window.agree("关闭")

    def refused(self, name, *words):
        self.told(name, "凭证没有打印", *words)
        unchanged(self.clerk, self.printers, (self.counted, self.papers))

    def taken(self, queue, *words):
        """Said, and counted once."""
        for word in words:
            self.window.see(word, 40)
        self.counted.append(queue)
        wait(lambda: len(note(self.clerk)) == len(self.counted), "the note that it was printed", 40)
        assert note(self.clerk) == self.counted, (note(self.clerk), self.counted)

    def comes_out(self, reprint):
        self.papers += 1
        papers = wait(lambda: len(found := self.printers.papers()) == self.papers and found, "the paper", 20)
        text = paper.read(max(papers, key=lambda path: path.stat().st_mtime_ns))
        paper.compare(self.clerk, text, self.serial)
        said = re.search(r"重打次数：(\d+)", text)
        assert int(said.group(1) if said else 0) == reprint, (said, reprint)

    def newest_job(self):
        jobs = [int(line.split()[0].rsplit("-", 1)[1]) for line in self.printers.jobs()]
        return max(jobs, default=0)


def play(factory, environment, home, pictures):
    printers = Printers(environment).start()
    for queue in (QUEUE, CLOSED, LIMITED, STOPPED):
        printers.add(queue)
    try:
        window = factory("--practice", CUPS_SERVER=str(printers.socket), DBUS_SYSTEM_BUS_ADDRESS=NO_BUS,
                         QINGCE_PRINT_DEADLINE="6")
        window.start()
        clerk = Clerk(window)
        clerk.first_start("home")
        story = Story(window, clerk, printers, open_voucher(clerk, window), pictures)
        closed(story)
        used_up(story)
        stopped(story)
        moved = to_a_file(story)
        if can_inject():
            full(story)
            broken_off(story)
        else:
            print("# full, broken off: skipped, strace may not be used here")
            end(printers.process)
            printers.start()
        stuck(story)
        away(story)
        window.do("close")
        wait(lambda: not window.alive(), "the client to end")
        assert window.process.returncode == 0, window.process.returncode
        check(story, moved)
    finally:
        printers.end()


def closed(story):
    """The queue is closed after it was chosen; opened again, it takes the same voucher, which is still the first."""
    story.send(CLOSED, lambda: story.printers.run("cupsreject", "-r", "Toner ordered", CLOSED))
    story.refused("closed", CLOSED, "不接受任务", "Toner ordered")
    story.printers.run("cupsaccept", CLOSED)
    story.send(CLOSED)
    story.taken(CLOSED, "任务 1")
    story.comes_out(0)
    story.picture("taken")


def used_up(story):
    """The limit of the queue is used up: CUPS makes no job, and GTK does not say so."""
    story.send(LIMITED)
    story.taken(LIMITED)
    story.comes_out(1)
    story.printers.run("lpadmin", "-p", LIMITED, "-o", "job-quota-period=604800", "-o", "job-k-limit=1")
    story.send(LIMITED)
    story.refused("used-up", LIMITED, "没有为打印机", "打印限额")


def stopped(story):
    """A stopped printer's queue takes the voucher, which waits: that is counted, and comes out later."""
    story.send(STOPPED, lambda: story.printers.run("cupsdisable", "-r", "Paper jam", STOPPED))
    story.taken(STOPPED)
    story.told("stopped", "凭证正在等待打印机", STOPPED, "Paper jam", f"任务 {story.newest_job()}")
    assert len(story.printers.papers()) == story.papers
    story.printers.run("cupsenable", STOPPED)
    story.comes_out(2)


def to_a_file(story):
    """Moved on the paper and written to a file by the print dialog: the same voucher, whole. Returns the file."""
    window = story.window
    place(window, 3.5, -2.0)
    window.do("voucher-print", seconds=40)
    dialog = PrintDialog(window)
    dialog.choose("打印到文件")
    dialog.send()
    story.taken("打印到文件")
    found = list(window.home.glob("汇补缴凭证-*.pdf"))
    assert len(found) == 1, found
    window.see(f"已写入 {found[0]}")
    story.picture("file")
    paper.compare(story.clerk, paper.read(found[0]), story.serial)
    assert left_of(found[0])[1] == [595, 842], left_of(found[0])
    subprocess.run(["qpdf", "--check", found[0]], check=True, capture_output=True)
    place(window, 0, 0)
    return found[0]


def check(story, path):
    """Without the window, the center and a network: what was moved and printed to a file holds."""
    build = story.window.command[0].rsplit("/", 1)[0]
    done = subprocess.run([f"{build}/cli/qingce-cli", "--practice", "--json", "check", str(path)], text=True,
                          env=dict(story.window.environment, QINGCE_CENTER="/nonexistent"), capture_output=True, timeout=60,
                          check=False)
    told = json.loads(done.stdout.splitlines()[0])
    application = story.clerk.ledger("SELECT * FROM application WHERE serial = ?", story.serial)[0]
    assert done.returncode == 0 and told["verdict"] == "practice", (done, told)
    assert (told["serial"], told["fen"], told["reprint"]) == (story.serial, application["fen"], 3), told


def full(story):
    """The disk of the print server is full."""
    with injected(story.printers.process.pid, "write,pwrite64,writev", "error=ENOSPC"):
        story.send(QUEUE)
        story.refused("full", QUEUE, "剩余空间")


def broken_off(story):
    """The print server dies when it has the whole voucher and before it answers: nobody knows."""
    with injected(story.printers.process.pid, "rename,renameat,renameat2", "signal=KILL"):  # into its place in the spool
        story.send(QUEUE)
        story.told("broken-off", "无法确定凭证是否已打印", QUEUE, "查看打印机及其队列")
    assert story.printers.process.wait(10) != 0
    assert note(story.clerk) == story.counted
    assert unknown(story) == 1
    story.printers.start()


def unknown(story):
    return len(story.clerk.own("SELECT 1 FROM journal WHERE action = 'voucher.print-unknown'"))


def stuck(story):
    """The print server takes the connection and says nothing: after the deadline nobody knows. When it goes on the
    voucher comes out after all, as the sentence has warned; it is the clerk who has seen it."""
    before, server = unknown(story), story.printers.process.pid
    story.papers = len(story.printers.papers())
    try:
        story.send(QUEUE, lambda: os.kill(server, signal.SIGSTOP))
        story.told("stuck", "无法确定凭证是否已打印", QUEUE, "仍有可能打印出来")
    finally:
        os.kill(server, signal.SIGCONT)
    wait(lambda: unknown(story) == before + 1, "the note that nobody knows", 20)
    assert note(story.clerk) == story.counted
    story.comes_out(4)
    assert note(story.clerk) == story.counted
    wait(lambda: story.window.enabled("voucher-print"), "the page to be ready again")


def away(story):
    """The print server ends after the printer was chosen. Started again it forgets what is done: a job that is on no list
    any more was taken all the same."""
    story.papers = len(story.printers.papers())
    story.send(QUEUE, lambda: kill(story.printers.process))
    story.refused("away", QUEUE, "CUPS", "没有响应")
    with open(story.printers.folder / "cupsd.conf", "a", encoding="utf-8") as configuration:
        configuration.write("PreserveJobHistory No\n")
    story.printers.start()
    story.send(QUEUE)
    story.taken(QUEUE, f"打印机 {QUEUE} 的队列已接收")
    story.comes_out(4)
