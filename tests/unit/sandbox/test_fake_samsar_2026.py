"""The fake API of autumn 2026 does what the vendor's code does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.samsar.config import AUTUMN_2026, ApiVersion
from bot.sandbox.contract_2026 import Answer
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from tests.unit.sandbox.conftest import KEY, ApiClient, Clock

INPUT = {"prompt": "A fox on the night tram", "image_model": "NANOBANANAPRO", "video_model": "RUNWAYML", "duration": 10}
ORDERED_AT = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
async def fake_samsar(clock: Clock) -> AsyncIterator[FakeSamsar]:
    config = FakeSamsarConfig(ApiVersion.AUTUMN_2026, api_key=KEY, render_films=False)
    async with FakeSamsar(config, now=clock.now, sleep=clock.sleep, utc_now=ORDERED_AT.timestamp) as fake_samsar:
        yield fake_samsar


async def create(client: ApiClient, **changes: Any) -> Any:
    url = f"{client.fake_samsar.origin}/{AUTUMN_2026.create_path}"
    return await client.ask("POST", url, json={"input": INPUT | changes})


async def order(client: ApiClient, **changes: Any) -> str:
    return (await create(client, **changes)).body["request_id"]


async def status(client: ApiClient, request_id: str) -> Any:
    url = f"{client.fake_samsar.origin}/{AUTUMN_2026.status_path}"
    return (await client.ask("GET", url, params={"request_id": request_id})).body


async def cancel(client: ApiClient, request_id: object, name: str = "session_id") -> Any:
    return await client.ask("POST", f"{client.fake_samsar.origin}/v1/video/cancel_render", json={name: request_id})


async def test_movies_that_were_ordered_on_the_same_credits_run_out(client: ApiClient, clock: Clock) -> None:
    client.fake_samsar.balance = 450
    first = await order(client)
    clock.seconds += 1
    second = await order(client)
    clock.seconds += 20
    assert (await status(client, first))["status"] == "COMPLETED"
    failed = await status(client, second)
    assert (failed["status"], failed["creditsCharged"]) == ("FAILED", 100)
    assert failed["message"] == Answer.CREDITS_RAN_OUT.text(label="AI video generation")
    assert client.fake_samsar.balance == 50


async def test_a_cancelled_movie_stops_and_keeps_what_it_cost(client: ApiClient, clock: Clock) -> None:
    request_id = await order(client)
    clock.seconds += 9
    for name in ("session_id", "video_session_id", "videoSessionId"):
        answer = await cancel(client, request_id, name)
        assert (answer.status, answer.body["status"], answer.body["cancelled"]) == (200, "CANCELLED", True)
    clock.seconds += 100
    now = await status(client, request_id)
    assert (now["status"], now["creditsCharged"], now["expressGenerationCancelled"]) == ("CANCELLED", 80, True)
    states = now["expressGenerationStatus"]
    assert [states[name] for name in ("status", "video_generation", "frame_generation")] == ["CANCELLED"] * 3


async def test_the_narrative_is_charged_after_a_cancellation(client: ApiClient, clock: Clock) -> None:
    request_id = await order(client)
    await cancel(client, request_id)
    assert (await status(client, request_id))["creditsCharged"] == 0
    clock.seconds += 20
    assert (await status(client, request_id))["creditsCharged"] == 40
    assert client.fake_samsar.balance == 4960


async def test_an_end_is_called_back_about_once_or_never(client: ApiClient, clock: Clock) -> None:
    url = f"{client.fake_samsar.origin}/{AUTUMN_2026.create_path}"
    body = {"input": INPUT, "webhookUrl": "http://127.0.0.1:1/"}
    ids: list[str] = []
    for fault in (None, "failed", "moderated", "cancelled"):
        if fault not in (None, "cancelled"):
            client.fake_samsar.inject(fault, times=1)
        ids.append((await client.ask("POST", url, json=body)).body["request_id"])
    await cancel(client, ids[-1])
    clock.seconds += 20
    for _ in range(2):
        await client.fake_samsar.send_callbacks()
    assert [each.body["status"] for each in client.fake_samsar.callbacks] == ["COMPLETED", "FAILED"]
    for request_id, each in zip(ids[:2], client.fake_samsar.callbacks, strict=True):
        assert each.body["video"]["request_id"] == each.body["session_id"] == request_id
