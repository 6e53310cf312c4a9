"""Hostile URLs are refused, and no request reaches what they point to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.downloads.downloader import DownloadFailed, DownloadForbidden, MovieDownloader
from tests.unit.downloads.conftest import (
    MOVIE,
    ConnectionLog,
    FakeResolver,
    by_path,
    here,
    leftovers,
    open_downloader,
    redirects,
)
from tests.unit.samsar.conftest import http, serving

PUBLIC = "93.184.216.34"

WITHOUT_SPACES = """
    http://movies.example/a.mp4 file:///etc/passwd file://127.0.0.1/etc/passwd ftp://movies.example/a.mp4
    gopher://127.0.0.1:6379/_FLUSHALL data:video/mp4;base64,AAAAGGZ0eXA= javascript:alert(1)
    blob:https://movies.example/1 ws://movies.example/ unix:///var/run/docker.sock

    https://127.0.0.1/a.mp4 https://127.1/ https://127.0.1/ https://2130706433/ https://0x7f000001/ https://0x7f.1/
    https://0X7F.0.0.0x1/ https://017700000001/ https://0177.0.0.1/ https://127.0.0.1./ https://%31%32%37.0.0.1/
    https://\uff11\uff12\uff17.0.0.1/ https://127\u30020\u30020\u30021/ https://0.0.0.0/ https://0/ https://[::1]/
    https://[::]/ https://[0:0:0:0:0:0:0:1]/ https://[::127.0.0.1]/ https://[::ffff:127.0.0.1]/ https://[::ffff:7f00:1]/
    https://localhost/ https://LOCALHOST/ https://localhost./ https://\u24dbocalhost/ https://a.localhost/

    https://169.254.169.254/latest/meta-data/ https://[fd00:ec2::254]/latest/meta-data/
    https://metadata.google.internal/computeMetadata/v1/ https://metadata/ https://168.63.129.16/machine
    https://100.100.100.200/latest/meta-data/ https://10.0.0.1/ https://172.16.0.1/ https://192.168.0.1/
    https://100.64.0.1/ https://198.18.0.1/ https://printer.local/ https://intranet/ https://router.home.arpa/
    https://[fd00::]/ https://[fe80::1]/ https://[fe80::1%25eth0]/ https://[fec0::1]/

    https://224.0.0.1/ https://255.255.255.255/ https://240.0.0.1/ https://[ff02::1]/ https://192.0.2.1/
    https://[2001:db8::1]/ https://[100::1]/

    https://[64:ff9b::7f00:1]/ https://[64:ff9b:1::a00:1]/ https://[2002:7f00:1::]/ https://[2001:0:7f00:1::]/

    https://movies.example@127.0.0.1/ https://movies.example:443@127.0.0.1/ https://me:secret@movies.example/a.mp4
    https://movies.example\\@127.0.0.1/ https://movies.example:22/ https://movies.example:8443/
    https://movies.example:80/ https://movies.example:0/ https://movies.example:99999/ https://movies.example:x/
    https://movies.example./ https://movies..example/ https://-/ https://*.example/
    https://movies\u2024\u2024.example/ https:// https:///a.mp4 https://:443/ https://[::1/
"""
WRITTEN = [
    *WITHOUT_SPACES.split(),
    "https://movies example/",
    f"https://{'a' * 64}.example/",
    f"https://{'a.' * 130}example/",
    "https://\u00ad/",
    "https://movies.example/a.mp4\r\nHost: 127.0.0.1",
    "https://movies.example/\x00",
    "\thttps://movies.example/",
    "https://movies.example/" + "a" * 9000,
]
"""Refused while parsing: no DNS request is made for them.

Other schemes, this machine in every spelling, what stands around it, no one and everyone, an address inside an address,
and users, ports and hosts that aren't what they seem.
"""

ABSOLUTE_ONLY = ["movies.example/a.mp4", "//movies.example/a.mp4", "/a.mp4", "", " ", "https:a.mp4", "https:/a.mp4"]
"""Refused as a first address. In a redirect they are relative to the previous one."""

NAMED = [
    ["127.0.0.1"],
    ["fe80::1%eth0"],
    [PUBLIC, "127.0.0.1"],
    ["127.0.0.1", PUBLIC],
    ["2606:4700:4700::1111", "fd00::1"],
    [PUBLIC, PUBLIC, "::ffff:10.0.0.1"],
    ["localhost"],
]
"""Addresses of hostile names: internal ones, or internal and public ones mixed. test_url_policy.py has all ranges."""


async def refused(downloader: MovieDownloader, url: str) -> str:
    with pytest.raises(DownloadForbidden) as caught:
        async with downloader.download(url, 1000):
            pass
    return caught.value.reason


@asynccontextmanager
async def sending_to(
    folder: Path, location: str, names: FakeResolver | None = None
) -> AsyncGenerator[tuple[str, MovieDownloader]]:
    async with (
        serving(by_path({"/": redirects(location)})) as server,
        open_downloader(folder, server, names=names) as downloader,
    ):
        yield here(server, "/"), downloader


async def test_a_hostile_address_is_refused_unasked(connections: ConnectionLog, tmp_path: Path) -> None:
    names = FakeResolver(movies=[[PUBLIC]])
    async with open_downloader(tmp_path, names=names, max_concurrent=50) as downloader:
        await asyncio.gather(*(refused(downloader, url) for url in WRITTEN + ABSOLUTE_ONLY))
    assert (connections, names.asked, leftovers(tmp_path)) == ([], [], [])


async def test_a_redirect_to_it_is_refused_as_well(connections: ConnectionLog, tmp_path: Path) -> None:
    """A redirect does not inherit its origin's trust."""
    names = FakeResolver(movies=[[PUBLIC]])
    targets = {f"/{number}": url for number, url in enumerate(WRITTEN) if url.isprintable() and len(url) < 8000}
    answers = {path: redirects(url) for path, url in targets.items()}
    async with serving(by_path(answers)) as server, open_downloader(tmp_path, server, names=names) as downloader:
        for path in targets:
            await refused(downloader, here(server, path))
        assert len(targets) == len(server.requests) > 80
        assert set(connections) == {("127.0.0.1", server.port)}, "the trusted server, and nobody else"
    assert (names.asked, leftovers(tmp_path)) == ([], [])


async def test_a_name_that_leads_inside_is_refused(connections: ConnectionLog, tmp_path: Path) -> None:
    for addresses in NAMED:
        connections.clear()
        names = FakeResolver(evil=[addresses])
        async with open_downloader(tmp_path, names=names) as downloader:
            assert "evil.example leads to" in await refused(downloader, "https://evil.example/a.mp4")
        assert connections == []
        async with sending_to(tmp_path, "https://evil.example/a.mp4", names) as (start, downloader):
            assert "evil.example leads to" in await refused(downloader, start)
        assert len(connections) == 1
        assert names.asked == ["evil.example"] * 2


async def test_the_check_at_connect_time_suffices(connections: ConnectionLog, tmp_path: Path) -> None:
    """One bad address ends the download, without a race: it is not passed over for the next."""
    addresses = ("127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "[64:ff9b::7f00:1]")
    names = FakeResolver(
        **{f"evil{n}": [[first, PUBLIC]] for n, first in enumerate(("127.0.0.1", "fd00::1", "::ffff:127.0.0.1"))}
    )
    async with open_downloader(tmp_path) as downloader:
        connector = downloader._public_session.connector
        assert isinstance(connector, aiohttp.TCPConnector)
        connector._resolver = names
        for host in (*addresses, *names.answers):
            with pytest.raises(DownloadForbidden, match="not a public address"):
                await downloader._public_session.get(f"https://{host}/")
    assert (connections, names.asked) == ([], [*names.answers])


async def test_a_name_that_changes_its_mind_gains_nothing(connections: ConnectionLog, tmp_path: Path) -> None:
    """DNS rebinding: the connection uses the address that was checked."""
    names = FakeResolver(rebind=[[PUBLIC], ["127.0.0.1"]])
    async with open_downloader(tmp_path, names=names) as downloader:
        with pytest.raises(DownloadFailed, match="no connection"):
            async with downloader.download("https://rebind.example/a.mp4", 1000):
                pass
        assert (connections, names.asked) == ([(PUBLIC, 443)], ["rebind.example"])
        await refused(downloader, "https://rebind.example/a.mp4")
    assert (connections, names.asked) == ([(PUBLIC, 443)], ["rebind.example"] * 2)


async def test_a_redirect_from_one_trusted_origin_is_not_trusted_at_another_port(tmp_path: Path) -> None:
    """Other services on a trusted machine stay out of reach."""
    async with serving(by_path({"/": http(200, MOVIE)})) as trap:
        for target in (here(trap, "/"), f"//127.0.0.1:{trap.port}/", f"https://127.0.0.1:{trap.port}/"):
            async with sending_to(tmp_path, target) as (start, downloader):
                await refused(downloader, start)
        assert trap.requests == []


CHAINS = {
    "a loop": {"/": redirects("/")},
    "two that send each other": {"/": redirects("/b"), "/b": redirects("/")},
    "four": {"/": redirects("b"), "/b": redirects("c"), "/c": redirects("d"), "/d": redirects("e")},
    "four, and then inside": {
        "/": redirects("/b", 301),
        "/b": redirects("/c", 303),
        "/c": redirects("/d", 307),
        "/d": redirects("https://10.0.0.1/", 308),
    },
}


async def test_the_fourth_redirect_is_refused(connections: ConnectionLog, tmp_path: Path) -> None:
    for name, chain in CHAINS.items():
        connections.clear()
        async with serving(by_path(chain)) as server, open_downloader(tmp_path, server) as downloader:
            assert await refused(downloader, here(server, "/")) == "more than 3 redirects", name
            assert len(server.requests) == 4
            assert set(connections) == {("127.0.0.1", server.port)}


async def test_the_last_redirect_of_a_chain_is_checked_like_the_first(
    connections: ConnectionLog, tmp_path: Path
) -> None:
    for hops in (1, 2, 3):
        connections.clear()
        chain = {f"/{hop}": redirects(f"/{hop + 1}") for hop in range(1, hops)}
        chain[f"/{hops}"] = redirects("https://169.254.169.254/latest/meta-data/?token=secret")
        async with serving(by_path(chain)) as server, open_downloader(tmp_path, server) as downloader:
            reason = await refused(downloader, here(server, "/1?sig=secret"))
            assert reason == "https://169.254.169.254/latest/meta-data/: not a public address"
            assert len(connections) == len(server.requests) == hops
