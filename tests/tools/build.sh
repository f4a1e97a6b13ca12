#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# Configures (once) and builds into the folder named. In CI warnings are errors. mold links the two hundred programs of
# the tests in a fraction of the time.
set -eu
build=$1

werror=false
[ -n "${CI:-}" ] && werror=true

command -v mold >/dev/null && export CC_LD=mold
if [ ! -f "$build/build.ninja" ]; then
  meson setup "$build" -Dwerror=$werror >/dev/null || { meson setup "$build" -Dwerror=$werror; exit 1; }
fi
log="$build/build.log"
if ! ninja -C "$build" >"$log" 2>&1; then
  cat "$log"
  exit 1
fi
grep -A4 'warning:' "$log" || true
