"""Nobody publishes alone: every route that could make a page public, tried."""

import pytest
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from cms.pages.gate import NotApprovedError
from newsroom.approval.models import AuditEntry, Receipt
from newsroom.approval.rules import NotReadyError, SamePersonError
from newsroom.approval.selectors import is_public
from newsroom.releases.models import PressReleasePage
from tests import factories as make

pytestmark = pytest.mark.django_db


def stored(page):
    return type(page).objects.get(pk=page.pk)


def test_what_an_editor_approves_is_public(frozen, now):
    officer, editor = make.officer(), make.editor()
    page = make.submit(make.release(), by=officer)
    assert not is_public(page, now=now)

    page = make.decide(page, by=editor)

    assert page.live
    assert is_public(page, now=now)
    receipt = Receipt.objects.get(page=page)
    assert (receipt.submitted_by, receipt.approved_by) == (officer, editor)
    assert receipt.revision == page.live_revision
    actions = AuditEntry.objects.filter(page_id=page.pk).values_list("action", "actor_id")
    assert list(actions) == [
        ("submitted", officer.pk),
        ("approved", editor.pk),
        ("published", editor.pk),
    ]


@pytest.mark.parametrize("who", ["officer", "editor", "superuser", "editing superuser"])
def test_who_wrote_a_text_does_not_approve_it(who):
    author = {
        "officer": make.officer,
        "editor": make.editor,
        "superuser": make.superuser,
        "editing superuser": lambda: make.user(make.EDITOR, is_superuser=True),
    }[who]()
    page = make.submit(make.release(), by=author)
    task = page.current_workflow_task

    assert task.get_actions(page, author) == []
    with pytest.raises(SamePersonError):
        make.decide(page, by=author)
    assert not stored(page).live


def test_who_submitted_a_text_does_not_approve_it():
    page = make.release()
    page.save_revision(user=make.officer())
    submitter = make.editor()
    page.get_workflow().start(page, submitter)

    with pytest.raises(SamePersonError):
        make.decide(page, by=submitter)


def test_what_somebody_else_has_returned_meanwhile_is_not_approved():
    page = make.submit(make.release(), by=make.officer())
    review = stored(page).current_workflow_task_state
    task = review.task.specific
    make.decide(page, by=make.editor(), action="reject")

    with pytest.raises(SamePersonError):
        task.on_action(review, make.editor(), "approve")

    assert not stored(page).live
    assert not Receipt.objects.filter(page=page).exists()


def test_who_wrote_an_earlier_version_does_not_approve_a_later_one():
    first = make.editor()
    page = make.release()
    page.save_revision(user=first)
    make.submit(page, by=make.officer())

    with pytest.raises(SamePersonError):
        make.decide(page, by=first)


def test_who_wrote_before_the_live_version_may_approve_a_later_one(frozen):
    first = make.editor()
    page = make.publish(make.release(), by=first)
    frozen.shift(60)
    page.title = "Neue Fassung"
    make.submit(page, by=make.officer())

    assert make.decide(page, by=first).title == "Neue Fassung"


@pytest.mark.parametrize("account", [make.superuser, make.officer, make.translator])
def test_only_the_task_s_groups_decide(account):
    page = make.submit(make.release(), by=make.officer())

    for action in ("approve", "reject"):
        with pytest.raises(SamePersonError):
            make.decide(page, by=account(), action=action)
    assert not stored(page).live


def test_an_edit_during_review_takes_the_editor_out_of_the_approval():
    page = make.submit(make.release(), by=make.officer())
    meddler = make.editor()
    page.title = "Im Verfahren geändert"
    page.save_revision(user=meddler)

    with pytest.raises(SamePersonError):
        make.decide(page, by=meddler)
    with pytest.raises(SamePersonError, match=r"geändert"):
        make.decide(page, by=make.editor())  # what was submitted is not what would be published
    assert not stored(page).live


@pytest.mark.parametrize(
    "route",
    [
        pytest.param(lambda page, who: page.save_revision(user=who).publish(user=who), id="model"),
        pytest.param(
            lambda page, who: page.save_revision(user=who).publish(skip_permission_checks=True),
            id="model without checks",
        ),
        pytest.param(
            lambda page, who: PublishPageRevisionAction(
                page.save_revision(user=who), user=who
            ).execute(skip_permission_checks=True),
            id="action",
        ),
        pytest.param(lambda page, who: _save_live(page), id="save"),
        pytest.param(
            lambda page, who: page.copy(update_attrs={"slug": "kopie", "live": True}), id="copy"
        ),
        pytest.param(
            lambda page, who: page.get_parent().specific.add_child(
                instance=PressReleasePage(
                    title="Neu",
                    slug="neu",
                    lead="x",
                    dateline_place="x",
                    body=[],
                    dateline_date="2026-01-01",
                    locale=page.locale,
                    live=True,
                )
            ),
            id="add child",
        ),
    ],
)
def test_no_route_publishes_without_approval(route, now):
    page = make.release()
    with pytest.raises(NotApprovedError):
        route(page, make.superuser())
    assert not PressReleasePage.objects.filter(live=True).exists()


def _save_live(page):
    page.live = True
    page.save()


def test_rows_made_live_behind_the_models_back_are_not_public(client, now):
    page = make.release()
    page.save_revision()
    Page.objects.filter(pk=page.pk).update(live=True, live_revision=page.latest_revision)

    assert not is_public(page, now=now)
    assert client.get(stored(page).url).status_code == 404


def test_a_live_text_cannot_be_changed_by_saving_it():
    page = make.publish(make.release())
    page.title = "Untergeschoben"

    with pytest.raises(NotApprovedError):
        page.save()
    assert stored(page).title != "Untergeschoben"


def test_saving_a_live_page_unchanged_is_allowed():
    page = make.publish(make.release(picture=make.image()))

    page.save()

    assert is_public(page, now=page.last_published_at)


def test_an_alias_of_a_draft_stays_a_draft(house):
    page = make.release()
    alias = page.create_alias(parent=make.publish(make.member()), update_slug="alias")

    assert not alias.live


def test_an_alias_of_a_public_page_is_refused():
    page = make.publish(make.release())

    with pytest.raises(NotApprovedError):
        page.create_alias(parent=make.publish(make.member()), update_slug="alias")


def test_a_revision_changed_after_its_approval_is_not_published(frozen, now):
    from newsroom.approval import services

    page = make.release(go_live_at=now.replace(hour=12))
    page = make.publish(page)
    receipt = Receipt.objects.get(page=page)
    receipt.revision.content = {**receipt.revision.content, "title": "Ausgetauscht"}
    receipt.revision.save()
    frozen.move_to(now.replace(hour=13))

    with pytest.raises(NotApprovedError):
        services.publish(receipt=receipt, now=now.replace(hour=13))
    assert not stored(page).live


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("lead", {"lead": ""}),
        ("body", {"body": []}),
        ("region_links", {"regions": ()}),
    ],
)
def test_an_incomplete_release_is_not_submitted(field, change):
    page = make.release(**change)

    with pytest.raises(NotReadyError) as refused:
        make.submit(page, by=make.officer())
    assert refused.value.fields == (field,)


def test_a_picture_without_credit_is_not_submitted():
    page = make.release(picture=make.image())
    picture = page.pictures.get()
    picture.credit_line = "  "
    page.pictures = [picture]

    with pytest.raises(NotReadyError) as refused:
        make.submit(page, by=make.officer())
    assert refused.value.fields == ("pictures",)


def test_a_returned_release_is_recorded_and_stays_a_draft():
    editor = make.editor()
    page = make.submit(make.release(), by=make.officer())

    make.decide(page, by=editor, action="reject")

    assert not stored(page).live
    last = AuditEntry.objects.filter(page_id=page.pk).last()
    assert (last.action, last.actor_id) == ("returned", editor.pk)
