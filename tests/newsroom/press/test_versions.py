"""A text that several releases share never changes under one of them."""

import pytest
from django.db import models

from newsroom.press.models import Boilerplate, FrozenTextError, PressContact
from newsroom.press.selectors import choosable
from newsroom.press.services import OutdatedError, new_version
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(house):
    return make.boilerplate(make.member())


def test_a_change_is_a_new_version_and_the_old_one_stays(text):
    newer = new_version(of=text, text="Neuer Text.")

    assert newer.replaces == text
    assert (newer.heading, newer.text) == (text.heading, "Neuer Text.")
    assert Boilerplate.objects.get(pk=text.pk).text == "Das Mitglied hilft beim Ankommen."
    assert text.newer() == newer
    assert newer.newer() is None


def test_the_newest_of_several_versions_is_found(text):
    last = new_version(of=new_version(of=text, text="Zwei."), text="Drei.")

    assert text.newer() == last


def test_two_people_cannot_both_replace_a_version(text):
    new_version(of=text, text="Eins.")

    with pytest.raises(OutdatedError):
        new_version(of=text, text="Zwei.")


@pytest.mark.parametrize(("field", "value"), [("text", "Anders."), ("heading", "Anders")])
def test_a_stored_version_cannot_be_changed_by_any_route(text, field, value):
    setattr(text, field, value)

    with pytest.raises(FrozenTextError):
        text.save()


def test_a_version_never_moves_to_another_house(text):
    text.member = make.member()

    with pytest.raises(FrozenTextError):
        text.save()


def test_a_version_can_be_retired(text):
    text.is_retired = True
    text.save()

    assert not choosable(Boilerplate, make.editor()).exists()


def test_only_the_newest_versions_can_be_chosen(text):
    newer = new_version(of=text, text="Neuer Text.")

    assert list(choosable(Boilerplate, make.editor())) == [newer]


@pytest.mark.parametrize("field", ["name", "role", "phone", "email"])
def test_the_digest_covers_everything_readers_see(house, field):
    member = make.member()
    words = {"name": "N", "role": "R", "phone": "+49 531 1", "email": "a@example.org"}
    contact = PressContact(member=member, **words)
    before = contact.digest()
    assert before == PressContact(member=member, **words).digest()

    setattr(contact, field, "anders")

    assert contact.digest() != before


@pytest.mark.parametrize("model", [Boilerplate, PressContact])
def test_no_field_is_forgotten_by_the_digest(model):
    ignored = {"id", "member", "replaces", "replaced_by", "created_at", "is_retired"}
    fields = {f.name for f in model._meta.get_fields() if isinstance(f, models.Field)}

    assert fields - ignored == set(model.PUBLIC_FIELDS)
