"""What a member reads before a cancellation, and after which wait."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.cancellation import NotCancellable
from bot.domain.upstream import MovieState, Status
from bot.services import cancellations
from bot.services.cancellations import CancellationService
from bot.services.request_limits import LimitFactory
from bot.services.signals import Signals
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import COMPLETED, PENDING, FakeMovieApi
from tests.helpers.store_harness import HOUR, NOW, StoreHarness, a_job

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize(
    ("status", "expected", "polled_at"),
    [
        (COMPLETED, NotCancellable.FINISHED, NOW),
        (Status(MovieState.FAILED), NotCancellable.ENDED, NOW),
        (Status(MovieState.CANCELLED), NotCancellable.ENDED, NOW),
        (PENDING, NotCancellable.NEARLY_FINISHED, NOW + HOUR),
    ],
)
async def test_a_movie_that_has_ended_is_polled_at_once(
    store: StoreHarness, status: Status, expected: NotCancellable, polled_at: int
) -> None:
    clock, job = ManualClock(NOW), await store.rendering(a_job(1), NOW + HOUR)
    api = FakeMovieApi(statuses={str(job.request_id): [status]})
    service = CancellationService(store.database, api, clock, Signals(), LimitFactory(clock), supported=True)
    assert await service.preview(job) is expected
    assert (await store.found(job.id)).next_run_at == polled_at


async def test_an_api_that_does_not_answer_in_time_gives_no_preview(
    store: StoreHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cancellations, "_STATUS_SECONDS", 0)
    api, clock = FakeMovieApi(), ManualClock(NOW)

    async def hang(_: str) -> None:
        await asyncio.Event().wait()

    api.while_polling = hang
    service = CancellationService(store.database, api, clock, Signals(), LimitFactory(clock), supported=True)
    assert await service.preview(await store.rendering(a_job(1))) is NotCancellable.NO_ANSWER
