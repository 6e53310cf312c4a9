"""What monitoring requests, and who may request it: the address by which a caller counts."""

import asyncio
import logging
import socket
from ipaddress import ip_network

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import StartupError
from bot.web.listener import client_ip, is_loopback
from scripts import check_health
from tests.helpers.callback_client import PAGE, CallbackClient, open_callback_client

INSIDE = ("/readyz", "/metrics")
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via")


async def test_health_says_the_loop_is_alive_ready_what_is_missing_and_metrics_a_type(client: CallbackClient) -> None:
    client.missing = ("the disk is full", "the gateway is not connected")
    answer = await client.ask("GET", "/healthz", headers={"X-Forwarded-For": "203.0.113.5"})
    assert (answer.status, answer.body) == (200, b"ok\n")
    for status, body in ((503, b"the disk is full\nthe gateway is not connected\n"), (200, b"ready\n")):
        answer = await client.ask("GET", "/readyz")
        assert (answer.status, answer.body) == (status, body)
        client.missing = ()
    answer = await client.ask("GET", "/metrics")
    assert (answer.status, answer.body) == (200, PAGE)
    assert answer.headers["Content-Type"].startswith("text/plain; version=")


async def test_the_inside_is_hidden_from_whom_a_proxy_forwards_and_from_a_browser(client: CallbackClient) -> None:
    """A page's name may lead to this machine (DNS rebinding), and the browser sends that name."""
    nothing = await client.ask("GET", "/nothing")
    assert nothing.status == 404
    own = ("localhost", "LOCALHOST:8080", "127.0.0.1", "127.8.8.8:80", "[::1]", "[::1]:8080")
    others = ("evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.nip.io", "203.0.113.5")
    for path in INSIDE:
        for header in (*PROXY_HEADERS, "CF-Connecting-IP"):
            assert await client.ask("GET", path, headers={header: "203.0.113.5"}) == nothing, header
        for host in (*others, "[2001:db8::1]", ""):
            assert await client.ask("GET", path, headers={"Host": host}) == nothing, host
        for host in own:
            assert (await client.ask("GET", path, headers={"Host": host})).status == 200, host


async def test_the_inside_is_hidden_from_elsewhere(client: CallbackClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for remote in ("203.0.113.5", "10.0.0.1", "2001:db8::1", None):
        monkeypatch.setattr(web.BaseRequest, "remote", property(lambda _, remote=remote: remote))
        nothing = await client.ask("GET", "/nothing")
        assert [await client.ask("GET", path) for path in INSIDE] == [nothing, nothing]
        assert (await client.ask("GET", "/healthz")).status == 200


async def test_metrics_public_shows_them_to_everyone() -> None:
    async with open_callback_client(public=True) as client:
        for path in INSIDE:
            assert (await client.ask("GET", path, headers={"X-Forwarded-For": "203.0.113.5"})).status == 200


def test_only_this_machine_is_near() -> None:
    near = ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"]
    far = ["::ffff:10.0.0.1", "10.0.0.1", "203.0.113.5", "2001:db8::1", "fe80::1%eth0", "localhost", "", None]
    assert [address for address in (*near, *far) if is_loopback(address)] == near


async def test_nothing_can_be_sent_to_monitoring(client: CallbackClient) -> None:
    for path in ("/healthz", *INSIDE):
        for method in ("POST", "PUT", "DELETE"):
            assert (await client.ask(method, path, data=b"{}")).status == 405


async def test_a_port_that_is_taken_or_at_no_address_of_this_machine_is_named(client: CallbackClient) -> None:
    for host in ("127.0.0.1", "203.0.113.1", "movies..example"):
        with pytest.raises(StartupError, match=f"Can't listen on {host} port {client.port}. Set PORT to a free port"):
            async with open_callback_client(host=host, port=client.port):
                pass


async def test_request_leaves_no_line_in_the_log(client: CallbackClient, caplog: pytest.LogCaptureFixture) -> None:
    """A stranger must not fill the disk, and callback URLs are secret."""
    caplog.set_level(logging.INFO)
    await client.ask("GET", "/healthz")
    await client.ask("GET", "/nothing")
    await client.told("s" * 43, {})
    assert [each.name for each in caplog.records if each.levelno >= logging.INFO] == []


async def test_what_is_no_http_leaves_a_line_alone(client: CallbackClient, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for _ in range(30):
        reader, writer = await asyncio.open_connection("127.0.0.1", client.port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost : s3cr3t\r\n\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.0 400")
        writer.close()
    lines = [each for each in caplog.records if each.name.startswith("bot.web")]
    assert {each.message for each in lines} == {"http_request_malformed"}
    assert 1 <= len(lines) <= 10
    assert lines[0].__dict__["address"] == "127.0.0.1"
    assert not [each for each in caplog.records if each.exc_info or "s3cr3t" in str(each.__dict__)]


TRUSTED = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
HOSTILE = "203.0.113.66"


def test_the_address_that_a_trusted_proxy_added_counts_and_no_other() -> None:
    for remote, forwarded_for, counted in (
        ("203.0.113.5", [], "203.0.113.5"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.5"], "203.0.113.5"),
        ("10.0.0.1", ["203.0.113.5, 10.0.0.2"], "203.0.113.5"),
        ("10.0.0.1", ["203.0.113.5", "10.0.0.2"], "203.0.113.5"),
        ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
        ("10.0.0.1", ["[2001:db8::7]:443"], "2001:db8::7"),
        ("10.0.0.1", ["203.0.113.5:50123"], "203.0.113.5"),
        ("::ffff:10.0.0.1", ["::ffff:203.0.113.5"], "203.0.113.5"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
        # what a caller makes up is not believed
        (HOSTILE, ["203.0.113.5"], HOSTILE),
        (HOSTILE, ["203.0.113.5, 10.0.0.2"], HOSTILE),
        ("10.0.0.1", [f"203.0.113.5, {HOSTILE}"], HOSTILE),
        ("10.0.0.1", [f"203.0.113.5, {HOSTILE}, 10.0.0.2"], HOSTILE),
        ("10.0.0.1", ["203.0.113.5, nonsense"], "10.0.0.1"),
        ("10.0.0.1", ["203.0.113.5, , 10.0.0.2"], "10.0.0.2"),
        (None, ["203.0.113.5"], ""),
    ):
        assert client_ip(remote, forwarded_for, TRUSTED) == counted, (remote, forwarded_for)


@given(st.lists(st.text(max_size=40), max_size=5))
def test_no_header_hides_a_caller(forwarded_for: list[str]) -> None:
    """Entries before the proxy's don't count, nor headers without a trusted proxy."""
    assert client_ip("10.0.0.1", [*forwarded_for, HOSTILE], TRUSTED) == HOSTILE
    assert client_ip(HOSTILE, forwarded_for, TRUSTED) == HOSTILE
    assert client_ip(HOSTILE, forwarded_for, ()) == HOSTILE


async def test_a_bot_that_answers_is_healthy(client: CallbackClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", str(client.port))
    for host in ("127.0.0.1", "0.0.0.0", ""):  # noqa: S104 - what HOST says
        monkeypatch.setenv("HOST", host)
        assert await asyncio.to_thread(check_health.main) == 0


def test_a_bot_that_does_not_answer_is_not_healthy_and_one_without_a_port_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOST", raising=False)
    with socket.socket() as bound:  # and not listening
        bound.bind(("127.0.0.1", 0))
        monkeypatch.setenv("PORT", str(bound.getsockname()[1]))
        assert check_health.main() == 1
    monkeypatch.setenv("PORT", " ")
    assert check_health.main() == 0
