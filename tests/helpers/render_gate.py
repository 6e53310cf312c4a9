"""Keeps movies rendering until the test decides that they are done."""

from __future__ import annotations

import asyncio

from bot.sandbox.environment import SandboxEnvironment
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply
from bot.sandbox.faults import STATUS


class RenderGate:
    def __init__(self, sandbox: SandboxEnvironment) -> None:
        self._open = asyncio.Event()
        sandbox.fake_samsar.inject(Fault("gate", "says PENDING until it is opened", self._act, STATUS))

    def open(self) -> None:
        self._open.set()

    async def _act(self, exchange: Exchange, proceed: Proceed) -> Reply:
        reply = await proceed(exchange)
        details = {"prompt_generation": "COMPLETED", "video_generation": "PENDING"}
        return reply if self._open.is_set() else Reply.of({"status": "PENDING", "details": details})
