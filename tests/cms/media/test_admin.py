"""Files in the admin: what is let in, and what cannot be taken away while pages need it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection

from cms.media.metadata import _clean
from cms.media.models import NewsFile, NewsImage
from cms.media.services import hold
from tests import factories as make

pytestmark = pytest.mark.django_db


def upload(content=b"Ort;Zahl\n", name="zahlen.csv"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def admin(client, house):
    client.force_login(make.superuser())
    client.raise_request_exception = False
    return client


def fields(**changes):
    return {"title": "Zahlen", "collection": Collection.get_first_root_node().pk, **changes}


def test_a_press_officer_uploads_a_file(client, house):
    client.force_login(make.officer())

    answer = client.post(reverse("wagtaildocs:add"), fields(file=upload()))

    assert answer.status_code == 302
    assert NewsFile.objects.get().file_size == 9


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", b"\x00"), ("a.pdf", b"<p>"), ("a.html", b"<p>"), ("a.pdf", b"")]
)
@pytest.mark.parametrize("view", ["add", "add_multiple"])
def test_a_file_of_another_kind_is_an_error_of_its_field(admin, view, name, content):
    name_of_field = "file" if view == "add" else "files[]"

    answer = admin.post(
        reverse(f"wagtaildocs:{view}"), fields(**{name_of_field: upload(content, name)})
    )

    assert answer.status_code == 200
    assert not NewsFile.objects.exists()


def test_several_files_are_uploaded_at_once_each_without_its_author(admin):
    answer = admin.post(reverse("wagtaildocs:add_multiple"), fields(**{"files[]": upload()}))

    assert answer.json()["success"]
    assert NewsFile.objects.count() == 1


@pytest.fixture
def used(house):
    stored = make.file()
    hold(page_id=make.release().pk, image_ids=[], file_ids=[stored.pk])
    return stored


EMPTY_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000000000000080200000092eb6f1b0000000049454e44ae426082"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.jpg", make.jpeg()[:200]), ("a.jpg", make.jpeg()[:-20]), ("a.png", EMPTY_PNG)],
    ids=["cut in its head", "cut at its end", "without a size"],
)
@pytest.mark.parametrize("view", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_a_damaged_picture_is_an_error_of_its_field(admin, view, name, content):
    form = fields(file=upload(content, name))
    if "chooser" in view:
        form = {f"image-chooser-upload-{key}": value for key, value in form.items()}

    answer = admin.post(reverse(view), form)

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"file"}
    assert not NewsImage.objects.exists()


def test_a_picture_is_uploaded_and_written_anew_once(admin, monkeypatch):
    cleaned = []
    monkeypatch.setattr(
        "cms.media.metadata._clean", lambda file: cleaned.append(file) or _clean(file)
    )

    answer = admin.post(reverse("wagtailimages:add"), fields(file=upload(make.jpeg(), "markt.jpg")))

    assert answer.status_code == 302
    stored = NewsImage.objects.get()
    assert (stored.width, stored.height) == (64, 48)
    assert stored.file_hash
    assert len(cleaned) == 1


def test_a_file_in_use_is_not_replaced(admin, used):
    url = reverse("wagtaildocs:edit", args=[used.pk])

    answer = admin.post(url, fields(file=upload(b"anders\n")))

    assert answer.status_code == 200
    assert "file" in answer.context["form"].errors
    with NewsFile.objects.get(pk=used.pk).open_file() as file:
        assert b"Goslar" in file.read()


def test_a_file_in_use_is_not_deleted(admin, used):
    bulk = reverse("wagtail_bulk_action", args=["media", "newsfile", "delete"])
    for url in (reverse("wagtaildocs:delete", args=[used.pk]), f"{bulk}?id={used.pk}"):
        answer = admin.post(url)
        assert answer.status_code < 500
        assert NewsFile.objects.filter(pk=used.pk).exists()


def test_a_picture_in_use_is_not_deleted(admin, house):
    picture = make.image()
    hold(page_id=make.release().pk, image_ids=[picture.pk])
    for url in (
        reverse("wagtailimages:delete", args=[picture.pk]),
        reverse("wagtail_bulk_action", args=["media", "newsimage", "delete"]) + f"?id={picture.pk}",
    ):
        answer = admin.post(url)
        assert answer.status_code < 500
        picture.refresh_from_db()


def test_a_file_in_the_library_has_a_page_and_an_address(admin, used):
    for name in ("wagtaildocs:index", "wagtaildocs_chooser:choose"):
        assert admin.get(reverse(name)).status_code == 200
    for name in ("wagtaildocs:edit", "wagtaildocs:document_usage", "wagtaildocs_chooser:chosen"):
        assert admin.get(reverse(name, args=[used.pk])).status_code == 200
