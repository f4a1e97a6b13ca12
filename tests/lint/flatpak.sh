#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# The Flatpak manifest is one that flatpak-builder reads. It leaves a state folder where it runs, so it runs in a
# temporary one. Prints TAP.
root=$(cd "$(dirname "$0")/../.." && pwd) || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
echo 1..1
if out=$(flatpak-builder --show-manifest "$root/flatpak/org.qingce.Qingce.yml" 2>&1) && printf '%s' "$out" | grep -q '"qingce"'; then
  echo "ok 1 - flatpak-builder reads the manifest"
else
  printf '%s\n' "$out" | tail -5 | sed 's/^/# /'
  echo "not ok 1 - flatpak-builder reads the manifest"
fi
