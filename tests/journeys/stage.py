# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""The stage of a journey: a display, a session bus and a home of its own, and the programs that play on it.

Everything started here is ended here, by its own pid. Waiting is polling with a deadline and a sentence that says
what was waited for.
"""
import contextlib
import os
import pathlib
import random
import re
import signal
import subprocess
import tempfile
import time

STEP = 0.05
SCREEN = "Xvfb_screen0"  # as Xvfb names it


class Late(AssertionError):
    """What was waited for did not come."""


def wait(condition, what, seconds=20):
    """Polls `condition` until it gives something true, which is returned."""
    deadline = time.monotonic() + seconds
    last = None
    while time.monotonic() < deadline:
        try:
            value = condition()
            if value:
                return value
        except AssertionError:
            raise
        except Exception as error:  # accessible objects go away while one looks at them
            last = error
        time.sleep(STEP)
    raise Late(f"waited {seconds} s for {what}" + (f" ({last})" if last else ""))


def _server(size, folder):
    """An X server with a number drawn by lot, or None where that number is taken; what it shows stands in a file of
    `folder` too.

    Left to choose by itself (-displayfd alone) Xvfb takes the socket of one that runs already, so it is told a number,
    for which it makes a lock, and only says on the pipe when it is ready. -noreset: it must not begin anew when its
    first client (the accessibility bus) has left before the window comes.
    """
    number = random.randint(1000, 60000)
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", f":{number}", "-displayfd", str(write), "-screen", "0", f"{size}x24",
                               "-nolisten", "tcp", "-noreset", "-fbdir", str(folder)],
                              pass_fds=[write], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        ready = pipe.readline().strip()
    if ready:
        return server, ready
    end(server)
    return None, None


@contextlib.contextmanager
def display(folder, size="1366x768"):
    """A virtual display of the given size, whose memory is `folder`/SCREEN."""
    for _ in range(5):
        server, number = _server(size, folder)
        if server is not None:
            break
    else:
        raise RuntimeError("Xvfb did not start")
    try:
        yield f":{number}"
    finally:
        end(server)


def hide_portal(environment):
    """A desktop's portal, where one is installed, is not of the stage: asked for twice on one computer, it lets a program
    wait for half a minute before its window comes."""
    services = pathlib.Path(environment["XDG_DATA_HOME"]) / "dbus-1" / "services"
    services.mkdir(parents=True, exist_ok=True)
    (services / "org.freedesktop.portal.Desktop.service").write_text(
        "[D-BUS Service]\nName=org.freedesktop.portal.Desktop\nExec=/bin/false\n", encoding="ascii")


@contextlib.contextmanager
def bus(environment):
    """A session bus of its own. Yields the environment with its address."""
    hide_portal(environment)
    daemon = subprocess.Popen(["dbus-daemon", "--session", "--nofork", "--print-address=1", "--nopidfile"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, text=True)
    try:
        address = daemon.stdout.readline().strip()
        if not address:
            raise RuntimeError("dbus-daemon did not start")
        yield dict(environment, DBUS_SESSION_BUS_ADDRESS=address)
    finally:
        end(daemon)


def end(process, seconds=5):
    """Ends a process that was started here: politely, then not."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextlib.contextmanager
def keyring(environment):
    """An unlocked secret service on the bus of this stage, as a signed-in desktop has one."""
    service = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                               stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=environment)
    try:
        service.stdin.write(b"stage\n")
        service.stdin.close()
        yield
    finally:
        end(service)


PINYIN = {
    # 拼音 is on from the first key; no popups, nothing from the network
    "profile": "[Groups/0]\nName=Default\nDefault Layout=us\nDefaultIM=pinyin\n\n[Groups/0/Items/0]\nName=keyboard-us\n\n"
               "[Groups/0/Items/1]\nName=pinyin\n\n[GroupOrder]\n0=Default\n",
    "config": "[Behavior]\nActiveByDefault=True\nShareInputState=All\nShowInputMethodInformation=False\n",
}


@contextlib.contextmanager
def input_method(environment):
    """The input method of a Chinese desktop on this stage: fcitx5 with 拼音. Yields the environment of programs that use it."""
    folder = pathlib.Path(environment["XDG_CONFIG_HOME"]) / "fcitx5"
    folder.mkdir(parents=True, exist_ok=True)
    for name, words in PINYIN.items():
        (folder / name).write_text(words, encoding="ascii")
    program = subprocess.Popen(["fcitx5", "--disable=wayland,waylandim,notificationitem,notifications"], env=environment,
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait(lambda: subprocess.run(["fcitx5-remote", "-n"], env=environment, capture_output=True, check=False,
                                    text=True).stdout.strip(), "the input method")
        yield dict(environment, GTK_IM_MODULE="fcitx")
    finally:
        end(program)


def kill(process):
    """kill -9, as a power cut would."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
        process.wait()


def environment(home, build, language="zh_CN.UTF-8", shown=":0", scheme="light"):
    """What a program on the stage sees: nothing of the person's own desktop."""
    home = pathlib.Path(home)
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    kept = {key: value for key, value in os.environ.items()
            if key in {"PATH", "ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH",
                   "QINGCE_IME_COMMITS"}}
    return dict(
        kept, HOME=str(home), XDG_RUNTIME_DIR=str(runtime), XDG_CACHE_HOME=str(home / "cache"),
        XDG_CONFIG_HOME=str(home / "config"), XDG_DATA_HOME=str(home / "share"), DISPLAY=shown, LANG=language,
        LC_ALL=language, GTK_IM_MODULE="gtk-im-context-simple", GSK_RENDERER="cairo", GDK_BACKEND="x11", GSETTINGS_BACKEND="memory",
        ADW_DEBUG_COLOR_SCHEME="prefer-dark" if "dark" in scheme else "prefer-light",
        ADW_DEBUG_HIGH_CONTRAST="1" if "contrast" in scheme else "0",
        QINGCE_DATA=str(home / "qingce"), QINGCE_LOCALEDIR=str(pathlib.Path(build) / "po"),
        QINGCE_CENTER=os.environ.get("QINGCE_CENTER", str(pathlib.Path(build) / "src/center/qingce-center")),
        QINGCE_READER=str(pathlib.Path(build) / "src/reader/qingce-reader"),
        QINGCE_BROWSER="true", GSETTINGS_SCHEMA_DIR=str(pathlib.Path(build) / "data"), NO_PROXY="*")


def large_text(shown, scale):
    """Text `scale` times as large on this display, as a desktop's setting for it makes it."""
    subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER",
                    f"Xft.dpi:\t{round(float(scale) * 96)}\n"], env={**os.environ, "DISPLAY": shown}, check=True)


@contextlib.contextmanager
def stage(build, size="1366x768", language="zh_CN.UTF-8", scheme="light", scale="1"):
    """Display + bus + secret service + home. Yields (environment, home)."""
    with tempfile.TemporaryDirectory(prefix="qingce-stage-", ignore_cleanup_errors=True) as home:
        with display(home, size) as shown:
            base = environment(home, build, language, shown, scheme)
            if scale != "1":
                large_text(shown, scale)
            with bus(base) as whole, keyring(whole):
                yield whole, pathlib.Path(home)


def digits(text):
    """The first amount or count in a text, as an integer (fen for amounts with two decimals)."""
    found = re.search(r"\d[\d,]*(?:\.\d\d)?", text)
    return int(found.group().replace(",", "").replace(".", "")) if found else None
