"""From /movie to its first response.

A real process, a loopback gateway and REST. All data is committed. Latencies run from the fake Discord's sending of the
interaction to the arrival of the response.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.bot_processes import BARE, DEPLOYED, OURS, Running, running
from benchmarks.harness import Row, Size, Spread, check, ratios
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import Interaction

_OPTIONS = {"prompt": "a red balloon over the sea", "duration": 10}
_CREDITS = 100
_TIMEOUT = 30.0
_AT_ONCE = 50
_MANY = 500
_SERVERS = 100
"""No job ends here. In one server, an order would count thousands of open jobs, which the default bounds refuse."""

_IDLE_SECONDS = 0.02
"""Several times as long as the bot works after its response, while the bare bot is idle."""


@dataclass(slots=True)
class _Figures:
    """A bot's figures, one per round. Latencies are in milliseconds."""

    alone: list[float] = field(default_factory=list[float])
    burst: list[float] = field(default_factory=list[float])
    rate: list[float] = field(default_factory=list[float])
    many: list[float] = field(default_factory=list[float])
    slowest: list[float] = field(default_factory=list[float])


async def measure(size: Size) -> list[Row]:
    """Measure both bots alternately."""
    ours, theirs = _Figures(), _Figures()
    async with contextlib.AsyncExitStack() as stack:
        mine = await stack.enter_async_context(running(DEPLOYED, size.folder, servers=_SERVERS))
        bare = await stack.enter_async_context(running(BARE, size.folder, servers=_SERVERS))
        for each in (mine, bare):
            await _warm_up(each, size)
        for number in range(size.rounds):
            turns = [(mine, ours), (bare, theirs)]
            for bot, figures in turns if number % 2 == 0 else reversed(turns):
                await _round(bot, figures, size)
        await _check(mine)
        await _check(bare, rows=False)
    return _rows(ours, theirs, await _pause(size))


async def _pause(size: Size) -> float:
    """Return the event loop's longest pause in seconds.

    It is measured in a separate bot: the others have no timer.
    """
    async with running(OURS, size.folder, servers=_SERVERS) as bot:
        await _warm_up(bot, size)
        await bot.pause()
        for count in (*[size.of(_AT_ONCE, 5)] * size.of(8), size.of(_MANY, 10)):
            await _ask(bot, count)
        return await bot.pause()


async def _warm_up(bot: Running, size: Size) -> None:
    for _ in range(5):
        await _ask(bot, 1)
    await _ask(bot, size.of(_AT_ONCE, 5))


async def _round(bot: Running, figures: _Figures, size: Size) -> None:
    figures.alone.append(statistics.median([await _alone(bot) for _ in range(size.of(30, 3))]))
    burst: list[float] = []
    rates: list[float] = []
    await _ask(bot, size.of(_AT_ONCE, 5))  # warm-up, not counted
    for _ in range(size.of(8)):
        latencies, took = await _ask(bot, size.of(_AT_ONCE, 5))
        burst += latencies
        rates.append(len(latencies) / took)
    figures.burst.append(statistics.median(burst))
    figures.rate.append(statistics.median(rates))
    many, _ = await _ask(bot, size.of(_MANY, 10))
    figures.many.append(statistics.quantiles(many, n=100)[98])
    figures.slowest.append(max(many))


async def _alone(bot: Running) -> float:
    """Return the latency of one command to an idle bot, in milliseconds."""
    await asyncio.sleep(_IDLE_SECONDS)
    [latency], _ = await _ask(bot, 1)
    return latency


async def _ask(bot: Running, count: int) -> tuple[list[float], float]:
    """Send `count` commands and wait for all responses.

    Returns the latencies in milliseconds, and the total time in seconds.
    """
    sent: list[tuple[Interaction, float]] = []
    start = time.time()
    for member, channel in itertools.islice(bot.members, count):
        at = time.time()
        sent.append((await bot.discord.send_slash(member, "movie", _OPTIONS, channel_id=channel), at))
    last = [interaction for interaction, _ in sent]
    await bot.discord.until(lambda: _answered(last), timeout=_TIMEOUT, what=f"{count} answers")
    answers = bot.discord.interaction_answers
    latencies = [1000 * (answers[interaction.id].at - at) for interaction, at in sent]
    return latencies, max(answers[interaction.id].at for interaction, _ in sent) - start


def _answered(left: list[Interaction]) -> bool:
    """Return whether all interactions have a response.

    Removes those that have one from the end of the list.
    """
    while left and left[-1].answer is not None:
        left.pop()
    return not left


async def _check(bot: Running, *, rows: bool = True) -> None:
    """Check that each command has one response, one job and one hold."""
    answers = bot.discord.interaction_answers
    check("answers that are none", [each for each in answers.values() if not each.text], [])
    if not rows:
        return
    jobs = ledger_checks.query(bot.path, "SELECT COUNT(*) AS n FROM jobs")[0]["n"]
    check("jobs", jobs, len(answers))
    holds = ledger_checks.query(bot.path, "SELECT COUNT(*) AS n FROM ledger_entries WHERE entry_type = 'hold'")[0]["n"]
    check("holds", holds, len(answers))
    for scope in ("member", "plan"):
        held = ledger_checks.query(bot.path, "SELECT SUM(held) AS n FROM balances WHERE scope = ?", scope)[0]["n"]
        check(f"held by {scope}", held, _CREDITS * len(answers))


def _rows(ours: _Figures, theirs: _Figures, pause: float) -> list[Row]:
    alone, burst, rate = (
        ratios(mine, other)
        for mine, other in ((ours.alone, theirs.alone), (ours.burst, theirs.burst), (ours.rate, theirs.rate))
    )
    p99, slowest = Spread.over(ours.many), Spread.over(ours.slowest)
    return [
        Row("/movie to the answer, alone, p50", "bare bot", _ms(ours.alone), _ms(theirs.alone), alone, "≤ 2.5x",
            alone.median <= 2.5, pause),
        Row("/movie to the answer, 50 at once, p50", "bare bot", _ms(ours.burst), _ms(theirs.burst), burst,
            "≤ 2.5x", burst.median <= 2.5, pause),
        Row("/movie to the answer, 500 at once, p99", "bare bot", _ms(ours.many), _ms(theirs.many),
            ratios(ours.many, theirs.many), "< 1 s", p99.median < 1000, pause),
        Row("/movie to the answer, 500 at once, slowest", "bare bot", _ms(ours.slowest), _ms(theirs.slowest),
            ratios(ours.slowest, theirs.slowest), "< 3 s, always", slowest.high < 3000, pause),
        Row("commands answered a second, 50 at once", "bare bot", _number(ours.rate), _number(theirs.rate), rate,
            "≥ 0.5x", rate.median >= 0.5, pause),
    ]  # fmt: skip


def _ms(figures: Sequence[float]) -> str:
    return f"{Spread.over(figures).median:.1f} ms"


def _number(figures: Sequence[float]) -> str:
    return f"{Spread.over(figures).median:,.0f}"
