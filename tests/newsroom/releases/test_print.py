"""What is on paper of a release and of an offer."""

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_printed_page_names_its_address(client):
    offer = make.publish(make.offer(make.publish(make.member())))
    for page in (make.publish(make.release()), offer):
        html = client.get(page.url).content.decode()
        source = html.split('<p class="print-source">')[1].split("</p>")[0]
        address = page.full_url.partition("://")[2]
        assert f'<bdi dir="ltr">{address}</bdi>' in source
