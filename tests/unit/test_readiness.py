"""What a process of each role waits for before it is ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import lifecycle
from bot.app import open_app, this_process
from bot.domain.process import Role
from tests.helpers.settings import make_settings

GATEWAY, LOGIN = "the gateway isn't connected", "the bot isn't logged in to Discord"


@pytest.mark.parametrize(
    ("role", "missing"), [(Role.ALL, GATEWAY), (Role.GATEWAY, GATEWAY), (Role.WORKER, LOGIN), (Role.WEB, None)]
)
async def test_a_process_is_ready_once_its_role_can_work(tmp_path: Path, role: Role, missing: str | None) -> None:
    """Only a gateway's work needs more than the login."""
    async with open_app(make_settings(tmp_path), process=this_process(role)) as app:
        assert await lifecycle._readiness_problems(app) == (() if missing is None else (missing,))
        app.client.http_ready.set()
        assert await lifecycle._readiness_problems(app) == ((GATEWAY,) if missing == GATEWAY else ())
