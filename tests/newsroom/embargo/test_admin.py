"""Only editors who may edit a release invite to it, and they see who has opened what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.mail.models import Mail
from newsroom.approval.models import Receipt
from newsroom.embargo.models import Invitation
from tests import factories as make
from tests.newsroom.embargo.conftest import HOUR

pytestmark = pytest.mark.django_db


def url(page):
    return reverse("embargo_invitations", args=[page.pk])


def post(client, page, addresses, language="de"):
    return client.post(url(page), {"addresses": addresses, "language": language}, follow=True)


def waiting_addresses(page):
    return set(
        Invitation.objects.filter(page=page.pk, revoked_at=None).values_list("address", flat=True)
    )


def test_an_editor_invites_several_addresses(client, release, redaktion):
    client.force_login(redaktion)

    answer = post(client, release, "Ana@Example.org, bo@example.org;\nana@example.org\n")

    assert waiting_addresses(release) == {"ana@example.org", "bo@example.org"}
    assert "2 Adressen sind eingeladen" in answer.content.decode()
    assert {mail.to for mail in Mail.objects.all()} >= {"ana@example.org", "bo@example.org"}


def test_the_letter_names_the_embargo_and_not_the_release(client, release, redaktion):
    client.force_login(redaktion)
    post(client, release, "ana@example.org", "de")
    post(client, release, "bo@example.org", "ar")

    german, arabic = (Mail.objects.get(to=f"{name}@example.org") for name in ("ana", "bo"))
    assert german.subject.startswith(
        "Vorabfassung, Sperrfrist bis Montag, 23. November 2026, 11:00"
    )
    assert "محظور" in arabic.body
    for mail in (german, arabic):
        assert mail.is_confidential
        assert "kanarien" not in f"{mail.subject} {mail.body} {mail.key}".lower()


def test_the_link_stands_in_the_letter_alone(client, release, invite, link, redaktion):
    invitation = invite(release)
    token = link(invitation).split("/")[2]

    for name in (field.name for field in Invitation._meta.concrete_fields):
        assert token not in str(getattr(invitation, name))
    client.force_login(redaktion)
    for address in (url(release), reverse("wagtailadmin_pages:edit", args=[release.pk])):
        assert token not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("addresses", "says"),
    [
        ("", "muss ausgefüllt werden"),
        ("ana@example.org, bo", "bo"),
        ("Ana <ana@example.org>", "&lt;ana@example.org&gt;"),
        ("a\x00b@example.org", "Nullzeichen"),
        ("x" * 250 + "@example.org", "Keine E-Mail-Adresse"),
        ("\n".join(f"a{n}@example.org" for n in range(51)), "höchstens 50"),
        ("a" * 100_000, "Zeichen"),
    ],
)
def test_a_wrong_address_is_named_and_nobody_is_invited(
    client, release, redaktion, addresses, says
):
    client.force_login(redaktion)

    answer = post(client, release, addresses)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Invitation.objects.exists()


def test_an_unknown_language_is_refused(client, release, redaktion):
    client.force_login(redaktion)

    assert post(client, release, "ana@example.org", "xx").status_code == 200
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("role", [make.officer, make.translator, make.user])
def test_nobody_but_editors_invites_or_revokes(client, release, invite, role):
    invitation = invite(release)
    client.force_login(role())
    one = [release.pk, invitation.pk]

    assert client.get(url(release)).status_code in (302, 403)
    for address in (
        url(release),
        reverse("embargo_invite_again", args=one),
        reverse("embargo_revoke", args=one),
    ):
        answer = client.post(address, {"addresses": "bo@example.org", "language": "de"})
        assert answer.status_code in (302, 403)
    assert waiting_addresses(release) == {"ana@example.org"}
    assert Invitation.objects.count() == 1


def test_who_may_edit_a_release_but_is_no_editor_does_not_invite(client, frozen, now):
    author = make.officer()
    page = make.release(owner=author, go_live_at=now + HOUR)
    assert page.permissions_for_user(author).can_edit()
    make.publish(page, by=author)
    client.force_login(author)

    post(client, page, "ana@example.org")

    assert not Invitation.objects.exists()


def test_an_editor_without_rights_on_the_page_does_not_invite(client, release):
    from django.contrib.auth.models import Permission

    stranger = make.officer()
    stranger.user_permissions.add(Permission.objects.get(codename="invite"))
    client.force_login(stranger)

    assert client.get(url(release)).status_code == 302
    assert post(client, release, "ana@example.org") is not None
    assert not Invitation.objects.exists()


def test_an_invitation_is_reached_through_its_own_release_only(
    client, release, invite, redaktion, now
):
    invitation = invite(release)
    other = make.publish(make.release(go_live_at=now + HOUR))
    client.force_login(redaktion)

    for name in ("embargo_invite_again", "embargo_revoke"):
        assert client.post(reverse(name, args=[other.pk, invitation.pk])).status_code == 404
        assert client.get(reverse(name, args=[release.pk, invitation.pk])).status_code == 405
    assert waiting_addresses(release) == {"ana@example.org"}


@pytest.mark.parametrize("kind", ["draft", "submitted", "public", "withdrawn", "due"])
def test_only_an_approved_release_that_waits_has_invitations(client, redaktion, frozen, now, kind):
    page = make.release(go_live_at=now + HOUR if kind in ("withdrawn", "due") else None)
    if kind == "submitted":
        make.submit(page, by=make.officer())
    elif kind != "draft":
        make.publish(page)
    if kind == "withdrawn":
        Receipt.objects.filter(page=page.pk).update(state=Receipt.State.WITHDRAWN)
    if kind == "due":
        frozen.move_to(now + HOUR)
    client.force_login(redaktion)

    answer = post(client, page, "ana@example.org")

    assert "Keine freigegebene Fassung" in answer.content.decode()
    assert not Invitation.objects.exists()
    assert 'name="addresses"' not in client.get(url(page)).content.decode()


def test_inviting_an_address_again_ends_its_former_link(client, release, invite, link, redaktion):
    former = invite(release)
    client.force_login(redaktion)
    client.post(reverse("embargo_invite_again", args=[release.pk, former.pk]))

    new = Invitation.objects.get(page=release.pk, revoked_at=None)
    assert new.address == former.address
    client.logout()
    assert client.get(link(former)).status_code == 404
    assert client.get(link(new)).status_code == 200


def test_revoking_twice_keeps_who_was_first(client, release, invite, redaktion, frozen):
    invitation = invite(release)
    client.force_login(redaktion)
    address = reverse("embargo_revoke", args=[release.pk, invitation.pk])
    client.post(address)
    frozen.shift(timedelta(minutes=1))
    client.force_login(make.editor())
    client.post(address)

    invitation.refresh_from_db()
    assert invitation.revoked_by == redaktion
    assert invitation.revoked_at == timezone.now() - timedelta(minutes=1)


def test_the_list_says_how_often_a_link_was_opened(client, release, invite, link, redaktion):
    path = link(invite(release))
    invite(release, "bo@example.org")
    client.get(path)
    client.get(path)
    client.force_login(redaktion)

    answer = client.get(url(release)).content.decode()

    assert "Seite 2×, Dateien 0×, zuletzt 23.11.2026 10:00" in answer
    assert "noch nicht" in answer


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    client, release, invite, redaktion, django_assert_max_num_queries
):
    client.force_login(redaktion)
    invite(release)
    client.get(url(release))
    with django_assert_max_num_queries(60) as one:
        client.get(url(release))
    for number in range(20):
        invite(release, f"a{number}@example.org")
    with django_assert_max_num_queries(60) as many:
        client.get(url(release))

    assert len(many) == len(one)


def test_the_button_stands_on_the_page_of_a_waiting_release(client, release, redaktion, now):
    draft = make.release()
    draft.save_revision()
    address = reverse("wagtailadmin_pages:edit", args=[release.pk])
    client.force_login(redaktion)

    assert url(release) in client.get(address).content.decode()
    edit_draft = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert url(draft) not in client.get(edit_draft).content.decode()
    client.force_login(make.officer())
    assert url(release) not in client.get(address, follow=True).content.decode()
