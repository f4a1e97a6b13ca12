#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# Runs every test but what is of make prove alone, and ends with one line: N passed, N failed.
set -u
build=$1

meson test -C "$build" --no-rebuild --print-errorlogs --no-suite prove
exec python3 tests/tools/summary.py "$build/meson-logs"
