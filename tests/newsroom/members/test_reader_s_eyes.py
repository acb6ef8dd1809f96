"""What people of one house see of the drafts of another: nothing."""

import pytest

from newsroom.members.models import MemberIndexPage, MemberPage
from newsroom.offers.models import OfferPage
from newsroom.releases.models import PressReleasePage
from newsroom.releases.parts import RelatedRelease
from newsroom.releases.selectors import places_for
from newsroom.vocabularies.models import Term
from tests import factories as make
from tests.newsroom.members.test_forged_forms import release_form, rows
from tests.newsroom.members.test_house_walls import SECRET, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(house):
    return World()


def test_a_translator_is_not_told_of_a_draft(world, client):
    client.force_login(make.translator())

    answer = client.get(f"/admin/localize/submit/page/{world.draft.pk}/")

    assert answer.status_code == 404
    assert SECRET not in answer.content.decode()


def test_a_template_does_not_bring_the_drafts_it_names(world, client):
    secret = make.release(title=SECRET, issuing_member=world.b)
    secret.save_revision(user=world.neighbour)
    source = make.release(title="Öffentlich", issuing_member=world.b)
    source.related_links = [RelatedRelease(release=secret)]
    source = make.publish(source)
    client.force_login(world.person)
    place = places_for(world.person, locale=source.locale).first()

    made = client.post(f"/admin/releases/{source.pk}/use/", {"place": place.pk})
    form = client.get(made["Location"])

    assert form.status_code == 200
    assert SECRET not in form.content.decode()


@pytest.mark.parametrize("kind", ["release", "offer", "member"])
def test_a_new_page_can_be_looked_at_before_it_is_stored(world, client, kind):
    client.force_login(make.superuser())
    words = {"title": "Neu", "slug": "neu", "summary": "Kurz", "description": "null"}
    if kind == "release":
        model, parent, form = PressReleasePage, world.a, release_form(world)
    elif kind == "offer":
        model, parent, form = OfferPage, world.a, {**words, "mode": "online"}
    else:
        model, parent = MemberPage, MemberIndexPage.objects.get(locale__language_code="de")
        term = Term.objects.filter(vocabulary="provider_kind").first()
        form = {**words, "provider_kind": term.pk}
    empty = {}
    for name in (*model.get_edit_handler().get_form_class().formsets, "comments"):
        empty |= rows(name)
    label = f"{model._meta.app_label}/{model._meta.model_name}"
    address = f"/admin/pages/add/{label}/{parent.pk}/preview/"

    assert client.post(address, {**empty, **form}).json()["is_valid"]
    assert client.get(address).status_code == 200
