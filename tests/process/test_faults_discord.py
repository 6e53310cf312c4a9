"""Faults at Discord, and what members and operators see; a movie costs 120 credits."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.delivery import NotificationType
from tests.helpers import ledger_checks
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.faults import Break, Close, Cut, Invalidate, Phase, Refuse
from tests.helpers.fake_discord.interactions import written
from tests.helpers.ledger_checks import BudgetTotals
from tests.process.crash.harness import MOVIE, CrashHarness, open_crash_harness, settled
from tests.process.crash.invariants import check_ledger, check_messages, check_orders

USED, BACK = BudgetTotals(used=120, held=0), BudgetTotals(used=0, held=0)

MESSAGE = ("POST", "/channels/*/messages")
CARD = ("PATCH", "/channels/*/messages/*")
ANSWER = ("POST", "/interactions/**")

READY = notification_text(NotificationType.COMPLETED)
NOT_STARTED = notification_text(NotificationType.CANCELLED)

CLOSED = {"status": 403, "code": 50001, "times": 2}  # with the movie attached, and with its link alone
UNDELIVERABLE, LATER = {"delivery_route_rejected", "delivery_undeliverable"}, {"delivery_retry_scheduled"}
EVENTS = {*UNDELIVERABLE, *LATER, "message_rejected", "card_update_failed", "response_unconfirmed"}

CASES = {
    "all-ways-closed": (MESSAGE, CLOSED, UNDELIVERABLE),
    "429-everywhere": (MESSAGE, {"status": 429, "retry_after": 0.05, "everywhere": True}, set[str]()),
    "401-token-renewed": (MESSAGE, {"status": 401}, LATER),
    "502-after-acceptance": (MESSAGE, {"status": 502, "at": "after"}, set[str]()),
    "503-many-times": (MESSAGE, {"status": 503, "times": 3}, LATER),
    "503-after-acceptance": (MESSAGE, {"status": 503, "at": "after"}, LATER),
    "cut-after-acceptance": (MESSAGE, {"cut": "after"}, LATER),
    "card-cut": (CARD, {"cut": "after", "times": 9}, {"card_update_failed"}),
    "answer-cut-after": (ANSWER, {"cut": "after"}, {"response_unconfirmed"}),
    "answer-500-after": (ANSWER, {"status": 500, "at": "after"}, set[str]()),
}
"""A request, what goes wrong with it, and the problems in the log."""


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncIterator[CrashHarness]:
    async with open_crash_harness(tmp_path) as opened:
        opened.members = {MOVIE: opened.discord.user_id}
        yield opened


def count(harness: CrashHarness, words: str) -> int:
    return sum(words in written(message) for message in harness.discord.messages())


@pytest.mark.parametrize(("where", "how", "events"), CASES.values(), ids=CASES)
async def test_a_request_that_goes_wrong(
    harness: CrashHarness, where: tuple[str, str], how: dict[str, Any], events: set[str]
) -> None:
    injected = harness.discord.fail(*where, **how)
    if events == UNDELIVERABLE:
        harness.discord.fail("POST", "/users/@me/channels", status=403, code=50007, times=None)
    async with harness.bot() as bot:
        await harness.order()
        await harness.discord.until(lambda: injected.hits or None, what="the fault")
        await bot._bell.until(lambda: ledger_checks.jobs(harness.database) or None, timeout=5, what="a job")
        await settled(bot, harness.database)
        await bot.stop()
    assert {event for event in EVENTS for line in bot.stderr if event in line} == events
    [job] = check_ledger(harness.database, set())
    if events == {"response_unconfirmed"}:
        expected = ("cancelled", BACK, 0, 1)
    else:
        expected = ("completed", USED, 0 if events == UNDELIVERABLE else 1, 0)
    member = ledger_checks.scope_total(harness.database, "member")
    assert (job["state"], member, count(harness, READY), count(harness, NOT_STARTED)) == expected
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
        await harness.discord.wait_for_message(lambda message: READY in written(message), timeout=15)
        await harness.discord.until(lambda: not broken.live or None, timeout=20, what="the gateway to break")
        await harness.discord.ready(timeout=20)
        answer = await harness.discord.slash(harness.discord.user_id, "credits", timeout=10)
        assert "120 credits" in answer.text
        await settled(bot, harness.database)
        await bot.stop(tracebacks=True)
    jobs = check_ledger(harness.database, set())
    check_messages(harness.discord.messages(), jobs)
    assert [job["state"] for job in jobs] == ["completed"]
    assert ledger_checks.scope_total(harness.database, "member") == USED
