#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# The Flatpak manifest is one that flatpak-builder reads. Prints TAP.
cd "$(dirname "$0")/../.." || exit 1
state=$(mktemp -d)
trap 'rm -rf "$state"' EXIT
echo 1..1
if out=$(flatpak-builder --state-dir="$state" --show-manifest flatpak/org.qingce.Qingce.yml 2>&1) && printf '%s' "$out" | grep -q '"qingce"'; then
  echo "ok 1 - flatpak-builder reads the manifest"
else
  printf '%s\n' "$out" | tail -5 | sed 's/^/# /'
  echo "not ok 1 - flatpak-builder reads the manifest"
fi
