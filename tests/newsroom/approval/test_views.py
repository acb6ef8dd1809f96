"""The pages on which people decide: who is offered what, and what a forged post does."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from newsroom.approval import services
from newsroom.approval.models import Notice, Receipt
from newsroom.approval.rules import OutdatedError
from newsroom.approval.selectors import is_public
from newsroom.approval.views import ACTIONS
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def as_editor(client):
    editor = make.editor()
    client.force_login(editor)
    client.user = editor
    return client


@pytest.fixture
def scheduled(frozen, now):
    return make.publish(make.release(go_live_at=now + HOUR))


def url(action, page):
    return reverse(f"approval_{action}", args=[page.pk])


def read_and_post(client, action, page, **fields):
    """Send the form as a browser does: with what was on the screen."""
    shown = client.get(url(action, page)).context["form"]["shown"].value()
    return client.post(url(action, page), {"shown": shown, **fields})


def told(answer):
    """Return what the person is told on the next page."""
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def offered(client, page):
    text = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    return {view.slug for view in ACTIONS if view.url(page) in text}


def test_an_editor_postpones_by_form(as_editor, scheduled, now):
    assert offered(as_editor, scheduled) == {"postpone", "withdraw"}
    assert as_editor.get(url("postpone", scheduled)).status_code == 200

    answer = as_editor.post(url("postpone", scheduled), {"due_at": "2026-11-23 18:30"})

    assert answer.status_code == 302
    assert Receipt.objects.get(page=scheduled).due_at == now.replace(hour=17, minute=30)


@pytest.mark.parametrize(
    ("due_at", "remedy"),
    [
        ("2026-11-23 08:00", "späteren Zeitpunkt"),
        ("2027-03-28 02:30", "Zeitzone"),
        ("2027-10-31 02:30", "Zeitzone"),
        ("morgen", "gültig"),
        ("", "ausgefüllt"),
        ("9999-12-31 23:59", ""),
    ],
)
def test_an_impossible_time_is_an_error_at_the_field(as_editor, scheduled, now, due_at, remedy):
    answer = as_editor.post(url("postpone", scheduled), {"due_at": due_at})

    if remedy:
        assert answer.status_code == 200
        assert remedy in str(answer.context["form"].errors["due_at"])
        assert Receipt.objects.get(page=scheduled).due_at == now + HOUR
    else:
        assert answer.status_code in (200, 302)


def test_the_approval_is_taken_back_to_edit(as_editor, scheduled):
    assert as_editor.post(url("withdraw", scheduled)).status_code == 302
    assert Receipt.objects.get(page=scheduled).state == Receipt.State.SUPERSEDED
    edit = as_editor.get(reverse("wagtailadmin_pages:edit", args=[scheduled.pk]))
    assert not edit.context["locked_for_user"]


@pytest.mark.parametrize("action", [view.slug for view in ACTIONS])
@pytest.mark.parametrize("person", [make.officer, make.translator])
def test_nobody_else_gets_a_page_or_does_it(client, scheduled, settings, action, person, now):
    settings.EMERGENCY_RELEASE = True
    client.force_login(person())
    before = list(Receipt.objects.values())

    for answer in (
        client.get(url(action, scheduled)),
        client.post(url(action, scheduled), {"due_at": "2026-11-23 18:30", "reason": "x"}),
    ):
        assert answer.status_code in (302, 403)
    assert list(Receipt.objects.values()) == before


def test_the_emergency_release_is_offered_only_where_the_operator_allows_it(
    as_editor, frozen, settings, now
):
    page = make.release()
    page.save_revision(user=as_editor.user)
    assert "release-alone" not in offered(as_editor, page)
    settings.EMERGENCY_RELEASE = True
    assert "release-alone" in offered(as_editor, page)

    answer = read_and_post(as_editor, "release-alone", page, reason="Sturmflut")
    assert "is_meant" in answer.context["form"].errors
    read_and_post(as_editor, "release-alone", page, reason="Sturmflut", is_meant="on")

    assert is_public(page, now=now)
    assert "countersign" not in offered(as_editor, page)
    edit = as_editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert any(message.level_tag == "error" for message in get_messages(edit.wsgi_request))

    as_editor.force_login(make.editor())
    assert "countersign" in offered(as_editor, page)
    assert "Sturmflut" in as_editor.get(url("countersign", page)).content.decode()
    read_and_post(as_editor, "countersign", page)
    assert Receipt.objects.get(page=page).countersign_until is None


def test_people_are_called_by_their_names(as_editor, frozen, settings):
    settings.EMERGENCY_RELEASE = True
    page = make.release()
    page.save_revision(user=make.officer(first_name="Presse", last_name="(Test)"))

    assert "Presse (Test)" in as_editor.get(url("release-alone", page)).content.decode()


def test_an_incomplete_text_is_not_released_in_an_emergency(as_editor, frozen, settings, now):
    settings.EMERGENCY_RELEASE = True
    page = make.release(regions=())
    page.save_revision(user=as_editor.user)

    answer = read_and_post(as_editor, "release-alone", page, reason="Eile", is_meant="on")

    assert answer.status_code == 200
    assert page.label_of("region_links") in answer.content.decode()
    assert not is_public(page, now=now)


def test_a_notice_goes_through_two_people(as_editor, frozen, now):
    page = make.publish(make.release())
    assert offered(as_editor, page) == {"retract"}
    as_editor.post(url("retract", page), {"reason": "falsch"})
    assert offered(as_editor, page) == {"notice"}
    as_editor.post(url("notice", page), {"text": "Die Zahlen waren falsch."})
    assert "decide-notice" not in offered(as_editor, page)
    assert as_editor.post(url("decide-notice", page), {"decision": "approve"}).status_code == 302
    assert Notice.objects.get().state == Notice.State.PROPOSED

    as_editor.force_login(make.editor())
    assert "Die Zahlen" in as_editor.get(url("decide-notice", page)).content.decode()
    read_and_post(as_editor, "decide-notice", page, decision="approve")

    assert Notice.objects.get().state == Notice.State.PUBLISHED


@pytest.mark.parametrize(("languages", "words"), [((), "1 page taken"), (("en",), "2 pages taken")])
def test_what_is_taken_offline_is_counted(client, frozen, languages, words):
    page = make.publish(make.release())
    for language in languages:
        make.publish(make.translation(page, language, by=make.translator()))
    client.force_login(make.english(make.editor()))

    assert words in told(client.post(url("retract", page), {"reason": "falsch"}))


def test_a_notice_that_replaced_the_one_that_was_read_is_not_decided(as_editor, frozen, now):
    page = make.publish(make.release())
    author = make.editor()
    services.retract(page=page, user=author, reason="falsch", now=now)
    read = services.propose_notice(page=page, text="Harmlos.", user=author, now=now)
    shown = as_editor.get(url("decide-notice", page)).context["form"]["shown"].value()
    services.propose_notice(page=page, text="Untergeschoben.", user=author, now=now)

    for forged in (shown, "", "999999999999999999999", "x"):
        answer = as_editor.post(
            url("decide-notice", page), {"decision": "approve", "shown": forged}
        )
        assert str(OutdatedError()) in told(answer)
    with pytest.raises(OutdatedError):
        services.decide_notice(notice=read, user=as_editor.user, is_approved=True, now=now)

    assert not Notice.objects.filter(state=Notice.State.PUBLISHED).exists()
    assert "Untergeschoben" not in as_editor.get(page.url).content.decode()


def test_a_release_that_replaced_the_one_that_was_read_is_not_countersigned(
    as_editor, frozen, settings, now
):
    settings.EMERGENCY_RELEASE = True
    author = make.editor()
    page = make.release()
    page.save_revision(user=author)

    read = make.release_alone(page, by=author, now=now)
    shown = as_editor.get(url("countersign", page)).context["form"]["shown"].value()
    services.retract(page=page, user=author, reason="", now=now)
    again = make.release_alone(page, by=author, now=now + HOUR)
    assert again.pk == read.pk  # of the same version: its number alone would not tell

    answer = as_editor.post(url("countersign", page), {"shown": shown})
    assert str(OutdatedError()) in told(answer)
    with pytest.raises(OutdatedError):
        services.countersign(receipt=read, user=as_editor.user, now=now + HOUR)

    again.refresh_from_db()
    assert again.countersign_until is not None


def test_nobody_publishes_a_version_alone_that_they_have_not_read(as_editor, frozen, settings, now):
    settings.EMERGENCY_RELEASE = True
    page = make.release(title="Harmlos")
    page.save_revision(user=as_editor.user)
    shown = as_editor.get(url("release-alone", page)).context["form"]["shown"].value()
    page.title = "Untergeschoben"
    page.save_revision(user=make.officer(), overwrite_revision=page.latest_revision)

    answer = as_editor.post(
        url("release-alone", page), {"shown": shown, "reason": "Eile", "is_meant": "on"}
    )

    assert str(OutdatedError()) in told(answer)
    assert not is_public(page, now=now)


def test_a_parked_publication_is_tried_again_by_button(as_editor, scheduled, now):
    receipt = Receipt.objects.get(page=scheduled)
    services.park(receipt=receipt, error=RuntimeError("disk full"), now=now)

    assert "disk full" in as_editor.get(url("retry", scheduled)).content.decode()
    as_editor.post(url("retry", scheduled))

    receipt.refresh_from_db()
    assert receipt.state == Receipt.State.APPROVED


@pytest.mark.parametrize("page_id", [0, 1, 99999999])
def test_an_unknown_page_is_404(as_editor, page_id):
    assert as_editor.get(reverse("approval_postpone", args=[page_id])).status_code == 404
