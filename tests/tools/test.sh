#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# Runs every test but what is of make prove alone, and ends with one line: N passed, N failed. A few that show a window and
# failed run once more, alone, since a machine that has much else to do makes them late; it is said that they did.
set -u
build=$1
logs=$build/meson-logs

rm -f "$logs"/again.*
meson test -C "$build" --no-rebuild --print-errorlogs --no-suite prove
python3 tests/tools/summary.py --again "$logs" 2>/dev/null | while read -r name; do
  [ -z "$name" ] || printf '%s\0' "$name"
done | xargs -0 -r meson test -C "$build" --no-rebuild --print-errorlogs --num-processes 1 --logbase again
exec python3 tests/tools/summary.py "$logs"
