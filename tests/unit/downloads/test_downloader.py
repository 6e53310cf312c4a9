"""A movie is downloaded whole, or refused and removed."""

import asyncio
import gzip
import itertools
import os
import shutil
import ssl
import stat
import tracemalloc
import zlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.downloads.downloader import (
    STALE_AFTER_SECONDS,
    DownloadError,
    DownloadFailed,
    DownloadForbidden,
    MovieDownloader,
    remove_stale,
)
from tests.helpers.ports import free_port
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
from tests.unit.samsar.conftest import ReceivedRequest, Script, cuts, hangs, http, resets, says, serving


async def refused(downloader: MovieDownloader, url: str, error: type[DownloadError] = DownloadForbidden) -> str:
    with pytest.raises(error) as caught:
        async with downloader.download(url, LARGEST):
            pass
    return str(caught.value)


@asynccontextmanager
async def downloaded(folder: Path, script: Script, max_bytes: int = 10_000) -> AsyncGenerator[Path]:
    async with (
        serving(script) as server,
        open_downloader(folder, server) as downloader,
        downloader.download(here(server, "/"), max_bytes) as path,
    ):
        yield path


async def test_a_movie_arrives_byte_for_byte_and_is_gone_afterwards(tmp_path: Path) -> None:
    async with serving(says(http(200, MOVIE))) as server, open_downloader(tmp_path, server) as downloader:
        async with downloader.download(here(server, "/../../etc/passwd.exe"), len(MOVIE)) as path:
            assert (path.read_bytes(), leftovers(tmp_path)) == (MOVIE, [path])
            assert (path.suffix, "passwd" in path.name) == (".mp4", False)
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert leftovers(tmp_path) == []


async def test_a_movie_of_any_size_is_whole(tmp_path: Path) -> None:
    for size, declared in itertools.product((24, MIB - 1, MIB, MIB + 1, 5 * MIB + 7), (True, False)):
        async with downloaded(tmp_path, streams(size, declared=declared), size) as path:
            assert path.read_bytes() == MOVIE[:24] + bytes(size - 24)


async def test_every_plausible_file_type_box_and_what_says_it_is_not_compressed_is_taken(tmp_path: Path) -> None:
    boxes = ["000000106674797069736f6d00000000", "00000014667479707174202020050300", "00001000667479706d70343200000000"]
    answers = [(bytes.fromhex(box), "X: y") for box in boxes]
    answers += [(MOVIE, f"Content-Encoding: {encoding}") for encoding in ("identity", "Identity")]
    for body, header in answers:
        async with downloaded(tmp_path, says(http(200, body, header))) as path:
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


async def test_a_hundred_mebibytes_cost_a_few(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        async with downloaded(tmp_path, streams(100 * MIB, declared=True), 100 * MIB) as path:
            assert path.stat().st_size == 100 * MIB
        assert tracemalloc.get_traced_memory()[1] < 8 * MIB
    finally:
        tracemalloc.stop()


LARGEST = 100_000
HTML = b"<!doctype html><title>The link has expired</title>" * 9


def sends(*pieces: bytes, close: bool = True) -> Script:
    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if close:
            writer.close()

    return script


async def drips(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    writer.write(http(200, MOVIE, length=10**9))
    while not writer.is_closing():
        writer.write(b"\x00")
        await writer.drain()
        await asyncio.sleep(0)


async def drips_its_head(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0)


async def failure(server_script: Script, folder: Path, *, max_bytes: int = LARGEST, **changes: float) -> DownloadError:
    async with serving(server_script) as server, open_downloader(folder, server, **changes) as downloader:
        with pytest.raises(DownloadError) as caught:
            async with downloader.download(here(server, "/a.mp4?sig=secret"), max_bytes):
                pass
    assert leftovers(folder) == []
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None, "aiohttp's exceptions hold whole addresses"
    return caught.value


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

REFUSED = {
    "longer than allowed, says its head": (says(http(200, MOVIE, length=LARGEST + 1)), "100001 bytes"),
    "absurdly long, says its head": (says(http(200, MOVIE, length=2**63)), "bytes"),
    "longer than allowed, and didn't say so": (streams(LARGEST + 1, declared=False), "more than 100000 bytes"),
    "without an end": (streams(10**12, declared=False), "more than 100000 bytes"),
    "chunks without an end": (sends(CHUNKED, *[b"FFFF\r\n" + MOVIE.ljust(65535) + b"\r\n"] * 9), "more than 100000"),
    "gzip": (says(http(200, gzip.compress(MOVIE), "Content-Encoding: gzip")), "compressed"),
    "deflate": (says(http(200, zlib.compress(MOVIE), "Content-Encoding: deflate")), "compressed"),
    "br": (says(http(200, MOVIE, "Content-Encoding: br")), "compressed"),
    "twice": (says(http(200, MOVIE, "Content-Encoding: identity, gzip")), "compressed"),
    "a bomb": (says(http(200, gzip.compress(bytes(50 * MIB)), "Content-Encoding: gzip")), "compressed"),
    "a page": (says(http(200, HTML, "Content-Type: video/mp4")), "not an MP4"),
    "nothing": (says(http(200, b"")), "not an MP4"),
    "less than a head": (says(http(200, MOVIE[:15])), "not an MP4"),
    "another format": (says(http(200, b"\x1aE\xdf\xa3" + bytes(99))), "not an MP4"),
    "a program": (says(http(200, b"MZ\x90\x00" + b"ftyp" * 9)), "not an MP4"),
    "a box of size 0": (says(http(200, b"\x00\x00\x00\x00" + MOVIE[4:])), "not an MP4"),
    "a box of size 1": (says(http(200, b"\x00\x00\x00\x01" + MOVIE[4:])), "not an MP4"),
    "a box that is no row of brands": (says(http(200, b"\x00\x00\x00\x19" + MOVIE[4:])), "not an MP4"),
    "a box of a gigabyte": (says(http(200, b"\x40\x00\x00\x00" + MOVIE[4:])), "not an MP4"),
    "a redirect to what is no address": (says(redirects("https://[::1")), "not an address"),
}

FAILED = {
    **{
        f"{status}": (says(http(status, b"" if status in {204, 304} else HTML)), f"answered {status}")
        for status in (201, 204, 206, 300, 304, 400, 401, 403, 404, 407, 410, 429, 500, 502, 503)
    },
    "a redirect without an address": (says(http(302, b"")), "302 without an address"),
    "cut before the answer": (cuts, "broke off"),
    "reset": (resets, "broke off"),
    "cut in the middle": (sends(http(200, MOVIE, length=LARGEST)), "broke off"),
    "cut in the first bytes": (sends(http(200, MOVIE[:9], length=LARGEST)), "broke off"),
    "cut in a chunk": (sends(CHUNKED, b"FFFF\r\n" + MOVIE), "broke off"),
    "not http": (sends(b"220 mail.example ESMTP\r\n\r\n"), "can be read"),
    "a length that is no number": (sends(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"), "can be read"),
    "a head without an end": (sends(b"HTTP/1.1 200 OK\r\nX: " + b"a" * MIB), "can be read"),
    "a thousand headers": (sends(b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 100_000 + b"\r\n"), "can be read"),
}


SILENT = {"before the answer": hangs, "in the middle": sends(http(200, MOVIE, length=LARGEST), close=False)}
DRIPPING = {"the movie": drips, "its head": drips_its_head}


@pytest.mark.parametrize(("kind", "scripts"), [(DownloadForbidden, REFUSED), (DownloadFailed, FAILED)])
async def test_what_is_against_the_rules_is_refused_and_what_does_not_come_whole_has_failed(
    tmp_path: Path, kind: type[DownloadError], scripts: dict[str, tuple[Script, str]]
) -> None:
    for name, (script, reason) in scripts.items():
        caught = await failure(script, tmp_path)
        assert isinstance(caught, kind), name
        assert reason in str(caught), name


async def test_no_server_can_hold_it_up(tmp_path: Path) -> None:
    for name, script in SILENT.items():
        caught = await failure(script, tmp_path, max_bytes=10**9, read_timeout=0.05)
        assert (type(caught), str(caught)) == (DownloadFailed, "nothing came for 0.05 s"), name
    for name, script in DRIPPING.items():
        caught = await failure(script, tmp_path, max_bytes=10**9, total_seconds=0.1)
        assert (type(caught), str(caught)) == (DownloadFailed, "not done within 0.1 s"), name


async def test_a_closed_port_and_an_unknown_name_are_failures(connections: ConnectionLog, tmp_path: Path) -> None:
    port = free_port()
    trusted, names = frozenset({f"http://127.0.0.1:{port}"}), FakeResolver(nowhere=[[]])
    async with open_downloader(tmp_path, names=names, trusted_origins=trusted) as downloader:
        assert "no connection" in await refused(downloader, f"http://127.0.0.1:{port}/?sig=secret", DownloadFailed)
        assert connections == [("127.0.0.1", port)]
        assert "the name is not known" in await refused(downloader, "https://nobody.example/", DownloadFailed)
        await refused(downloader, "https://nowhere.example/", DownloadFailed)


async def test_a_folder_that_cannot_be_written_is_a_failure(tmp_path: Path) -> None:
    async with serving(says(http(200, MOVIE))) as server, open_downloader(tmp_path / "gone", server) as downloader:
        assert "temporary file can't be written" in await refused(downloader, here(server, "/"), DownloadFailed)


async def test_what_happens_to_the_movie_is_no_failure_of_fetching(tmp_path: Path) -> None:
    async with serving(says(http(200, MOVIE))) as server, open_downloader(tmp_path, server) as downloader:
        with pytest.raises(ConnectionResetError, match="the upload"):
            async with downloader.download(here(server, "/"), LARGEST):
                raise ConnectionResetError("the upload")
        assert leftovers(tmp_path) == []


async def test_a_file_that_is_gone_or_cannot_be_removed_does_not_spoil_the_movie(tmp_path: Path) -> None:
    async with serving(says(http(200, MOVIE))) as server, open_downloader(tmp_path, server) as downloader:
        async with downloader.download(here(server, "/"), LARGEST) as path:
            path.unlink()
        async with downloader.download(here(server, "/"), LARGEST) as path:
            assert path.read_bytes() == MOVIE
            path.unlink()
            path.mkdir()
        assert leftovers(tmp_path) == [path]


async def test_a_server_that_takes_long_to_connect_is_given_up(tmp_path: Path) -> None:
    async with serving(hangs) as server:
        origin = f"https://127.0.0.1:{server.port}"
        async with open_downloader(tmp_path, trusted_origins=frozenset({origin}), connect_seconds=0.05) as downloader:
            reason = await refused(downloader, f"{origin}/a.mp4?sig=secret", DownloadFailed)
    assert (reason, server.requests) == ("no connection within 0.05 s", [])


async def test_a_cancelled_fetch_leaves_no_file_and_closing_ends_one_that_is_on_its_way(tmp_path: Path) -> None:
    underway = asyncio.Event()

    async def script(_: ReceivedRequest, writer: asyncio.StreamWriter) -> None:
        writer.write(http(200, MOVIE.ljust(4 * MIB), length=10**9))
        await writer.drain()
        underway.set()

    async with serving(script) as server, open_downloader(tmp_path, server, max_concurrent=1) as downloader:

        async def fetch() -> None:
            async with downloader.download(here(server, "/"), 10**9):
                raise AssertionError("it never ends")

        for rounds in (0, 0, 1, 2, 3, 5, 8):
            underway.clear()
            task = asyncio.create_task(fetch())
            await underway.wait()
            for _ in range(rounds):
                await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert leftovers(tmp_path) == []
        underway.clear()
        task = asyncio.create_task(fetch())
        await underway.wait()
        await downloader.close()
        with pytest.raises(DownloadFailed):
            await task
    assert leftovers(tmp_path) == []


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl to make a certificate with")
@pytest.mark.full
async def test_an_untrusted_certificate_is_a_failure(tmp_path: Path) -> None:
    heard: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.read())
        writer.close()

    context = await self_signed(tmp_path)
    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        async with open_downloader(tmp_path, trusted_origins=frozenset({url})) as downloader:
            assert "no trustworthy connection" in await refused(downloader, url, DownloadFailed)
    finally:
        server.close()
        await server.wait_closed()
    assert heard == []


async def self_signed(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=movies.example"
    process = await asyncio.create_subprocess_exec(
        *("openssl", *words.split(), "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate),
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)
    return context


PUBLIC = "93.184.216.34"

WITHOUT_SPACES = """
    http://movies.example/a.mp4 file:///etc/passwd file://127.0.0.1/etc/passwd ftp://movies.example/a.mp4
    gopher://127.0.0.1:6379/_FLUSHALL data:video/mp4;base64,AAAAGGZ0eXA= javascript:alert(1)
    blob:https://movies.example/1 ws://movies.example/ unix:///var/run/docker.sock

    https://127.0.0.1/a.mp4 https://127.1/ https://2130706433/ https://0x7f.1/ https://0177.0.0.1/ https://127.0.0.1./
    https://%31%32%37.0.0.1/ https://\uff11\uff12\uff17.0.0.1/ https://127\u30020\u30020\u30021/ https://0/
    https://[::1]/ https://[0:0:0:0:0:0:0:1]/ https://[::ffff:7f00:1]/ https://localhost/ https://LOCALHOST/
    https://localhost./ https://\u24dbocalhost/ https://a.localhost/ https://169.254.169.254/latest/meta-data/
    https://[fd00:ec2::254]/latest/meta-data/ https://metadata.google.internal/computeMetadata/v1/ https://metadata/
    https://10.0.0.1/ https://printer.local/ https://intranet/ https://router.home.arpa/ https://[fe80::1%25eth0]/
    https://224.0.0.1/ https://[64:ff9b::7f00:1]/

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
"""Refused while parsing, without a DNS request. test_url_policy.py has all ranges of addresses."""

ABSOLUTE_ONLY = ["movies.example/a.mp4", "//movies.example/a.mp4", "/a.mp4", "", " ", "https:a.mp4", "https:/a.mp4"]
"""Refused as a first address. In a redirect they are relative to the previous one."""

NAMED = [
    *(["127.0.0.1"], ["fe80::1%eth0"], ["localhost"], [PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC]),
    *(["2606:4700:4700::1111", "fd00::1"], [PUBLIC, PUBLIC, "::ffff:10.0.0.1"]),
]


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
    without_policy = MovieDownloader()
    for url in ("https://127.0.0.1/", "http://127.0.0.1/", "https://localhost/"):
        await refused(without_policy, url)
    await without_policy.close()
    assert (connections, names.asked, leftovers(tmp_path)) == ([], [], [])


async def test_a_redirect_to_it_is_refused_as_well(connections: ConnectionLog, tmp_path: Path) -> None:
    names = FakeResolver(movies=[[PUBLIC]])
    targets = {f"/{number}": url for number, url in enumerate(WRITTEN) if url.isprintable() and len(url) < 8000}
    answers = {path: redirects(url) for path, url in targets.items()}
    async with serving(by_path(answers)) as server, open_downloader(tmp_path, server, names=names) as downloader:
        for path in targets:
            await refused(downloader, here(server, path))
        assert len(targets) == len(server.requests) > 50
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
        assert "no connection" in await refused(downloader, "https://rebind.example/a.mp4", DownloadFailed)
        assert (connections, names.asked) == ([(PUBLIC, 443)], ["rebind.example"])
        await refused(downloader, "https://rebind.example/a.mp4")
    assert (connections, names.asked) == ([(PUBLIC, 443)], ["rebind.example"] * 2)


async def test_a_redirect_from_one_trusted_origin_is_not_trusted_at_another_port(tmp_path: Path) -> None:
    async with serving(says(http(200, MOVIE))) as trap:
        for target in (here(trap, "/"), f"//127.0.0.1:{trap.port}/", f"https://127.0.0.1:{trap.port}/"):
            async with sending_to(tmp_path, target) as (start, downloader):
                await refused(downloader, start)
        assert trap.requests == []


THREE = {"/": redirects("/b", 301), "/b": redirects("/c", 303), "/c": redirects("/d", 307)}
INSIDE = redirects("https://169.254.169.254/latest/meta-data/?token=secret", 308)
TOO_MANY, FORBIDDEN = "more than 3 redirects", "https://169.254.169.254/latest/meta-data/: not a public address"
CHAINS = {
    "a loop": ({"/": redirects("/")}, TOO_MANY, 4),
    "two that send each other": ({"/": redirects("/b"), "/b": redirects("/")}, TOO_MANY, 4),
    "four": ({**THREE, "/d": redirects("e")}, TOO_MANY, 4),
    "four, and then inside": ({**THREE, "/d": INSIDE}, TOO_MANY, 4),
    "three, the last inside": ({**THREE, "/c": INSIDE}, FORBIDDEN, 3),
    "two, the last inside": ({**THREE, "/b": INSIDE}, FORBIDDEN, 2),
    "inside at once": ({"/": INSIDE}, FORBIDDEN, 1),
}


async def test_the_fourth_redirect_is_refused_and_each_is_checked(connections: ConnectionLog, tmp_path: Path) -> None:
    for name, (chain, reason, hops) in CHAINS.items():
        connections.clear()
        async with serving(by_path(chain)) as server, open_downloader(tmp_path, server) as downloader:
            assert await refused(downloader, here(server, "/?sig=secret")) == reason, name
            assert len(server.requests) == hops
            assert connections == [("127.0.0.1", server.port)] * hops


NOW = 1_800_000_000.0
OURS = f"matinee-{'0a' * 16}.mp4"


def put(folder: Path, name: str, age: float = STALE_AFTER_SECONDS * 100) -> Path:
    path = folder / name
    path.write_bytes(b"x")
    os.utime(path, (NOW - age, NOW - age))
    return path


def test_only_an_old_movie_of_this_bot_is_removed(tmp_path: Path) -> None:
    """Another process may be fetching a younger one. A link may lead to someone's file."""
    old = put(tmp_path, OURS, STALE_AFTER_SECONDS + 1)
    kept = [put(tmp_path, OURS.replace("0a", "0b"), STALE_AFTER_SECONDS - 1)]
    similar = ["matinee-.mp4", "matinee-holiday.mp4", f"{OURS}.bak", f"my-{OURS}", OURS.upper()]
    kept += [put(tmp_path, name) for name in (*similar, OURS.replace("mp4", "mov"))]
    (tmp_path / OURS.replace("0a", "0c")).symlink_to(kept[-1])
    (tmp_path / OURS.replace("0a", "0d")).mkdir()
    for path in (OURS.replace("0a", "0c"), OURS.replace("0a", "0d")):
        os.utime(tmp_path / path, (0, 0), follow_symlinks=False)
    assert remove_stale(tmp_path, NOW) == 1
    assert not old.exists()
    assert all(path.exists() for path in kept)
    assert len(list(tmp_path.iterdir())) == len(kept) + 2


def test_another_users_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, OURS)
    monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)
    assert remove_stale(tmp_path, NOW) == 0
    assert path.exists()
