# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""汇补缴凭证 saved from the window on bad days: the client is killed with -9 while it writes, one file and many; the disk
is full; the folder may not be written; it is gone; somebody else has the file open. Under the name asked for there is
always the old file or the whole new one, and the window says what happened, where, why, and what to do.
"""
import os
import shutil
import subprocess

from gi.repository import GLib

import interrupted
import paper
from clerk import TRANSFER_UNIT
from printing import open_voucher
from stage import wait
from trouble import can_inject, injected

OLD = b"what was there before"


def uses(clerk):
    return [row["detail"] for row in clerk.own("SELECT detail FROM journal WHERE action = 'voucher.saved'")]


def shown(folder):
    """What lies there, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def whole(path):
    subprocess.run(["qpdf", "--check", path], check=True, capture_output=True)
    return paper.read(path)


class Story(interrupted.Story):
    def open(self):
        """Signed in, and the newest voucher of the unit on the page."""
        self.enter()
        return open_voucher(self.clerk, self.window)

    def open_all(self):
        """All vouchers of the unit on the page; returns how many."""
        number = self.clerk.ledger("""SELECT count(*) AS n FROM application a JOIN unit u ON u.id = a.unit
                                      WHERE u.account = ? AND a.state = 'finished'""", TRANSFER_UNIT)[0]["n"]
        self.window.do("voucher-select-all")
        self.window.see(f"{number} 份凭证", 60)
        wait(lambda: self.window.enabled("voucher-save-to"), "all vouchers", 60)
        return number

    def ask(self, action, path):
        self.window.do(action, GLib.Variant("s", str(path)), 40)

    def saved(self, path):
        """Said so, and one use more."""
        number = len(uses(self.clerk)) + 1
        self.ask("voucher-save-to", path)
        wait(lambda: len(uses(self.clerk)) == number, "the note that it was saved", 40)
        self.window.see(f"已保存：{path}")

    def killed(self, action, path, when):
        """Dies at the `when`-th file that it puts into its place, and is started again."""
        before, center = uses(self.clerk), self.window.children()
        with injected(self.window.process.pid, "linkat", f"signal=KILL:when={when}"):
            self.ask(action, path)
            wait(lambda: not self.window.alive(), "the client to die", 40)
        for pid in center:
            self.window.kill_pid(pid)
        self.window.kill()
        assert uses(self.clerk) == before, (uses(self.clerk), before)
        self.begin()

    def told(self, path, picture, *words):
        """The sentence is on the window and names the file."""
        self.ask("voucher-save-to", path)
        for part in (str(path), *words):
            self.window.see(part, 30)
        picture()

    def read(self, before):
        """She has read it: nothing was counted, and the page is ready again."""
        self.window.agree("关闭")
        assert uses(self.clerk) == before, (uses(self.clerk), before)
        wait(lambda: self.window.enabled("voucher-save-to"), "the page to be ready again")


def play(factory, environment, home, pictures):
    def picture(name):
        if pictures:
            story.window.settle()
            story.window.picture(pictures / f"saving-{name}.png")

    folder = home / "凭证"
    folder.mkdir()
    browser = home / "open"  # writes down what is to be opened
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$1" >> "{home / "opened.txt"}"\n')
    browser.chmod(0o755)
    story = Story(lambda *words: factory(*words, QINGCE_BROWSER=str(browser)))
    story.begin()
    serial = story.open()
    if can_inject():
        power_cuts(story, folder, serial)
        disk_full(story, folder, picture)
        full_in_the_middle(story, folder, picture)
        stopped(story, folder, picture)
        not_drawn(story, folder)
    else:
        print("# power cuts, disk full: skipped, strace may not be used here")
    not_allowed(story, home, picture)
    open_elsewhere(story, folder)
    opened(story, folder, home / "opened.txt", lambda: picture("saved"))
    story.window.do("close")
    wait(lambda: not story.window.alive(), "the client to end")
    assert story.window.process.returncode == 0, story.window.process.returncode


def power_cuts(story, folder, serial):
    one, together, each = folder / "one.pdf", folder / "together.pdf", folder / "each"
    one.write_bytes(OLD)
    story.killed("voucher-save-to", one, 1)
    assert one.read_bytes() == OLD and shown(folder) == ["one.pdf"], shown(folder)

    story.open()
    number = story.open_all()
    story.killed("voucher-save-to", together, 1)
    assert shown(folder) == ["one.pdf"], shown(folder)

    story.open()
    each.mkdir()
    story.open_all()
    story.killed("voucher-save-each-to", each, 3)
    found = shown(each)
    assert len(found) == 2 < number, found
    for name in found:
        whole(each / name)

    assert story.open() == serial
    story.saved(one)
    paper.compare(story.clerk, whole(one), serial)
    story.open_all()
    story.ask("voucher-save-each-to", each)
    wait(lambda: len(shown(each)) == number, "a file of each", 40)
    for name in shown(each):
        whole(each / name)
    story.open()


def disk_full(story, folder, picture):
    """The disk has no room for what was written: the old file stays, nothing half is left, and then it works."""
    path = folder / "full.pdf"
    path.write_bytes(OLD)
    before = uses(story.clerk)
    with injected(story.window.process.pid, "fsync", "error=ENOSPC"):
        story.told(path, lambda: picture("full"), "磁盘已满", "请腾出磁盘空间")
    story.read(before)
    assert path.read_bytes() == OLD and not [name for name in os.listdir(folder) if name.startswith(".full")]
    story.saved(path)
    whole(path)


def full_in_the_middle(story, folder, picture):
    """One file each, and the third has no room: two are there and counted, and it is said so."""
    each = folder / "some"
    each.mkdir()
    number, before = story.open_all(), len(uses(story.clerk))
    with injected(story.window.process.pid, "fsync", "error=ENOSPC:when=5"):  # a file's, its folder's, and so on
        story.ask("voucher-save-each-to", each)
        for words in ("磁盘已满", f"已保存 2 个文件，共 {number} 个", str(each)):
            story.window.see(words, 30)
        picture("some")
    story.window.agree("关闭")
    assert len(shown(each)) == 2, shown(each)
    for name in shown(each):
        whole(each / name)
    wait(lambda: len(uses(story.clerk)) == before + 2, "two uses", 20)
    # A disk that fails: some are saved, and the headline does not say that none is.
    fails = folder / "fails"
    fails.mkdir()
    story.open_all()
    with injected(story.window.process.pid, "fsync", "error=EIO:when=5"):
        story.ask("voucher-save-each-to", fails)
        for words in ("凭证没有全部保存", f"已保存 2 个文件，共 {number} 个", "请选择其他位置"):
            story.window.see(words, 30)
    assert len(shown(fails)) == 2, shown(fails)
    story.window.agree("关闭")
    story.open()


def stopped(story, folder, picture):
    """One file each on a slow disk: nothing else begins meanwhile; stopped, it is said how many are there. Closed, the
    window is gone at once and all of them are there in the end."""
    each, window = folder / "slow", story.window
    each.mkdir()
    number, before = story.open_all(), len(uses(story.clerk))
    with injected(window.process.pid, "fsync", "delay_enter=2000000"):
        story.ask("voucher-save-each-to", each)
        wait(lambda: shown(each), "the first file", 30)
        for action in ("voucher-show", "voucher-select-all", "voucher-open", "voucher-check-text", "voucher-print"):
            assert not window.enabled(action), action
        window.see("停止保存")
        picture("slow")
        window.do("voucher-stop")
        window.see("已停止保存：已保存", 30)
    wait(lambda: window.enabled("voucher-show"), "the page to be ready again", 30)
    found = shown(each)
    assert 1 <= len(found) < number, found
    window.see(f"已停止保存：已保存 {len(found)} 个文件，共 {number} 个")
    wait(lambda: len(uses(story.clerk)) == before + len(found), "so many uses", 20)
    story.open_all()
    with injected(window.process.pid, "fsync", "delay_enter=300000"):
        story.ask("voucher-save-each-to", each)
        wait(lambda: not window.enabled("voucher-save-to"), "it to begin", 30)
        window.do("close")
        wait(lambda: not window.alive(), "the client to end", 120)
    assert window.process.returncode == 0, window.process.returncode
    assert len(shown(each)) == number, shown(each)
    for name in shown(each):
        whole(each / name)
    story.begin()
    assert len(uses(story.clerk)) == before + len(found) + number, uses(story.clerk)
    story.open()


def not_drawn(story, folder):
    """One is on the page, and all of them cannot be drawn: the page stays with the one, and so does what is saved."""
    serial, window, path = story.open(), story.window, folder / "stays.pdf"
    with injected(window.process.pid, "mkdir,mkdirat", "error=ENOSPC"):  # of the folder that many are drawn in
        window.do("voucher-select-all")
        window.agree("关闭", 30)
    wait(lambda: window.enabled("voucher-save-to"), "the page to be ready again")
    assert window.find(contains=f"{serial} · 已办结，盖红章"), "the caption is of another one"
    assert not window.find(contains="份凭证")
    story.saved(path)
    paper.compare(story.clerk, whole(path), serial)


def not_allowed(story, home, picture):
    """A folder that may not be written in, and one that is not there any more."""
    locked, gone, before = home / "locked", home / "gone", uses(story.clerk)
    locked.mkdir(mode=0o555)
    if os.getuid() == 0:  # who may write everywhere but there
        locked = type(home)("/sys")
    story.told(locked / "voucher.pdf", lambda: picture("locked"), "凭证没有保存", "请选择其他位置")
    story.read(before)
    gone.mkdir()
    shutil.rmtree(gone)
    story.told(gone / "voucher.pdf", lambda: picture("gone"), "凭证没有保存", "请选择其他位置")
    story.read(before)
    assert not gone.exists()


def open_elsewhere(story, folder):
    """Somebody reads the old file while it is replaced: both hold what is whole."""
    path = folder / "open.pdf"
    path.write_bytes(OLD)
    with open(path, "rb") as reader:
        assert reader.read(5) == OLD[:5]
        story.saved(path)
        assert OLD[:5] + reader.read() == OLD
    whole(path)


def opened(story, folder, log, picture):
    """What was saved opens with one button, and where it lies with the other."""
    path = folder / "opened.pdf"
    story.saved(path)
    picture()
    before = log.read_text(encoding="utf-8").count("\n") if log.exists() else 0
    for button, place in (("打开所在文件夹", folder), ("打开", path)):
        story.window.click(button)
        before += 1
        wait(lambda: log.exists() and log.read_text(encoding="utf-8").count("\n") == before, f"{button} to open", 20)
        assert log.read_text(encoding="utf-8").splitlines()[-1] == place.as_uri(), log.read_text(encoding="utf-8")
