"""A bot that is killed, with its fakes and one database."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, TypeVar

from simcord.backend.models import EPHEMERAL_FLAG

from bot.domain.jobs import JobState
from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from data.policy import Policy
from data.storage import engines
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import Place
from tests.process.bot_process import environment
from tests.process.crash.invariants import check, check_ends, jobs_in, pending_work, submitting

T = TypeVar("T")

KEY = "sk-loopback-0123456789abcdef"
MOVIE, DOOMED = "a red boat", "a doomed boat"
"""The prompts of the two orders; the API makes a movie of the first, and fails at the second."""

DIES_WITHIN = 20.0
SETTLES_WITHIN = 20.0


INJECTOR = "tests.process.crash.injector"


MANY = {
    "ATTACH_MOVIES": "off",
    "MEMBER_MONTHLY_CREDITS": "100000000",
    "PLAN_MONTHLY_CREDITS": "100000000",
    "MAX_RENDERING_JOBS": "1000",
    "MAX_RENDERING_JOBS_PER_MEMBER": "1000",
    "LOG_LEVEL": "ERROR",
}
"""Settings with which nothing bounds how many movies are made at once."""


def injected(discord: FakeDiscord, api: FakeSamsar, **settings: str) -> dict[str, str]:
    polled = {"POLL_FASTEST_SECONDS": "0.1", "POLL_SLOWEST_SECONDS": "0.1"}
    own = {"CONFIRM_ABOVE_CREDITS": "1000", **polled, "LOG_FORMAT": "json"}  # a log that names events
    return environment(discord, api, **own) | settings


class SteppingClock:
    """One step per read: a movie passes through its stages even when a loaded machine delays polls."""

    STEP_SECONDS = 0.04

    def __init__(self) -> None:
        self._seen = self._seconds = time.monotonic()

    def __call__(self) -> float:
        now = time.monotonic()
        self._seconds += min(self.STEP_SECONDS, now - self._seen)
        self._seen = now
        return self._seconds


class CrashHarness:
    """A server, two members, and a database that outlives every process. `models` are video models by prompt."""

    def __init__(self, discord: FakeDiscord, api: FakeSamsar, folder: Path, database: Place) -> None:
        self.discord = discord
        self.api = api
        self.folder = folder
        self.database = database
        self.submitting_at_death: set[str] = set()
        self.reserved_at_death: set[str] = set()
        self.settings: dict[str, str] = {}
        self.models: dict[str, str] = {}
        self.passed: list[str] = []
        self.log: list[str] = []
        self.sent: dict[str, Interaction] = {}
        self.members = {MOVIE: discord.user_id, DOOMED: discord.state.add_user("bob")}
        discord.state.join(discord.guild_id, self.members[DOOMED])

    @property
    def database_url(self) -> str:
        return url_of(self.database)

    def bot(self, **more: str) -> BotProcess:
        own = {"TRUSTED_MOVIE_ORIGINS": self.api.origin, "DATABASE_URL": self.database_url}
        env = injected(self.discord, self.api, **own, **self.settings) | more
        return BotProcess(self.discord.url, workdir=self.folder, env=env, module=INJECTOR)

    async def order(self) -> None:
        await self.discord.ready(timeout=DIES_WITHIN)
        for prompt, member in self.members.items():
            if prompt not in self.sent:
                options = {"prompt": prompt, "duration": 12}
                if prompt in self.models:
                    options["video_model"] = self.models[prompt]
                self.sent[prompt] = await self.discord.send_slash(member, "movie", options)

    async def run_until_killed(self, visiting: Callable[[], Awaitable[object]] | None = None, **death: str) -> None:
        """Order, or do something else, until the bot kills itself where it is to."""
        async with self.bot(**death) as bot:
            visit = asyncio.ensure_future((visiting or self.order)())
            try:
                status = await bot.wait_exit(timeout=3 * DIES_WITHIN)
            finally:
                visit.cancel()
                with contextlib.suppress(asyncio.CancelledError, LookupError, TimeoutError):
                    await visit
            assert status == -9, f"it was to die at {death}, and ended with {status}:\n{bot.log}"
            self._remember(bot)
            if at := death.get("KILL_AT"):
                assert self.passed[-1] == f"@ {at.replace(':', ' ')}", "it died somewhere else"
        self.submitting_at_death |= submitting(self.database)
        self.reserved_at_death |= jobs_in(self.database, JobState.RESERVED)
        await self.discord.ready(0)

    async def write(
        self, function: Callable[..., T], *args: object, policy: Policy | None = None, **kwargs: object
    ) -> T:
        """Write to the database what a press would, while no bot runs."""
        engine = engines.engine(self.database_url)
        engine.migrate()
        async with await engine.open() as database:
            if policy is not None:
                database.policy = policy
            return await database.write(function, *args, **kwargs)

    def age_database(self, seconds: int) -> None:
        for table, *columns in (
            ("jobs", "next_run_at", "submitted_at"),
            ("outbox", "next_attempt_at", "created_at"),
            ("messages", "due_at"),
        ):
            earlier = ", ".join(f"{column} = {column} - {1000 * seconds}" for column in columns)
            ledger_checks.execute(self.database, f"UPDATE {table} SET {earlier}")

    async def run_until_idle(self) -> None:
        async with self.bot() as bot:
            before = set(self.sent)
            await self.order()
            for prompt in self.sent.keys() - before:
                await self.sent[prompt].answered(timeout=SETTLES_WITHIN)
            await settled(bot, self.database)
            bot.terminate()
            assert await bot.wait_exit() == 0, bot.log
            self._remember(bot)
            assert not [line for line in bot.stderr if "Traceback" in line or "ledger_discrepancy" in line], bot.log

    def check(self, *, rejected: AbstractSet[str] = frozenset(), unknown: AbstractSet[str] = frozenset()) -> None:
        """`rejected` are prompts whose order the API does not take, `unknown` jobs without a certain answer."""
        lost = self.submitting_at_death | unknown
        jobs = check(self.discord, self.api, self.database, self.sent, lost)
        assert {job["id"] for job in jobs if job["state"] == "unknown"} == lost
        check_ends(self.discord.messages(), jobs, rejected)

    def _remember(self, bot: BotProcess) -> None:
        self.passed += [line for line in bot.stdout if line.startswith("@ ")]
        self.log += [line for line in [*bot.stdout, *bot.stderr] if not line.startswith("@ ")]


def private_message(discord: FakeDiscord, channel_id: int) -> int:
    """Show a message that only one member sees, whose buttons are pressed, and return its id."""
    state = discord.state
    return state.create_message(channel_id, state.bot_user.id, "A price, or a storyboard.", flags=EPHEMERAL_FLAG).id


def url_of(database: Place) -> str:
    return database if isinstance(database, str) else f"sqlite:///{database}"


async def settled(bot: BotProcess, path: Place, *, timeout: float = SETTLES_WITHIN) -> None:
    """The database is read at each line that the bot logs."""
    try:
        await bot._bell.until(lambda: None if pending_work(path) else True, timeout=timeout, what="an end of all work")
    except TimeoutError:
        raise AssertionError(f"{pending_work(path)} are left:\n{bot.log}") from None


@contextlib.asynccontextmanager
async def open_fakes(config: FakeSamsarConfig, **clock: Any) -> AsyncIterator[tuple[FakeDiscord, FakeSamsar]]:
    async with FakeDiscord() as discord, FakeSamsar(config, **clock) as api:
        api.fail_renders(lambda prompt: "doomed" in prompt)
        if config.version is ApiVersion.AUTUMN_2026:
            api.inject("charged-more")  # what the plan counts differs from what members pay
        yield discord, api


@contextlib.asynccontextmanager
async def open_crash_harness(
    folder: Path,
    database: Place | None = None,
    *,
    render_seconds: float = 0.3,
    callbacks: bool = False,
    version: ApiVersion = ApiVersion.MARCH_2025,
) -> AsyncIterator[CrashHarness]:
    """A movie takes `render_seconds`. Without a `database`, it is a file in the folder."""
    config = FakeSamsarConfig(
        version, api_key=KEY, render_seconds=render_seconds, render_films=False, callbacks=callbacks
    )
    clock = time.monotonic if callbacks else SteppingClock()  # a callback comes by itself, whoever reads the clock
    async with open_fakes(config, now=clock) as (discord, api):
        yield CrashHarness(discord, api, folder, database or folder / "movies.db")
