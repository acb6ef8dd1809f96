"""Files to take along: which are let in, what is taken out of them, when they are frozen."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from PIL import Image
from pypdf import PdfReader, PdfWriter

from cms.media.authorship import BLANK_PNG, UnreadableFileError, without_authorship
from cms.media.filetypes import TYPES, is_what_it_says
from cms.media.models import FrozenFileError, NewsFile
from cms.media.services import forget_uses, hold
from tests import factories as make

AUTHOR = "Erika Verborgen"
CORE = f"<cp:coreProperties><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>"


def archive(**parts):
    """Return an office file of `parts` (name -> text); a double underscore stands for a slash."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return buffer.getvalue()


def docx(**more):
    return archive(
        **{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w>Text</w>", **more}
    )


def odt(**more):
    return archive(**{"mimetype": TYPES["odt"], "content.xml": "<o>Text</o>", **more})


def pdf(**fields):
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": AUTHOR, "/Producer": "Schreibprogramm", **fields})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf()),
        ("a.PDF", pdf()),
        ("a.docx", docx()),
        ("a.xlsx", archive(**{"[Content_Types].xml": "", "xl/workbook.xml": ""})),
        ("a.odt", odt()),
        ("a.ods", archive(mimetype=TYPES["ods"])),
        ("a.csv", "Ort;Größe\n".encode()),
        ("a.txt", b""),
    ],
)
def test_files_of_the_allowed_kinds_are_let_in(name, content):
    assert is_what_it_says(BytesIO(content), name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<script>alert(1)</script>"),
        ("a.pdf", docx()),
        ("a.docx", odt()),
        ("a.docx", archive(x="y")),
        ("a.docx", b"PK\x03\x04 broken"),
        ("a.docx", docx(**{"word/vbaProject.bin": "macro"})),
        ("a.odt", docx()),
        ("a.txt", b"\x00\x01"),
        ("a.csv", "Größe".encode("latin-1")),
        ("a.html", b"<p>"),
        ("a.svg", b"<svg/>"),
        ("a.zip", archive(x="y")),
        ("a.exe", b"MZ"),
        ("pdf", pdf()),
        ("a.docm", docx()),
    ],
)
def test_everything_else_is_refused_whatever_its_name_says(name, content):
    assert not is_what_it_says(BytesIO(content), name)


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(monkeypatch):
    monkeypatch.setattr("cms.media.filetypes.MAX_UNPACKED", 1000)

    assert not is_what_it_says(BytesIO(docx(**{"word/media/x": "0" * 2000})), "a.docx")


def test_author_and_program_are_taken_out_of_a_pdf():
    writer = PdfWriter(clone_from=BytesIO(pdf(**{"/Title": "Arbeitstitel"})))
    writer.xmp_metadata = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{AUTHOR}</x:xmpmeta>".encode()
    buffer = BytesIO()
    writer.write(buffer)
    assert AUTHOR.encode() in buffer.getvalue()

    clean = without_authorship(buffer, "a.pdf")

    assert AUTHOR.encode() not in clean
    reader = PdfReader(BytesIO(clean))
    assert len(reader.pages) == 1
    assert not {"/Author", "/Title"} & set(reader.metadata or {})
    assert reader.xmp_metadata is None


def test_a_pdf_s_older_versions_are_taken_out():
    first = BytesIO(pdf())
    update = PdfWriter(first, incremental=True)
    update.add_metadata({"/Author": "Jemand anders"})
    both = BytesIO()
    update.write(both)
    assert both.getvalue().count(b"%%EOF") == 2

    assert AUTHOR.encode() not in without_authorship(both, "a.pdf")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", docx(**{"docProps/core.xml": CORE, "docProps/app.xml": AUTHOR})),
        ("a.odt", odt(**{"meta.xml": AUTHOR})),
        ("a.docx", docx(**{"docProps/thumbnail.jpeg": AUTHOR})),
    ],
)
def test_author_and_preview_are_taken_out_of_an_office_file(name, content):
    clean = without_authorship(BytesIO(content), name)

    with zipfile.ZipFile(BytesIO(clean)) as opened:
        assert all(AUTHOR.encode() not in opened.read(part) for part in opened.namelist())
        assert {part.date_time[0] for part in opened.infolist()} == {1980}
        assert b"Text" in b"".join(opened.read(part) for part in opened.namelist())
    assert is_what_it_says(BytesIO(clean), name)


def test_the_blank_preview_is_a_picture():
    Image.open(BytesIO(BLANK_PNG)).load()


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\nstartxref\n999999\n%%EOF", b"%PDF-\xff"])
def test_a_damaged_pdf_is_an_error_of_its_field(content):
    with pytest.raises(UnreadableFileError):
        without_authorship(BytesIO(content), "a.pdf")
    with pytest.raises(ValidationError) as error:
        NewsFile(title="x", file=ContentFile(content, name="a.pdf")).full_clean(exclude=["tags"])
    assert "file" in error.value.message_dict


def test_a_locked_pdf_is_refused():
    writer = PdfWriter(clone_from=BytesIO(pdf()))
    writer.encrypt("geheim", algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)

    with pytest.raises(UnreadableFileError):
        without_authorship(buffer, "a.pdf")


@pytest.mark.django_db
def test_a_stored_file_has_no_author():
    stored = make.file(docx(**{"docProps/core.xml": CORE}), name="a.docx")

    with stored.open_file() as file, zipfile.ZipFile(file) as opened:
        assert AUTHOR.encode() not in opened.read("docProps/core.xml")
    assert stored.file_size == stored.file.size


@pytest.mark.django_db
def test_no_way_stores_a_file_of_another_kind():
    with pytest.raises(ValidationError):
        make.file(b"<script>", name="a.html")


@pytest.mark.django_db
def test_a_file_of_an_approved_release_is_frozen_until_nobody_needs_it(house):
    stored, page = make.file(), make.release()
    hold(page_id=page.pk, image_ids=[], file_ids=[stored.pk])

    stored.file = ContentFile(b"andere", name="andere.csv")
    with pytest.raises(FrozenFileError):
        stored.save()

    stored.refresh_from_db()
    stored.title = "Neuer Titel"
    stored.save()  # the words readers see stand on the page
    forget_uses(page_id=page.pk)
    stored.file = ContentFile(b"andere", name="andere.csv")
    stored.save()


@pytest.mark.django_db
def test_a_file_s_digest_covers_its_content_and_its_name():
    stored, same_content = make.file(), make.file()
    before = stored.digest()
    assert before == NewsFile.objects.get(pk=stored.pk).digest()
    assert before != same_content.digest()  # its name is another one

    Path(stored.file.path).write_bytes(b"Ort;Zahl\nGoslar;4\n")

    assert NewsFile.objects.get(pk=stored.pk).digest() != before
