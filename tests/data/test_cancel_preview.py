"""How long a member waits for what a cancellation would cost."""

from __future__ import annotations

import asyncio

import pytest

from bot.domain.cancellation import NotCancellable
from bot.services import cancellations
from bot.services.cancellations import CancellationService
from bot.services.request_limits import LimitFactory
from bot.services.signals import Signals
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import FakeMovieApi
from tests.helpers.store_harness import NOW, StoreHarness, a_job

pytestmark = pytest.mark.sqlite


async def test_an_api_that_does_not_answer_in_time_gives_no_preview(
    store: StoreHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The movie goes on."""
    monkeypatch.setattr(cancellations, "_STATUS_SECONDS", 0)
    api, clock = FakeMovieApi(), ManualClock(NOW)

    async def hang(_: str) -> None:
        await asyncio.Event().wait()

    api.while_polling = hang
    service = CancellationService(store.database, api, clock, Signals(), LimitFactory(clock), supported=True)
    assert await service.preview(await store.rendering(a_job(1))) is NotCancellable.NO_ANSWER
