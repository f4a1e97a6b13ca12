// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Qingce authors
//
// The workbooks of spec.py by exceljs, SheetJS and xlsx-populate (npm): node write_node.js SPEC FOLDER
const fs = require('fs');
const ExcelJS = require('exceljs');
const XLSX = require('xlsx');
const Populate = require('xlsx-populate');

const spec = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const folder = process.argv[3];
const serial = (cell, base) => Math.round((Date.parse(cell.v + 'T00:00:00Z') - Date.UTC(1899, 11, 30)) / 86400000) - (base ? 1462 : 0);

function* places(sheet) {
  for (const [number, row] of Object.entries(sheet.rows))
    for (const [column, cell] of Object.entries(row.cells))
      yield [column + number, cell];
}

async function byExceljs(book, path) {
  const out = new ExcelJS.Workbook();
  out.properties.date1904 = Boolean(book.base1904);
  for (const sheet of book.sheets) {
    const page = out.addWorksheet(sheet.name, { state: sheet.hidden ? 'hidden' : 'visible' });
    for (const [place, cell] of places(sheet)) {
      const it = page.getCell(place);
      if (cell.t === 'date')
        it.value = new Date(cell.v + 'T00:00:00Z');
      else if (cell.t === 'rich')
        it.value = { richText: cell.v.map((text, i) => ({ text, font: { bold: i === 1 } })) };
      else if (cell.t === 'formula')
        it.value = { formula: cell.f, result: cell.v };
      else
        it.value = cell.v;
      if (cell.f && cell.t !== 'formula')
        it.numFmt = cell.f;
    }
    for (const [number, row] of Object.entries(sheet.rows))
      page.getRow(Number(number)).hidden = row.hidden;
    for (const area of sheet.merges || [])
      page.mergeCells(area);
  }
  out.views = [{ activeTab: book.sheets.length - 1 }];
  await out.xlsx.writeFile(path);
}

function bySheetjs(book, path, bookType) {
  const out = XLSX.utils.book_new();
  out.Workbook = { WBProps: { date1904: Boolean(book.base1904) }, Sheets: [] };
  for (const sheet of book.sheets) {
    const page = {};
    const range = { s: { r: 0, c: 0 }, e: { r: 0, c: 0 } };
    for (const [place, cell] of places(sheet)) {
      const at = XLSX.utils.decode_cell(place);
      range.e.r = Math.max(range.e.r, at.r);
      range.e.c = Math.max(range.e.c, at.c);
      const value = cell.t === 'rich' ? cell.v.join('') : cell.t === 'date' ? serial(cell, book.base1904) : cell.v;
      const types = { string: 's', number: 'n', boolean: 'b' };
      page[place] = { t: types[typeof value], v: value };
      if (cell.t === 'formula')
        page[place].f = cell.f;
      else if (cell.f)
        page[place].z = cell.f;
    }
    page['!ref'] = XLSX.utils.encode_range(range);
    page['!rows'] = [];
    for (const [number, row] of Object.entries(sheet.rows))
      if (row.hidden)
        page['!rows'][Number(number) - 1] = { hidden: true };
    page['!merges'] = (sheet.merges || []).map((area) => XLSX.utils.decode_range(area));
    XLSX.utils.book_append_sheet(out, page, sheet.name);
    out.Workbook.Sheets.push({ Hidden: sheet.hidden ? 1 : 0 });
  }
  XLSX.writeFile(out, path, { bookType, bookSST: bookType === 'xlsx', compression: true });
}

async function byPopulate(book, path) {
  const out = await Populate.fromBlankAsync();
  const first = out.sheet(0);
  for (const sheet of book.sheets) {
    const page = out.addSheet(sheet.name);
    for (const [place, cell] of places(sheet)) {
      const it = page.cell(place);
      if (cell.t === 'rich') {
        const rich = new Populate.RichText();
        cell.v.forEach((piece, i) => rich.add(piece, { bold: i === 1 }));
        it.value(rich);
      } else {
        it.value(cell.t === 'date' ? serial(cell, false) : cell.v);
      }
      if (cell.f)
        it.style('numberFormat', cell.f);
    }
    for (const [number, row] of Object.entries(sheet.rows))
      page.row(Number(number)).hidden(row.hidden);
    for (const area of sheet.merges || [])
      page.range(area).merged(true);
    if (sheet.hidden)
      page.hidden(true);
    else
      page.active(true);
  }
  out.deleteSheet(first);
  await out.toFileAsync(path);
}

(async () => {
  for (const [name, book] of Object.entries(spec)) {
    await byExceljs(book, `${folder}/exceljs-${name}.xlsx`);
    bySheetjs(book, `${folder}/sheetjs-${name}.xlsx`, 'xlsx');
    bySheetjs(book, `${folder}/sheetjs-${name}.xls`, 'biff8');
    if (name === 'texts') {
      bySheetjs(book, `${folder}/sheetjs-${name}.csv`, 'csv');
      bySheetjs(book, `${folder}/sheetjs.utf16-${name}.csv`, 'txt');
    }
    if (name !== 'formulas' && name !== 'mac') // stores no values of formulas, knows no 1904
      await byPopulate(book, `${folder}/populate-${name}.xlsx`);
  }
})();
