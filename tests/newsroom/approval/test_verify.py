"""`approval_verify` compares what is live with what was approved."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from cms.media.models import MediaUse
from newsroom.approval.models import Receipt
from tests import factories as make

pytestmark = pytest.mark.django_db


def verify():
    output = StringIO()
    try:
        call_command("approval_verify", stdout=output)
    except CommandError as error:
        return f"{output.getvalue()}{error}"
    return output.getvalue()


@pytest.fixture
def page(frozen):
    return make.publish(make.release(picture=make.image()))


def test_what_was_approved_is_in_order(page):
    assert "0 " in verify().splitlines()[-1]


def test_a_text_changed_behind_the_models_back_is_found(page):
    type(page).objects.filter(pk=page.pk).update(lead="Untergeschoben")
    found = verify()
    assert f"{page.pk}" in found
    assert "lead" in found


def test_a_live_page_without_receipt_is_found(page):
    draft = make.release()
    draft.save_revision()
    Page.objects.filter(pk=draft.pk).update(live=True, live_revision=draft.latest_revision)
    assert f"page {draft.pk}" in verify()


def test_an_exchanged_picture_is_found(page):
    picture = page.pictures.get().image
    with picture.file.storage.open(picture.file.name, "wb") as file:
        file.write(make.jpeg("red"))
    assert f"picture {picture.pk}" in verify()


def test_a_picture_that_is_not_recorded_as_shown_is_found(page):
    MediaUse.objects.all().delete()
    assert f"page {page.pk}" in verify()


def test_a_receipt_of_one_person_is_found(page):
    Receipt.objects.filter(page=page).update(approved_by=None)
    assert f"page {page.pk}" in verify()
