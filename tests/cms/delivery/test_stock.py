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
