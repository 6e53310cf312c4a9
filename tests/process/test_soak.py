"""Soak tests: many jobs, random faults, and repeated kills of one process, or of all roles on PostgreSQL."""

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from tests.conftest import FIGURES
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import Place
from tests.process.crash import roles_soak
from tests.process.crash.failpoints import OLDER_OR_SLOW, SQLITE, VARIANTS
from tests.process.crash.harness import INJECTOR, KEY, MANY, injected, settled, url_of
from tests.process.crash.invariants import (
    check_answers,
    check_charges,
    check_ledger,
    check_messages,
    check_orders,
    submitting,
)
from tests.process.crash.random_faults import FINE, UNCERTAIN, RandomFaults, fault_word

MEMBERS = 40

LIFE_ENDS_WITHIN = 600.0
"""Seconds. Where only messages are left, a channel takes a few a second at most: many are refused at first."""

RUNS = [
    pytest.param(
        engine,
        version,
        jobs,
        kill_every,
        id=f"{engine}-{version}-{jobs}",
        marks=() if (engine, version) == SQLITE and jobs == 40 else (pytest.mark.slow,),
    )
    for engine, version in VARIANTS
    for jobs, kill_every in ((40, 300), (2000, 1500))
]


@dataclass
class Soak:
    discord: FakeDiscord
    api: FakeSamsar
    random_faults: RandomFaults
    folder: Path
    database: Place
    members: list[int]
    max_concurrent: int
    sent: dict[str, Interaction] = field(default_factory=dict)
    lost: set[str] = field(default_factory=set)
    kills: int = 0

    def bot(self, **death: str) -> BotProcess:
        own = {"DATABASE_URL": url_of(self.database), "POLL_SLOWEST_SECONDS": "0.2", "STALLED_CHECK_MS": "500"}
        env = injected(self.discord, self.api, **MANY, **own) | death
        return BotProcess(self.discord.url, workdir=self.folder, env=env, module=INJECTOR)

    def made(self) -> int:
        return len(self.sent) and ledger_checks.query(self.database, "SELECT COUNT(*) AS n FROM jobs")[0]["n"]

    async def order(self, limit: int) -> None:
        await self.discord.ready(timeout=30)
        while (missing := limit - self.made()) > 0:
            wave = [await self._one() for _ in range(min(missing, self.max_concurrent))]
            asked = {interaction.id for interaction in wave}
            await self.discord.until(
                lambda asked=asked: asked <= self.random_faults.answered, timeout=30, what="a wave"
            )

    async def _one(self) -> Interaction:
        prompt = self.random_faults.prompt(len(self.sent))
        member = self.members[len(self.sent) % MEMBERS]
        self.sent[prompt] = await self.discord.send_slash(member, "movie", {"prompt": prompt, "duration": 12})
        return self.sent[prompt]

    async def work(self, limit: int, moments: int) -> bool:
        """Let the bot work until it kills itself. False: no order and no work was left before that."""
        async with self.bot(KILL_AFTER=str(moments), ACK_TIMEOUT_MS="5000") as bot:
            working = asyncio.create_task(self._order_and_settle(bot, limit))
            dying = asyncio.create_task(bot.wait_exit(timeout=LIFE_ENDS_WITHIN))
            await asyncio.wait((working, dying), return_when=asyncio.FIRST_COMPLETED)
            killed = dying.done()
            for task in (working, dying):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await working
            if killed:
                assert dying.result() == -9, bot.log
                self.kills += 1
        self.lost |= submitting(self.database)
        await self.discord.ready(0)
        return killed

    async def _order_and_settle(self, bot: BotProcess, limit: int) -> None:
        await self.order(limit)
        await settled(bot, self.database, timeout=90)

    async def end(self) -> None:
        async with self.bot(ACK_TIMEOUT_MS="300", LOG_LEVEL="INFO") as bot:
            await self.discord.ready(timeout=30)
            await settled(bot, self.database, timeout=90)
            await bot.wait_for_line("ledger_reconciled")
            await bot.stop(tracebacks=True)
            assert not [line for line in bot.stderr if "ledger_discrepancy" in line], bot.log

    def check(self) -> Counter[str]:
        jobs = ledger_checks.jobs(self.database)
        words = {job["id"]: fault_word(job["prompt"]) for job in jobs}
        uncertain = {job_id for job_id, word in words.items() if word in UNCERTAIN}
        unknown = {job["id"] for job in jobs if job["state"] == "unknown"}
        check_ledger(self.database, self.lost | uncertain)
        assert self.lost <= unknown
        check_orders(self.api, jobs)
        check_charges(self.api, self.database, jobs)
        check_messages(self.discord.messages(), jobs)
        check_answers(self.discord, self.sent, jobs)
        assert {job["state"] for job in jobs if words[job["id"]] in FINE} <= {"completed", "cancelled", "unknown"}
        return Counter(job["state"] for job in jobs)


async def soak(version: ApiVersion, limit: int, kill_every: int, folder: Path, database: Place) -> str:
    began = time.monotonic()
    random_faults = RandomFaults(random.Random(limit), version, set())
    config = FakeSamsarConfig(
        version, api_key=KEY, render_seconds=0.5, render_films=False, callbacks=False, credits=10**9
    )
    async with FakeDiscord() as discord, FakeSamsar(config) as api:
        random_faults.inject_api_faults(api)
        random_faults.inject_discord_faults(discord)
        members = [discord.state.add_user(f"member{n}") for n in range(MEMBERS)]
        for member in members:
            discord.state.join(discord.guild_id, member)
        run = Soak(discord, api, random_faults, folder, database, members, max(10, limit // 40))
        while await run.work(limit, round(kill_every * random_faults.dice.uniform(0.5, 1.5))):
            pass
        await run.end()
        states = run.check()
        creates = sum(request.path == api.contract.create_path for request in api.requests)
        never_heard = len(run.sent) - states.total()
        return (
            f"{states.total()} jobs of {len(run.sent)} commands ({never_heard} never heard, for nobody was there): "
            + ", ".join(f"{n} {state}" for state, n in sorted(states.items()))
            + f"; {creates} creates for {len(api.movies)} movies, {len(api.requests)} requests to the API, "
            f"{len(discord.requests)} to Discord ({random_faults.faults} made to fail); "
            f"{run.kills} kills, {len(run.lost)} of them amid a submission; no difference in the audit; "
            f"{time.monotonic() - began:.0f} s"
        )


@pytest.mark.timeout(1800)  # alone, 2,000 jobs take two minutes; beside other tests, 15
@pytest.mark.parametrize(("engine", "version", "jobs", "kill_every"), RUNS)
async def test_nothing_is_lost(
    version: ApiVersion,
    jobs: int,
    kill_every: int,
    tmp_path: Path,
    crash_database: Callable[[], Place],
    record_property: Callable[[str, object], None],
) -> None:
    record_property(FIGURES, await soak(version, jobs, kill_every, tmp_path, crash_database()))


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("version", OLDER_OR_SLOW)
@pytest.mark.parametrize(
    ("jobs", "deaths"), [(40, 1), pytest.param(2000, 8, marks=pytest.mark.slow)], ids=["40", "2000"]
)
async def test_nothing_is_lost_over_roles(
    version: ApiVersion, jobs: int, deaths: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each is killed at random moments, three lose connections at a COMMIT, and the server restarts amid orders."""
    record_property(FIGURES, await roles_soak.soak(tmp_path, version, jobs, deaths))
