# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
"""Does word by word what data/voucher-format.md tells an outsider to do: its commands are run as they stand there, by sh
and openssl, and nothing of Qingce takes part."""
import pathlib
import re
import shutil
import subprocess

TEXT = (pathlib.Path(__file__).resolve().parents[2] / "data/voucher-format.md").read_text(encoding="utf-8")


def verify(folder, line, center):
    """(whether it holds, what was printed) of the line of a voucher, by the file @center that keys come from."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "voucher.txt").write_text(line + "\n", encoding="utf-8")
    (folder / "center.json").write_bytes(center)
    commands = "set -eu\n" + "".join(re.findall(r"^```sh\n(.*?)^```$", TEXT, re.M | re.S))
    done = subprocess.run(["sh"], input=commands, cwd=folder, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode == 0 and "Signature Verified Successfully" in done.stdout, done.stdout + done.stderr


def described():
    """The names of facts that the text's tables have: of both forms, of the compact one, of the full one."""
    tables = re.findall(r"^\| (compact and full|compact only|full only) \| what \|\n.*?\n((?:\|.*\n)+)", TEXT, re.M)
    return {kind: {name for row in rows.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1])}
            for kind, rows in tables}
