"""Whatever a stranger asks of a public address, the answer is in order."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.delivery.surfaces import SURFACES
from tests import factories as make
from tests.search.test_api import NAMES, VALUES

pytestmark = pytest.mark.django_db

A_SURFACE = 12  # addresses that are tried of each
MARK = "<zq>\"'"
HEADERS = ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options")

places = st.integers(min_value=0, max_value=10**6)
methods = st.sampled_from(
    ["GET"] * 6 + ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO"]
)
segments = st.sampled_from(
    [
        *("%00", "%ED%A0%80", "%FF", "%2e%2e", "..", ".", ";x", "%2F", "%5C", "x" * 2000, "DE"),
        *("-1", str(2**63), "0" * 32, "%D9%A3", "%22%3E%3Czq%3E", "%E2%80%AE", "*"),
    ]
)
queries = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, "limit", "p", "fields", "order", "\x00", MARK]),
        st.one_of(VALUES, st.sampled_from([MARK, str(2**63), "NaN", "1e309", "-1", "x" * 5000])),
    ),
    max_size=4,
)
headers = st.dictionaries(
    st.sampled_from(
        [
            *("Accept", "Accept-Language", "Cookie", "If-None-Match", "If-Modified-Since"),
            *("Range", "X-Forwarded-For", "X-Forwarded-Host", "Authorization", "Referer"),
        ]
    ),
    st.sampled_from(
        [
            *("", "*", ",,,;q=NaN", "x" * 3000, "\xff\xfe", "bytes=-1", "sessionid=%00", '"'),
            *("Thu, 99 Foo 99999 99:99:99 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Bearer \xff"),
        ]
    ),
    max_size=2,
)
bodies = st.sampled_from(
    [
        *(b"", b"{", b"[" * 10_000, b"\xff\xfe\x00", b"text=%00&stamp=%00&choice=%00"),
        *(b"choice=change&summary=" + b"x" * 10**5, b"text=x&stamp=x:y:z&reply_to=@"),
    ]
)
kinds = st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)


@pytest.fixture
def addresses(house, frozen):
    """Return some addresses of each surface: lists, a release, an offer, a search."""
    member = make.publish(make.member())
    offer = make.publish(make.offer(member))
    release = make.publish(make.release(issuing_member=member, picture=make.image()))
    found = []
    for surface in SURFACES:
        own = [*surface.of(offer), *surface.of(release), *surface.searches("Mitteilung")]
        every = [*own, *surface.lists()]
        found.append(every[:: max(1, len(every) // A_SURFACE)])
    return found


@given(
    place=places, method=methods, segment=segments, at=st.integers(0, 9), query=queries,
    header=headers, body=bodies, kind=kinds,
)  # fmt: skip
@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_question_is_a_server_error(
    addresses, place, method, segment, at, query, header, body, kind
):
    surface = addresses[place % len(addresses)]
    address = surface[place // len(addresses) % len(surface)]
    path, _, asked = address.partition("?")
    parts = path.split("/")
    if 1 <= at < len(parts):  # else the address stays what it is
        parts[at] = segment
        path = "/".join(parts)
    target = f"{path}?{asked}&{urlencode(query, errors='surrogatepass')}"

    answer = Client(headers=header).generic(
        method, target, b"" if method in ("GET", "HEAD") else body, content_type=kind
    )

    assert answer.status_code < 500
    for name in HEADERS:
        assert answer[name], name
    content = answer.getvalue()  # of a file, too: it closes it
    if path.startswith("/api/") and answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json"
        assert method == "HEAD" or answer.json()["status"] == answer.status_code
    if "html" in answer.get("Content-Type", ""):
        assert b"<zq>" not in content
