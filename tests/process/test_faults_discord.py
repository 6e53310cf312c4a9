"""Faults at Discord, and what members and operators see; a movie costs 120 credits."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.domain.delivery import NotificationType
from tests.helpers import ledger_checks
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.faults import Break, Close, Cut, Invalidate, Phase, Refuse
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.ledger_checks import BudgetTotals
from tests.process.crash.harness import MOVIE, CrashHarness, open_crash_harness, settled
from tests.process.crash.invariants import check_ledger, check_messages, check_orders

USED, BACK = BudgetTotals(used=120, held=0), BudgetTotals(used=0, held=0)

MESSAGE = ("POST", "/channels/*/messages")
CARD = ("PATCH", "/channels/*/messages/*")
ANSWER = ("POST", "/interactions/**")

READY = notification_text(NotificationType.COMPLETED)
NOT_STARTED = notification_text(NotificationType.CANCELLED)


@dataclass(frozen=True)
class Fault:
    """A fault and its expected results: the problems in the log, and how many messages say `words`."""

    name: str
    where: tuple[str, str]
    how: dict[str, Any]
    event: str = ""
    words: str = READY
    state: str = "completed"
    credits: BudgetTotals = USED
    messages: int = 1


CLOSED = {"status": 403, "code": 50001, "times": 2}  # with the movie attached, and with its link alone

CASES = [
    Fault("all-ways-closed", MESSAGE, CLOSED, "delivery_route_rejected delivery_undeliverable", messages=0),
    Fault("429-everywhere", MESSAGE, {"status": 429, "retry_after": 0.05, "everywhere": True}),
    Fault("401-token-renewed", MESSAGE, {"status": 401}, event="delivery_retry_scheduled"),
    Fault("502-after-acceptance", MESSAGE, {"status": 502, "at": "after"}),
    Fault("503-many-times", MESSAGE, {"status": 503, "times": 3}, event="delivery_retry_scheduled"),
    Fault("503-after-acceptance", MESSAGE, {"status": 503, "at": "after"}, event="delivery_retry_scheduled"),
    Fault("cut-after-acceptance", MESSAGE, {"cut": "after"}, event="delivery_retry_scheduled"),
    Fault("card-cut", CARD, {"cut": "after", "times": 9}, event="card_update_failed"),
    Fault("answer-cut-after", ANSWER, {"cut": "after"}, "response_unconfirmed", NOT_STARTED, "cancelled", BACK),
    Fault("answer-500-after", ANSWER, {"status": 500, "at": "after"}),
]

EVENTS = {
    "delivery_route_rejected",
    "delivery_undeliverable",
    "delivery_retry_scheduled",
    "message_rejected",
    "card_update_failed",
    "response_unconfirmed",
}


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[CrashHarness]:
    async with open_crash_harness(tmp_path) as opened:
        opened.members = {MOVIE: opened.discord.user_id}
        yield opened


def logged(bot: BotProcess) -> set[str]:
    return {event for event in EVENTS for line in bot.stderr if event in line}


def count(harness: CrashHarness, words: str) -> int:
    return sum(words in message.content for message in harness.discord.messages())


@pytest.mark.parametrize("fault", CASES, ids=lambda fault: fault.name)
async def test_a_request_that_goes_wrong(harness: CrashHarness, fault: Fault) -> None:
    injected = harness.discord.fail(*fault.where, **fault.how)
    if not fault.messages:
        harness.discord.fail("POST", "/users/@me/channels", status=403, code=50007, times=None)
    async with harness.bot() as bot:
        await harness.order()
        await harness.discord.until(lambda: injected.hits or None, what="the fault")
        await bot._bell.until(lambda: ledger_checks.jobs(harness.database) or None, timeout=5, what="a job")
        await settled(bot, harness.database)
        await bot.stop()
    assert logged(bot) == set(fault.event.split())
    assert count(harness, fault.words) == fault.messages
    [job] = check_ledger(harness.database, set())
    assert job["state"] == fault.state
    assert ledger_checks.scope_total(harness.database, "member") == fault.credits
    check_orders(harness.api, [job])
    sent = {r.json["nonce"] for r in harness.discord.requests if r.method == "POST" and r.path.endswith("/messages")}
    assert len(sent) <= 1


@pytest.mark.parametrize(
    ("phase", "effect", "code"),
    [
        (Phase.CONNECT, Refuse(), None),
        (Phase.IDENTIFY, Invalidate(), 4009),
        (Phase.READY, Cut(), 4009),
        (Phase.GUILDS, Close(4000), 4009),
        (Phase.RESUME, Close(4009), None),
        (Phase.HEARTBEAT, Cut(), None),
    ],
    ids=lambda value: getattr(value, "name", None) or str(value),
)
async def test_a_gateway_that_breaks(harness: CrashHarness, phase: Phase, effect: Break, code: int | None) -> None:
    """`code` closed the connection before it (4009: nothing can be resumed)."""
    harness.discord.limits.heartbeat_interval = 0.5
    async with harness.bot() as bot:
        await harness.order()
        await harness.sent[MOVIE].answered()
        broken = harness.discord.break_gateway(phase, effect)
        if phase is not Phase.HEARTBEAT:
            await harness.discord.drop(code)
        await harness.discord.wait_for_message(lambda message: READY in message.content, timeout=15)
        await harness.discord.until(lambda: not broken.live or None, timeout=20, what="the gateway to break")
        await harness.discord.ready(timeout=20)
        answer = await harness.discord.slash(harness.discord.user_id, "credits", timeout=10)
        assert "120 credits" in str(answer.embeds)
        await settled(bot, harness.database)
        await bot.stop(tracebacks=True)
    jobs = check_ledger(harness.database, set())
    check_messages(harness.discord.messages(), jobs)
    assert [job["state"] for job in jobs] == ["completed"]
    assert ledger_checks.scope_total(harness.database, "member") == USED


async def test_a_discord_that_is_down_for_long(harness: CrashHarness) -> None:
    async with harness.bot() as bot:
        await harness.order()
        await harness.sent[MOVIE].answered()
        await harness.discord.stop()
        made = {"completed"}
        await bot._bell.until(
            lambda: made == {job["state"] for job in ledger_checks.jobs(harness.database)} or None,
            timeout=10,
            what="a movie",
        )
        await bot.wait_for_line("delivery_retry_scheduled")
        await harness.discord.start()
        await harness.discord.ready(timeout=20)
        await settled(bot, harness.database)
        await bot.stop(tracebacks=True)
    assert count(harness, READY) == 1
    assert ledger_checks.scope_total(harness.database, "member") == USED
