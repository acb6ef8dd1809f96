"""Opening the official files, and saying what is wrong with them."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

MAX_BYTES = 200_000_000  # the largest official file has some 60 MB


class BrokenFile(ValueError):
    """A file is not what it should be. The text names file, line and what was expected."""

    def __init__(self, path: Path, problem: str, *, line: int | None = None) -> None:
        """Keep where it went wrong."""
        place = f"{path.name}, line {line}" if line else path.name
        super().__init__(f"{place}: {problem}")


def content(path: Path) -> bytes:
    """Return a file's bytes. Raises BrokenFile when it cannot be read or is far too large."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BrokenFile(path, f"larger than {MAX_BYTES} bytes; this is another file")
        return path.read_bytes()
    except OSError as error:
        raise BrokenFile(path, f"cannot be read ({error.strerror})") from None


def decoded(path: Path, data: bytes) -> str:
    """Return text in UTF-8, with or without byte order mark. Raises BrokenFile for another code."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenFile(path, "not in UTF-8; save it with that encoding", line=line) from None
    if "\x00" in text:
        raise BrokenFile(
            path, "contains NUL bytes", line=text[: text.index("\x00")].count("\n") + 1
        )
    return text


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def table(path: Path, text: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, row) of a table separated by commas.

    Raises BrokenFile where a column is missing or a row has too many or too few cells.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        missing = [name for name in columns if name not in header]
        if missing:
            hint = "; separated by semicolons" if ";" in "".join(header) else ""
            raise BrokenFile(
                path,
                f"lacks the column {', '.join(missing)} (found: {', '.join(header)[:200]}{hint})",
                line=1,
            )
        for cells in reader:
            if not cells:
                continue
            if len(cells) != len(header):
                raise BrokenFile(
                    path, f"has {len(cells)} cells, expected {len(header)}", line=reader.line_num
                )
            yield reader.line_num, dict(zip(header, cells, strict=True))
    except csv.Error as error:
        raise BrokenFile(path, str(error), line=reader.line_num) from None


def number(path: Path, line: int, name: str, text: str, kind: Callable[[str], float]) -> float:
    """Return a cell as a finite number. Raises BrokenFile with its column otherwise."""
    try:
        value = kind(text)
        if not abs(value) < 1e9:
            raise ValueError(text)
    except ValueError:
        raise BrokenFile(path, f"{name} is {text[:40]!r}, expected a number", line=line) from None
    return value
