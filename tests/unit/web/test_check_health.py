"""scripts/check_health.py, which the container image's HEALTHCHECK runs."""

from __future__ import annotations

import asyncio
import socket

import pytest

from scripts import check_health
from tests.helpers.callback_client import CallbackClient


async def test_a_bot_that_answers_is_healthy(client: CallbackClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """HOST may be the address of all interfaces."""
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
