"""The fake API of autumn 2026 does what the vendor's code does."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.samsar.profile import AUTUMN_2026, ApiVersion
from bot.sandbox.answers_2026 import Answer
from bot.sandbox.contract_2026 import VIDEO_MODELS
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Fault
from bot.sandbox.faults import fail_render
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


async def test_an_order_is_answered_with_the_id_twice(client: ApiClient) -> None:
    answer = await create(client)
    assert answer.status == 200
    assert answer.body["request_id"] == answer.body["session_id"]
    assert len(answer.body["request_id"]) == 24


SUBTITLED = {"enable_subtitles": True}
REFUSED_ORDERS = [
    ({"prompt": "", "enable_subtitles": "true"}, Answer.SUBTITLES_INVALID),
    ({"prompt": "", "add_subtitles": 1}, Answer.SUBTITLES_INVALID),
    ({"prompt": "  ", "video_model": None}, Answer.PROMPT_MISSING),
    ({"prompt": "x" * 4001, "video_model": None}, Answer.PROMPT_TOO_LONG),
    ({"prompt": "🦊" * 2001}, Answer.PROMPT_TOO_LONG),
    ({"video_model": "VEOI2V", "image_model": None}, Answer.VIDEO_MODEL_UNSUPPORTED),
    ({"video_model": "LUMA", "image_model": None}, Answer.VIDEO_MODEL_INVALID),
    ({"video_model": "runwayml"}, Answer.VIDEO_MODEL_INVALID),
    ({"image_model": "GPTIMAGE2", "duration": 1}, Answer.IMAGE_MODEL_RETIRED),
    ({"image_model": "GptImage2"}, Answer.IMAGE_MODEL_RETIRED),
    ({"image_model": "QWENIMAGE3PRO"}, Answer.IMAGE_MODEL_NATIVE),
    ({"image_model": "FLUX1.1PRO"}, Answer.IMAGE_MODEL_INVALID),
    ({"duration": "soon", "language": "xx"}, Answer.DURATION_INVALID),
    ({"duration": [1, 2]}, Answer.DURATION_INVALID),
    ({"duration": 9.9, "language": "xx"}, Answer.DURATION_TOO_SHORT),
    ({"duration": None}, Answer.DURATION_TOO_SHORT),
    ({"duration": 240.1}, Answer.DURATION_TOO_LONG),
    ({"language": "de", "subtitle_language": "en"}, Answer.LANGUAGE_INVALID),
    ({"subtitle_language": "en", "tts_model": "X"}, Answer.SUBTITLES_OFF),
    ({**SUBTITLED, "subtitle_language": "auto", "tts_model": "X"}, Answer.SUBTITLE_LANGUAGE_INVALID),
    ({"backingtrack_model": "X", "tts_model": "X"}, Answer.MUSIC_MODEL_INVALID),
    ({"tts_model": "X", "duration": 240}, Answer.VOICE_MODEL_INVALID),
]


async def test_an_order_is_refused_for_the_first_of_its_problems(client: ApiClient) -> None:
    for changes, refusal in REFUSED_ORDERS:
        answer = await create(client, **changes)
        assert (answer.status, answer.body) == (refusal.status, {"message": refusal.text()}), changes
    assert (client.fake_samsar.movies, client.fake_samsar.balance) == ({}, 5000)


async def test_every_call_but_the_list_of_models_needs_the_key(client: ApiClient) -> None:
    origin = client.fake_samsar.origin
    for key, refusal in (
        (None, Answer.KEY_MISSING),
        ("Bearer", Answer.KEY_MISSING),
        (KEY, Answer.KEY_MISSING),
        ("Bearer wrong", Answer.KEY_INVALID),
        ("Bearer three.part.token", Answer.TOKEN_INVALID),
    ):
        for method, path in (
            ("POST", "/v1/video/text_to_video"),
            ("GET", "/v1/status?request_id=a"),
            ("GET", "/v1/credits"),
            ("GET", "/v2/requests"),
            ("POST", "/v1/video/cancel_render"),
        ):
            refused = await client.ask(method, f"{origin}{path}", key=key)
            assert (refused.status, refused.body["message"]) == (refusal.status, refusal.text())
        assert (await client.ask("GET", f"{origin}/v1/video/supported_models", key=key)).status == 200
        answer = await client.ask("GET", f"{origin}/v1/status", key=key)
        assert (answer.status, answer.body) == (400, {"message": Answer.STATUS_WITHOUT_ID.text()})


async def test_the_limits_themselves_and_extras_are_taken(client: ApiClient) -> None:
    client.fake_samsar.balance = 100_000
    url = f"{client.fake_samsar.origin}/{AUTUMN_2026.create_path}"
    for changes in (
        {"prompt": f" {'x' * 4000} ", "duration": 240},
        {"prompt": "🦊" * 2000},
        {"duration": 10.5},
        {"duration": "10"},
        {"language": "sa", "enable_subtitles": False, "tone": "cinematic"},
        {"language": "EN-us", "tone": "funny", "aspect_ratio": "7:5"},
        {"language": "jp", **SUBTITLED, "subtitle_language": "CN"},
        {"language": None, "add_subtitles": True, "backingtrack_model": "LYRIA3", "tts_model": "ELEVENLABS"},
    ):
        assert (await create(client, **changes)).status == 200, changes
        assert (await client.ask("POST", url, json=INPUT | changes)).status == 200


async def test_what_express_refuses_is_a_web_page(client: ApiClient) -> None:
    url, headers = f"{client.fake_samsar.origin}/v1/video/text_to_video", {"Content-Type": "application/json"}
    for body in (b"{", b'{"input": {"duration": NaN}}', b"7", b"\xff"):
        async with client.session.post(url, data=body, headers=headers) as response:
            assert (response.status, response.content_type) == (400, "text/html")
    for method, path in (("POST", "/v1/video/create_movie"), ("GET", "/v1/video/status")):
        answer = await client.ask(method, f"{client.fake_samsar.origin}{path}")
        assert answer.status == 404
        assert answer.body.startswith(b"<!DOCTYPE html>")
        assert Answer.NO_PATH.text(method=method, path=path).encode() in answer.body


async def test_each_finished_stage_is_charged(client: ApiClient, clock: Clock) -> None:
    client.fake_samsar.inject("charged-more", when="dear")
    request_id, dear = await order(client, duration=10.3), await order(client, prompt="a dear one")
    seen = []
    for _ in range(21):
        seen.append((await status(client, request_id))["creditsCharged"])
        clock.seconds += 1
    assert list(dict.fromkeys(seen)) == [0, 42, 63, 84, 105, 250, 272, 314], "4, 2, 2, 2, 14, 1 + 1 and 4 a second"
    charges = (await status(client, request_id))["expressGenerationCreditCharges"]
    assert (charges["totalCharged"], charges["durationSeconds"]) == (314, 10.3)
    assert charges["stages"]["ai_video"] == 145
    assert (await status(client, dear))["creditsCharged"] == 450
    assert client.fake_samsar.balance == 5000 - 314 - 450


async def test_a_movie_starts_with_three_stages_and_its_link_can_be_there_before_it(
    client: ApiClient, clock: Clock
) -> None:
    request_id = await order(client)
    states = (await status(client, request_id))["expressGenerationStatus"]
    early = {"prompt_generation", "image_generation", "audio_generation"}
    assert {name for name, state in states.items() if state == "PENDING"} == early
    assert {name for name, state in states.items() if state == "INIT"} == {
        *("frame_generation", "video_generation", "ai_video_generation", "speech_generation", "music_generation"),
        *("delete_reflow", "timeline_reflowed"),
    }
    clock.seconds += 19
    now = await status(client, request_id)
    assert (now["status"], "videoLink" in now, "result_url" in now) == ("PENDING", True, False)
    clock.seconds += 1
    now = await status(client, request_id)
    assert now["result_urls"] == [now["result_url"]]
    async with client.session.get(now["result_url"]) as movie:
        assert movie.status == 200


async def test_too_few_credits_are_402_with_the_estimate(client: ApiClient) -> None:
    client.fake_samsar.balance = 120
    answer = await create(client)
    assert answer.status == 402
    words = "Estimated required credits: 300; available credits: 120."
    assert answer.body["message"] == f"Insufficient credits for text_to_video. {words}"


async def test_a_failure_keeps_what_was_charged(client: ApiClient, clock: Clock) -> None:
    faults: list[tuple[Fault | str, str, int]] = [
        ("credits-run-out", "Insufficient credits while charging AI video generation.", 100),
        ("key-limit-while-rendering", Answer.KEY_LIMIT_REACHED.text(limit=1000, used=980, requested=300), 100),
        ("moderated", "Narrative failed moderation", 0),
        (fail_render("image_generation", Answer.IMAGES_FAILED.text()), "Image generation failed", 40),
    ]
    for fault, message, charged in faults:
        client.fake_samsar.inject(fault, times=1)
        request_id = await order(client)
        clock.seconds += 20
        now = await status(client, request_id)
        assert (now["status"], now["expressGenerationFailed"], now["creditsCharged"]) == ("FAILED", True, charged)
        assert {now[name] for name in ("message", "error", "generationError", "expressGenerationError")} == {message}


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


async def test_the_models_are_listed_without_shapes(client: ApiClient) -> None:
    answer = await client.ask("GET", f"{client.fake_samsar.origin}/v1/video/supported_models")
    assert {each["value"]: each["basePrice"] for each in answer.body["VIDEO_MODELS"]} == {
        key: spec.credits_per_second for key, spec in VIDEO_MODELS.items()
    }
    images = {each["value"]: each["basePrice"] for each in answer.body["IMAGE_MODELS"]}
    assert images == {"GPTIMAGE2.5": 46, "NANOBANANAPRO": 15, "SEEDREAM": 15, "WAN2.7PRO": 15}


async def test_the_last_requests_are_listed_without_prompts(client: ApiClient, clock: Clock) -> None:
    """The list is evidence after an order with an unknown outcome. It does not follow the movie."""
    request_id = await order(client)
    clock.seconds += 20
    answer = await client.ask("GET", f"{client.fake_samsar.origin}/v2/requests?type=video&limit=50")
    [row] = answer.body["requests"]
    assert (row["request_id"], row["status"]) == (request_id, "PENDING")
    assert datetime.fromisoformat(row["created_at"]) == ORDERED_AT
    assert INPUT["prompt"] not in str(row)


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


async def test_an_unknown_movie_is_not_cancelled(client: ApiClient) -> None:
    for request_id, refusal in (
        ("", Answer.CANCEL_WITHOUT_ID),
        ("short", Answer.CANCEL_INVALID_ID),
        ("twelve chars", Answer.CANCEL_UNKNOWN),
        ("0" * 24, Answer.CANCEL_UNKNOWN),
    ):
        answer = await cancel(client, request_id)
        assert (answer.status, answer.body) == (refusal.status, {"message": refusal.text()})
    unknown = await client.ask("GET", f"{client.fake_samsar.origin}/v1/status", params={"session_id": "0" * 24})
    assert (unknown.status, unknown.body) == (404, {"message": "Request not found."})


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


async def test_a_finished_movie_that_is_cancelled_is_lost(client: ApiClient, clock: Clock) -> None:
    """The API does not check the state, so the bot must."""
    request_id = await order(client)
    clock.seconds += 20
    assert (await status(client, request_id))["status"] == "COMPLETED"
    await cancel(client, request_id)
    now = await status(client, request_id)
    assert (now["status"], "result_url" in now, now["creditsCharged"]) == ("CANCELLED", False, 300)
