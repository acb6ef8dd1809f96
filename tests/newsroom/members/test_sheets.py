"""Reading sheets: one clear error about the file, or every mistake with its row and column."""

import zipfile

import pytest
from openpyxl import Workbook

from newsroom.members.sheets import reading, values
from newsroom.members.sheets.columns import Column, Problem, parse
from newsroom.members.sheets.reading import SheetError, read
from newsroom.members.sheets.writing import neutral

COLUMNS = [
    Column("external_id", values.text(10), "1", "id", True),
    Column("year", values.year, "2000", "a year"),
]


def csv(tmp_path, content):
    path = tmp_path / "sheet.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ("external_id,year\nä,1".encode("latin-1"), "UTF-8"),
        ("external_id,year\nä,1".encode("utf-16"), "UTF-8"),
        ("external_id;year\na;1", "semicolons"),
        ("", "first row is empty"),
        ('external_id,year\n"a,1', "CSV"),
        ("external_id\na\x00b", "NUL"),
        ("external_id\n" + "x" * 20_001, "characters"),
        ("external_id,year\n" + "a,1\n" * 20_001, "rows"),
    ],
)
def test_a_broken_csv_gets_one_clear_error(tmp_path, content, word):
    with pytest.raises(SheetError, match=word):
        read(csv(tmp_path, content))


def test_a_million_rows_are_refused_without_being_kept(tmp_path):
    with pytest.raises(SheetError, match="rows"):
        read(csv(tmp_path, "external_id,year\n" + "a,1\n" * 1_000_000))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_a_broken_xlsx_gets_one_clear_error(tmp_path, content):
    path = tmp_path / "sheet.xlsx"
    path.write_bytes(content)
    with pytest.raises(SheetError, match="XLSX"):
        read(path)


def test_an_xlsx_that_unpacks_to_too_much_is_not_opened(tmp_path, monkeypatch):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    monkeypatch.setattr(reading, "MAX_UNPACKED", 1_000_000)
    with pytest.raises(SheetError, match="unpacks"):
        read(path)


def test_an_xlsx_says_the_same_as_a_csv_and_formulas_are_named(tmp_path):
    book = Workbook()
    book.active.append(["external_id", "year"])
    book.active.append(["a", 1999])
    book.active.append(["b", "=1+1"])
    book.save(tmp_path / "sheet.xlsx")
    from_xlsx = read(tmp_path / "sheet.xlsx")
    assert from_xlsx == read(csv(tmp_path, "external_id,year\na,1999\nb,=1+1\n"))
    _entries, problems = parse(from_xlsx, COLUMNS)
    assert problems == [Problem(3, "year", "=1+1", "a value, no formula")]


def test_every_mistake_is_named_in_one_run(tmp_path):
    sheet = read(csv(tmp_path, "external_id,year\na,x\n,1999\na,1700\nb,2000,surplus\n"))
    _entries, problems = parse(sheet, COLUMNS)
    assert [(problem.row, problem.column) for problem in problems] == [
        (2, "year"), (3, "external_id"), (4, "year"), (4, "external_id"), (5, "-"),
    ]  # fmt: skip
    assert "row 2, year: 'x': expected a number from 1800 to 2100" in map(str, problems)


@pytest.mark.parametrize("header", ["year", "external_id,colour", "external_id,year,year"])
def test_missing_foreign_and_double_columns_are_named(tmp_path, header):
    _entries, problems = parse(read(csv(tmp_path, f"{header}\n1,2,3")), COLUMNS)
    assert problems
    assert all(problem.row == 1 for problem in problems)


@pytest.mark.parametrize("text", ["=1+1", "+49", "-1", "@x", "\tx", "\rx"])
def test_an_exported_cell_is_no_formula_and_reads_back_as_it_was(tmp_path, text):
    assert neutral(text) == f"'{text}"
    assert reading._plain(neutral(text)) == text.strip()
