#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Holds the house: which room may include which, and which system headers each room may use.

The compiler already refuses most wrong arrows between rooms; what it cannot refuse are system headers (sqlite3.h lies
in /usr/include for everybody), and this is where they are held. Prints TAP.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

# A room may include its own headers, core's, and those of the rooms named here: arrows run down only.
ARROWS = {
    "core": set(),
    "text": set(),
    "proof": set(),
    "media": {"proof"},
    "files": set(),
    "sqlite": set(),
    "store": {"sqlite", "text"},
    "wire": set(),
    "sync": {"store", "sqlite", "wire", "proof"},
    "reader": {"media"},
    "documents": {"files", "proof", "reader"},
    "spreadsheet": {"files", "reader", "text"},
    "app": {"sync", "store", "sqlite", "wire", "documents", "files", "reader", "spreadsheet", "media", "text", "proof"},
    "ui": {"app"},
    "cli": {"app"},
    "center": {"wire", "sqlite", "proof", "media", "text"},
}

LIBC = {"string.h", "stdio.h", "stdlib.h", "errno.h", "math.h", "stdarg.h", "stdint.h", "ctype.h", "limits.h",
        "locale.h", "inttypes.h"}
POSIX = {"unistd.h", "fcntl.h", "signal.h", "sys/stat.h", "sys/file.h", "sys/types.h", "sys/wait.h", "time.h",
         "sys/socket.h", "netinet/in.h", "arpa/inet.h", "sys/prctl.h", "sys/resource.h", "poll.h"}
GLIB = {"glib.h", "glib/gi18n.h", "glib/gi18n-lib.h"}
GIO = {"gio/gio.h", "gio/gunixinputstream.h", "gio/gunixoutputstream.h", "glib-unix.h", "glib/gstdio.h",
       "glib-object.h", "gio/gunixfdlist.h"}

ANGLE = {
    "core": GLIB | (LIBC - {"math.h", "locale.h", "stdio.h"}) | {"malloc.h"},
    "text": GLIB | LIBC | {"unicode/"},
    "proof": GLIB | LIBC | {"sodium.h", "glib-object.h"},
    "media": GLIB | LIBC,
    "files": GLIB | LIBC | {"glib/gstdio.h", "fcntl.h", "unistd.h"},
    "sqlite": GLIB | GIO | LIBC | POSIX | {"sqlite3.h"},
    "store": GLIB | GIO | LIBC | POSIX,
    "wire": GLIB | LIBC | {"glib-object.h", "json-glib/json-glib.h", "gio/gio.h"},
    "sync": GLIB | GIO | LIBC | POSIX | {"libsoup/soup.h", "libsecret/secret.h", "json-glib/json-glib.h", "sys/random.h",
                                         "sys/mman.h"},
    "reader": GLIB | GIO | LIBC | POSIX | {"poppler.h", "zbar.h", "gdk-pixbuf/gdk-pixbuf.h",
                                           "turbojpeg.h", "png.h", "libheif/heif.h", "seccomp.h", "sched.h", "sys/mman.h",
                                           "dlfcn.h"},
    "documents": GLIB | GIO | LIBC | {"hpdf.h", "hpdf_pages.h", "hpdf_conf.h", "hb.h", "hb-ot.h", "qrencode.h",
                                      "fontconfig/fontconfig.h", "unistd.h", "fcntl.h", "sys/mman.h", "sys/stat.h"},
    "spreadsheet": GLIB | GIO | LIBC | POSIX | {"zip.h", "expat.h", "zlib.h", "xlsxwriter.h"},
    "app": GLIB | GIO | LIBC | POSIX | {"sys/mman.h"},
    "ui": GLIB | GIO | LIBC | {"gtk/gtk.h", "adwaita.h", "gdk/gdk.h", "gtk/gtkunixprint.h", "poppler.h",
           "cups/cups.h", "unistd.h"},
    "cli": GLIB | GIO | LIBC | POSIX,
    "center": GLIB | GIO | LIBC | POSIX | {"libsoup/soup.h", "json-glib/json-glib.h", "gnutls/gnutls.h",
                                           "gnutls/x509.h", "gnutls/crypto.h", "netinet/tcp.h", "sys/epoll.h"},
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def allowed(room, name):
    return name in ANGLE[room] or any(entry.endswith("/") and name.startswith(entry) for entry in ANGLE[room])


def main():
    homes = {}
    for path in SRC.rglob("*.h"):
        homes.setdefault(path.name, path.relative_to(SRC).parts[0])
    faults, seen = [], 0
    for path in sorted(SRC.rglob("*.[ch]")):
        parts = path.relative_to(SRC).parts
        if len(parts) == 1:
            continue
        room = parts[0]
        seen += 1
        for kind, name in INCLUDE.findall(path.read_text(encoding="utf-8")):
            where = f"{path.relative_to(ROOT)}: "
            if kind == "<":
                if not allowed(room, name):
                    faults.append(f"{where}room '{room}' may not include <{name}>")
                continue
            home = homes.get(pathlib.Path(name).name)
            if home is None:
                if not name.endswith("-resources.h") and name != "config.h":
                    faults.append(f"{where}\"{name}\" is in no room")
            elif home not in {room, "core"} and home not in ARROWS[room]:
                faults.append(f"{where}the arrow {room} → {home} does not exist ({name})")
    print("1..2")
    print(f"{'ok' if seen else 'not ok'} 1 - there is something to check ({seen} files)")
    for fault in faults:
        print("# " + fault)
    print(f"{'ok' if not faults else 'not ok'} 2 - includes follow the arrows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
