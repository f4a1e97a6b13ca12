#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# mutants.sh BUILD: half an hour of changes that tests should notice (called by `make mutants`); the next call goes on.
set -eu
build=$1
shift
exec python3 "$(dirname "$0")/mutate.py" "$build-mutants" "$@"
