"""A translation is drafted, approved by somebody else and public only with its source."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from newsroom.approval import worker
from newsroom.approval.rules import NotReadyError
from newsroom.approval.selectors import is_public
from newsroom.translation import selectors, services
from tests import factories as make

pytestmark = pytest.mark.django_db


def stored(page):
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def arabic():
    return Locale.objects.get(language_code="ar")


def test_a_translation_begins_as_a_draft(frozen, now, arabic):
    source = make.publish(make.release(title="Vorlage", picture=make.image()))
    translator = make.translator()

    (draft,) = services.start(page=source, locales=[arabic], user=translator, now=now)

    assert not draft.live
    assert draft.translation_key == source.translation_key
    assert draft.locale == arabic
    assert draft.pictures.count() == 1
    assert [region.key for region in draft.regions()] == ["03158"]
    assert not is_public(draft, now=now)
    assert draft.permissions_for_user(translator).can_edit()


def test_a_translator_does_not_approve_the_own_translation(frozen):
    source = make.publish(make.release())
    translator = make.user(make.TRANSLATOR)
    translator.groups.add(*make.editor().groups.all())
    draft = make.translation(source, "ar", by=translator)
    draft.get_workflow().start(draft, translator)

    with pytest.raises(PermissionDenied):
        make.decide(draft, by=translator)
    assert make.decide(draft, by=make.editor()).live


def test_a_translation_waits_for_its_source(frozen, now, client):
    source = make.release(title="Vorlage")
    english = make.translation(source, "en", by=make.translator(), title="Faithful version")
    english = make.publish(english)
    assert not english.live
    assert worker.publish_due(now=now) == 0

    make.publish(source)
    assert worker.publish_due(now=now) == 1

    english = stored(english)
    assert is_public(english, now=now)
    assert client.get(english.url).status_code == 200
    found = client.get("/api/v1/search", {"q": "faithful", "lang": "en"}).json()
    assert [item["title"] for item in found["items"]] == ["Faithful version"]


def test_each_language_answers_its_readers_once(frozen, now, client):
    source = make.publish(make.release(title="Sprachkursvorlage"))
    make.publish(make.translation(source, "en", by=make.translator(), title="Language course"))

    def titles(language):
        answer = client.get("/api/v1/search", {"lang": language, "kind": "release"}).json()
        return [(item["title"], item["language"]) for item in answer["items"]]

    assert titles("de") == [("Sprachkursvorlage", "de")]
    assert titles("en") == [("Language course", "en")]
    # There is no Arabic version: a reader gets the German one, labelled as such.
    assert titles("ar") == [("Sprachkursvorlage", "de")]


def test_page_and_api_answer_in_the_language(frozen, client):
    source = make.publish(make.release(title="Vorlage"))
    arabic = make.publish(make.translation(source, "ar", by=make.translator(), title="نسخة عربية"))

    page = client.get(arabic.url)
    assert arabic.url.startswith("/ar/")
    assert 'dir="rtl"' in page.content.decode()
    assert "نسخة عربية" in page.content.decode()
    api = reverse("api:release", args=[source.translation_key])
    assert client.get(api, {"lang": "ar"}).json()["title"] == "نسخة عربية"
    assert client.get(api, {"lang": "en"}).status_code == 404
    assert client.get(api).json()["languages"] == ["ar", "de"]


def test_a_draft_of_others_is_not_translated(now):
    """Beginning a translation copies the text: no way to read drafts."""
    draft = make.release()
    with pytest.raises(PermissionDenied):
        services.start(
            page=draft,
            locales=Locale.objects.filter(language_code="en"),
            user=make.translator(),
            now=now,
        )


def test_only_translators_begin_translations(now):
    source = make.publish(make.release())
    with pytest.raises(PermissionDenied):
        services.start(page=source, locales=[], user=make.officer(), now=now)


def test_the_overview_says_how_far_each_language_is(frozen, now):
    source = make.publish(make.release())
    english = make.publish(make.translation(source, "en", by=make.translator()))

    def states():
        items = selectors.items(list(selectors.sources(now=now)), now=now)
        item = next(item for item in items if item.page.pk == source.pk)
        return {version.locale.language_code: version.state for version in item.versions}

    assert states() == {"en": "public", "ar": "missing"}
    frozen.shift(60)
    source = stored(source)
    source.title = "Neue Fassung"
    make.publish(source)
    assert states()["en"] == "outdated"
    make.submit(stored(english), by=make.translator())
    assert states()["en"] == "review"


def test_more_pages_and_languages_of_the_overview_cost_no_more_questions(frozen, now):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            selectors.items(list(selectors.sources(now=now)), now=now)
        return len(asked)

    def translated(*languages):
        source = make.publish(make.release())
        for language in languages:
            make.publish(make.translation(source, language, by=make.translator()))

    translated("en")
    questions()  # what stays the same is remembered from now on
    few = questions()
    translated("en", "ar")
    translated("ar")

    assert questions() == few


def test_the_overview_and_the_form_are_for_translators(client):
    source = make.publish(make.release())
    client.force_login(make.translator())
    assert source.title in client.get(reverse("translation_overview")).content.decode()
    start = reverse("wagtail_localize:submit_page_translation", args=[source.pk])
    assert client.get(start).status_code == 200
    answer = client.post(start, {"locales": [Locale.objects.get(language_code="en").pk]})
    draft = source.get_translation(Locale.objects.get(language_code="en"))
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    told = get_messages(client.get(answer.url).wsgi_request)
    assert [message.level_tag for message in told] == ["success", "info"]

    client.force_login(make.officer())
    assert client.get(reverse("translation_overview")).status_code == 302


@pytest.mark.parametrize("language", ["en", "de-x-leicht"])
@pytest.mark.usefixtures("nine_languages")
def test_what_still_has_the_words_of_the_original_is_not_submitted(house, now, language):
    source = make.publish(make.release(title="Vorlage"))
    translator = make.translator()
    locale = Locale.objects.filter(language_code=language)
    (draft,) = services.start(page=source, locales=locale, user=translator, now=now)

    for own in (
        {"title": "Original"},
        {"lead": "Somebody helps."},
        {"body": [("paragraph", "<p>Come here.</p>"), ("heading", "Mitteilung")]},
    ):
        assert set(own) <= missing(draft)
        with pytest.raises(NotReadyError):
            make.submit(draft, by=translator)
        for name, value in own.items():
            setattr(draft, name, value)
    assert not missing(draft)
    make.submit(draft, by=translator)


def missing(version):
    """Return the fields in which something keeps a version from being submitted."""
    return {field for field, _remedy in version.preflight()}


def test_other_marks_are_no_other_words(now):
    source = make.release(body=[("paragraph", "<p>Der <b>Text</b>.</p>")])
    copy = make.translation(source, "en", by=make.translator())
    copy.body = [("paragraph", "<p>Der  Text.</p>")]
    assert missing(copy) == {"body"}


def test_a_body_without_words_may_stay_what_it_is():
    image = {
        "image": make.image(),
        "caption": "",
        "alt_text": "1",
        "credit_line": "2",
        "licence": "",
    }
    source = make.release(body=[("picture", image)])
    copy = make.translation(source, "en", by=make.translator())
    copy.body = [(block.block_type, block.value) for block in source.body]

    assert missing(copy) == set()


def test_a_name_may_be_the_same_in_every_language():
    member = make.member(title="Caritas")
    copy = make.translation(member, "en", by=make.translator(), title="Caritas")
    assert missing(copy) == set()
    copy.summary = member.summary
    assert missing(copy) == {"summary"}


def banner(client, draft):
    """Return what the form of a translation says about its original."""
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    texts = [str(each) for each in get_messages(client.get(edit).wsgi_request)]
    return " ".join(text for text in texts if "Vorlage" in text)


def test_the_form_of_a_translation_leads_to_its_original(client, now):
    source = make.publish(make.release(title="Vorlage"))
    draft = make.translation(source, "en", by=make.translator(), title="English title")
    edit = reverse("wagtailadmin_pages:edit", args=[source.pk])

    client.force_login(make.translator())
    assert source.url in banner(client, draft)
    assert edit not in banner(client, draft)
    client.force_login(make.editor())
    assert edit in banner(client, draft)
    assert not banner(client, source)


def test_the_form_of_a_translation_tells_nothing_of_a_draft(client):
    source = make.release(title="Vorlage")
    source.save_revision()
    draft = make.translation(source, "en", by=make.translator(), title="English title")
    client.force_login(make.translator())

    assert not banner(client, draft)


def test_the_synchronised_mode_has_no_buttons(client, now):
    source = make.publish(make.release())
    translator = make.translator()
    english = Locale.objects.filter(language_code="en")
    (draft,) = services.start(page=source, locales=english, user=translator, now=now)
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    client.force_login(translator)

    text = client.get(edit).content.decode()

    assert 'name="action-submit"' in text
    for button in ("localize-restart-translation", "localize-convert-to-alias"):
        assert button not in text
        assert client.post(edit, {button: "1"}).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "update/1/",
        "translate/1/strings/1/edit/",
        "translate/1/machine_translate/",
        "translate/1/pofile/upload/",
        "page/3/convert_to_alias/",
        "api/snippets/vocabularies/term/",
    ],
)
def test_the_views_that_publish_translations_alone_are_shut(client, path):
    client.force_login(make.superuser())

    assert client.get(f"/admin/localize/{path}").status_code == 404
    assert client.post(f"/admin/localize/{path}").status_code == 404
