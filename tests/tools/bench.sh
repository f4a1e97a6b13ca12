#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# bench.sh BUILD: measures what has a target, each figure beside its peer (called by `make bench`).
set -eu
exec /usr/bin/python3 "$(dirname "$0")/../bench/bench.py" "$@"
