"""Orders that wait for staff, and the staff's decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.domain.approvals import ApprovalFallback, ApprovalScope
from bot.domain.catalogue import Catalogue
from bot.domain.jobs import Decision, Job, JobState
from bot.domain.orders import OrderContext, OrderPlaced
from bot.domain.quota import AuditContext
from bot.domain.request import Draft
from bot.domain.setting_kinds import SettingValue
from data import approvals, orders, staff_channel
from data.database import Transaction
from tests.helpers.at_time import at_time, under
from tests.helpers.ledger_checks import assert_ledger_consistent, query
from tests.helpers.reserving import place
from tests.helpers.server_settings import change_setup
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import ALICE, CATALOGUE, CHANNEL, DAY, GUILD, LIMITS, NOW, StoreHarness

DANA, ERIN, ELSEWHERE, LOG = 7, 8, 11, 555
TRUSTED = 31
WAITING, QUEUED, CANCELLED = JobState.AWAITING_APPROVAL, JobState.QUEUED, JobState.CANCELLED


def approve(
    tx: Transaction,
    job: Job,
    interaction_id: int = 900,
    *,
    by: int = DANA,
    guild: int = GUILD,
    manages: bool = False,
    catalogue: Catalogue = CATALOGUE,
    now: int = NOW,
) -> Decision | None:
    context = AuditContext(by, guild, interaction_id=interaction_id)
    return at_time(now, under(approvals.approve, catalogue=catalogue))(tx, job.id, by=context, manages=manages)


def decline(
    tx: Transaction, job: Job, interaction_id: int = 901, *, by: int = DANA, guild: int = GUILD, now: int = NOW
) -> Decision | None:
    context = AuditContext(by, guild, "too gory", interaction_id=interaction_id)
    return at_time(now, approvals.decline)(tx, job.id, by=context)


async def decide(
    store: StoreHarness, decision: Callable[..., Decision | None], job: Job, *args: Any, **how: Any
) -> Decision:
    decided = await store.database.write(decision, job, *args, **how)
    assert decided is not None
    return decided


async def lapsed(store: StoreHarness, now: int) -> list[str]:
    found = await store.database.read(at_time(now, approvals.overdue))
    return [each for each in found if await store.database.write(at_time(now, approvals.lapse), each)]


async def set_up(store: StoreHarness, **values: SettingValue) -> None:
    await change_setup(store.database, AuditContext(DANA, GUILD), NOW, **values)


async def with_channel(store: StoreHarness, *, failed: bool = False) -> None:
    """Set the staff channel; a failed one can't be posted to."""
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), LOG, NOW)
    await store.posted_lines(NOW)
    if failed:
        await store.database.write(fail_channel)


async def ask_staff(store: StoreHarness, fallback: ApprovalFallback | None = ApprovalFallback.START) -> None:
    await with_channel(store)
    await set_up(store, approval=ApprovalScope.EVERYONE, approval_fallback=fallback)


def fail_channel(tx: Transaction, now: int = NOW) -> None:
    at_time(now, staff_channel.mark_closed)(tx, GUILD, LOG)


async def placed(
    store: StoreHarness, number: int = 1, *, seconds: int = 10, now: int = NOW, **context: Any
) -> OrderPlaced:
    order = OrderContext(number, GUILD, CHANNEL, ALICE, member_name="alice", **context)
    found = await store.database.write(
        at_time(now, place), order, Draft("a fox", seconds, "LUMA", "FLUX1.1PRO"), CATALOGUE, LIMITS
    )
    assert isinstance(found, OrderPlaced), found
    return found


async def ordered(store: StoreHarness, number: int = 1, *, now: int = NOW, **how: Any) -> Job:
    order = await placed(store, number, now=now, **how)
    assert await store.database.write(at_time(now, orders.enqueue), order.job.id, 77)
    return await store.found(order.job.id)


def logged(store: StoreHarness) -> list[tuple[int, str, str | None]]:
    rows = query(store.place, "SELECT * FROM audit_log WHERE job_id IS NOT NULL ORDER BY id")
    return [(row["actor_id"], row["action"], row["reason_code"]) for row in rows]


async def assert_refunded_once(store: StoreHarness, job: Job) -> None:
    assert_ledger_consistent(store.place)
    assert (await store.member()).held == 0
    assert await store.pending_notifications(NOW + 9 * DAY) == [(job.id, "cancelled")]
