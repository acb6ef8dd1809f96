"""Reading a sheet: a CSV or XLSX file as rows of text, or one clear error about the file.

Nothing of the content is trusted: size, rows, cells and the unpacked size of an XLSX are limited,
formulas are refused, and no part of a file is opened before its limits are checked.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

MAX_FILE = 20 * 1024 * 1024  # bytes
MAX_UNPACKED = 64 * 1024 * 1024  # bytes; in memory it becomes some five times as much
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_CELL = 20_000  # characters
# What a spreadsheet takes for the beginning of a formula. An export puts an apostrophe before it.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


class SheetError(Exception):
    """The file as a whole cannot be read; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet: its number as a spreadsheet shows it, and column -> text.

    `formulas` names the columns that hold a formula, `surplus` the texts behind the last column.
    """

    number: int
    cells: dict[str, str]
    formulas: frozenset[str] = frozenset()
    surplus: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The names in the first row, and the rows below that are not empty."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(default=())


def read(path: Path) -> Sheet:
    """Return the content of a .csv or .xlsx file. Raises SheetError."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise SheetError(f"{path.name}: {error.strerror}.") from error
    if size > MAX_FILE:
        raise SheetError(f"The file has {size} bytes; at most {MAX_FILE} are read.")
    match path.suffix.lower():
        case ".csv":
            return _sheet(_csv_rows(path))
        case ".xlsx":
            return _sheet(_xlsx_rows(path))
    raise SheetError(f"{path.name}: expected a file ending in .csv or .xlsx.")


def _sheet(lines: Iterator[list[Any]]) -> Sheet:
    header = tuple(_text(cell).strip() for cell in next(lines, []))
    while header and not header[-1]:
        header = header[:-1]
    if not header:
        raise SheetError("The first row is empty; it must hold the names of the columns.")
    if len(header) > MAX_COLUMNS:
        raise SheetError(f"There are more than {MAX_COLUMNS} columns.")
    if len(header) == 1 and ";" in header[0]:
        raise SheetError(
            "The columns are separated by semicolons; expected commas. "
            "Save as “CSV UTF-8 (comma delimited)”, or as .xlsx."
        )
    rows = []
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS + 1:
            raise SheetError(f"There are more than {MAX_ROWS} rows; divide the file.")
        if any(_text(cell).strip() for cell in line):
            rows.append(_row(number, header, line))
    return Sheet(columns=header, rows=tuple(rows))


def _row(number: int, header: tuple[str, ...], line: list[Any]) -> Row:
    texts = [_text(cell) for cell in line]
    for name, text in zip(header, texts, strict=False):
        if len(text) > MAX_CELL:
            raise SheetError(f"Row {number}, {name}: more than {MAX_CELL} characters.")
        if "\x00" in text:
            raise SheetError(f"Row {number}, {name}: a NUL character; this is no text.")
    texts += [""] * (len(header) - len(texts))
    return Row(
        number=number,
        cells={name: _plain(text) for name, text in zip(header, texts, strict=False)},
        formulas=frozenset(
            name for name, text in zip(header, texts, strict=False) if text.startswith("=")
        ),
        surplus=tuple(text for text in texts[len(header) :] if text.strip()),
    )


def _plain(text: str) -> str:
    """Return the text without the apostrophe that an export has put before it."""
    is_neutralised = text.startswith("'") and text[1:].startswith(DANGEROUS)
    return (text[1:] if is_neutralised else text).strip()


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(
            f"The file is not UTF-8 (byte {error.start + 1}). Save as “CSV UTF-8”, or as .xlsx."
        ) from error
    try:
        yield from csv.reader(io.StringIO(text, newline=""), strict=True)
    except csv.Error as error:
        raise SheetError(f"The file is no valid CSV: {error}.") from error


def _xlsx_rows(path: Path) -> Iterator[list[Any]]:
    try:
        with zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
        if unpacked > MAX_UNPACKED:
            raise SheetError(f"The file unpacks to {unpacked} bytes; at most {MAX_UNPACKED} are.")
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except SheetError:
        raise
    except Exception as error:  # whatever a broken file makes the library stumble over
        raise SheetError("The file is no valid XLSX.") from error
    try:
        yield from _cells(book.worksheets[0].iter_rows() if book.worksheets else ())
    except SheetError:
        raise
    except Exception as error:
        raise SheetError("The file is no valid XLSX.") from error
    finally:
        book.close()


def _cells(rows: Iterable[Any]) -> Iterator[list[Any]]:
    for row in rows:
        if len(row) > MAX_COLUMNS * 10:
            raise SheetError(f"There are more than {MAX_COLUMNS} columns.")
        yield [cell.value for cell in row]


def _text(value: Any) -> str:
    """Return a cell as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)
