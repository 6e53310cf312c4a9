"""After an erasure nothing in the database says whose it was, and every sum is as before."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.risk import Refusal, RefusalReason
from bot.errors import StorageError
from bot.services.member_export import make_zip
from bot.services.privacy import PrivacyService
from bot.services.quotas import QuotaService
from bot.services.request_limits import LimitFactory
from bot.services.signals import Signals
from data import erasure, job_actions, jobs, personal_data, preferences, reconciliation, renders, submissions
from data.database import Transaction
from data.member_digest import ErasureRecord
from tests.helpers import personal_columns
from tests.helpers.clock import ManualClock
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, query
from tests.helpers.member_data import (
    ADA,
    DANA,
    HASH,
    MARKS,
    NAME,
    PROMPT,
    URL,
    ada_job,
    deliver,
    erase,
    every_column,
    fill_member,
    traces,
)
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import BOB, DAY, GUILD, HOUR, LIMITS, NOW, StoreHarness, a_job


async def test_every_column_is_classified(store: StoreHarness) -> None:
    """A new column has to be named in tests/helpers/personal_columns.py, and erased if it is a member's."""
    own, words, other = (
        personal_columns.columns(each)
        for each in (personal_columns.OWN, personal_columns.WORDS, personal_columns.OTHER)
    )
    assert every_column(store.place) == own | words | other
    assert not (own & words | own & other | words & other)


async def test_nothing_of_the_member_is_left_in_any_column(store: StoreHarness) -> None:
    """What was there before is every column that can hold something of a member's."""
    await fill_member(store)
    await store.database.write(preferences.set_delivery_target, ADA, DeliveryTarget.DIRECT_MESSAGE)
    await store.database.write(erasure.request, ADA, NOW)
    personal = personal_columns.columns(personal_columns.OWN) | personal_columns.columns(personal_columns.WORDS)
    assert traces(store.place, *MARKS) >= personal
    assert await erase(store.database)
    assert traces(store.place, *MARKS) == set()
    assert await store.database.read_long(reconciliation.find_discrepancies) == ()


async def test_servers_plan_and_others_keep_their_sums(store: StoreHarness) -> None:
    """The member's own balances go on under a pseudonym; only bonus credits lapse."""
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
    [pseudonym] = {key[2] for key in after if key[2] < 0}
    assert {row["member_id"] for row in query(store.place, "SELECT member_id FROM jobs")} == {pseudonym, BOB}


@pytest.mark.parametrize("state", [JobState.RESERVED, JobState.QUEUED])
async def test_what_waits_is_cancelled_and_refunded(store: StoreHarness, state: JobState) -> None:
    """Nothing was spent on it."""
    job = await store.in_state(ada_job(1), state)
    assert await erase(store.database)
    assert await store.state(job) is JobState.CANCELLED
    assert assert_ledger_consistent(store.place) == {}
    assert traces(store.place, ADA, NAME, PROMPT) == set()


@pytest.mark.parametrize("state", [JobState.SUBMITTING, JobState.RENDERING, JobState.UNKNOWN])
async def test_what_the_api_has_ends_first(store: StoreHarness, state: JobState) -> None:
    """It is delivered as if nothing was asked, and erased then. Meanwhile the member orders nothing."""
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
    """The second request keeps the first one's id, and what is done is done."""
    await store.in_state(ada_job(1), JobState.RENDERING)
    first = await store.database.write(erasure.request, ADA, NOW)
    assert await store.database.write(erasure.request, ADA, NOW + HOUR) == first
    assert await store.database.read(erasure.pending) == [first]
    await store.database.write(renders.complete, ada_job(1).id, URL, NOW)
    await deliver(store.database, ada_job(1), NotificationType.COMPLETED)
    assert await erase(store.database)
    assert await store.database.read(erasure.pending) == []
    assert await store.database.read(erasure.known_ids) == {first.id}


async def test_an_erasure_that_a_restore_has_repeated_ends_its_request(store: StoreHarness) -> None:
    """The process had died between the list beside the backups and the erasure."""
    requested = await store.database.write(erasure.request, ADA, NOW)

    def repeated(tx: Transaction) -> None:
        tx.execute("INSERT INTO erasures (id, erased_at) VALUES (:id, :now)", {"id": requested.id, "now": NOW})

    await store.database.write(repeated)
    assert await erase(store.database)
    assert await store.database.read(erasure.pending) == []


async def test_an_erasure_that_fails_holds_no_other_up(
    store: StoreHarness, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is logged, and stays requested."""
    for member in (ADA, DANA):
        await store.database.write(erasure.request, member, NOW)
    real = erasure.erase

    def erase_all_but_ada(tx: Transaction, record: ErasureRecord, member_id: int, now: int) -> bool:
        if member_id == ADA:
            raise StorageError("disk full")
        return real(tx, record, member_id, now)

    monkeypatch.setattr(erasure, "erase", erase_all_but_ada)
    clock = ManualClock(NOW)
    await PrivacyService(store.database, clock, tmp_path, None, LimitFactory(clock)).run_once()
    assert [each.member_id for each in await store.database.read(erasure.pending)] == [ADA]


async def test_a_member_of_whom_nothing_is_known_can_be_erased(store: StoreHarness) -> None:
    """And other members are not touched."""
    await store.in_state(a_job(1, BOB), JobState.COMPLETED)
    assert await erase(store.database)
    assert (await store.found(a_job(1).id)).request.prompt == "a red balloon"


async def test_afterwards_the_member_starts_anew(store: StoreHarness) -> None:
    """What they do from then on is theirs, and can be erased again."""
    await fill_member(store)
    assert await erase(store.database)
    quotas = QuotaService(store.database, LIMITS, lambda: NOW, Signals())
    assert await store.database.read(preferences.get, ADA) == preferences.Preferences()
    assert await quotas.active_block(GUILD, ADA) is None
    later = NOW + 40 * DAY
    await store.queued(ada_job(50, at=later))
    assert (await store.found(ada_job(50).id)).member_name == NAME
    assert await erase(store.database, now=later)
    assert traces(store.place, ADA, NAME, PROMPT) == set()
    assert len(await store.database.read(erasure.known_ids)) == 2


async def test_a_button_pressed_meanwhile_brings_no_link_back(store: StoreHarness) -> None:
    """The API's answer may come when the job is erased."""
    job = await store.in_state(ada_job(1), JobState.COMPLETED)
    await deliver(store.database, job, NotificationType.COMPLETED)
    assert await erase(store.database)
    assert await store.database.write(jobs.set_movie_url, job, URL) is None
    assert await store.database.write(job_actions.set_delivery_target, job.id, ADA, DeliveryTarget.CHANNEL) is None
    assert traces(store.place, ADA, URL) == set()


async def test_an_export_has_everything_of_the_member_and_nothing_of_anyone_else(store: StoreHarness) -> None:
    """But for the hash of a callback's secret. Texts are readable, ids are exact, times are UTC."""
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
    assert [row["by_you"] for row in data["log"]].count(1) == 1
    overview = await store.database.read_long(personal_data.overview, ADA)
    assert (overview.movies, overview.bonus, overview.requested, overview.known) == (3, 50, False, True)
    assert not (await store.database.read_long(personal_data.overview, 999)).known
