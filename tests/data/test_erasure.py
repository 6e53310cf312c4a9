"""Erasures, which leave nothing of the member and keep every sum."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from bot.domain.credit_request import CreditRequest
from bot.domain.delivery import NotificationType, PostedMessage
from bot.domain.job import JobState
from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.risk import Refusal, RefusalReason
from bot.errors import StorageError
from bot.services.credit_requests import CreditRequestService
from bot.services.member_export import make_zip
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data import (
    audit_log,
    erasure,
    erasure_list,
    job_actions,
    jobs,
    message_deletions,
    orders,
    personal_data,
    preferences,
    reconciliation,
    removals,
    renders,
    submissions,
)
from data.audit_log import AuditEvent
from tests.helpers import personal_columns
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, query
from tests.helpers.member_data import (
    ADA,
    CARD,
    DANA,
    HASH,
    MARKS,
    NAME,
    OTHER_GUILD,
    PROMPT,
    REASON,
    URL,
    ada_job,
    deliver,
    erase,
    every_column,
    fill_member,
    privacy_service,
    traces,
)
from tests.helpers.reserving import reserve
from tests.helpers.staff_channel import choose_staff_channel
from tests.helpers.store_harness import BOB, CHANNEL, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job


async def to_delete(store: StoreHarness) -> list[PostedMessage]:
    return [each.message for each in await store.database.read(message_deletions.due, NOW + DAY, 10, ())]


async def test_every_column_is_classified(store: StoreHarness) -> None:
    """A new column must be listed in tests/helpers/personal_columns.py."""
    own, words, other = (
        personal_columns.columns(each)
        for each in (personal_columns.OWN, personal_columns.WORDS, personal_columns.OTHER)
    )
    assert every_column(store.place) == own | words | other
    assert not (own & words | own & other | words & other)


async def test_nothing_of_the_member_is_left_in_any_column(store: StoreHarness) -> None:
    await fill_member(store)
    await store.database.write(preferences.set_delivery_target, ADA, DeliveryTarget.DIRECT_MESSAGE)
    await store.database.write(erasure.request, ADA, NOW)
    personal = personal_columns.columns(personal_columns.OWN) | personal_columns.columns(personal_columns.WORDS)
    assert traces(store.place, *MARKS) >= personal
    assert await erase(store.database)
    assert traces(store.place, *MARKS) == set()
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_servers_plan_and_others_keep_their_sums(store: StoreHarness) -> None:
    await fill_member(store)
    before = assert_ledger_consistent(store.place)
    assert await erase(store.database)
    after = assert_ledger_consistent(store.place)
    assert {key: total for key, total in after.items() if key[2] in (0, BOB)} == {
        key: total for key, total in before.items() if key[2] in (0, BOB)
    }
    own = {(key[0], key[1], key[3]): total for key, total in before.items() if key[2] == ADA}
    assert own.pop(("extra", GUILD, "")) == BudgetTotals(granted=50)
    assert {(key[0], key[1], key[3]): total for key, total in after.items() if key[2] < 0} == own
    owners = {(row["guild_id"], row["member_id"]) for row in query(store.place, "SELECT guild_id, member_id FROM jobs")}
    assert {(key[1], key[2]) for key in after if key[2] < 0} < owners
    assert sorted(guild for guild, owner in owners if owner < 0) == [GUILD, OTHER_GUILD]


async def test_nothing_tells_that_a_member_of_two_servers_was_one(store: StoreHarness, quotas: QuotaService) -> None:
    """A shared number or the erasure's time would link the servers."""
    await fill_member(store)
    for guild in (GUILD, OTHER_GUILD):
        await quotas.grant(AuditContext(DANA, guild), ADA, 50)
        await quotas.grant(AuditContext(ADA, guild), BOB, 50)
    at = NOW + HOUR
    assert await erase(store.database, now=at)
    numbers: dict[int, set[int]] = {}
    for table, column in [*personal_columns.columns(personal_columns.OWN), ("jobs", "interaction_id")]:
        if table in ("jobs", "balances", "ledger_entries", "audit_log", "credit_requests"):
            for row in query(store.place, f"SELECT guild_id, {column} AS who FROM {table} WHERE {column} < 0"):
                numbers.setdefault(row["guild_id"], set()).add(row["who"])
    assert len(numbers) > 2
    assert len(set.union(*numbers.values())) == sum(map(len, numbers.values()))
    assert query(store.place, f"SELECT 1 AS one FROM ledger_entries WHERE created_at = {at}") == []
    assert query(store.place, f"SELECT 1 AS one FROM erasures WHERE erased_at >= {NOW}") == []


@pytest.mark.parametrize("waits", [False, True])
async def test_a_card_that_discord_accepts_after_the_erasure_is_deleted(store: StoreHarness, *, waits: bool) -> None:
    job = await store.reserved(ada_job(1))
    if waits:
        await store.in_state(ada_job(2), JobState.RENDERING)
    assert await erase(store.database) is not waits
    assert not await store.database.write(orders.enqueue, job.id, CARD, NOW)
    assert await to_delete(store) == [PostedMessage(CHANNEL, CARD)]
    assert traces(store.place, CARD) == {("message_deletions", "message_id")}


async def test_the_unknown_card_of_an_order_whose_process_died_is_looked_for(store: StoreHarness) -> None:
    """The message about the end finds the card, so the erasure waits."""
    job = await store.reserved(ada_job(1))
    late = NOW + 20_000
    assert not await erase(store.database, now=late)
    assert await store.pending_notifications(late) == [(job.id, "cancelled")]
    await deliver(store.database, job, NotificationType.CANCELLED)
    assert await erase(store.database, now=late)
    assert traces(store.place, ADA, NAME, PROMPT) == set()
    again = await store.reserved(ada_job(2, at=NOW + DAY))
    await store.database.write(erasure.erase_in_copy, "an erasure", [ADA], NOW + DAY + 20_000)
    assert await store.state(again) is JobState.CANCELLED
    assert await store.pending_notifications(NOW + 2 * DAY) == []


async def test_changes_that_were_not_posted_yet_are_posted_without_a_name(
    store: StoreHarness, quotas: QuotaService
) -> None:
    await choose_staff_channel(store.database, AuditContext(DANA, GUILD), 555, NOW)
    await quotas.grant(AuditContext(DANA, GUILD, REASON), ADA, 50)
    await quotas.grant(AuditContext(ADA, GUILD, REASON), BOB, 50)
    requests = CreditRequestService(store.database, LIMITS, store.clock, Signals())
    by_ada, place = AuditContext(ADA, GUILD), {"channel_id": CHANNEL, "role_ids": (), "language": Language.ENGLISH}
    assert isinstance(await requests.ask(by_ada, 900, **place), CreditRequest)
    refused = AuditEvent(by_ada, AuditAction.PROMPT_REFUSED, ADA, None, NOW)
    await store.database.write(audit_log.record, refused)
    assert await erase(store.database)
    _, granted, by_nobody = [entry for entry, _ in await store.posted_lines(NOW)]
    assert (granted.actor_id, granted.credits, granted.reason) == (DANA, 50, "")
    assert (by_nobody.subject_id, by_nobody.credits, by_nobody.reason) == (BOB, 50, "")
    assert granted.subject_id == by_nobody.actor_id < 0


@pytest.mark.parametrize("state", [JobState.SUBMITTING, JobState.RENDERING, JobState.UNKNOWN])
async def test_what_the_api_has_ends_first(store: StoreHarness, state: JobState) -> None:
    job = await store.in_state(ada_job(1), state)
    assert not await erase(store.database)
    assert (await store.found(job.id)).member_id == ADA
    refused = await reserve(store.database, ada_job(2), (), LIMITS)
    assert refused == Refusal(RefusalReason.ERASING)
    if state is not JobState.RENDERING:
        await store.database.write(submissions.mark_rendering, job.id, "request", NOW, NOW) if state is (
            JobState.SUBMITTING
        ) else await store.database.write(renders.attach_request_id, job.id, "request", NOW)
    await store.database.write(renders.complete, job.id, URL, NOW)
    assert not await erase(store.database), "its message is not sent yet"
    await deliver(store.database, job, NotificationType.COMPLETED)
    assert await erase(store.database)
    assert traces(store.place, ADA, NAME, PROMPT, URL) == set()
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_an_erasure_is_requested_once_and_done_once(store: StoreHarness) -> None:
    await store.in_state(ada_job(1), JobState.RENDERING)
    first = await store.database.write(erasure.request, ADA, NOW)
    assert await store.database.write(erasure.request, ADA, NOW + HOUR) == first
    assert await store.database.read(erasure.pending) == [first]
    await store.database.write(renders.complete, ada_job(1).id, URL, NOW)
    await deliver(store.database, ada_job(1), NotificationType.COMPLETED)
    assert await erase(store.database)
    assert await store.database.read(erasure.pending) == []
    assert await store.database.read(erasure.known_ids) == {first.id}
    requested = await store.database.write(erasure.request, ADA, NOW)
    repeated = {"id": requested.id, "now": NOW}
    await store.database.write(
        lambda tx: tx.execute("INSERT INTO erasures (id, erased_at) VALUES (:id, :now)", repeated)
    )
    assert await erase(store.database)
    assert await store.database.read(erasure.pending) == []


async def test_an_erasure_whose_process_died_cancels_what_waits(store: StoreHarness, tmp_path: Path) -> None:
    job = await store.in_state(ada_job(1), JobState.QUEUED)
    await store.database.write(erasure.request, ADA, NOW)
    await privacy_service(store, tmp_path).run_once()
    assert await store.state(job) is JobState.CANCELLED
    assert await store.database.read(erasure.pending) == []


async def test_an_erasure_that_cannot_be_listed_beside_the_backups_waits(store: StoreHarness, tmp_path: Path) -> None:
    """Otherwise, a restored backup could bring the member back."""
    await fill_member(store)
    folder = tmp_path / "backups"
    folder.touch()  # a file, so that no list can be in it
    service = privacy_service(store, folder)
    with pytest.raises(StorageError):
        await service.erase(ADA)
    assert await store.database.read(erasure.known_ids) == frozenset()
    assert [each.member_id for each in await store.database.read(erasure.pending)] == [ADA]
    folder.unlink()
    await service.run_once()
    assert [each.matches(ADA) for each in erasure_list.read(folder)] == [True]
    assert await store.database.read(erasure.pending) == []


async def test_an_erasure_waits_24_hourly_attempts_for_a_message_that_discord_does_not_let_the_bot_delete(
    store: StoreHarness,
) -> None:
    job = await store.in_state(ada_job(1), JobState.COMPLETED)
    await deliver(store.database, job, NotificationType.COMPLETED)
    await store.database.write(removals.remove, job.id, AuditContext(DANA, GUILD), NOW)

    def refused() -> list[int]:
        return [row["attempts"] for row in query(store.place, "SELECT attempts FROM message_deletions")]

    last = NOW + 23 * HOUR
    for at in range(NOW, last + 1, HOUR):
        assert await store.database.read(message_deletions.due, at - 1, 10, ()) == []
        assert not await erase(store.database, now=at)
        due = await store.database.read(message_deletions.due, at, 10, ())
        assert len(due) == 2
        for each in due:
            assert await store.database.write(removals.retry_refused, each, at)
    assert await erase(store.database, now=last)
    assert refused() == [24] * 2
    assert traces(store.place, ADA, NAME, PROMPT, URL) == set()
    for each in await store.database.read(message_deletions.due, last + HOUR, 10, ()):
        assert not await store.database.write(removals.retry_refused, each, NOW + 31 * DAY)
    assert refused() == []
    assert query(store.place, "SELECT 1 AS one FROM audit_log WHERE action = 'deletion_given_up'") == []


async def test_afterwards_the_member_starts_anew(store: StoreHarness, quotas: QuotaService) -> None:
    await fill_member(store)
    assert await erase(store.database)
    assert await quotas.unblock(AuditContext(DANA, GUILD), ADA)
    assert await store.database.read(preferences.get, ADA) == preferences.Preferences()
    assert await quotas.active_block(GUILD, ADA) is None
    later = NOW + 40 * DAY
    await store.queued(ada_job(50, at=later))
    assert (await store.found(ada_job(50).id)).member_name == NAME
    assert await erase(store.database, now=later)
    assert traces(store.place, ADA, NAME, PROMPT) == set()
    assert len(await store.database.read(erasure.known_ids)) == 2


async def test_a_button_pressed_meanwhile_brings_no_link_back(store: StoreHarness) -> None:
    job = await store.in_state(ada_job(1), JobState.COMPLETED)
    await deliver(store.database, job, NotificationType.COMPLETED)
    assert await erase(store.database)
    assert await store.database.write(jobs.set_movie_url, job, URL) is None
    assert await store.database.write(job_actions.set_delivery_target, job.id, ADA, DeliveryTarget.CHANNEL) is None
    assert traces(store.place, ADA, URL) == set()


async def test_an_export_has_everything_of_the_member_and_nothing_of_anyone_else(store: StoreHarness) -> None:
    await fill_member(store)
    await store.queued(a_job(70, BOB, cost=10))
    content = make_zip(await store.database.read_long(personal_data.read, ADA), ADA, NOW)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    data = json.loads(files["data.json"])
    for mark in MARKS:
        assert (str(mark) in files["data.json"]) is (mark != HASH), mark
    assert str(DANA) not in "".join(files.values())
    assert {f"{name}.csv" for name, rows in data.items() if isinstance(rows, list) and rows} == files.keys() - {
        "data.json"
    }
    assert data["movies"][0]["created_at"] == "2026-11-10T12:00:00+00:00"
    assert [row["by_you"] for row in data["log"]].count(1) == 2
    assert {row["scope"] for row in data["balances"]} == {"member", "extra"}
    assert (0, 1) in {(row["is_yours"], row["by_you"]) for row in data["credits"]}, "a grant of hers to another member"
    assert sorted((row["is_yours"], row["by_you"]) for row in data["credit_requests"]) == [(0, 1), (1, 0)]
    assert sorted((row["to_you"], row["by_you"]) for row in data["gifts"]) == [(0, 1), (1, 0)]
    overview = await store.database.read_long(personal_data.overview, ADA)
    assert (overview.movies, overview.bonus, overview.requested, overview.known) == (3, 50, False, True)
    assert not (await store.database.read_long(personal_data.overview, 999)).known


async def test_what_waits_is_cancelled_and_refunded_and_its_card_deleted(store: StoreHarness) -> None:
    states = (JobState.AWAITING_APPROVAL, JobState.QUEUED, JobState.RESERVED)
    waiting = [await store.in_state(ada_job(number), state) for number, state in enumerate(states)]
    assert not await erase(store.database, now=NOW + 20_000), "the reserved order may have a card"
    assert [await store.state(job) for job in waiting] == [JobState.CANCELLED] * 3
    await deliver(store.database, waiting[2], NotificationType.CANCELLED)
    assert await erase(store.database, now=NOW + 20_000)
    assert assert_ledger_consistent(store.place) == {}
    assert traces(store.place, ADA, NAME, PROMPT) == set()
    assert await to_delete(store) == [PostedMessage(CHANNEL, 77)]
    await store.database.write(message_deletions.finish, 77)
    await store.queued(ada_job(5, at=NOW + DAY))
    await store.database.write(erasure.erase_in_copy, "an erasure", [ADA], NOW + DAY)
    assert await to_delete(store) == [], "a copy sends nothing to Discord"
