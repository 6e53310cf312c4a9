"""Gives each test an HTTP server and a client."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from tests.helpers.callback_client import CallbackClient, open_callback_client


@pytest.fixture
async def client() -> AsyncGenerator[CallbackClient]:
    async with open_callback_client() as opened:
        yield opened
