"""python3 at_a_desk.py: reads from standard input what is to be done to which workbook, a JSON object a line, does it as
somebody at a desk would, and saves the workbook: {"file": …, "do": [[what, …], …]}. Rows are named by their keys."""

import copy
import json
import sys
from datetime import datetime

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter


def headings(sheet):
    """Row and columns of the headings, from 1."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "鍵":
                line = {sheet.cell(cell.row, at).value: at for at in range(1, sheet.max_column + 1)}
                return cell.row, line
    return None, {}


def place(book, key):
    """The sheet, row and columns of a key."""
    for sheet in book.worksheets:
        top, columns = headings(sheet)
        if top is None or "記入欄" not in columns:
            continue
        for row in range(top + 1, sheet.max_row + 1):
            text = sheet.cell(row, columns["鍵"]).value
            try:
                if isinstance(text, str) and json.loads(text) == key:
                    return sheet, row, columns
            except ValueError:
                pass
    raise SystemExit(f"no row {key}")


def answer(book, key):
    sheet, row, columns = place(book, key)
    return sheet.cell(row, columns["記入欄"])


def do(book, what, *args):
    if what == "type":
        answer(book, args[0]).value = args[1]
    elif what == "clear":
        answer(book, args[0]).value = None
    elif what == "paste":  # a cell of another workbook: its format comes along, ours is gone
        cell = answer(book, args[0])
        cell.value, cell.style, cell.font, cell.fill = args[1], "Normal", Font(name="Arial", b=True), PatternFill("solid", "FFFF00")
        cell.number_format = "General"
        cell.parent.data_validations.dataValidation = [
            rule for rule in cell.parent.data_validations.dataValidation if cell.coordinate not in rule.sqref
        ]
    elif what == "date":
        cell = answer(book, args[0])
        cell.value, cell.number_format = datetime.fromisoformat(args[1]), args[2]
    elif what == "formula":
        answer(book, args[0]).value = args[1]
    elif what == "rename":
        sheet, _, _ = place(book, args[0])
        sheet.title = args[1]
    elif what == "copy":
        sheet, _, _ = place(book, args[0])
        book.copy_worksheet(sheet)
    elif what == "reverse":
        book._sheets.reverse()
    elif what == "drop":
        sheet, _, _ = place(book, args[0])
        book.remove(sheet)
    elif what == "insert":
        sheet, row, _ = place(book, args[0])
        sheet.insert_rows(row, 3)
    elif what == "insert column":
        sheet, _, _ = place(book, args[0])
        sheet.insert_cols(2, 2)
    elif what == "delete":
        sheet, row, _ = place(book, args[0])
        sheet.delete_rows(row)
    elif what == "hide":
        sheet, row, columns = place(book, args[0])
        sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions[get_column_letter(columns["いまの内容"])].hidden = True
    elif what == "sort":  # all rows below the headings, whole
        sheet, _, _ = place(book, args[0])
        top, _ = headings(sheet)
        rows = [[copy.copy(cell.value) for cell in row] for row in sheet.iter_rows(min_row=top + 1)]
        rows.sort(key=lambda row: str(row[-1]), reverse=True)
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.cell(top + 1 + at, column + 1).value = value
    elif what == "note":  # somewhere beside
        sheet, row, columns = place(book, args[0])
        sheet.cell(row, max(columns.values()) + 2).value = args[1]
    elif what == "sheet":
        book.create_sheet(args[0])["A1"] = args[1]
    else:
        raise SystemExit(f"what is {what}?")


for line in sys.stdin:
    task = json.loads(line)
    book = openpyxl.load_workbook(task["file"])
    for step in task["do"]:
        do(book, *step)
    book.save(task["file"])
