"""Which files the newsroom hands out, told by what is in them and not by their name."""

import lzma
import struct
import zipfile
import zlib
from pathlib import PurePath
from typing import Any

HEAD = 4096  # bytes that are looked at
# Extension -> media type, as it is served. No archive, script or page: nobody can say what is in
# the first, and browsers run the others. Sound and film stay links.
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
TEXT = ("csv", "txt")
MAX_PARTS = 5_000  # of an office file
MAX_UNPACKED = 200 * 1024 * 1024  # bytes

# What reading a damaged archive raises.
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(ValueError, OSError, RuntimeError, NotImplementedError),
)


def extension_of(name: str) -> str:
    """Return the extension of a file name in small letters, without the dot."""
    return PurePath(name).suffix.lower().removeprefix(".")


def is_what_it_says(file: Any, name: str) -> bool:
    """Return whether the open binary `file` is of the kind its name says, and one of TYPES."""
    extension = extension_of(name)
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if extension == "pdf":
        return bool(head.startswith(b"%PDF-"))
    if extension in TEXT:
        return _is_text(file)
    return extension in TYPES and _is_office(file, extension)


def _is_text(file: Any) -> bool:
    """Return whether the file is UTF-8 without control characters; anything else is no text."""
    content: bytes = file.read()
    file.seek(0)
    if b"\0" in content:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _is_office(file: Any, extension: str) -> bool:
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
                return False
            if any("vbaproject" in name.lower() for name in names):
                return False  # a program travels with it
            if extension in MAIN_PARTS:
                return {"[Content_Types].xml", MAIN_PARTS[extension]} <= names
            return "mimetype" in names and archive.read("mimetype").decode() == TYPES[extension]
    except UNREADABLE:
        return False
    finally:
        file.seek(0)
