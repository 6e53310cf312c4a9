"""Many jobs over all roles, with kills, cuts and database restarts."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.samsar.config import ApiVersion
from tests.helpers import ledger_checks, postgres_server
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.postgres_proxy import PostgresProxy
from tests.helpers.postgres_server import Server
from tests.process.crash.harness import MANY
from tests.process.crash.invariants import (
    check_charges,
    check_ledger,
    check_messages,
    check_orders,
    pending_work,
    submitting,
)
from tests.process.crash.pitch_soak import SoakPitches
from tests.process.crash.random_faults import FINE, UNCERTAIN, RandomFaults, fault_word
from tests.process.crash.roles import ROLES, SHARDS, RolesHarness, open_roles

MEMBERS = 40
SHARE_OF_FAULTS = 0.02

PITCHED = 4
"""One order of this many is a pitch, which three members fund."""

MOMENTS_A_JOB: Mapping[str, int] = {"gateway": 5, "worker": 10, "web": 1}
"""About how many moments of a job (see crash/injector.py) one process of each role lives through."""

CUT = ("gateway-0", "worker-0", "web")
"""The processes whose connections are cut: each run of one loses all of them once, at a COMMIT."""

COMMITS_A_JOB: Mapping[str, int] = {"gateway": 2, "worker": 4, "web": 1}

UNDER_WAY = 4
"""How many orders of a worker can be in submission at a time."""


@dataclass(frozen=True)
class _Sent:
    """An order's interaction, its shard, and its shard's session number then."""

    id: int
    shard: int
    session: int


class RolesSoak:
    """`deaths` is how often each process is to die, about. All random moments come from one seed."""

    def __init__(self, roles: RolesHarness, server: Server, proxies: Mapping[str, PostgresProxy], deaths: int) -> None:
        self.sent: dict[str, Interaction] = {}
        self.kills: Counter[str] = Counter()
        self.lost_starts = 0
        self.restarts = 0
        self._roles = roles
        self._server = server
        self._proxies = proxies
        self._deaths = deaths
        self._dice = random.Random(20261126)
        self._faults = RandomFaults(random.Random(deaths), roles.api.config.version, set(), SHARE_OF_FAULTS)
        self._faults.inject_api_faults(roles.api)
        self._faults.inject_discord_faults(roles.discord)
        self._members = self._join()
        self._pitches = SoakPitches(roles, self._members, random.Random(deaths + 1))

    def _join(self) -> Sequence[int]:
        discord = self._roles.discord
        members = [discord.state.add_user(f"member{number}") for number in range(MEMBERS)]
        for channel in self._roles.channels.values():
            for member in members:
                discord.state.join(discord.state.channels[channel].guild_id or 0, member)
        return members

    async def run(self, jobs: int) -> None:
        deaths = [asyncio.create_task(self._live_and_die(name, jobs)) for name in ROLES]
        ordering = asyncio.create_task(self._order(jobs))
        try:
            await asyncio.wait((ordering, *deaths), return_when=asyncio.FIRST_COMPLETED)
            for task in (ordering, *deaths):
                if task.done():
                    task.result()
        finally:
            for task in (ordering, *deaths):
                task.cancel()
            await asyncio.gather(ordering, *deaths, return_exceptions=True)
        await self._cut_power()
        await self._end_in_peace()
        if pending_work(self._roles.url):  # it came up while the processes were stopped, which leave it to the next
            await self._end_in_peace()

    async def _end_in_peace(self) -> None:
        for name in ROLES:
            await self._roles.start(name, LOG_LEVEL="INFO")
        for name in ROLES:
            await self._roles.restart_if_ended(name, LOG_LEVEL="INFO")
        await self._fund_what_is_left()
        await self._roles.settled(timeout=120)
        await self._roles.stop_all()

    async def _live_and_die(self, name: str, jobs: int) -> None:
        role, _ = ROLES[name]
        while True:
            moments = MOMENTS_A_JOB[role] * jobs / self._deaths * self._dice.uniform(0.5, 1.5)
            if proxy := self._proxies.get(name):
                commits = COMMITS_A_JOB[role] * jobs / self._deaths * self._dice.uniform(0.3, 1.0)
                proxy.cut_at = proxy.commits + round(commits)
            bot = await self._roles.start(name, KILL_AFTER=str(round(moments)))
            status = await bot.wait_exit(timeout=600)
            if status == -9:
                self.kills[name] += 1
            else:  # a process that loses the database at its start ends with the reason
                assert (status, self._roles.has_started(name)) == (1, False), bot.log
                self.lost_starts += 1
            self._roles.set_aside(name)

    async def _order(self, jobs: int) -> None:
        restart_at = [jobs // 3, 2 * jobs // 3]
        while (missing := jobs - self._made()) > 0:
            await self._roles.discord.ready(SHARDS, timeout=60)
            wave = [await self._one() for _ in range(min(missing, max(10, jobs // 40)))]
            if restart_at and jobs - missing >= restart_at[0]:
                restart_at.pop(0)
                self._restart_server()
            await self._answered(wave)
            await self._answered(await self._fund())

    async def _fund(self) -> Sequence[_Sent]:
        await self._roles.discord.ready(SHARDS, timeout=60)
        sessions, shards = self._sessions(), {channel: shard for shard, channel in self._roles.channels.items()}
        pressed = await self._pitches.fund()
        return [_Sent(each.id, shards[each.channel_id], sessions[shards[each.channel_id]]) for each in pressed]

    async def _fund_what_is_left(self) -> None:
        """A pitch that was never posted is withdrawn meanwhile."""
        await self._answered(await self._fund())
        await self._roles.bell.until(lambda: not self._pitches.open() or None, timeout=60, what="the end of pitches")

    async def _answered(self, wave: Sequence[_Sent]) -> None:
        def is_over() -> bool:
            sessions = self._sessions()
            return all(each.id in self._faults.answered or sessions[each.shard] > each.session for each in wave)

        await self._roles.bell.until(lambda: is_over() or None, timeout=60, what="a wave")

    def _sessions(self) -> Counter[int]:
        return Counter(identify.shard[0] for identify in self._roles.discord.identifies if identify.shard)

    async def _one(self) -> _Sent:
        number = len(self.sent) + len(self._pitches.sent)
        prompt, shard = self._faults.prompt(number), number % SHARDS
        session, is_pitch = self._sessions()[shard], number // SHARDS % PITCHED == 0
        sent = self._pitches.sent if is_pitch else self.sent
        sent[prompt] = await self._roles.discord.send_slash(
            self._members[number // SHARDS % MEMBERS],
            "pitch" if is_pitch else "movie",
            {"prompt": prompt, "duration": 12},
            channel_id=self._roles.channels[shard],
        )
        return _Sent(sent[prompt].id, shard, session)

    def _made(self) -> int:
        return len(self.sent) and ledger_checks.query(self._roles.url, "SELECT COUNT(*) AS n FROM jobs")[0]["n"]

    def _restart_server(self) -> None:
        self._roles.submitting_at_death |= submitting(self._roles.url)
        self._server.stop()
        self._server.start()
        self.restarts += 1

    async def _cut_power(self) -> None:
        for proxy in self._proxies.values():
            proxy.cut_at = None
        for name, bot in self._roles.running.items():
            bot.kill()
            self.kills[name] += 1
        for name, bot in [*self._roles.running.items()]:
            await bot.wait_exit()
            self._roles.set_aside(name)
        await self._roles.discord.ready(0)

    def check(self) -> Sequence[Mapping[str, Any]]:
        url, api, discord = self._roles.url, self._roles.api, self._roles.discord
        jobs = ledger_checks.jobs(url)
        words = {job["id"]: fault_word(job["prompt"]) for job in jobs}
        known = {job_id for job_id, word in words.items() if word in UNCERTAIN}
        unknown = {job["id"] for job in jobs if job["state"] == "unknown"}
        check_ledger(url, unknown)
        cut = 2 * self.restarts + self._proxies["worker-0"].cuts
        assert len(unknown - known - self._roles.submitting_at_death) <= UNDER_WAY * cut
        check_orders(api, jobs)
        check_charges(api, url, jobs)
        check_messages(self._roles.messages(), jobs)
        states = {job["interaction_id"]: job["state"] for job in jobs}
        for prompt, interaction in self.sent.items():
            answer, state = discord.interaction_answers.get(interaction.id), states.get(interaction.id)
            if answer is not None and not answer.ephemeral:
                assert state is not None, f"{prompt!r} was accepted, and is lost"
            else:  # an error, where the database was lost, or nothing
                assert state in {None, "cancelled"}, f"{prompt!r} was not accepted, and is {state}"
        self._pitches.check(jobs)
        assert {job["state"] for job in jobs if words[job["id"]] in FINE} <= {"completed", "cancelled", "unknown"}
        self._roles.check_logs(database_was_lost=True)
        return jobs

    def figures(self, jobs: Sequence[Mapping[str, Any]], seconds: float) -> str:
        api, discord = self._roles.api, self._roles.discord
        states = Counter(job["state"] for job in jobs)
        creates = sum(request.path == api.contract.create_path for request in api.requests)
        return (
            f"{len(jobs)} jobs of {len(self.sent)} commands and {self._pitches.figures()}: "
            + ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
            + f"; {creates} creates for {len(api.movies)} movies, none twice; {len(api.requests)} requests to the API, "
            f"{len(api.callbacks)} callbacks, {len(discord.requests)} requests to Discord "
            f"({self._faults.faults} made to fail); kills: "
            + ", ".join(f"{count} of {name}" for name, count in sorted(self.kills.items()))
            + f", {self.lost_starts} starts without a database; {sum(proxy.cuts for proxy in self._proxies.values())} "
            f"COMMITs without an answer, {self.restarts} restarts of PostgreSQL; no difference in the audit; "
            f"{seconds:.0f} s"
        )


@contextlib.asynccontextmanager
async def open_soak(folder: Path, version: ApiVersion, deaths: int) -> AsyncGenerator[RolesSoak]:
    with postgres_server.running_server() as server:
        url = postgres_server.create_migrated_database(server.url, "matinee")
        async with contextlib.AsyncExitStack() as stack:
            proxies = {name: await stack.enter_async_context(PostgresProxy(url)) for name in CUT}
            roles = await stack.enter_async_context(open_roles(folder, url, version, credits=10**9))
            roles.urls |= {name: proxy.url for name, proxy in proxies.items()}
            roles.settings = MANY
            yield RolesSoak(roles, server, proxies, deaths)


async def soak(folder: Path, version: ApiVersion, jobs: int, deaths: int) -> str:
    began = time.monotonic()
    async with open_soak(folder, version, deaths) as run:
        await run.run(jobs)
        return run.figures(run.check(), time.monotonic() - began)
