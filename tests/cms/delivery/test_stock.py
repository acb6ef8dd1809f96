"""Addresses of the platform's admin that are mended or shut."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db
LINKS = "/admin/choose-external-link/"


@pytest.mark.parametrize("address", [None, "", "x", "a\x00b", "x" * 10**5])
def test_a_link_that_is_none_brings_the_form_again(client, address):
    client.force_login(make.officer())
    form = {} if address is None else {"external-link-chooser-url": address}

    answer = client.post(LINKS, form)

    assert answer.status_code == 200
    assert answer.json()["step"] == "external_link"


def test_a_link_to_a_public_page_tells_nothing_of_its_draft(client):
    page = make.publish(make.release(title="Erste Fassung"))
    page.title = "Geheime Fassung"
    page.save_revision(user=make.officer())
    client.force_login(make.officer())

    answer = client.post(LINKS, {"external-link-chooser-url": page.get_full_url()})

    assert answer.json()["result"]["url"] == page.get_full_url()
    assert "Geheim" not in answer.content.decode()


def test_the_test_of_error_mails_is_shut(client):
    client.force_login(make.superuser())

    assert client.get("/admin/failwhale/").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        f"/admin/pages/?locale={2**63}",
        f"/admin/pages/?content_type={2**63}",
        "/admin/choose-page/chosen-multiple/?id=x",
        "/admin/bulk/wagtailcore/page/delete/?id=x%00",
        "/admin/images/chooser/chosen-multiple/?id=x",
        f"/admin/reports/site-history/?user={2**63}",
    ],
)
def test_what_the_platform_cannot_read_is_the_fault_of_the_request(client, address):
    client.force_login(make.superuser())

    assert client.get(address).status_code in (200, 400)


@pytest.mark.parametrize("path", ["releases/{}/preflight/", "embargo/{}/1/revoke/", "pages/{}/"])
def test_a_number_that_no_database_holds_names_nothing(client, path):
    client.force_login(make.superuser())
    address = f"/admin/{path}".format(2**63)

    assert client.get(address).status_code in (404, 405)
    assert client.post(address, {"x": "y"}).status_code in (404, 405)


def test_a_text_nested_too_deeply_is_the_fault_of_the_request(client, house):
    client.force_login(make.superuser())
    address = f"/admin/pages/add/releases/pressreleasepage/{house.newsroom.pk}/"
    block = {"deleted": "", "order": 0, "id": "", "type": "paragraph", "value": "[" * 100_000}
    form = {"body-count": 1, **{f"body-0-{name}": value for name, value in block.items()}}

    assert client.post(address, form).status_code == 400


def test_a_form_without_its_fields_or_with_a_false_way_back_is_refused(client, house):
    client.force_login(make.superuser())

    page = make.release()
    assert client.post(f"/admin/pages/{page.pk}/copy/", {"x": "y"}).status_code == 400
    assert client.post(f"/admin/pages/{page.pk}/lock/", {"next": "-1"}).status_code == 400
    assert not type(page).objects.get(pk=page.pk).locked  # nothing of it stays


def test_an_error_of_our_own_stays_an_error(client, monkeypatch):
    client.force_login(make.superuser())
    client.raise_request_exception = False

    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("wagtail.admin.views.home.HomeView.get_context_data", fail)
    assert client.get("/admin/?q=x").status_code == 500
