"""The fake API of autumn 2026 does what the vendor's code does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.samsar.profile import AUTUMN_2026, ApiVersion
from bot.sandbox.contract import ModelSpec
from bot.sandbox.contract_2026 import STAGES, VIDEO_MODELS
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from tests.unit.sandbox.conftest import KEY, ApiClient, Clock

INPUT = {"prompt": "A fox on the night tram", "image_model": "GPTIMAGE2", "video_model": "RUNWAYML", "duration": 10}
ORDERED_AT = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
async def fake_samsar(clock: Clock) -> AsyncIterator[FakeSamsar]:
    """Run a fake API of 2026 whose movies take 20 seconds."""
    config = FakeSamsarConfig(ApiVersion.AUTUMN_2026, api_key=KEY, render_films=False)
    async with FakeSamsar(config, now=clock.now, sleep=clock.sleep, utc_now=ORDERED_AT.timestamp) as fake_samsar:
        yield fake_samsar


async def create(client: ApiClient, **changes: Any) -> Any:
    """Order a movie, valid but for the changes to its input."""
    url = f"{client.fake_samsar.origin}/{AUTUMN_2026.create_path}"
    return await client.ask("POST", url, json={"input": INPUT | changes})


async def order(client: ApiClient, **changes: Any) -> str:
    """Order a movie and return its id."""
    return (await create(client, **changes)).body["request_id"]


async def status(client: ApiClient, request_id: str) -> Any:
    """Return the body of a status."""
    url = f"{client.fake_samsar.origin}/{AUTUMN_2026.status_path}"
    return (await client.ask("GET", url, params={"request_id": request_id})).body


async def cancel(client: ApiClient, request_id: str) -> Any:
    """Cancel a movie."""
    url = f"{client.fake_samsar.origin}/v1/video/cancel_render"
    return await client.ask("POST", url, json={"input": {"videoSessionId": request_id}})


async def test_an_order_is_answered_with_the_id_twice(client: ApiClient) -> None:
    """The id has 24 hex digits."""
    answer = await create(client)
    assert answer.status == 200
    assert answer.body["request_id"] == answer.body["session_id"]
    assert len(answer.body["request_id"]) == 24


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"prompt": "  "}, "Prompt is required"),
        ({"prompt": "x" * 4001}, "Prompt is too long"),
        ({"video_model": "runwayml"}, "Invalid video model"),
        ({"video_model": "LUMA"}, "Video model is not supported for this type"),
        ({"image_model": "FLUX1.1PRO"}, "Invalid image model"),
        ({"duration": "10"}, "Duration is invalid"),
        ({"duration": 9.9}, "Duration must be at least 10 seconds"),
        ({"duration": 241}, "Duration is too long"),
        ({"language": "de"}, "Language is not supported"),
        ({"language": None}, "Language is not supported"),
        ({"enable_subtitles": "true"}, "enable_subtitles must be a boolean"),
        ({"enable_subtitles": 1}, "enable_subtitles must be a boolean"),
        ({"tone": "funny"}, "Tone is invalid"),
    ],
)
async def test_a_wrong_order_is_refused_in_the_vendors_words(
    client: ApiClient, changes: dict[str, Any], message: str
) -> None:
    """Nothing is made or charged."""
    answer = await create(client, **changes)
    assert (answer.status, answer.body) == (400, {"message": message})
    assert (client.fake_samsar.movies, client.fake_samsar.balance) == ({}, 5000)


async def test_the_limits_themselves_are_allowed(client: ApiClient) -> None:
    """They are 4,000 characters after trimming, 10 and 240 seconds."""
    client.fake_samsar.balance = 10_000
    assert (await create(client, prompt=f" {'x' * 4000} ", duration=240)).status == 200
    assert (await create(client, duration=10)).status == 200


async def test_extras_are_taken(client: ApiClient) -> None:
    extras = {"language": "sa", "enable_subtitles": False, "tone": "cinematic"}
    for name, value in extras.items():
        assert (await create(client, **{name: value})).status == 200
    assert (await create(client, **extras)).status == 200


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        (None, (400, "API_KEY, auth token, or APP_KEY header is missing or empty.")),
        ("Bearer wrong", (401, "Invalid API_KEY. User not found.")),
    ],
)
async def test_every_call_but_the_list_of_models_needs_the_key(
    client: ApiClient, key: str | None, answer: tuple[int, str]
) -> None:
    """The list seems to be public."""
    origin = client.fake_samsar.origin
    for method, path in (
        ("POST", "/v1/video/text_to_video"),
        ("GET", "/v1/status"),
        ("GET", "/v1/credits"),
        ("GET", "/v2/requests"),
    ):
        refused = await client.ask(method, f"{origin}{path}", key=key)
        assert (refused.status, refused.body["message"]) == answer
    assert (await client.ask("GET", f"{origin}/v1/video/supported_models", key=key)).status == 200


@pytest.mark.parametrize(("method", "path"), [("POST", "/v1/video/create_movie"), ("GET", "/v1/video/status")])
async def test_the_paths_of_march_2025_are_a_web_page(client: ApiClient, method: str, path: str) -> None:
    """Express answers so where there is no route."""
    answer = await client.ask(method, f"{client.fake_samsar.origin}{path}")
    assert answer.status == 404
    assert answer.body.startswith(b"<!DOCTYPE html>")


async def test_each_finished_stage_is_charged(client: ApiClient, clock: Clock) -> None:
    """The balance goes down with each, and a failure refunds nothing."""
    client.fake_samsar.inject("charged-more", when="dear")
    request_id, dear = await order(client), await order(client, prompt="a dear one")
    seen = []
    for _ in range(4):
        seen.append((await status(client, request_id))["creditsCharged"])
        clock.seconds += 7
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert seen[-1] == 300
    assert (await status(client, dear))["creditsCharged"] == 450
    assert client.fake_samsar.balance == 5000 - 300 - 450


async def test_the_link_can_be_there_before_the_movie(client: ApiClient, clock: Clock) -> None:
    """Only COMPLETED comes with result_url.

    The stages include a field named `status`.
    """
    request_id = await order(client)
    clock.seconds += 19
    now = await status(client, request_id)
    assert (now["status"], "videoLink" in now, "result_url" in now) == ("PENDING", True, False)
    assert list(now["expressGenerationStatus"]) == ["status", *STAGES]
    clock.seconds += 1
    now = await status(client, request_id)
    assert now["result_urls"] == [now["result_url"]]
    async with client.session.get(now["result_url"]) as movie:
        assert movie.status == 200


async def test_too_few_credits_are_402_with_the_estimate(client: ApiClient) -> None:
    """The refusal comes before any stage."""
    client.fake_samsar.balance = 120
    answer = await create(client)
    assert answer.status == 402
    words = "Estimated required credits: 300; available credits: 120."
    assert answer.body["message"] == f"Insufficient credits for text_to_video. {words}"


async def test_credits_can_run_out_on_the_way(client: ApiClient, clock: Clock) -> None:
    """Earlier charges stay when credits run out during a movie."""
    client.fake_samsar.inject("credits-run-out")
    request_id = await order(client)
    clock.seconds += 20
    now = await status(client, request_id)
    assert now["status"] == "FAILED"
    assert {now[name] for name in ("message", "error", "generationError", "expressGenerationError")} == {
        "Insufficient credits while charging for ai_video_generation."
    }
    assert now["creditsCharged"] == 150


async def test_the_models_are_listed_without_shapes(client: ApiClient) -> None:
    """An image model's price is another product's."""
    answer = await client.ask("GET", f"{client.fake_samsar.origin}/v1/video/supported_models")
    assert {each["value"]: each["basePrice"] for each in answer.body["VIDEO_MODELS"]} == {
        key: spec.credits_per_second for key, spec in VIDEO_MODELS.items()
    }
    assert all(set(each) == {"label", "value", "basePrice"} for each in answer.body["IMAGE_MODELS"])


async def test_other_models_and_prices_can_be_set(clock: Clock, session: aiohttp.ClientSession) -> None:
    """Tests can make the bot's catalogue stale."""
    config = FakeSamsarConfig(ApiVersion.AUTUMN_2026, api_key=KEY, video_models={"NEWMODEL": ModelSpec(45, ("16:9",))})
    async with FakeSamsar(config, now=clock.now) as fake_samsar:
        client = ApiClient(fake_samsar, session, clock)
        assert (await create(client)).body == {"message": "Invalid video model"}
        assert (await create(client, video_model="NEWMODEL")).status == 200


async def test_the_last_requests_are_listed_without_prompts(client: ApiClient) -> None:
    """The list is evidence after an order with an unknown outcome."""
    request_id = await order(client)
    answer = await client.ask("GET", f"{client.fake_samsar.origin}/v2/requests?type=video&limit=50")
    [row] = answer.body["requests"]
    assert (row["request_id"], row["status"]) == (request_id, "PENDING")
    assert datetime.fromisoformat(row["created_at"]) == ORDERED_AT
    assert INPUT["prompt"] not in str(row)


async def test_a_cancelled_movie_stops_and_keeps_what_it_cost(client: ApiClient, clock: Clock) -> None:
    """A second cancellation changes nothing."""
    request_id = await order(client)
    clock.seconds += 9
    for _ in range(2):
        answer = await cancel(client, request_id)
        assert (answer.status, answer.body["status"], answer.body["cancelled"]) == (200, "CANCELLED", True)
    charged = (await status(client, request_id))["creditsCharged"]
    clock.seconds += 100
    now = await status(client, request_id)
    assert (now["status"], now["creditsCharged"]) == ("CANCELLED", charged)
    assert 0 < charged < 300
    assert (await cancel(client, "nobody")).status == 404


async def test_a_finished_movie_that_is_cancelled_is_lost(client: ApiClient, clock: Clock) -> None:
    """The API does not check the state, so the bot must."""
    request_id = await order(client)
    clock.seconds += 20
    assert (await status(client, request_id))["status"] == "COMPLETED"
    await cancel(client, request_id)
    now = await status(client, request_id)
    assert (now["status"], "result_url" in now, now["creditsCharged"]) == ("CANCELLED", False, 300)


@pytest.mark.parametrize(
    ("fault", "answer"),
    [
        ("invalid-video-model", (400, "Invalid video model")),
        ("unsupported-image-model", (400, "Image model is not supported for this type")),
        ("key-limit", (402, "API key monthly credit limit reached. Limit: 1000; used: 980; requested: 300.")),
    ],
)
async def test_a_fault_of_2026_refuses_an_order(client: ApiClient, fault: str, answer: tuple[int, str]) -> None:
    client.fake_samsar.inject(fault)
    refused = await create(client)
    assert (refused.status, refused.body["message"]) == answer
    assert not client.fake_samsar.movies
