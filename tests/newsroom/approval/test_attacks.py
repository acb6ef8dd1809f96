"""Ways around four eyes that somebody has tried: each once was open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowTask

from cms.pages.forms import GovernedPageForm
from cms.pages.gate import NotApprovedError, RefusedError
from newsroom.approval import services, worker
from newsroom.approval.models import FourEyesTask, Notice, Receipt
from newsroom.approval.rules import SamePersonError
from newsroom.approval.selectors import is_public, waiting
from newsroom.releases.models import PressReleasePage
from tests import factories as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def stored(page):
    return type(page).objects.get(pk=page.pk)


def start(page, by):
    page.save_revision(user=by)
    return page.get_workflow().start(page, by)


def test_a_workflow_of_another_task_approves_nothing():
    boss = make.superuser()
    task = GroupApprovalTask.objects.create(name="Nur eine Person")
    task.groups.add(Group.objects.get(name="Redaktion"))
    WorkflowTask.objects.update(task=task)
    page = make.release()
    start(page, boss)

    state = page.current_workflow_task_state
    with pytest.raises(NotApprovedError):
        state.task.specific.on_action(state, boss, "approve")
    assert not stored(page).live


def test_a_disabled_task_approves_nothing():
    boss, officer = make.superuser(), make.officer()
    under_review, later = make.submit(make.release(), by=officer), make.release()

    with pytest.raises(NotApprovedError):
        FourEyesTask.objects.get().deactivate(user=boss)
    FourEyesTask.objects.update(active=False)
    with pytest.raises(NotApprovedError):
        start(later, officer)

    assert not PressReleasePage.objects.filter(
        pk__in=[under_review.pk, later.pk], live=True
    ).exists()


def test_a_workflow_without_tasks_approves_nothing():
    WorkflowTask.objects.all().delete()
    page = make.release()

    with pytest.raises(NotApprovedError):
        start(page, make.officer())
    assert not stored(page).live


def test_without_a_workflow_there_is_no_way_out():
    Workflow.objects.update(active=False)
    page = make.release()

    assert page.get_workflow() is None
    with pytest.raises(NotApprovedError):
        page.save_revision().publish(user=make.superuser())


def test_a_revision_overwritten_during_review_is_not_approved():
    author = make.editor()
    page = make.submit(make.release(title="Harmlos"), by=author)
    revision = page.latest_revision
    page.title = "Ausgetauscht"
    page.save_revision(user=author, overwrite_revision=revision)

    with pytest.raises(SamePersonError):
        make.decide(page, by=make.editor())
    assert not stored(page).live


def test_a_browser_that_saves_while_its_text_is_submitted_does_not_unsettle_the_review():
    author = make.officer()
    page = make.release(title="Harmlos")
    page.save_revision(user=author)
    as_it_began = stored(page).get_latest_revision_as_object()
    saved = as_it_began.latest_revision
    make.submit(page, by=author)
    submitted = stored(page).latest_revision_id
    assert submitted != saved.pk
    as_it_began.title = "Harmloser"

    with pytest.raises(RefusedError):
        as_it_began.save_revision(user=author, log_action=True, overwrite_revision=saved)

    assert stored(page).latest_revision_id == submitted
    make.decide(page, by=make.editor())
    assert stored(page).live


def test_the_version_that_is_public_is_not_overwritten():
    """A browser in which its author goes on writing still thinks that it is a draft."""
    author = make.officer()
    page = make.publish(make.release(title="Harmlos"), by=author)
    page = stored(page).get_latest_revision_as_object()
    page.title = "Ausgetauscht"

    revision = page.save_revision(user=author, overwrite_revision=page.live_revision)

    assert revision.pk != page.live_revision_id
    assert stored(page).live_revision.content["title"] == "Harmlos"


def test_who_may_not_decide_may_not_write_during_review():
    author = make.editor()
    page = make.submit(make.release(), by=author)

    assert page.get_lock().for_user(author)
    assert page.get_lock().for_user(make.superuser())
    assert not page.get_lock().for_user(make.editor())


def test_a_refused_request_leaves_no_trace(client, monkeypatch):
    """Wagtail answers a refusal inside its views; what came before it must not be committed.

    The form would say it before anything is written; here it lets everything through.
    """
    monkeypatch.setattr(GovernedPageForm, "_is_ready", lambda form: True)
    page = make.submit(make.release(title="Harmlos"), by=make.officer())
    meddler = make.editor()
    client.force_login(meddler)
    revision = page.latest_revision_id
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    from tests.newsroom.releases.test_admin import form

    answer = client.post(
        url,
        {
            **form(title="Untergeschoben"),
            "action-workflow-action": "1",
            "workflow-action-name": "approve",
        },
        follow=True,
    )

    assert answer.redirect_chain == [(url, 302)]
    told = [str(each) for each in get_messages(answer.wsgi_request)]
    assert told[0] == (
        "Sie haben seit der letzten öffentlichen Fassung an diesem Text mitgeschrieben."
    )
    page = stored(page)
    assert page.latest_revision_id == revision
    assert not page.live
    assert make.decide(page, by=make.editor()).title == "Harmlos"


@pytest.fixture
def public_offer(frozen):
    member = make.publish(make.member(title="Anbieter"))
    return make.publish(make.offer(member, title="Beratung"))


def test_a_public_page_is_not_moved(public_offer, client):
    client.force_login(make.superuser())
    elsewhere = make.member(title="Geheimer Entwurf")
    destination = reverse("wagtailadmin_pages:move_confirm", args=[public_offer.pk, elsewhere.pk])

    client.post(destination)

    assert stored(public_offer).get_parent().title == "Anbieter"
    assert not public_offer.permissions_for_user(make.superuser()).can_move()
    assert not public_offer.permissions_for_user(make.superuser()).can_reorder_children()


def test_an_approved_page_is_not_moved_before_its_hour(frozen, now):
    one, two = make.publish(make.member()), make.publish(make.member())
    page = make.publish(make.offer(one, go_live_at=now + HOUR))
    assert not page.permissions_for_user(make.superuser()).can_move()
    page.move(two, pos="last-child")  # by the shell
    frozen.move_to(now + HOUR)

    with pytest.raises(NotApprovedError):
        services.publish(receipt=Receipt.objects.get(page=page), now=now + HOUR)


def test_what_stands_below_a_page_is_not_public_without_it(frozen, now, client):
    member = make.publish(make.member(title="Befristetes Mitglied", expire_at=now + HOUR))
    offer = make.publish(make.offer(member, title="Sprechstunde"))
    assert client.get(offer.url).status_code == 200

    frozen.move_to(now + HOUR)  # by the clock alone

    assert not is_public(offer, now=now + HOUR)
    assert client.get(offer.url).status_code == 404
    for words in ("Befristetes", "Sprechstunde"):
        assert client.get("/api/v1/search", {"q": words}).json()["items"] == []
    for path in ("/de/", "/de/mitglieder/"):
        content = client.get(path).content.decode()
        assert "Befristetes" not in content
        assert "Sprechstunde" not in content


def test_a_renamed_member_is_found_by_its_new_name_alone(frozen, client):
    member = make.publish(make.member(title="Altbekannt"))
    make.publish(make.offer(stored(member), title="Beratung"))
    frozen.shift(60)
    member = stored(member)
    member.title = "Neubenannt"
    make.publish(member)

    def found(words):
        items = client.get("/api/v1/search", {"q": words}).json()["items"]
        return {item["title"] for item in items}

    assert found("Neubenannt") == {"Neubenannt", "Beratung"}
    assert found("Altbekannt") == set()


def test_a_link_does_not_name_an_embargoed_page(frozen, now, client):
    secret = make.publish(
        make.release(title="Rücktritt", slug="geheimer-ruecktritt", go_live_at=now + HOUR)
    )
    link = f'<p>Mehr <a linktype="page" id="{secret.pk}">hier</a>.</p>'
    page = make.publish(make.release(body=[("paragraph", link)]))
    api = reverse("api:release", args=[page.translation_key])

    for url in (page.url, api):
        assert "geheimer-ruecktritt" not in client.get(url).content.decode()
    frozen.move_to(now + HOUR)
    worker.publish_due(now=now + HOUR)
    for url in (page.url, api):
        assert "geheimer-ruecktritt" in client.get(url).content.decode()


def test_what_never_was_public_leaves_no_notice(frozen, now, client):
    page = make.publish(make.release(go_live_at=now + HOUR))
    services.retract(page=page, user=make.editor(), reason="", now=now)

    assert client.get(page.url).status_code == 404


def test_blocked_publications_do_not_hold_up_the_others(frozen, now, monkeypatch):
    monkeypatch.setattr(worker, "BATCH", 1)
    draft = make.member()
    for _ in range(2):
        make.publish(make.offer(draft))
    page = make.publish(make.release(go_live_at=now + HOUR))
    frozen.move_to(now + HOUR)

    assert [receipt.page_id for receipt in waiting(now=now + HOUR)] == [page.pk]
    assert worker.publish_due(now=now + HOUR) == 1
    make.publish(draft)  # then its offers follow
    assert waiting(now=now + HOUR).count() == 2


@pytest.mark.parametrize("person", [make.officer, make.translator])
def test_who_has_not_the_right_is_refused_without_any_form(frozen, now, person):
    """The services ask themselves: a shell, a command or a new view may forget to."""
    user, editor = person(), make.editor()
    waiting, live = make.publish(make.release(go_live_at=now + HOUR)), make.publish(make.release())
    parked = Receipt.objects.get(page=make.publish(make.release(go_live_at=now + HOUR)))
    services.park(receipt=parked, error=RuntimeError("voll"), now=now)
    gone = make.publish(make.release())
    services.retract(page=gone, user=editor, reason="", now=now)
    notice = services.propose_notice(page=gone, text="Falsch.", user=editor, now=now)
    before = list(Receipt.objects.values()), list(Notice.objects.values())

    for act in (
        lambda: services.postpone(page=waiting, due_at=now + 2 * HOUR, user=user, now=now),
        lambda: services.retry(receipt=parked, user=user, now=now),
        lambda: services.retract(page=live, user=user, reason="", now=now),
        lambda: services.propose_notice(page=gone, text="Anders.", user=user, now=now),
        lambda: services.decide_notice(notice=notice, user=user, is_approved=True, now=now),
        lambda: services.decide_notice(notice=notice, user=None, is_approved=True, now=now),
    ):
        with pytest.raises(RefusedError):
            act()

    assert (list(Receipt.objects.values()), list(Notice.objects.values())) == before


def test_taking_back_ends_a_review_under_way(frozen, now):
    page = make.publish(make.release())
    frozen.shift(60)
    make.submit(page, by=make.officer())

    services.retract(page=page, user=make.editor(), reason="", now=now)

    assert stored(page).current_workflow_state is None


def test_the_house_itself_is_not_taken_offline(client, now, house):
    editor = make.editor()
    client.force_login(editor)
    for page in (house.home, house.newsroom, house.members):
        url = reverse("approval_retract", args=[page.pk])
        assert client.post(url, {"reason": "x"}).status_code == 302
        with pytest.raises(NotApprovedError):
            services.retract(page=page, user=editor, reason="", now=now)
    assert client.get("/de/").status_code == 200


def test_a_receipt_names_two_people():
    from django.db import IntegrityError, transaction

    page = make.publish(make.release())
    receipt = Receipt.objects.get(page=page)

    with pytest.raises(IntegrityError), transaction.atomic():
        Receipt.objects.filter(pk=receipt.pk).update(submitted_by=receipt.approved_by)


def test_a_retracted_revision_can_be_approved_again(frozen, now):
    page = make.publish(make.release())
    services.retract(page=page, user=make.editor(), reason="", now=now)
    page = stored(page)
    page.get_workflow().start(page, make.officer())

    assert make.decide(page, by=make.editor()).live


def test_saving_single_fields_of_a_live_page_is_guarded():
    page = make.publish(make.release())
    page.title = "Untergeschoben"

    with pytest.raises(NotApprovedError):
        page.save(update_fields=["title"])


@pytest.mark.parametrize("button", ["localize-restart-translation", "localize-convert-to-alias"])
def test_the_synchronised_mode_does_not_come_back(client, button):
    page = make.publish(make.release())
    client.force_login(make.superuser())

    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.post(url, {button: "1"}).status_code == 404


def test_editors_work_on_live_pages_as_usual(frozen, client):
    from tests.newsroom.releases.test_admin import form

    page = make.publish(make.release(picture=make.image()))
    client.force_login(make.editor())
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(url).status_code == 200
    assert reverse("approval_retract", args=[page.pk]) in client.get(url).content.decode()

    answer = client.post(url, form(title="Neuer Entwurf", slug=page.slug))

    assert answer.status_code == 302
    assert stored(page).has_unpublished_changes
    assert stored(page).title != "Neuer Entwurf"
    assert Page.objects.get(pk=page.pk).live
