"""Gives each test an HTTP server and a client, and pauses that the test ends."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from tests.helpers.callback_client import CallbackClient, open_callback_client


@pytest.fixture
async def client() -> AsyncGenerator[CallbackClient]:
    async with open_callback_client() as opened:
        yield opened


class Pauses:
    def __init__(self) -> None:
        self.asked: list[float] = []
        self.over = asyncio.Semaphore(0)
        self.began = asyncio.Semaphore(0)

    async def sleep(self, seconds: float) -> None:
        self.asked.append(seconds)
        self.began.release()
        await self.over.acquire()
