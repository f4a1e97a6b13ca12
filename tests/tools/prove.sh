#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# The long forms of the tests that play at random, each for QINGCE_PROVE_SECONDS (600 if nothing is said): broken
# messages, walks with the audit after each step, kill -9 at any of them, rosters at a client and at the center; an
# opening with pictures whose client and center are killed; every fault of a network at each kind of request; printers that
# refuse and disks that are full; a thousand words typed with an input method; what Orca says of every page, where it is
# installed (apt-get install orca openbox); and what is about size with a unit of two hundred thousand.
# Ends with one line: N passed, N failed.
set -u
build=$1
QINGCE_PROVE_SECONDS=${QINGCE_PROVE_SECONDS:-600}
QINGCE_IME_COMMITS=1000
export QINGCE_PROVE_SECONDS QINGCE_IME_COMMITS
# meson has freed memory overwritten; of 200,000 people that is forty megabytes at each small block: ten minutes for one
# test of a quarter of a minute. The short forms keep it.
export MALLOC_PERTURB_=0

# two walks stand in one program, and a unit of the largest size takes its minutes however short a walk is
meson test -C "$build" --no-rebuild --print-errorlogs --timeout-multiplier $((QINGCE_PROVE_SECONDS / 40 + 10)) \
  'fuzz gate' 'fuzz decoders' 'fuzz facts' 'fuzz reading' 'fuzz sheets' 'fuzz forms' 'fuzz pictures' mark marks engine engine-random practice feeds overlay roster-killed live \
  'journey interrupted' 'journey opening_killed' 'journey printing_refused' 'journey saving' 'journey ime' 'journey listened'
exec python3 tests/tools/summary.py "$build/meson-logs"
