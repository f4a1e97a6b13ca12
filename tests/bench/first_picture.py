# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""How long a program takes from exec until its window first shows its final picture.

The same eye looks at every program: the X server is asked for the whole picture every few milliseconds, and the time
of the first picture that equals the last one counts. So a window that opens empty and fills later is not early.
Where a program goes on telling how its background work stands, the eye looks at the part that does not.
"""
import ctypes
import subprocess
import time
import zlib


class _Image(ctypes.Structure):
    _fields_ = [("width", ctypes.c_int), ("height", ctypes.c_int), ("xoffset", ctypes.c_int), ("format", ctypes.c_int),
                ("data", ctypes.c_void_p), ("byte_order", ctypes.c_int), ("bitmap_unit", ctypes.c_int),
                ("bitmap_bit_order", ctypes.c_int), ("bitmap_pad", ctypes.c_int), ("depth", ctypes.c_int),
                ("bytes_per_line", ctypes.c_int)]


class Eye:
    """Looks at one display."""

    def __init__(self, shown):
        self.x = ctypes.CDLL("libX11.so.6")
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XGetImage.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_uint,
                                     ctypes.c_uint, ctypes.c_ulong, ctypes.c_int]
        self.x.XGetImage.restype = ctypes.POINTER(_Image)
        self.x.XFree.argtypes = [ctypes.c_void_p]
        self.x.XDisplayWidth.argtypes = self.x.XDisplayHeight.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self.display = self.x.XOpenDisplay(shown.encode())
        if not self.display:
            raise RuntimeError(f"cannot look at display {shown}")
        self.root = self.x.XDefaultRootWindow(self.display)
        self.size = self.x.XDisplayWidth(self.display, 0), self.x.XDisplayHeight(self.display, 0)
        self.x.XWarpPointer.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong] + [ctypes.c_int] * 6
        self.x.XFlush.argtypes = [ctypes.c_void_p]
        self.x.XWarpPointer(self.display, 0, self.root, 0, 0, 0, 0, self.size[0] - 1, self.size[1] - 1)
        self.x.XFlush(self.display)  # no tooltip gets into the picture

    def look(self, left=0, top=0, width=None, height=None):
        """A checksum of what is on the display, right of and below a point."""
        image = self.x.XGetImage(self.display, self.root, left, top, width or self.size[0] - left,
                                 height or self.size[1] - top, 0xffffffff, 2)
        content = image.contents
        data = (ctypes.c_char * (content.bytes_per_line * content.height)).from_address(content.data)
        seen = zlib.crc32(data)
        self.x.XFree(content.data)
        self.x.XFree(image)
        return seen


def measure(eye, command, environment, corner=(0, 0), settle=1.5, limit=30.0):
    """Seconds from exec to the final picture right of and below the corner; the program is ended afterwards."""
    empty = eye.look(*corner)
    begun = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               stdin=subprocess.DEVNULL)
    last, changed = empty, None
    try:
        while time.monotonic() - begun < limit:
            now = time.monotonic()
            seen = eye.look(*corner)
            if seen != last:
                last, changed = seen, now
            if changed is not None and last != empty and now - changed > settle:
                return changed - begun
            time.sleep(0.004)
        raise RuntimeError(f"{command[0]}: no picture that stays within {limit} s")
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        deadline = time.monotonic() + 5
        while eye.look(*corner) != empty and time.monotonic() < deadline:
            time.sleep(0.05)


def still(environment):
    """Switches off what moves by itself (blinking, animations), for every GTK program of this environment alike."""
    import pathlib
    folder = pathlib.Path(environment["XDG_CONFIG_HOME"]) / "gtk-4.0"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "settings.ini").write_text("[Settings]\ngtk-cursor-blink=0\ngtk-enable-animations=0\n")
