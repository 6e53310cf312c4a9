"""Many jobs of one process or over all roles, with kills, cuts and database restarts."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import time
from collections import Counter
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any, TypeVar

from simcord.backend.errors import BackendError
from simcord.backend.models import Message
from simcord.components import walk_components

from bot.domain.operations import Operation
from bot.samsar.config import ApiVersion
from bot.sandbox.fake_samsar import FakeSamsar
from bot.sandbox.fault_injection import Fault, Route
from bot.sandbox.faults import busy, fail_render, get_fault, respond
from bot.ui.components import parse_custom_id
from bot.ui.pitches import ADD, REST
from tests.helpers import ledger_checks, postgres_server
from tests.helpers.fake_discord.faults import Failure
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.ledger_checks import Place
from tests.helpers.postgres_proxy import PostgresProxy
from tests.helpers.postgres_server import Server
from tests.process.crash.harness import MANY
from tests.process.crash.invariants import by_job, check, pending_work, submitting
from tests.process.crash.roles import ALONE, ROLES, SHARDS, RolesHarness, open_roles
from tests.process.crash.soak_operations import PRICED_FIRST, SoakOperations

PLEDGES_OF: Mapping[str, set[str]] = {
    "completed": {"spent"},
    "failed": {"returned"},
    "cancelled": {"returned"},
    "unknown": {"funded"},
}
"""The states of what members paid for a movie, by its state, without allowances that lapsed before it was funded."""


@dataclass
class SoakPitches:
    roles: RolesHarness
    members: Sequence[int]
    dice: random.Random
    sent: dict[str, Interaction] = field(default_factory=dict[str, Interaction])

    def open(self) -> Sequence[Mapping[str, Any]]:
        return ledger_checks.query(self.roles.database, "SELECT id FROM pitches WHERE ended_at IS NULL ORDER BY id")

    async def fund(self) -> Sequence[Interaction]:
        """Press every open pitch's buttons, without waiting for the answers."""
        posted = by_job(self.roles.messages(), self.open(), ["pitch"])
        messages = [message for row in self.open() for message in posted.get(row["id"], ())]
        presses = [(message, button) for message in messages for button in _funding(message)]
        sent = [await self._press(message, button) for message, button in presses]
        return [each for each in sent if each is not None]

    async def _press(self, message: Message, button: str) -> Interaction | None:
        with contextlib.suppress(LookupError, BackendError):
            return await self.roles.discord.send_component(self.dice.choice(self.members), message.id, button)
        return None

    def check(self, jobs: Sequence[Mapping[str, Any]]) -> None:
        """Each pitch was funded once or not at all: its pledges sum up to its movie's price, or all were returned."""
        rows = ledger_checks.query(self.roles.database, "SELECT * FROM pitches")
        movies = {job["pitch_id"]: job for job in jobs if job["pitch_id"] is not None}
        assert {row["id"] for row in rows if row["state"] == "funded"} == movies.keys()
        for row in rows:
            movie = movies.get(row["id"])
            state = "cancelled" if movie is None else movie["state"]
            pledges = ledger_checks.query(self.roles.database, f"SELECT * FROM pledges WHERE pitch_id = '{row['id']}'")
            kept = [each for each in pledges if each["state"] != "lapsed"]
            assert {each["state"] for each in kept} <= PLEDGES_OF[state], (dict(row), pledges)
            if movie is not None:
                paid = sum(each["allowance"] + each["extra"] for each in kept)
                assert row["pledged"] == movie["price_credits"] == paid
        known = {row["interaction_id"] for row in rows}
        for prompt, interaction in self.sent.items():
            answer = self.roles.discord.interaction_answers.get(interaction.id)
            if answer is not None and not answer.ephemeral:
                assert interaction.id in known, f"{prompt!r} was posted, and is lost"


def _funding(message: Message) -> Sequence[str]:
    """They are the largest amount, twice, then the rest, as far as the message has them."""
    parts = [each for each in walk_components(message.components) if "custom_id" in each and not each.get("disabled")]
    ids = {action: [each["custom_id"] for each in parts if _action(each) == action] for action in (ADD, REST)}
    return [*ids[ADD][-1:] * 2, *ids[REST]]


def _action(component: Mapping[str, Any]) -> str:
    parsed = parse_custom_id(component["custom_id"])
    return parsed[0] if parsed else ""


T = TypeVar("T")

_OLDER: Mapping[str, Fault] = {
    "cut-after": get_fault("cut-after"),
    "reset": get_fault("reset"),
    "500": get_fault("500"),
    "no-id": get_fault("no-id"),
    "400": respond(400, "Not this one."),
    "429": busy(0.05),
    "fails": fail_render(),
}

_NEWER: Mapping[str, Fault] = {
    "cut-after": get_fault("cut-after"),
    "500": get_fault("500"),
    "no-id": get_fault("no-id"),
    "402": get_fault("key-limit"),
    "404": get_fault("wrong-path"),
    "fails": get_fault("credits-run-out"),
    "dearer": get_fault("charged-more"),
}

ORDERS: Mapping[ApiVersion, Mapping[str, Fault]] = {ApiVersion.MARCH_2025: _OLDER, ApiVersion.AUTUMN_2026: _NEWER}
"""Faults of an order by API version, and by the word that its prompt contains."""

FINE = {"fine", "dearer"}

UNCERTAIN = {"cut-after", "reset", "500", "no-id"}
"""Words of orders whose outcome is unknown."""

LOOKS: tuple[Fault, ...] = (
    *(
        get_fault(name)
        for name in ("cut", "cut-body", "500", "html", "wrong-types", "no-url", "backwards", "unknown-request")
    ),
    busy(0.05),
)

DISCORD: tuple[tuple[str, str, Failure], ...] = (
    ("POST", r"/channels/\d+/messages", Failure(status=503)),
    ("POST", r"/channels/\d+/messages", Failure(cut="before")),
    ("POST", r"/channels/\d+/messages", Failure(cut="after")),
    ("POST", r"/channels/\d+/messages", Failure(status=429, retry_after=0.02)),
    ("POST", r"/interactions/.*", Failure(status=404, code=10062)),
    ("POST", r"/interactions/.*", Failure(cut="before")),
    ("POST", r"/interactions/.*", Failure(cut="after")),
    ("PATCH", r"/channels/.*", Failure(status=403, code=50001)),
    ("PATCH", r"/channels/.*", Failure(status=400, code=30046)),
    ("PATCH", r"/channels/.*", Failure(cut="after")),
)


def fault_word(prompt: str) -> str:
    return prompt.partition("[")[2].rstrip("]")


@dataclass
class RandomFaults:
    """Each fault that can happen to a request does in a `share` of cases."""

    dice: random.Random
    version: ApiVersion
    answered: set[int]
    share: float = 0.1
    faults: int = 0

    def prompt(self, number: int) -> str:
        """A word in it selects its order's fault, if any."""
        fault = self._one_of(tuple(ORDERS[self.version]))
        return f"movie {number} [{fault or 'fine'}]"

    def inject_api_faults(self, api: FakeSamsar) -> None:
        for word, fault in ORDERS[self.version].items():
            for route in (Route.CREATE, Route.STORYBOARD):
                if route in fault.routes:
                    api.inject(fault, route=route, when=f"[{word}]")
        for fault in LOOKS:
            api.inject(fault, route=Route.STATUS, when=lambda _: self.dice.random() < self.share)

    def inject_discord_faults(self, discord: FakeDiscord) -> None:
        discord._rest_faults.meet = self._for_request

    def _for_request(self, method: str, path: str) -> Failure | None:
        if match := re.match(r"/interactions/(\d+)/", path):
            self.answered.add(int(match[1]))
        failures = tuple(f for verb, pattern, f in DISCORD if verb == method and re.fullmatch(pattern, path))
        failure = self._one_of(failures)
        self.faults += failure is not None
        return failure

    def _one_of(self, faults: Sequence[T]) -> T | None:
        number = int(self.dice.random() / self.share)
        return faults[number] if number < len(faults) else None


SEED = int(os.environ.get("SOAK_SEED", "20261126"))
"""Of all that is random, but for when the processes of a run do what."""

MEMBERS = 40
SHARE_OF_FAULTS = 0.02

PITCHED = 4
"""One order of this many is a pitch, which three members fund."""

MOMENTS_A_JOB: Mapping[str, int] = {"gateway": 5, "worker": 10, "web": 1, "all": 16}
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

    def __init__(
        self, roles: RolesHarness, server: Server | None, proxies: Mapping[str, PostgresProxy], deaths: int
    ) -> None:
        self.sent: dict[str, Interaction] = {}
        self.kills: Counter[str] = Counter()
        self.lost_starts = 0
        self._submitting_at_restart: set[str] = set()
        self.restarts = 0
        self._roles = roles
        self._server = server
        self._proxies = proxies
        self._deaths = deaths
        self._dice, fault_dice, pitch_dice, operation_dice = (random.Random(SEED + part) for part in range(4))
        self._faults = RandomFaults(fault_dice, roles.api.config.version, set(), SHARE_OF_FAULTS)
        self._faults.inject_api_faults(roles.api)
        self._faults.inject_discord_faults(roles.discord)
        self._members = [roles.discord.state.add_user(f"member{number}") for number in range(MEMBERS)]
        for channel, member in product(roles.channels.values(), self._members):
            roles.discord.state.join(roles.discord.state.channels[channel].guild_id or 0, member)
        self._pitches = SoakPitches(roles, self._members, pitch_dice)
        self._operations = SoakOperations(roles, operation_dice, SHARE_OF_FAULTS)
        self._has_operations = roles.api.config.version is ApiVersion.AUTUMN_2026
        if self._has_operations:
            self._operations.inject_faults()

    async def run(self, jobs: int) -> None:
        deaths = [asyncio.create_task(self._live_and_die(name, jobs)) for name in self._roles.roles]
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
        if pending_work(
            self._roles.database
        ):  # it came up while the processes were stopped, which leave it to the next
            await self._end_in_peace()

    async def _end_in_peace(self) -> None:
        for name in self._roles.roles:
            await self._roles.start(name, LOG_LEVEL="INFO")
        for name in self._roles.roles:
            await self._roles.restart_if_ended(name, LOG_LEVEL="INFO")
        await self._press_what_is_left()
        await self._roles.settled(timeout=120)
        await self._roles.stop_all()

    async def _live_and_die(self, name: str, jobs: int) -> None:
        role, _ = self._roles.roles[name]
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
            if self._server and restart_at and jobs - missing >= restart_at[0]:
                restart_at.pop(0)
                self._restart(self._server)
            await self._answered(wave)
            await self._answered(await self._press())

    async def _press(self) -> Sequence[_Sent]:
        """Fund the pitches, and decide about the storyboards."""
        await self._roles.discord.ready(SHARDS, timeout=60)
        sessions, shards = self._sessions(), {channel: shard for shard, channel in self._roles.channels.items()}
        pressed = [*await self._pitches.fund(), *await self._operations.decide()]
        return [_Sent(each.id, shards[each.channel_id], sessions[shards[each.channel_id]]) for each in pressed]

    async def _press_what_is_left(self) -> None:
        """Until nothing waits for anybody; a pitch that was never posted is withdrawn meanwhile."""

        def is_over() -> bool:
            return not (self._pitches.open() or self._operations.waiting() or pending_work(self._roles.database))

        while not is_over():
            await self._answered(await self._press())
            left = lambda: is_over() or self._operations.waiting() or None  # noqa: E731
            await self._roles.bell.until(left, timeout=120, what="the end of pitches and storyboards")

    async def _answered(self, wave: Sequence[_Sent]) -> None:
        def is_over() -> bool:
            sessions = self._sessions()
            return all(each.id in self._faults.answered or sessions[each.shard] > each.session for each in wave)

        await self._roles.bell.until(lambda: is_over() or None, timeout=60, what="a wave")

    def _sessions(self) -> Counter[int]:
        return Counter(identify.shard[0] for identify in self._roles.discord.identifies if identify.shard)

    async def _one(self) -> _Sent:
        number = len(self.sent) + len(self._pitches.sent) + self._operations.accepted
        prompt, shard = self._faults.prompt(number), number % SHARDS
        member, channel = self._members[number // SHARDS % MEMBERS], self._roles.channels[shard]
        session, is_pitch = self._sessions()[shard], number // SHARDS % PITCHED == 0
        operation = self._operations.choose() if self._has_operations and not is_pitch else Operation.MOVIE
        if operation in PRICED_FIRST and (press := await self._operations.accept(operation, member, channel)):
            return _Sent(press.id, shard, session)
        sent = self._pitches.sent if is_pitch else self.sent
        options = {"prompt": prompt, "duration": 12}
        if operation is Operation.STORYBOARD:
            options["storyboard"] = True
        command = "pitch" if is_pitch else "movie"
        sent[prompt] = await self._roles.discord.send_slash(member, command, options, channel_id=channel)
        return _Sent(sent[prompt].id, shard, session)

    def _made(self) -> int:
        return len(self.sent) and ledger_checks.query(self._roles.database, "SELECT COUNT(*) AS n FROM jobs")[0]["n"]

    def _restart(self, server: Server) -> None:
        self._submitting_at_restart |= submitting(self._roles.database)
        server.stop()
        server.start()
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
        jobs = ledger_checks.jobs(self._roles.database)
        words = {job["id"]: fault_word(job["prompt"]) for job in jobs}
        priced_first = {job["id"] for job in jobs if job["operation"] in PRICED_FIRST}
        known = {job_id for job_id, word in words.items() if word in UNCERTAIN}
        unknown = {job["id"] for job in jobs if job["state"] == "unknown"}
        roles, at_death = self._roles, self._roles.submitting_at_death
        check(roles.discord, roles.api, roles.database, self.sent, unknown, roles.messages())
        cut = 2 * self.restarts + sum(self._proxies[name].cuts for name in self._proxies.keys() & {"worker-0"})
        lost = at_death | self._submitting_at_restart
        assert len(unknown - known - priced_first - lost) <= UNDER_WAY * cut
        self._operations.check(jobs, len(lost & priced_first) + UNDER_WAY * cut)
        called_back = {job["id"] for job in jobs if job["called_back_at"] is not None}
        uploading = {job["id"] for job in jobs if job["operation"] == Operation.PICTURES}  # sent only after these
        confirmed = unknown | called_back | uploading
        assert roles.roles is ROLES or at_death <= confirmed, "only a callback confirms it after a death"
        self._pitches.check(jobs)
        of_words = [job for job in jobs if job["id"] not in priced_first]
        assert {job["state"] for job in of_words if words[job["id"]] in FINE} <= {"completed", "cancelled", "unknown"}
        self._roles.check_logs(database_was_lost=True)
        return jobs

    def figures(self, jobs: Sequence[Mapping[str, Any]], seconds: float) -> str:
        states, made = Counter(job["state"] for job in jobs), Counter(job["operation"] for job in jobs)
        cuts = sum(proxy.cuts for proxy in self._proxies.values())
        return (
            f"seed {SEED}: {dict(made)}; "
            f"{len(jobs)} jobs of {len(self.sent)} commands and {len(self._pitches.sent)} pitches: {dict(states)}; "
            f"{len(self._roles.api.movies)} movies, none twice; {self._faults.faults} requests to Discord failed; "
            f"kills: {dict(self.kills)}, {cuts} COMMITs without an answer, {self.restarts} restarts of PostgreSQL, "
            f"{self.lost_starts} starts without it; no difference in the audit; {seconds:.0f} s"
        )


@contextlib.asynccontextmanager
async def open_soak(folder: Path, version: ApiVersion, deaths: int, alone: Place | None) -> AsyncGenerator[RolesSoak]:
    async with contextlib.AsyncExitStack() as stack:
        server, proxies = None, dict[str, PostgresProxy]()
        if alone is None:
            server = stack.enter_context(postgres_server.running_server())
            url = postgres_server.create_migrated_database(server.url, "matinee")
            proxies = {name: await stack.enter_async_context(PostgresProxy(url)) for name in CUT}
            opened = open_roles(folder, url, version, credits=10**9)
        else:
            opened = open_roles(folder, alone, version, ALONE, credits=10**9)
        roles = await stack.enter_async_context(opened)
        roles.urls |= {name: proxy.url for name, proxy in proxies.items()}
        roles.settings = MANY
        yield RolesSoak(roles, server, proxies, deaths)


async def soak(folder: Path, version: ApiVersion, jobs: int, deaths: int, alone: Place | None = None) -> str:
    """Over all roles on a PostgreSQL server that restarts, or in one process, `alone` on this database."""
    began = time.monotonic()
    try:
        async with open_soak(folder, version, deaths, alone) as run:
            await run.run(jobs)
            return run.figures(run.check(), time.monotonic() - began)
    except BaseException as exc:
        exc.add_note(f"SOAK_SEED={SEED}")
        raise
