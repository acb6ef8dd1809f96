"""What a sheet may hold: columns with what they expect, and every mistake in one report."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from newsroom.members.sheets.reading import Row, Sheet

SHOWN_VALUE = 60  # characters of a wrong value
# Returns the value of a text; raises ValueError with what was expected.
Parser = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake: row as the spreadsheet counts, column, what stood there, what was expected."""

    row: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        value = self.value if len(self.value) <= SHOWN_VALUE else self.value[:SHOWN_VALUE] + "…"
        return f"row {self.row}, {self.column}: {value!r}: expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet. `help` and `example` stand in the template and in docs/import.md."""

    name: str
    parse: Parser
    example: str
    help: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A row that could be read: column -> value."""

    row: int
    values: dict[str, Any]


def parse(
    sheet: Sheet, columns: Sequence[Column], *, key: str = "external_id"
) -> tuple[list[Entry], list[Problem]]:
    """Return the rows that could be read and every problem of the sheet.

    `key` names the column whose value stands once. With any problem nothing may be imported.
    """
    problems = _header_problems(sheet, columns)
    if problems:
        return [], problems
    entries: list[Entry] = []
    seen: dict[str, int] = {}
    for row in sheet.rows:
        values, found = _parse_row(row, columns)
        problems += found
        identity = row.cells[key]
        if identity and identity in seen:
            problems.append(
                Problem(row.number, key, identity, f"an id used once; row {seen[identity]} has it")
            )
        seen.setdefault(identity, row.number)
        entries.append(Entry(row.number, values))
    if not sheet.rows:
        problems.append(Problem(2, key, "", "at least one row"))
    return entries, problems


def _header_problems(sheet: Sheet, columns: Sequence[Column]) -> list[Problem]:
    known = {column.name for column in columns}
    problems = [
        Problem(1, name, "", "this column")
        for name in sorted(known - set(sheet.columns))
        if any(column.name == name and column.is_required for column in columns)
    ]
    for position, name in enumerate(sheet.columns):
        if name not in known:
            problems.append(Problem(1, name, name, f"one of: {', '.join(sorted(known))}"))
        elif name in sheet.columns[:position]:
            problems.append(Problem(1, name, name, "each column once"))
    return problems


def _parse_row(row: Row, columns: Iterable[Column]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems = [
        Problem(row.number, "-", text, "nothing behind the last column") for text in row.surplus
    ]
    for column in columns:
        text = row.cells.get(column.name, "")
        try:
            if column.name in row.formulas:
                raise ValueError("a value, no formula")
            if column.is_required and not text:
                raise ValueError("a value: the column is required")
            if column.name in row.cells:
                values[column.name] = column.parse(text)
        except ValueError as error:
            problems.append(Problem(row.number, column.name, text, str(error)))
    return values, problems
