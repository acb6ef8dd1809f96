"""Ways around four eyes by a picture: what is approved or public stays as it was read."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from cms.media.models import FrozenPictureError, NewsImage
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WORDS_OF_A_PICTURE = {"caption": "", "alt_text": "Ein Tor", "credit_line": "Wer", "licence": ""}


@pytest.mark.parametrize("hours", [0, 1])
def test_a_picture_in_use_is_frozen(frozen, now, client, hours):
    """From the approval on: before the hour it is as good as public."""
    officer = make.officer()
    picture = make.image(uploaded_by_user=officer)
    make.publish(make.release(picture=picture, go_live_at=now + hours * HOUR))

    picture.refresh_from_db()
    picture.file = ContentFile(make.jpeg("red"), name="schmaehung.jpg")
    with pytest.raises(FrozenPictureError):
        picture.save()
    client.force_login(officer)
    url = reverse("wagtailimages:edit", args=[picture.pk])
    answer = client.post(
        url,
        {"title": "x", "file": ContentFile(make.jpeg("red"), name="schmaehung.jpg")},
    )
    assert "file" in answer.context["form"].errors
    client.post(reverse("wagtailimages:delete", args=[picture.pk]))
    picture.refresh_from_db()
    assert "schmaehung" not in picture.file.name


def test_a_picture_is_frozen_before_it_is_compared_with_what_was_submitted(monkeypatch):
    """Else somebody exchanges it in the moment between, and nobody has approved what is shown."""
    page = make.submit(make.release(picture=make.image()), by=make.officer())
    was_frozen, digest = [], NewsImage.digest

    def note(image):
        was_frozen.append(image.is_frozen())
        return digest(image)

    monkeypatch.setattr(NewsImage, "digest", note)
    make.decide(page, by=make.editor())

    asked, *afterwards = was_frozen
    assert not asked  # whether this editor may decide
    assert afterwards == [True, True]  # four eyes, receipt


def test_the_library_puts_no_words_beside_a_public_picture(frozen, client):
    """Whoever uploaded a picture may write on it alone; what readers see was approved."""
    officer = make.officer()
    first, second = (make.image(uploaded_by_user=officer, licence="CC0") for _ in range(2))
    page = make.release(picture=first, body=[("picture", {**WORDS_OF_A_PICTURE, "image": second})])
    picture = page.pictures.first()
    picture.licence = ""
    page.pictures = [picture]
    page = make.publish(page)
    urls = (page.url, reverse("api:release", args=[page.translation_key]), "/de/")

    def shown():
        return [client.get(url).content for url in urls]

    before = shown()
    client.force_login(officer)
    for each in (first, second):
        words = dict.fromkeys(("title", "description", "credit_line", "licence"), "Untergeschoben")
        client.post(reverse("wagtailimages:edit", args=[each.pk]), words)
        each.refresh_from_db()
        assert each.licence == "Untergeschoben"
    client.logout()

    assert shown() == before
