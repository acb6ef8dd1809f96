"""Boilerplates and contacts in the admin: everybody sees those of the own houses, and no others."""

import json

import pytest
from django.urls import NoReverseMatch, reverse

from newsroom.press.models import Boilerplate, PressContact
from tests import factories as make

pytestmark = pytest.mark.django_db

KINDS = [("boilerplates", make.boilerplate), ("press_contacts", make.contact)]
CHOOSERS = [("boilerplate_chooser", make.boilerplate), ("press_contact_chooser", make.contact)]
SECRET = "Geheimes Haus"


@pytest.fixture
def own(house):
    return make.member(title="Eigenes Haus")


@pytest.fixture
def other(house):
    return make.member(title=SECRET)


@pytest.fixture
def keeper(client, own):
    account = make.house_keeper(own)
    client.force_login(account)
    return account


def words(kind, **changes):
    texts = {"boilerplates": {"heading": "Über uns", "text": "Text."}}
    fields = texts.get(kind, {"name": "Pressestelle", "role": "", "phone": "", "email": ""})
    return {**fields, **changes}


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_lists_show_the_own_house_alone(client, keeper, own, other, kind, build):
    build(own)
    build(other)

    for view in ("index", "index_results"):
        page = client.get(reverse(f"{kind}:{view}")).content.decode()
        assert "Eigenes Haus" in page
        assert SECRET not in page


@pytest.mark.parametrize(("kind", "build"), KINDS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_form_of_another_house_is_shut(client, keeper, other, kind, build, method):
    stored = build(other)

    answer = getattr(client, method)(
        reverse(f"{kind}:edit", args=[stored.pk]), words(kind, member=other.pk)
    )

    assert answer.status_code in (302, 403, 404)
    assert SECRET not in answer.content.decode()
    assert type(stored).objects.count() == 1


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_nothing_is_added_to_another_house(client, keeper, other, kind, build):
    answer = client.post(reverse(f"{kind}:add"), words(kind, member=other.pk))

    assert "member" in answer.context["form"].errors
    assert not Boilerplate.objects.exists()
    assert not PressContact.objects.exists()


@pytest.mark.parametrize(("kind", "build"), KINDS)
def test_the_own_house_writes_and_changes(client, keeper, own, other, kind, build):
    client.post(reverse(f"{kind}:add"), words(kind, member=own.pk))
    model = type(build(other))
    first = model.objects.get(member=own)
    changed = words(kind, member=other.pk, **{model.PUBLIC_FIELDS[0]: "Neu"})

    answer = client.post(reverse(f"{kind}:edit", args=[first.pk]), changed)

    assert answer.status_code == 302
    newer = model.objects.get(replaces=first)
    assert newer.member.pk == own.pk  # a forged house is not heard
    assert getattr(newer, model.PUBLIC_FIELDS[0]) == "Neu"


def test_saving_without_change_makes_no_version(client, keeper, own):
    text = make.boilerplate(own)

    client.post(
        reverse("boilerplates:edit", args=[text.pk]),
        {"member": own.pk, "heading": text.heading, "text": text.text, "is_retired": "on"},
    )

    text.refresh_from_db()
    assert text.is_retired
    assert Boilerplate.objects.count() == 1


def test_a_replaced_version_is_not_changed_again(client, keeper, own):
    text = make.boilerplate(own)
    url = reverse("boilerplates:edit", args=[text.pk])
    client.post(url, {"member": own.pk, "heading": "Zwei", "text": "Zwei."})

    answer = client.post(url, {"member": own.pk, "heading": "Drei", "text": "Drei."})

    assert answer.status_code == 200
    assert Boilerplate.objects.count() == 2


def test_a_telephone_number_must_work_from_anywhere(client, keeper, own):
    answer = client.post(
        reverse("press_contacts:add"), words("press_contacts", member=own.pk, phone="0531/12 34")
    )

    assert "+49 531 1234" in str(answer.context["form"].errors["phone"])


@pytest.mark.parametrize(("chooser", "build"), CHOOSERS)
def test_choosers_offer_the_own_house_alone(client, keeper, own, other, chooser, build):
    mine, foreign = build(own), build(other)

    for view in ("choose", "choose_results"):
        page = client.get(reverse(f"{chooser}:{view}")).content.decode()
        assert "Eigenes Haus" in page
        assert SECRET not in page
    assert client.get(reverse(f"{chooser}:chosen", args=[foreign.pk])).status_code == 404
    several = client.get(
        reverse(f"{chooser}:chosen_multiple"), {"id": [mine.pk, foreign.pk, "x", 2**70]}
    )
    assert [each["id"] for each in json.loads(several.content)["result"]] == [str(mine.pk)]


@pytest.mark.parametrize(("chooser", "build"), CHOOSERS)
@pytest.mark.parametrize("pk", ["0", "x", "-1", "9" * 30, "٣"])
def test_choosers_answer_404_to_nonsense(client, keeper, chooser, build, pk):
    assert client.get(reverse(f"{chooser}:chosen", args=[pk])).status_code == 404


@pytest.mark.parametrize("kind", ["boilerplates", "press_contacts"])
@pytest.mark.parametrize("view", ["delete", "copy", "usage", "history", "inspect"])
def test_views_that_would_show_or_change_more_do_not_exist(kind, view):
    with pytest.raises(NoReverseMatch):
        reverse(f"{kind}:{view}", args=[1])


@pytest.mark.parametrize("account", [make.officer, make.translator])
@pytest.mark.parametrize("kind", ["boilerplates", "press_contacts"])
def test_who_works_in_no_house_sees_nothing(client, other, account, kind):
    make.boilerplate(other)
    make.contact(other)
    client.force_login(account())

    for view in ("index", "add"):
        answer = client.get(reverse(f"{kind}:{view}"))
        assert answer.status_code in (302, 403)
        assert SECRET not in answer.content.decode()
