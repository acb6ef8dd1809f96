"""What office programs write into a file, and readers need not know: who wrote it, where, when."""

import zipfile
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from cms.media.filetypes import MAX_UNPACKED, TEXT, UNREADABLE, extension_of

_CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"/>'
)
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>'
)
_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3">'
    b"<office:meta/></office:document-meta>"
)
BLANKS = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP, "meta.xml": _META}
THUMBNAILS = ("docProps/thumbnail", "Thumbnails/")
BLANK_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63"
    "f80f0001010100b138f6140000000049454e44ae426082"
)


class UnreadableFileError(ValueError):
    """The file is damaged or locked by a password."""


def without_authorship(file: Any, name: str) -> bytes:
    """Return the content of `file` without author, program, dates and preview pictures.

    Of a PDF also older versions of its text go, which programs leave in a file they change; so
    does a digital signature's validity. Names that stand in comments or tracked changes of office
    files stay. Raises UnreadableFileError.
    """
    file.seek(0)
    extension = extension_of(name)
    try:
        if extension in TEXT:
            return bytes(file.read())
        return _pdf(file) if extension == "pdf" else _office(file)
    # pypdf lets errors of the broken file's own structure through.
    except (
        *(*UNREADABLE, PyPdfError, KeyError, TypeError),
        *(AttributeError, IndexError, RecursionError),
    ) as error:
        raise UnreadableFileError(name) from error


def _pdf(file: Any) -> bytes:
    reader = PdfReader(file)
    if reader.is_encrypted:
        raise UnreadableFileError("locked")
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    for holder in (writer.root_object, *writer.pages):
        holder.pop("/Metadata", None)
        holder.pop("/PieceInfo", None)
    writer.compress_identical_objects()
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def _office(file: Any) -> bytes:
    buffer = BytesIO()
    left = MAX_UNPACKED
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(buffer, "w") as target:
        for part in source.infolist():
            with source.open(part) as opened:
                content = opened.read(left + 1)
            left -= len(content)
            if left < 0:
                raise UnreadableFileError("too big")
            if part.filename in BLANKS:
                content = BLANKS[part.filename]
            elif part.filename.startswith(THUMBNAILS) and not part.is_dir():
                content = BLANK_PNG
            # A new entry: dates and the notes of the packing program go too.
            entry = zipfile.ZipInfo(part.filename)
            entry.compress_type = part.compress_type
            target.writestr(entry, content)
    return buffer.getvalue()
