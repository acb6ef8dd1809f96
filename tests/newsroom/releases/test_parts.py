"""Everything a release can carry, on its page, in the API and in search; and what stays inside."""

import pytest

from newsroom.approval.fingerprint import fingerprint
from newsroom.releases.parts import RelatedRelease, ReleaseContact, ReleaseIssuer
from newsroom.releases.search import build
from tests import factories as make

pytestmark = pytest.mark.django_db
NOTE = "Streng vertraulich: Kanarienvogel"


def table():
    return {
        "caption": "Orte und Zahlen",
        "columns": [{"type": "text", "heading": "Ort"}, {"type": "text", "heading": "Zahl"}],
        "rows": [{"values": ["Goslar", "<b>3</b>"]}],
    }


def picture_value(image):
    return {
        "image": image,
        "caption": "Das Tor",
        "alt_text": "Ein Tor",
        "credit_line": "Wer",
        "licence": "CC0",
    }


def full(**fields):
    """Return a release with every part, as a draft."""
    member = fields.pop("issuing_member", None) or make.publish(make.member(title="Erstes Haus"))
    page = make.release(
        issuing_member=member,
        picture=make.image(),
        boilerplate=make.boilerplate(member),
        internal_notes=NOTE,
        body=[
            ("paragraph", "<p>Absatz</p>"),
            ("picture", picture_value(make.image())),
            ("table", table()),
            ("file", {"file": make.file(), "title": "Zahlen zum Mitnehmen"}),
            ("video", {"url": "https://video.example.org/a?b=1&c=2", "label": "Film vom Tag"}),
        ],
        **fields,
    )
    page.contact_links = [ReleaseContact(contact=make.contact(member, name="Pressestelle Eins"))]
    page.save()
    return page


def test_a_page_shows_every_part(client):
    page = make.publish(full())

    html = client.get(page.url).content.decode()

    for words in (
        *("Das Tor", 'alt="Ein Tor"', "Orte und Zahlen", '<th scope="col">Ort</th>'),
        *('<th scope="row">Goslar</th>', "&lt;b&gt;3&lt;/b&gt;", "Zahlen zum Mitnehmen", "CSV"),
        *("https://video.example.org/a?b=1&amp;c=2", "Film vom Tag", "Über das Mitglied"),
        *("Pressestelle Eins", "tel:+495311234"),
    ):
        assert words in html
    assert "<iframe" not in html


def test_the_api_carries_every_part_with_whole_addresses(client):
    page = make.publish(full())

    item = client.get(f"/api/v1/releases/{page.translation_key}").json()

    assert item["issuing_members"] == ["Erstes Haus"]
    assert [picture["caption"] for picture in item["pictures"]] == ["Markt", "Das Tor"]
    (file,) = item["files"]
    assert (file["title"], file["size"] > 0) == ("Zahlen zum Mitnehmen", True)
    assert file["media_type"].startswith("text/csv")
    assert file["url"].startswith("http://testserver/media/")
    assert item["boilerplate"]["heading"] == "Über das Mitglied"
    assert item["boilerplate"]["language"] == "de"
    assert item["contacts"] == [
        {"name": "Pressestelle Eins", "role": "", "phone": "+49 531 1234", "email": ""}
    ]
    assert 'src="/' not in item["body_html"]
    assert 'href="/' not in item["body_html"]


def test_search_knows_the_words_of_every_part_and_no_shared_text():
    document = build(make.publish(full()))

    for words in ("Das Tor", "Orte und Zahlen", "Goslar", "Zahlen zum Mitnehmen", "Film vom Tag"):
        assert words in document.body
    assert "hilft beim Ankommen" not in document.body
    assert "Pressestelle" not in document.body


def test_internal_notes_are_nowhere(client):
    page = make.publish(full())
    key = page.translation_key

    for url in (page.url, f"/api/v1/releases/{key}", "/api/v1/releases", "/api/v1/search?q=Tor"):
        assert "Kanarienvogel" not in client.get(url).content.decode()
    assert "Kanarienvogel" not in str(build(page))


def test_the_preview_shows_no_internal_notes():
    page = full()

    response = page.make_preview_request(preview_mode=page.default_preview_mode)

    assert "Absatz" in response.content.decode()
    assert "Kanarienvogel" not in response.content.decode()


def test_an_approval_covers_every_referenced_object():
    page = full()

    names = [each.reference().split()[0] for each in page.references()]

    assert names == ["picture", "picture", "file", "boilerplate", "press"]
    assert all(len(each.digest()) == 64 for each in page.references())
    assert len(page.pictures_shown()) == 2
    assert len(page.files_shown()) == 1


def test_a_related_release_is_shown_only_while_it_is_public(client):
    other = make.release(title="Noch geheime Sache")
    page = make.release()
    page.related_links = [RelatedRelease(release=other)]
    page.save()
    page = make.publish(page)
    api = f"/api/v1/releases/{page.translation_key}"

    assert "geheime" not in client.get(page.url).content.decode()
    assert client.get(api).json()["related"] == []

    other = make.publish(other)
    assert "Noch geheime Sache" in client.get(page.url).content.decode()
    assert [each["title"] for each in client.get(api).json()["related"]] == [other.title]


def test_a_co_issuing_member_is_named_only_while_it_is_public(client):
    second = make.member(title="Zweites Haus")
    page = full()
    page.co_issuers = [ReleaseIssuer(member=second)]
    page.save()
    page = make.publish(page)

    assert "Zweites Haus" not in client.get(page.url).content.decode()
    assert str(second.translation_key) in build(page).facets["member"]

    second = make.publish(second)
    assert "Zweites Haus" in client.get(page.url).content.decode()
    assert page.title in client.get(second.url).content.decode()


def test_new_fields_leave_former_approvals_as_they_were():
    content = make.release().serializable_data()
    new = {
        *("boilerplate", "embargoed_until", "internal_notes", "is_template"),
        *("co_issuers", "contact_links", "related_links"),
    }
    assert new <= content.keys()

    former = {name: value for name, value in content.items() if name not in new}

    assert fingerprint(content) == fingerprint(former)
