"""Two gateways, two workers and a web process on one PostgreSQL database, or one process that has all roles."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from pathlib import Path
from typing import Any

from simcord.backend.models import Message

from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.fake_discord.primitives import ChangeSignal
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import Place
from tests.helpers.ports import free_port
from tests.process.bot_process import channels_by_shard
from tests.process.crash.harness import INJECTOR, KEY, injected, open_fakes, url_of
from tests.process.crash.invariants import check, check_ends, pending_work, submitting

SHARDS = 2
Roles = Mapping[str, tuple[str, Mapping[str, str]]]
"""Processes by name: the role of each, and its own settings."""

ROLES: Roles = {
    "gateway-0": ("gateway", {"SHARD_IDS": "0"}),
    "gateway-1": ("gateway", {"SHARD_IDS": "1"}),
    "worker-0": ("worker", {}),
    "worker-1": ("worker", {}),
    "web": ("web", {}),
}
ALONE: Roles = {"all": ("all", {})}

STARTED = r"^@ (ready|recovered) |http_listening"
"""The line of a process that has started, whatever its role."""

SHORTENED = {"ACK_TIMEOUT_MS": "5000", "STALLED_CHECK_MS": "500", "LEASE_MS": "3000", "SUBMISSION_SECONDS": "10"}
"""Settings of crash/injector.py with which a dead process's work is soon free."""

READY_WITHIN = 20.0
SETTLES_WITHIN = 40.0


class RolesHarness:
    """`urls` are other ways to the database, by process. `channels` has a channel of each shard."""

    def __init__(
        self,
        discord: FakeDiscord,
        api: FakeSamsar,
        folder: Path,
        database: Place,
        processes: contextlib.AsyncExitStack,
        roles: Roles,
    ) -> None:
        self.discord = discord
        self.api = api
        self.database = database
        self.roles = roles
        self.urls: dict[str, str] = {}
        self.settings: dict[str, str] = {}
        self.running: dict[str, BotProcess] = {}
        self._sent: dict[str, Interaction] = {}
        self.submitting_at_death: set[str] = set()
        self._shard_of: dict[str, int] = {}
        self._killed: set[str] = set()
        self._ended: list[BotProcess] = []
        self._folder = folder
        self.channels = channels_by_shard(discord, SHARDS)
        self._processes = processes
        self.bell = ChangeSignal()
        self._port = str(free_port())

    async def start(self, name: str, **more: str) -> BotProcess:
        role, own = self.roles[name]
        listens = {"PORT": self._port, "HOST": "127.0.0.1"} if role in {"web", "all"} else {}
        everyone = {
            "TRUSTED_MOVIE_ORIGINS": self.api.origin,
            "DATABASE_URL": self.urls.get(name) or url_of(self.database),
            "PUBLIC_URL": f"http://127.0.0.1:{self._port}",
            "POLL_SLOWEST_SECONDS": "0.3",
            "SHARD_COUNT": str(SHARDS),
        }
        env = injected(self.discord, self.api, **everyone, **listens, **own, **SHORTENED, **self.settings) | more
        bot = BotProcess(
            self.discord.url,
            workdir=self._folder,
            env=env,
            args=() if role == "all" else (role,),
            module=INJECTOR,
            bell=self.bell,
        )
        self.running[name] = await self._processes.enter_async_context(bot)
        return bot

    def has_started(self, name: str) -> bool:
        bot = self.running[name]
        return any(re.search(STARTED, line) for line in [*bot.stdout, *bot.stderr])

    async def start_all(self, victim: str = "", *, exclude: str = "", **death: str) -> None:
        for name in self.roles:
            if name != exclude:
                await self.start(name, **(death if name == victim else {}))

    async def restart_if_ended(self, name: str, **more: str) -> None:
        """Wait for a start; restart after an error, as a host does."""
        started = asyncio.create_task(self.running[name].wait_for_line(STARTED))
        ended = asyncio.create_task(self.running[name].wait_exit(timeout=60))
        if await is_first(ended, started):
            assert ended.result() == 1, self.running[name].log
            await self.start(name, **more)
        for task in (started, ended):
            task.cancel()
        await asyncio.gather(started, ended, return_exceptions=True)

    async def order(self) -> None:
        """In each server, one movie is made and one fails."""
        await self.discord.ready(SHARDS, timeout=READY_WITHIN)
        for shard, channel in self.channels.items():
            for what in ("red boat", "doomed boat"):
                prompt = f"a {what} of {shard}"
                member = self.discord.state.add_user(prompt)
                self._shard_of[prompt] = shard
                self.discord.state.join(self.discord.state.channels[channel].guild_id or 0, member)
                self._sent[prompt] = await self.discord.send_slash(
                    member, "movie", {"prompt": prompt, "duration": 12}, channel_id=channel
                )

    async def died(self, name: str) -> None:
        bot = self.running[name]
        status = await bot.wait_exit(timeout=120)
        assert status == -9, f"{name} was to be killed, and ended with {status}:\n{bot.log}"
        self._killed.add(name)
        self.set_aside(name)

    def set_aside(self, name: str) -> None:
        """Keep an ended process's log, and the jobs that were being submitted."""
        self.submitting_at_death |= submitting(self.database)
        self._ended.append(self.running.pop(name))

    async def settled(self, *, timeout: float = SETTLES_WITHIN) -> None:
        try:
            await self.bell.until(lambda: self._is_settled() or None, timeout=timeout, what="an end of all work")
        except TimeoutError:
            logs = "\n".join(f"--- {name}\n{bot.log}" for name, bot in self.running.items())
            raise AssertionError(f"{pending_work(self.database)} are left:\n{logs}") from None

    async def order_and_settle(self) -> None:
        await self.order()
        await self.settled()

    async def stop_all(self) -> None:
        for bot in self.running.values():
            await bot.wait_for_line(STARTED)
            bot.terminate()
        for name, bot in self.running.items():
            assert await bot.wait_exit() == 0, f"{name}:\n{bot.log}"
            self._ended.append(bot)
        self.running.clear()

    def check(self, *, database_was_lost: bool = False) -> Sequence[Mapping[str, Any]]:
        """Where the database was lost, any job may be UNKNOWN, or have been, and the logs have tracebacks."""
        unknown = self.submitting_at_death
        if database_was_lost:
            unknown = {job["id"] for job in ledger_checks.jobs(self.database)}
        jobs = check(self.discord, self.api, self.database, self._sent, unknown, self.messages())
        check_ends(self.messages(), jobs)
        self.check_logs(database_was_lost=database_was_lost)
        return jobs

    def check_logs(self, *, database_was_lost: bool) -> None:
        for bot in self._ended:
            assert not [line for line in bot.stderr if "ledger_discrepancy" in line], bot.log
            assert database_was_lost or not [line for line in bot.stderr if "Traceback" in line], bot.log

    def messages(self) -> list[Message]:
        return [message for channel in self.channels.values() for message in self.discord.messages(channel)]

    def _is_settled(self) -> bool:
        """An order may be lost with a gateway that was killed."""
        heard = {job["interaction_id"] for job in ledger_checks.jobs(self.database)}
        lost = [prompt for prompt, interaction in self._sent.items() if interaction.id not in heard]
        return {f"gateway-{self._shard_of[prompt]}" for prompt in lost} <= self._killed and not pending_work(
            self.database
        )


@contextlib.asynccontextmanager
async def open_roles(
    folder: Path,
    database: Place,
    version: ApiVersion = ApiVersion.MARCH_2025,
    roles: Roles = ROLES,
    *,
    credits: int = 5000,
) -> AsyncGenerator[RolesHarness]:
    config = FakeSamsarConfig(
        version, api_key=KEY, render_seconds=0.5, render_films=False, callbacks=True, credits=credits
    )
    async with open_fakes(config) as (discord, api), contextlib.AsyncExitStack() as processes:
        discord.limits.max_concurrency = 16
        yield RolesHarness(discord, api, folder, database, processes, roles)


async def is_first(task: asyncio.Task[Any], other: asyncio.Task[Any]) -> bool:
    """Wait for one of two tasks; return whether the first has ended."""
    await asyncio.wait((task, other), return_when=asyncio.FIRST_COMPLETED)
    return task.done()
