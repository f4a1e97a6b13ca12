#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# Opens the client in practice mode. Without a display it brings up a virtual one and walks the real window through
# one 汇缴; the pictures are left in the tour folder of the build, each named as it is taken.
set -eu
build=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")/.." && pwd)

export GSETTINGS_SCHEMA_DIR="$build/data"
export QINGCE_LOCALEDIR="$build/po"
export QINGCE_CENTER="$build/src/center/qingce-center"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  exec "$build/src/qingce" --practice
fi

echo "There is no display. A virtual one is brought up, and the window walks through one 汇缴 by itself."
exec /usr/bin/python3 "$here/journeys/run.py" --plain --build "$build" --pictures "$build/tour" tour
