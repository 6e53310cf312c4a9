"""A successful download: every byte, no secret sent, little memory and no blocked event loop."""

from __future__ import annotations

import asyncio
import itertools
import stat
from pathlib import Path

import pytest

from bot.downloads.downloader import DownloadForbidden, MovieDownloader
from tests.unit.downloads.conftest import (
    MIB,
    MOVIE,
    ConnectionLog,
    FakeResolver,
    by_path,
    here,
    leftovers,
    open_downloader,
    redirects,
    streams,
)
from tests.unit.samsar.conftest import ReceivedRequest, http, says, serving


async def test_a_movie_arrives_byte_for_byte_and_is_gone_afterwards(tmp_path: Path) -> None:
    async with serving(says(http(200, MOVIE))) as server, open_downloader(tmp_path, server) as downloader:
        async with downloader.download(here(server, "/../../etc/passwd.exe"), len(MOVIE)) as path:
            assert path.read_bytes() == MOVIE
            assert leftovers(tmp_path) == [path]
            assert path.suffix == ".mp4"
            assert "passwd" not in path.name
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert leftovers(tmp_path) == []


async def test_a_movie_of_any_size_is_whole(tmp_path: Path) -> None:
    for size, declared in itertools.product((24, MIB - 1, MIB, MIB + 1, 5 * MIB + 7), (True, False)):
        async with (
            serving(streams(size, declared=declared)) as server,
            open_downloader(tmp_path, server) as downloader,
            downloader.download(here(server, "/"), size) as path,
        ):
            assert path.read_bytes() == MOVIE[:24] + bytes(size - 24)


async def test_every_plausible_file_type_box_and_what_says_it_is_not_compressed_is_taken(tmp_path: Path) -> None:
    boxes = ["000000106674797069736f6d00000000", "00000014667479707174202020050300", "00001000667479706d70343200000000"]
    answers = [(bytes.fromhex(box), "X: y") for box in boxes]
    answers += [(MOVIE, f"Content-Encoding: {encoding}") for encoding in ("identity", "Identity")]
    for body, header in answers:
        async with (
            serving(says(http(200, body, header))) as server,
            open_downloader(tmp_path, server) as downloader,
            downloader.download(here(server, "/"), 10_000) as path,
        ):
            assert path.read_bytes() == body


async def test_three_redirects_are_followed_each_relative_to_the_last(tmp_path: Path) -> None:
    """The query is kept exactly, because it can be a signature."""
    signed = "e.mp4?X-Sig=%2f%7E+a&b=%20"
    answers = {
        "/a/b": redirects("../c/d", 301),
        "/c/d": redirects("/c/e", 307),
        "/c/e": redirects(signed, 308),
        "/c/e.mp4": http(200, MOVIE),
    }
    async with serving(by_path(answers)) as server, open_downloader(tmp_path, server) as downloader:
        async with downloader.download(here(server, "/a/b"), 10_000) as path:
            assert path.read_bytes() == MOVIE
        assert [each.target for each in server.requests] == ["/a/b", "/c/d", "/c/e", f"/c/{signed}"]


async def test_a_download_request_carries_no_credentials(
    monkeypatch: pytest.MonkeyPatch, connections: ConnectionLog, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    there = http(302, b"", "Location: /there", "Set-Cookie: id=1; Path=/", "WWW-Authenticate: Basic")
    async with serving(by_path({"/": there, "/there": http(200, MOVIE, "Set-Cookie: id=2; Path=/")})) as server:
        origin = f"http://movies.example:{server.port}"
        names = FakeResolver(movies=[["127.0.0.1"]])
        async with open_downloader(tmp_path, names=names, trusted_origins=frozenset({origin})) as downloader:
            for _ in range(2):
                async with downloader.download(f"{origin}/?sig=secret", 10_000):
                    pass
        assert len(server.requests) == 4
        assert set(connections) == {("127.0.0.1", server.port)}
        for request in server.requests:
            assert set(request.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
            assert request.headers["user-agent"].startswith("Matinee/")
            assert request.headers["accept-encoding"] == "identity"
            assert (request.method, request.body) == ("GET", b"")


async def test_no_more_than_two_come_at_once(tmp_path: Path) -> None:
    """The third download waits, and its timeout begins when it starts."""
    both, go, underway = asyncio.Event(), asyncio.Event(), list[int]()

    async def script(received: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        underway.append(received.connection)
        if len(underway) == 2:
            both.set()
        await go.wait()
        writer.write(http(200, MOVIE))
        await writer.drain()

    async with serving(script) as server, open_downloader(tmp_path, server) as downloader:

        async def one() -> int:
            async with downloader.download(here(server, "/"), 10_000) as path:
                return path.stat().st_size

        tasks = [asyncio.create_task(one()) for _ in range(5)]
        await both.wait()
        for _ in range(20):
            await asyncio.sleep(0)
        assert len(underway) == 2
        go.set()
        assert await asyncio.gather(*tasks) == [len(MOVIE)] * 5


async def test_without_a_policy_no_host_is_trusted(connections: ConnectionLog) -> None:
    downloader = MovieDownloader()
    for url in ("https://127.0.0.1/", "http://127.0.0.1/", "https://localhost/"):
        with pytest.raises(DownloadForbidden):
            async with downloader.download(url, 10_000):
                pass
    await downloader.close()
    assert connections == []


STATUS = Path("/proc/self/status")


def resident() -> int:
    line = next(line for line in STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024


@pytest.mark.skipif(not STATUS.exists(), reason="only Linux tells in /proc how much memory a process has")
async def test_a_hundred_mebibytes_cost_a_few(tmp_path: Path) -> None:
    seen: list[int] = []

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {100 * MIB}\r\n\r\n".encode() + MOVIE[:64])
        zeros, left = bytes(64 * 1024), 100 * MIB - 64
        while left > 0:
            writer.write(zeros[:left])
            left -= len(zeros)
            await writer.drain()
            if left // len(zeros) % 16 == 0:
                seen.append(resident())
        writer.close()

    async with (
        serving(streams(4 * MIB, declared=True)) as small,
        serving(script) as large,
        open_downloader(tmp_path, small, large) as downloader,
    ):
        async with downloader.download(here(small, "/"), 100 * MIB):
            before = resident()
        async with downloader.download(here(large, "/"), 100 * MIB) as path:
            seen.append(resident())
            assert path.stat().st_size == 100 * MIB
    grown = (max(seen) - before) / MIB
    assert grown < 8
