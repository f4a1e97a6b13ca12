#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# Writes the workbooks of tests/displayless/spreadsheet/fixtures/writers anew: make.sh FOLDER. The tests need none of
# this. Wants on Debian 12: python3-openpyxl python3-xlsxwriter python3-xlwt libspreadsheet-writeexcel-perl
# libexcel-writer-xlsx-perl libapache-poi-java default-jdk-headless libreoffice-calc gnumeric, and of npm
# exceljs@4.4.0 xlsx@0.18.5 xlsx-populate@1.21.0 (NODE_PATH says where).
set -e
here=$(dirname "$0")
out=$1
temporary=$(mktemp -d)
trap 'rm -r "$temporary"' EXIT
mkdir -p "$out" "$temporary/a"

/usr/bin/python3 "$here/spec.py" "$temporary"
mv "$temporary/expected.json" "$out"
/usr/bin/python3 "$here/lines.py" "$temporary/spec.json" >"$temporary/lines"
/usr/bin/python3 "$here/write_python.py" "$temporary/spec.json" "$out"
node "$here/write_node.js" "$temporary/spec.json" "$out"
perl "$here/write_perl.pl" "$temporary/spec.json" "$out"
java -Djava.awt.headless=true -cp '/usr/share/java/*' "$here/WritePoi.java" "$temporary/lines" "$out"
/usr/bin/python3 "$here/imitate.py" "$temporary/spec.json" "$out"

# No text of a formula in Chinese is right here, and no value at all there.
rm "$out/perl-formulas.xls"
mv "$out/openpyxl-formulas.xlsx" "$temporary/a/formulas.xlsx"

# Texts.
convert () {
  soffice "-env:UserInstallation=file://$temporary/office" --headless --convert-to "csv:Text - txt - csv (StarCalc):$1" \
    --outdir "$temporary/csv" "$out/xlsxwriter-texts.xlsx" >/dev/null 2>&1
  mv "$temporary/csv/xlsxwriter-texts.csv" "$out/$2"
}
convert 44,34,76 libreoffice-texts.csv
convert 9,34,85 libreoffice.gb18030-texts.csv
convert 59,34,65535 libreoffice.utf16-texts.csv
ssconvert "$out/xlsxwriter-texts.xlsx" "$out/gnumeric-texts.csv" 2>/dev/null

# Two programs of their own, opening what others wrote and saving it; BIFF 7 in the code page of the locale.
for name in plain placed mac texts; do
  cp "$out/xlsxwriter-$name.xlsx" "$temporary/a/$name.xlsx"
done
for kind in xls xlsx; do
  soffice "-env:UserInstallation=file://$temporary/office" --headless --convert-to $kind --outdir "$temporary/$kind" \
    "$temporary"/a/*.xlsx >/dev/null 2>&1
done
for name in plain placed mac formulas texts; do
  mv "$temporary/xls/$name.xls" "$out/libreoffice-$name.xls"
  mv "$temporary/xlsx/$name.xlsx" "$out/libreoffice-$name.xlsx"
  ssconvert -T Gnumeric_Excel:excel_biff8 "$temporary/a/$name.xlsx" "$out/gnumeric-$name.xls" 2>/dev/null
  LC_ALL=zh_CN.UTF-8 ssconvert -T Gnumeric_Excel:excel_biff7 "$temporary/a/$name.xlsx" "$out/gnumeric.biff7-$name.xls" 2>/dev/null
  ssconvert -T Gnumeric_Excel:xlsx "$temporary/a/$name.xlsx" "$out/gnumeric-$name.xlsx" 2>/dev/null
done
