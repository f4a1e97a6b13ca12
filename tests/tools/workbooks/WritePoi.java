// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: 2026 The Qingce authors
//
// The workbooks of spec.py by Apache POI (HSSF): java WritePoi.java LINES FOLDER. The lines are spec.json in
// the flat form that lines.py makes of it, as Java brings no JSON.
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.RichTextString;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;

public class WritePoi {
  static void write(List<String> lines, String name, Workbook out, Path path) throws Exception {
    Map<String, CellStyle> styles = new HashMap<>();
    Font bold = out.createFont();
    bold.setBold(true);
    String book = "";
    Sheet sheet = null;
    for (String line : lines) {
      String[] f = line.split("\t", -1);
      if (f[0].equals("book"))
        book = f[1];
      if (!book.equals(name))
        continue;
      switch (f[0]) {
      case "sheet":
        sheet = out.createSheet(f[1]);
        if (f[2].equals("1"))
          out.setSheetHidden(out.getNumberOfSheets() - 1, true);
        else
          out.setActiveSheet(out.getNumberOfSheets() - 1);
        break;
      case "merge":
        sheet.addMergedRegion(CellRangeAddress.valueOf(f[1]));
        break;
      case "row":
        Row row = sheet.createRow(Integer.parseInt(f[1]) - 1);
        row.setZeroHeight(f[2].equals("1"));
        break;
      case "cell":
        put(out, styles, bold, sheet.getRow(Integer.parseInt(f[1]) - 1).createCell(f[2].charAt(0) - 'A'), f);
        break;
      default:
      }
    }
    out.getCreationHelper().createFormulaEvaluator().evaluateAll();
    try (FileOutputStream to = new FileOutputStream(path.toFile())) {
      out.write(to);
    }
  }

  static void put(Workbook out, Map<String, CellStyle> styles, Font bold, Cell cell, String[] f) {
    String value = f[5].replace("\\n", "\n");
    switch (f[3]) {
    case "num":
      cell.setCellValue(Double.parseDouble(value));
      break;
    case "flag":
      cell.setCellValue(value.equals("1"));
      break;
    case "date":
      cell.setCellValue(Date.from(LocalDate.parse(value).atStartOfDay(ZoneId.systemDefault()).toInstant()));
      break;
    case "formula":
      cell.setCellFormula(f[4]);
      return;
    case "rich":
      String[] pieces = value.split("\\|");
      RichTextString rich = out.getCreationHelper().createRichTextString(String.join("", pieces));
      rich.applyFont(pieces[0].length(), pieces[0].length() + pieces[1].length(), bold);
      cell.setCellValue(rich);
      break;
    default:
      cell.setCellValue(value);
    }
    if (!f[4].isEmpty())
      cell.setCellStyle(styles.computeIfAbsent(f[4], code -> {
        CellStyle style = out.createCellStyle();
        style.setDataFormat(out.createDataFormat().getFormat(code));
        return style;
      }));
  }

  public static void main(String[] args) throws Exception {
    List<String> lines = Files.readAllLines(Path.of(args[0]));
    Path folder = Path.of(args[1]);
    for (String name : List.of("plain", "placed", "formulas", "texts"))
      write(lines, name, new HSSFWorkbook(), folder.resolve("poi-" + name + ".xls"));
  }
}
