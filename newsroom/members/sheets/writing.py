"""Writing a sheet, so that no spreadsheet runs what somebody has typed."""

import csv
from collections.abc import Iterable, Sequence
from typing import IO, Any

from newsroom.members.sheets.columns import Column
from newsroom.members.sheets.reading import DANGEROUS


def neutral(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; reading removes the apostrophe."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write(file: IO[str], columns: Sequence[Column], rows: Iterable[dict[str, str]]) -> int:
    """Write a CSV sheet; return how many rows it has. A column that a row lacks stays empty."""
    writer = csv.writer(file)
    writer.writerow([column.name for column in columns])
    return sum(1 for row in rows if _write_row(writer, columns, row))


def _write_row(writer: Any, columns: Sequence[Column], row: dict[str, str]) -> bool:
    return bool(writer.writerow([neutral(row.get(column.name, "")) for column in columns]))


def template(file: IO[str], columns: Sequence[Column]) -> None:
    """Write the sheet's first row and one example."""
    write(file, columns, [{column.name: column.example for column in columns}])
