#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# C files are as clang-format leaves them. Prints TAP.
cd "$(dirname "$0")/../.." || exit 1
echo 1..1
if out=$(find src tests \( -name '*.c' -o -name '*.h' \) -print0 | xargs -0 -r clang-format --dry-run -Werror 2>&1); then
  echo "ok 1 - every C file is formatted"
else
  printf '%s\n' "$out" | grep 'error:' | cut -d: -f1 | sort | uniq -c | sed 's/^/# /'
  echo "not ok 1 - every C file is formatted"
fi
