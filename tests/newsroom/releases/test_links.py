"""Links: which ones a text has, and whom the server asks about them."""

import socket

import pytest

from newsroom.releases import links
from newsroom.releases.blocks import BodyBlock


def body(*parts):
    return BodyBlock().to_python(
        [{"type": kind, "value": value, "id": str(n)} for n, (kind, value) in enumerate(parts)]
    )


@pytest.fixture
def named(monkeypatch):
    """Let names lead to addresses of our choice; nothing is asked of the net."""

    def lead(**names):
        def getaddrinfo(host, port, **kwargs):
            if host not in names:
                raise socket.gaierror(host)
            return [(2, 1, 6, "", (address, port)) for address in names[host].split()]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)

    return lead


def test_links_are_found_in_texts_and_videos_each_once():
    text = '<p><a href="https://a.example/?x=1&amp;y=2">a</a> <a href="http://b.example">b</a></p>'
    found = links.addresses(
        body(
            ("paragraph", text),
            ("paragraph", '<p><a linktype="page" id="3">intern</a> <a href="mailto:x@y">m</a></p>'),
            ("video", {"url": "https://v.example/film", "label": "Film"}),
            ("paragraph", text),
        )
    )

    assert found == ["https://a.example/?x=1&y=2", "http://b.example", "https://v.example/film"]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fd00::1", "::"),
        *("::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1"),
        "93.184.216.34 127.0.0.1",  # one of several
    ],
)
def test_no_address_inside_a_network_is_ever_asked(named, address, monkeypatch):
    named(**{"x.example": address})
    monkeypatch.setattr(
        socket, "create_connection", lambda *a, **k: pytest.fail("somebody was asked")
    )

    with pytest.raises(links.NotAskedError):
        links.status("https://x.example/")
    assert links.dead(["https://x.example/"]) == []


@pytest.mark.parametrize(
    "link",
    [
        *("http://x.example/", "https://x.example:8443/", "https://user@x.example/"),
        *("ftp://x.example/", "https:///path", "https://[::1", "https://x.example/ä"),
        *("https://x.example/a\r\nHost: y", "https://x.example:99999/", "javascript:alert(1)"),
    ],
)
def test_only_plain_https_links_are_asked(named, link):
    named(**{"x.example": "93.184.216.34"})

    with pytest.raises(links.NotAskedError):
        links.status(link)


def test_the_address_that_was_checked_is_the_one_that_is_asked(named, monkeypatch):
    named(**{"x.example": "93.184.216.34"})
    asked = []

    def connect(address, timeout):
        asked.append(address)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)

    assert links.dead(["https://x.example/"]) == ["https://x.example/"]
    assert asked == [("93.184.216.34", 443)]


@pytest.mark.parametrize(
    ("status", "is_dead"),
    [(200, False), (301, False), (403, False), (500, False), (404, True), (410, True)],
)
def test_a_link_is_dead_when_the_other_site_says_so(monkeypatch, status, is_dead):
    monkeypatch.setattr(links, "status", lambda link: status)

    assert links.dead(["https://x.example/"]) == (["https://x.example/"] if is_dead else [])


def test_a_name_that_nobody_knows_is_dead(named):
    named()

    assert links.dead(["https://nobody.example/"]) == ["https://nobody.example/"]


def test_no_text_keeps_the_server_asking_for_ever(monkeypatch):
    asked = []
    monkeypatch.setattr(links, "status", lambda link: asked.append(link) or 200)

    links.dead(f"https://x.example/{number}" for number in range(500))

    assert len(asked) == links.MAX_LINKS
