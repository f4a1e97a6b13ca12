#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# Installs those of the named Debian packages that are missing, and the Chinese locale. Says nothing when all is there.
set -eu

if ! command -v dpkg-query >/dev/null 2>&1; then
  echo "This is not Debian; see the PACKAGES list in the Makefile for what is needed." >&2
  exit 0
fi

missing=
for package in "$@"; do
  state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$state" = installed ] || missing="$missing $package"
done

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo

if [ -n "$missing" ]; then
  echo "Installing what is missing:$missing"
  if [ -n "$as_root" ] && ! command -v sudo >/dev/null 2>&1; then
    echo "Please run as root: apt-get install$missing" >&2
    exit 1
  fi
  $as_root apt-get update -qq
  # shellcheck disable=SC2086
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

if ! locale -a 2>/dev/null | grep -qi '^zh_CN\.utf-\?8$'; then
  echo "Generating the locale zh_CN.UTF-8"
  $as_root localedef -i zh_CN -f UTF-8 zh_CN.UTF-8
fi
