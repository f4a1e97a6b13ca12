#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# guide-pictures.sh BUILD: takes the pictures of the built-in guide anew, in both languages, and leaves them in
# resources/guide. The journeys that show every page are played; each picture is the window alone, smaller and of few
# colours.
set -eu
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
taken=$(mktemp -d)
trap 'rm -rf "$taken"' EXIT
for pair in zh_CN:zh_CN.UTF-8 en:C.UTF-8; do
  folder=${pair%%:*}
  mkdir -p "$taken/$folder"
  for journey in looks looks_roster looks_reviewed looks_guide; do
    python3 "$root/tests/journeys/run.py" --plain --build "$build" --pictures "$taken/$folder" --language "${pair#*:}" \
      "$journey"
  done
  while read -r name from; do
    convert "$taken/$folder/$from.png" -crop 1280x720+0+0 +repage -resize 860x -dither None -colors 64 \
      -define png:compression-level=9 -strip "$root/resources/guide/$folder/$name.png"
  done <<PICTURES
sign-in sign-in
department department
home roster-home
remittance-method remittance-method
remittance-review remittance-review
back-payment reviewed-back-roster
unit-change unit-change
account-opening reviewed-opening-roster
transfer guide-transfer
sealing roster-faults
base-adjustment guide-base-adjustment
inquiry guide-inquiry
records application-details
voucher guide-vouchers
units guide-units
PICTURES
done
