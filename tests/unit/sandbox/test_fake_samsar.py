"""The fake API keeps the API page of 2 March 2025."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from bot.errors import StartupError
from bot.sandbox.contract import ModelSpec, progress
from bot.sandbox.contract_2025 import MARCH_2025, STAGES, VIDEO_MODELS
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import RenderOutcome
from bot.sandbox.faults import fail_render, render, respond
from tests.unit.sandbox.conftest import INPUT, KEY, ApiClient, Clock

# The header ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [None, "", "Bearer", "Bearer ", KEY, f"Basic {KEY}"])
async def test_a_missing_or_empty_key_is_400(client: ApiClient, key: str | None) -> None:
    """Every route answers 400, and nothing is made."""
    for answer in (await client.create(key=key), await client.status("x", key=key), await _credits(client, key)):
        assert answer.status == 400
        assert "key" in answer.body["message"]
    assert not client.fake_samsar.movies
    assert not any(request.authorization_ok for request in client.fake_samsar.requests)


@pytest.mark.parametrize("key", ["Bearer wrong", f"Bearer {KEY}x", "Bearer ключ"])
async def test_an_invalid_key_is_401(client: ApiClient, key: str) -> None:
    for answer in (await client.create(key=key), await client.status("x", key=key), await _credits(client, key)):
        assert (answer.status, answer.body["message"]) == (401, "API key is invalid.")


async def _credits(client: ApiClient, key: str | None = f"Bearer {KEY}") -> Any:
    return await client.ask("GET", f"{client.fake_samsar.origin}/v1/credits", key=key)


# POST /create_movie -------------------------------------------------------------------------------------------------


async def test_an_order_is_answered_with_200_and_a_request_id(client: ApiClient) -> None:
    """Every order gets a new id, even the same one."""
    first, second = await client.create(), await client.create()
    assert (first.status, list(first.body)) == (200, ["request_id"])
    assert first.body["request_id"] != second.body["request_id"]
    assert set(client.fake_samsar.movies) == {first.body["request_id"], second.body["request_id"]}


@pytest.mark.parametrize(
    ("field_name", "value"),
    [
        ("prompt", None),
        ("prompt", ""),
        ("prompt", "  \n"),
        ("prompt", 7),
        ("prompt", "x" * 501),
        ("image_model", None),
        ("image_model", "DALLE3"),
        ("image_model", ["IMAGEN3"]),
        ("video_model", None),
        ("video_model", "SORA"),
        ("video_model", {}),
        ("duration", None),
        ("duration", "30"),
        ("duration", True),
        ("duration", 0),
        ("duration", -1),
        ("duration", 121),
        ("duration", 120.5),
        ("aspect_ratio", "4:3"),
        ("aspect_ratio", 169),
        ("aspect_ratio", ["16:9"]),
    ],
)
async def test_a_field_that_breaks_its_rule_is_400(client: ApiClient, field_name: str, value: object) -> None:
    """Prompt, models, duration and aspect ratio are validated.

    The message names the field, and nothing is charged.
    """
    answer = await client.create(**{field_name: value})
    assert answer.status == 400
    assert answer.body["message"].startswith(field_name)
    assert client.fake_samsar.balance == 5000
    assert not client.fake_samsar.movies


@pytest.mark.parametrize("field_name", ["prompt", "image_model", "video_model", "duration"])
async def test_a_required_field_that_is_absent_is_400(client: ApiClient, field_name: str) -> None:
    body = {"input": {name: value for name, value in INPUT.items() if name != field_name}}
    answer = await client.ask("POST", f"{client.fake_samsar.base_url}create_movie", json=body)
    assert answer.status == 400
    assert answer.body["message"].startswith(field_name)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"input": []}', b"\xff", b"[" * 100_000, b'{"input": {"duration": NaN}}']
)
async def test_a_body_of_the_wrong_shape_is_400(client: ApiClient, body: bytes) -> None:
    answer = await client.ask("POST", f"{client.fake_samsar.base_url}create_movie", data=body)
    assert (answer.status, list(answer.body)) == (400, ["message"])


async def test_a_duration_that_is_no_finite_number_is_400(client: ApiClient) -> None:
    """Python parses NaN and Infinity as JSON."""
    assert (await client.create(duration=float("nan"))).status == 400
    assert (await client.create(duration=float("inf"))).status == 400


async def test_the_limits_themselves_are_allowed(client: ApiClient) -> None:
    """The limits are 500 characters, 120 seconds and half a second."""
    assert (await client.create(prompt="ä" * 500, duration=120)).status == 200
    assert (await client.create(duration=0.5)).status == 200


@pytest.mark.parametrize("image_model", ["FLUX1.1PRO", "IMAGEN3"])
@pytest.mark.parametrize("video_model", ["LUMA", "KLINGIMGTOVIDPRO", "PIXVERSEI2V", "WAN2.1", "VEOI2V"])
async def test_every_model_of_the_page_is_accepted(client: ApiClient, video_model: str, image_model: str) -> None:
    assert (await client.create(video_model=video_model, image_model=image_model)).status == 200


@pytest.mark.parametrize(
    ("video_model", "status"),
    [("KLINGIMGTOVIDPRO", 200), ("PIXVERSEI2V", 200), ("VEOI2V", 200), ("LUMA", 400), ("WAN2.1", 400)],
)
async def test_a_model_makes_only_its_own_shapes(client: ApiClient, video_model: str, status: int) -> None:
    """LUMA and WAN2.1 refuse 9:16."""
    assert (await client.create(video_model=video_model, aspect_ratio="9:16")).status == status


async def test_the_aspect_ratio_is_optional(client: ApiClient) -> None:
    """An order without one is 16:9."""
    body = {"input": {name: value for name, value in INPUT.items() if name != "aspect_ratio"}}
    answer = await client.ask("POST", f"{client.fake_samsar.base_url}create_movie", json=body)
    assert client.fake_samsar.movies[answer.body["request_id"]].order.aspect_ratio == "16:9"


async def test_a_webhook_url_must_be_text(client: ApiClient) -> None:
    """The webhookUrl is optional."""
    assert (await client.create(webhook=7)).status == 400
    assert (await client.create(webhook="")).status == 200


async def test_the_models_can_be_configured(session: aiohttp.ClientSession, clock: Clock) -> None:
    """The fake API's catalogue can follow the real one."""
    config = FakeSamsarConfig(api_key=KEY, video_models={**VIDEO_MODELS, "SORA": ModelSpec(7, ("16:9",))})
    async with FakeSamsar(config, now=clock.now) as fake_samsar:
        assert (await ApiClient(fake_samsar, session, clock).create(video_model="SORA", duration=10)).status == 200
        assert fake_samsar.balance == 5000 - 70


async def test_ids_and_links_can_be_configured(session: aiohttp.ClientSession, clock: Clock) -> None:
    config = FakeSamsarConfig(api_key=KEY, render_seconds=0, movie_url="{origin}/{request_id}.mp4?signed")
    async with FakeSamsar(config, now=clock.now, new_request_id=lambda: "movie-1") as fake_samsar:
        client = ApiClient(fake_samsar, session, clock)
        assert await client.order() == "movie-1"
        assert (await client.status("movie-1")).body["result"]["url"] == f"{fake_samsar.origin}/movie-1.mp4?signed"


@pytest.mark.parametrize("keep_alive", [True, False])
async def test_connections_can_be_closed_after_each_answer(session: aiohttp.ClientSession, *, keep_alive: bool) -> None:
    """Clients then have no idle connection."""
    async with (
        FakeSamsar(FakeSamsarConfig(api_key=KEY, keep_alive=keep_alive)) as fake_samsar,
        session.get(f"{fake_samsar.origin}/") as response,
    ):
        assert (response.headers.get("Connection") == "close") is not keep_alive


# Money --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("video_model", "cost"), [("LUMA", 80), ("VEOI2V", 480)])
async def test_a_movie_costs_10_credits_a_second_and_veo_60(client: ApiClient, video_model: str, cost: int) -> None:
    """The order is charged when it is accepted."""
    await client.create(video_model=video_model)
    assert (await _credits(client)).body == {"remainingCredits": 5000 - cost}


async def test_an_order_beyond_the_balance_is_402(client: ApiClient) -> None:
    """Nothing is made or charged, and the last credit can be spent."""
    client.fake_samsar.balance = 80
    assert (await client.create(duration=9)).status == 402
    assert (await client.create(duration=8)).status == 200
    assert (client.fake_samsar.balance, len(client.fake_samsar.movies)) == (0, 1)


async def test_a_failed_movie_is_not_refunded(client: ApiClient, clock: Clock) -> None:
    """Samsar keeps the credits of a movie that FAILED."""
    client.fake_samsar.inject(fail_render())
    request_id = await client.order()
    clock.seconds += 20
    assert (await client.status(request_id)).body["status"] == "FAILED"
    assert client.fake_samsar.balance == 5000 - 80


# GET /status --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?request_id=", "?id=7"])
async def test_a_missing_request_id_is_400_with_the_pages_own_words(client: ApiClient, query: str) -> None:
    """The page quotes only this message."""
    answer = await client.ask("GET", f"{client.fake_samsar.base_url}status{query}")
    assert (answer.status, answer.body) == (400, {"message": "request_id query parameter is missing."})


async def test_an_unknown_request_id_is_404(client: ApiClient) -> None:
    assert (await client.status("nobody")).status == 404


async def test_an_internal_error_is_500_with_a_message(client: ApiClient) -> None:
    """The page promises a message with a 500.

    A fault causes one.
    """
    request_id = await client.order()
    client.fake_samsar.inject(respond(500, "database is down"), times=1)
    answer = await client.status(request_id)
    assert (answer.status, answer.body) == (500, {"message": "database is down"})
    assert (await client.status(request_id)).status == 200


async def test_a_rendering_movie_is_pending(client: ApiClient, clock: Clock) -> None:
    """It has no result, and its stages progress."""
    request_id = await client.order()
    seen: list[tuple[str, ...]] = []
    for _ in range(20):
        answer = (await client.status(request_id)).body
        assert (answer["status"], "result" in answer) == ("PENDING", False)
        assert list(answer["details"]) == list(STAGES)
        seen.append(tuple(answer["details"].values()))
        clock.seconds += 0.999
    assert seen[0] == ("PENDING", *["INIT"] * 6)
    assert seen[-1] == (*["COMPLETED"] * 6, "PENDING")
    assert len(set(seen)) == len(STAGES)


async def test_a_finished_movie_is_completed_with_its_url(client: ApiClient) -> None:
    """Each poll returns the same URL."""
    request_id = await client.finished()
    answer = await client.status(request_id)
    assert answer.body == {
        "status": "COMPLETED",
        "details": dict.fromkeys(STAGES, "COMPLETED"),
        "result": {"status": "COMPLETED", "url": f"{client.fake_samsar.origin}/movies/{request_id}.mp4"},
    }
    assert (await client.status(request_id)).body == answer.body


async def test_a_failed_movie_names_its_stage(client: ApiClient, clock: Clock) -> None:
    """It has a message and no URL.

    Earlier stages are done, and later ones never started.
    """
    client.fake_samsar.inject(fail_render("music_generation", "no ear for it"), times=1)
    request_id = await client.order()
    clock.seconds += 9.1
    assert (await client.status(request_id)).body["status"] == "PENDING"
    clock.seconds += 0.2
    answer = (await client.status(request_id)).body
    assert (answer["status"], answer["message"], "result" in answer) == ("FAILED", "no ear for it", False)
    assert tuple(answer["details"].values()) == (*["COMPLETED"] * 3, "FAILED", *["INIT"] * 3)
    clock.seconds += 1000
    assert (await client.status(request_id)).body == answer


def test_progress_is_a_function_of_time_alone() -> None:
    """An instant render is done at once, an endless one never.

    A failure at an unknown stage comes at the end.
    """
    assert progress(RenderOutcome(0), 0, MARCH_2025).status == "COMPLETED"
    assert progress(RenderOutcome(float("inf")), 1e9, MARCH_2025).status == "PENDING"
    assert progress(RenderOutcome(10, "dreaming"), 9.9, MARCH_2025).status == "PENDING"
    assert progress(RenderOutcome(10, "dreaming"), 10, MARCH_2025).status == "FAILED"


# The record, and the server itself ----------------------------------------------------------------------------------


async def test_everything_that_arrives_is_on_record(client: ApiClient, clock: Clock) -> None:
    """Tests see each request, its time, and whether its key was valid.

    The key itself is not kept.
    """
    request_id = await client.order()
    clock.seconds += 5
    await client.status(request_id, key="Bearer wrong")
    await client.ask("GET", f"{client.fake_samsar.origin}/nowhere?x=1")
    await client.ask("POST", f"{client.fake_samsar.base_url}create_movie", data=b"{oops")
    create, status, nowhere, oops = client.fake_samsar.requests
    assert (create.method, create.path, create.body) == ("POST", "/v1/video/create_movie", {"input": INPUT})
    assert (create.at, create.authorization_ok) == (1000.0, True)
    assert (status.path, status.query, status.body) == ("/v1/video/status", {"request_id": request_id}, None)
    assert (status.at, status.authorization_ok) == (1005.0, False)
    assert (nowhere.path, nowhere.query) == ("/nowhere", {"x": "1"})
    assert oops.body == "{oops"
    assert "wrong" not in repr(client.fake_samsar.requests)
    assert KEY not in repr((client.fake_samsar.requests, client.fake_samsar.config))


async def test_orders_are_found_by_their_prompt(client: ApiClient) -> None:
    """Received orders and made movies are counted separately, which shows duplicate payments."""
    await client.create()
    await client.create(duration=500)
    await client.create(prompt="Another")
    assert len(client.fake_samsar.creates_for(INPUT["prompt"])) == 2
    assert len(client.fake_samsar.movies_for(INPUT["prompt"])) == 1
    assert client.fake_samsar.creates_for("nobody's") == ()


async def test_a_movie_fails_when_its_prompt_says_so(client: ApiClient, clock: Clock) -> None:
    """The demo uses this to let one movie fail."""
    client.fake_samsar.fail_renders(lambda prompt: "clockwork" in prompt)
    bad, good = await client.order(prompt="A clockwork owl"), await client.order()
    clock.seconds += 20
    assert (await client.status(bad)).body["status"] == "FAILED"
    assert (await client.status(good)).body["status"] == "COMPLETED"


async def test_a_slow_movie_keeps_its_fate(client: ApiClient, clock: Clock) -> None:
    """The outcome is decided when the movie is ordered."""
    client.fake_samsar.inject(render(100))
    request_id = await client.order()
    client.fake_samsar.clear_faults()
    clock.seconds += 99
    assert (await client.status(request_id)).body["status"] == "PENDING"
    clock.seconds += 1
    assert (await client.status(request_id)).body["status"] == "COMPLETED"


async def test_a_port_that_is_taken_is_said_in_one_line(fake_samsar: FakeSamsar) -> None:
    """The line names the port, and stopping twice does no harm."""
    port = int(fake_samsar.origin.rpartition(":")[2])
    second = FakeSamsar(FakeSamsarConfig(port=port))
    with pytest.raises(StartupError, match=f"Can't listen on port {port} "):
        await second.start()
    await second.stop()
    await second.stop()
