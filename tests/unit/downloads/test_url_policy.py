"""What a URL shows before any request is made."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.downloads.url_policy import (
    MAX_LOGGED_LENGTH,
    is_public,
    origin_of,
    parse_origins,
    parse_url,
    redact_url,
    violation,
)

PUBLIC = """
    1.1.1.1 8.8.8.8 93.184.216.34 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
    169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255
    198.20.0.0 223.255.255.255 2606:4700:4700::1111 2a00:1450:4001:831::200e 2001:200::1 2003::1 ::ffff:8.8.8.8
"""

NOT_PUBLIC = """
    0.0.0.0 0.0.0.1 0.255.255.255 10.0.0.1 10.255.255.255 100.64.0.0 100.100.100.200 100.127.255.255 127.0.0.1
    127.255.255.254 168.63.129.16 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192
    192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255
    198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.254 255.255.255.255

    :: ::1 ::7f00:1 ::8.8.8.8 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:0.0.0.0
    ::ffff:0:127.0.0.1 64:ff9b::7f00:1 64:ff9b::8.8.8.8 64:ff9b:1::1 64:ff9b:1:ffff::a00:1 100::1 100:0:0:1::1
    2001::1 2001:0:7f00:1:: 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1:: 2002:808:808::1 2620:4f:8000::1
    3fff::1 3fff:fff::1 4000::1 5f00::1 fc00::1 fd00:: fd00:ec2::254 fe80::1 febf::1 fec0::1 feff::1 ff02::1 ff0e::1

    fe80::1%eth0 fe80::1%25eth0 2606:4700::1%eth0 ::1%lo
    127.1 127.0.1 0x7f.0.0.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.01 1.1.1.1. 1.1.1.1/32 1.1.1
    [::1] localhost example.com \uff11.1.1.1 ٣.1.1.1 256.1.1.1 1.1.1.1:443 :::1 g::1
"""
"""Private, loopback, link-local, multicast, CGNAT, tunneled and translated addresses, and ambiguous spellings."""


def test_an_address_that_leads_inside_or_is_none_is_not_public() -> None:
    none = ["", " ", "1.1.1.1 ", "1.1.1.1\n", "1.1.1.1\x00"]
    assert [each for each in (*PUBLIC.split(), *NOT_PUBLIC.split(), *none) if is_public(each)] == PUBLIC.split()


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_an_address_is_no_more_public_inside_another(inner: IPv4Address) -> None:
    """A mapped address counts as the inner one. Compatible, translated or tunneled ones are never public."""
    assert is_public(f"::ffff:{inner}") == is_public(str(inner))
    for wrapped in (int(inner), 0x64FF9B << 96 | int(inner), 0x2002 << 112 | int(inner) << 80, 0x20010000 << 96):
        assert not is_public(str(IPv6Address(wrapped)))


@given(st.text(), st.sampled_from("?#"), st.text())
def test_anything_can_be_asked_and_no_query_is_ever_shown(text: str, mark: str, after: str) -> None:
    assert is_public(text) in {True, False}
    assert redact_url(f"{text}{mark}{after}") == redact_url(text)


def test_a_signed_address_is_sent_as_it_came_and_one_in_other_letters_is_translated_before_it_is_judged() -> None:
    """Another spelling would break a signature. IDNA changes a name to ASCII, with digits of other scripts."""
    for text in (
        "https://movies.example/a/b.mp4?X-Amz-Signature=ab%2Fcd%7e&x=%41+%20",
        "https://my_bucket.movies.example/a.mp4",
        "https://movies.example/".ljust(8192, "a"),
        "https://movies.example/%7Eme/%2e%2E/a%2Fb?q=a;b&c=[1]",
    ):
        assert (str(parse_url(text)), violation(parse_url(text))) == (text, None)
    assert violation(parse_url("https://münchen.example/Käse.mp4?q=ä b")) is None
    assert parse_url("https://münchen.example/").raw_host == "xn--mnchen-3ya.example"
    assert violation(parse_url("https://\uff11\uff12\uff17.0.0.1/")) == "not a public address"


def test_what_is_no_address_is_told_without_its_text() -> None:
    for text in ("https://h.example/".ljust(8193, "a"), "https://h.example/\r\nX: y", "https://[::1"):
        with pytest.raises(ValueError, match="address") as caught:
            parse_url(text)
        assert text not in str(caught.value)
        assert caught.value.__cause__ is caught.value.__context__ is None


def test_a_log_sees_no_more_of_an_address_than_it_may() -> None:
    logged = {
        "https://h.example/a.mp4?sig=secret": "https://h.example/a.mp4",
        "https://h.example/a.mp4#secret": "https://h.example/a.mp4",
        "https://h.example?secret": "https://h.example",
        "https://me:secret@h.example/a@b.mp4": "https://h.example/a@b.mp4",
        "https://me:secret\\@h.example/a": "https://h.example/a",
        "//secret@h.example/a": "//h.example/a",
        "secret@h.example/a": "h.example/a",
        "https://h.example/a\nb\x1b[31m\u202e": "https://h.example/a�b�[31m�",
        "data:text/html," + "x" * 999: "data:text/html," + "x" * (MAX_LOGGED_LENGTH - 15) + "…",
        "": "",
    }
    assert {text: redact_url(text) for text in logged} == logged


def test_origins_are_read_in_any_spelling() -> None:
    origins: dict[str, set[str]] = {
        "https://Movies.Example": {"https://movies.example"},
        "https://movies.example:443/": {"https://movies.example"},
        "http://movies.example:80": {"http://movies.example"},
        "http://127.0.0.1:8089, https://b.example:444 ,": {"http://127.0.0.1:8089", "https://b.example:444"},
        "http://[0:0::1]:8089": {"http://[::1]:8089"},
        "http://localhost:8089/": {"http://localhost:8089"},
        "http://samsar": {"http://samsar"},
        " ": set(),
        "": set(),
    }
    assert {text: parse_origins(text) for text in origins} == origins
    assert all(origin_of(parse_url(each)) == each for found in origins.values() for each in found)


def test_what_is_no_origin_is_named_with_the_reason() -> None:
    for text, reason in (
        ("movies.example", "start with https"),
        ("ftp://movies.example", "start with https"),
        ("*", "start with https"),
        ("https://*.example", "a full host name"),
        ("https://", "a full host name"),
        ("https://movies.example.", "a full host name"),
        ("https://127.1", "a full host name"),
        ("http://[fe80::1%eth0]", "a full host name"),
        ("https://movies.example:0", "a port above 0"),
        ("https://movies.example:70000", "not an address"),
        ("https://movies.example/films", "end after the host"),
        ("https://movies.example?", "end after the host"),
        ("https://movies.example#", "end after the host"),
        ("https://me:secret@movies.example", "not have a user or a password"),
        ("https://@movies.example", "not have a user or a password"),
        ("https://good.example, https://movies.example/films", "movies.example/films: "),
    ):
        with pytest.raises(ValueError, match=r"origin|address") as caught:
            parse_origins(text)
        assert reason in str(caught.value)
        assert "secret" not in str(caught.value)


def test_a_trusted_origin_is_known_in_any_spelling_and_trust_ends_at_it() -> None:
    trusted = parse_origins("http://127.0.0.1:8089, https://movies.example")
    known = ["http://127.0.0.1:8089/a.mp4", "HTTP://127.0.0.1:8089/a.mp4"]
    known += ["https://movies.example:443/a.mp4", "https://MOVIES.example/a"]
    others = """
        https://127.0.0.1:8089/ http://127.0.0.1:8090/ http://127.0.0.1/ http://127.0.0.2:8089/ http://127.1:8089/
        http://127.0.0.1.:8089/ http://localhost:8089/ http://[::ffff:127.0.0.1]:8089/ http://me@127.0.0.1:8089/
        http://127.0.0.1:8089@evil.example/ http://movies.example/ https://movies.example.evil.example:8443/
    """
    assert [url for url in (*known, *others.split()) if violation(parse_url(url), trusted) is None] == known
