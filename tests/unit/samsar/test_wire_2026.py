"""Bodies of API version 2026, from its vendor's code and documents."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import pytest

from bot.domain.breaker import Outage
from bot.domain.catalogue import AspectRatio, ModelKind
from bot.domain.extras import API_DEFAULTS, NO_EXTRAS, Extras, SpokenLanguage, Tone
from bot.domain.model_comparison import ListedModel
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, RecentRequest, Stage, StageState, Status
from bot.errors import (
    AuthenticationFailed,
    InvalidResponse,
    RateLimited,
    RequestNotFound,
    WrongApi,
)
from bot.samsar import wire, wire_account, wire_status
from bot.samsar.profile import AUTUMN_2026, MARCH_2025
from tests.helpers.response_bodies import HTML, as_body

PLAIN = MovieRequest("A fox crosses the moor", 30, "RUNWAYML", "NANOBANANAPRO", AspectRatio.WIDE)
BASE = AUTUMN_2026.base_url
REQUEST_ID = "66e2a1b2c3d4e5f6a7b8c9d0"
MP4 = "https://assets.samsar.test/66e2a1b2.mp4?X-Amz-Expires=604800"

RENDERING = {
    "session_id": REQUEST_ID,
    "request_id": REQUEST_ID,
    "status": "PENDING",
    "type": "video",
    "expressGenerationStatus": {
        "status": "PENDING",
        "prompt_generation": "COMPLETED",
        "image_generation": "COMPLETED",
        "delete_reflow": "PENDING",
        "ai_video_generation": "INIT",
    },
    "creditsCharged": 0,
    "credits_charged": 0,
    "videoLink": "https://assets.samsar.test/preview.mp4",
    "remoteURL": "https://assets.samsar.test/preview.mp4",
}
FINISHED = RENDERING | {
    "status": "COMPLETED",
    "expressGenerationStatus": {"status": "COMPLETED", "prompt_generation": "COMPLETED"},
    "creditsCharged": 900,
    "credits_charged": 900,
    "result_url": MP4,
    "result_urls": [MP4],
}
FAILURE = "Video model timed out."
FAILED = {
    "session_id": REQUEST_ID,
    "request_id": REQUEST_ID,
    "status": "FAILED",
    "type": "video",
    "message": FAILURE,
    "error": FAILURE,
    "generationError": FAILURE,
    "expressGenerationError": FAILURE,
    "expressGenerationStatus": {"status": "FAILED", "prompt_generation": "COMPLETED", "ai_video_generation": "FAILED"},
}


def polled(value: object, status: int = 200) -> Status:
    """Read an answer to a status poll."""
    body = value if isinstance(value, bytes) else as_body(value)
    profile = AUTUMN_2026
    return wire_status.decode_status(
        status, {}, body, base_url=BASE, words=profile.words, unfinished=profile.unfinished
    )


def test_the_order_is_as_documented() -> None:
    """The body has no session_id and no external_user."""
    assert wire.encode_create(PLAIN, "https://bot.example/hook") == {
        "input": {
            "prompt": "A fox crosses the moor",
            "image_model": "NANOBANANAPRO",
            "video_model": "RUNWAYML",
            "duration": 30,
            "aspect_ratio": "16:9",
        },
        "webhookUrl": "https://bot.example/hook",
    }


@pytest.mark.parametrize(
    ("extras", "sent"),
    [
        (NO_EXTRAS, {}),
        (API_DEFAULTS, {}),
        (Extras(language=SpokenLanguage.FRENCH), {"language": "fr"}),
        (Extras(subtitles=True), {"enable_subtitles": True}),
        (Extras(tone=Tone.CINEMATIC), {"tone": "cinematic"}),
        (
            Extras(SpokenLanguage.LATIN, subtitles=True, tone=Tone.CINEMATIC),
            {"language": "la", "enable_subtitles": True, "tone": "cinematic"},
        ),
    ],
)
def test_only_extras_that_differ_from_the_apis_defaults_are_sent(extras: Extras, sent: dict[str, object]) -> None:
    """The order of a version without extras has none."""
    request = replace(PLAIN, extras=extras)
    [without] = wire.encode_create(PLAIN, None).values()
    encoded = json.loads(json.dumps(wire.encode_create(request, None, AUTUMN_2026.limits.extras)))
    assert encoded == {"input": {**cast("dict[str, object]", without), **sent}}
    assert wire.encode_create(request, None, MARCH_2025.limits.extras) == {"input": without}


def test_the_answer_to_an_order_has_the_id_twice() -> None:
    """One of the two is enough."""
    for ids in ({"request_id": REQUEST_ID, "session_id": REQUEST_ID}, {"session_id": REQUEST_ID}):
        assert wire.decode_created(200, {}, as_body(ids), PLAIN) == REQUEST_ID


def test_a_movie_that_renders_has_its_stages_and_no_link_yet() -> None:
    """expressGenerationStatus.status is no stage, and an early link is no movie."""
    status = polled(RENDERING)
    assert (status.state, status.url) == (MovieState.PENDING, None)
    assert status.stages == (
        Stage("prompt_generation", StageState.COMPLETED),
        Stage("image_generation", StageState.COMPLETED),
        Stage("delete_reflow", StageState.PENDING),
        Stage("ai_video_generation", StageState.INIT),
    )


def test_a_finished_movie_has_its_link() -> None:
    """The fields videoLink and remoteURL may be previews, so result_url goes first."""
    assert (polled(FINISHED).state, polled(FINISHED).url) == (MovieState.COMPLETED, MP4)
    only_list = {name: value for name, value in FINISHED.items() if name != "result_url"}
    assert polled(only_list).url == MP4


@pytest.mark.parametrize("moved", ["result_url", "videoLink", "remoteURL"])
def test_a_moved_or_mistyped_link_never_breaks_a_job(moved: str) -> None:
    """A link found elsewhere counts; without one, the movie is pending."""
    elsewhere = {"status": "COMPLETED", moved: MP4}
    assert polled(elsewhere).url == MP4
    assert polled(elsewhere | {moved: [MP4]}).url == MP4
    assert polled({"status": "COMPLETED", "result_urls": MP4}).url == MP4
    for odd in ([], [7], [[MP4]], 7, {"at": MP4}):
        assert polled(elsewhere | {moved: odd}).state is MovieState.PENDING


@pytest.mark.parametrize("word", ["COMPLETE", "SUCCESS", "SUCCEEDED", "DONE", "success"])
def test_the_vendors_other_words_for_a_success_need_a_link_too(word: str) -> None:
    """These words count for version 2026 only."""
    assert polled(FINISHED | {"status": word}).state is MovieState.COMPLETED
    assert polled(RENDERING | {"status": word, "videoLink": None, "remoteURL": None}).state is MovieState.PENDING
    older = wire_status.decode_status(200, {}, as_body(FINISHED | {"status": word}), base_url=BASE)
    assert (older.state, MARCH_2025.version) == (MovieState.PENDING, "2025-03")


@pytest.mark.parametrize("word", ["INIT", "PAUSED", "QUEUED", "RUNNING", "TIMED_OUT", "ERROR", "REVIEWING"])
def test_every_other_word_is_pending(word: str) -> None:
    """Only FAILED releases a hold."""
    assert polled(FINISHED | {"status": word}).state is MovieState.PENDING


@pytest.mark.parametrize(
    ("answer", "charged"),
    [
        (FINISHED, 900),
        (FINISHED | {"creditsCharged": 899.2, "credits_charged": None}, 900),
        (FINISHED | {"creditsCharged": None}, 900),
        (FINISHED | {"creditsCharged": 120}, 900),
        (FINISHED | {"creditsCharged": 0, "credits_charged": 0}, None),
        (FINISHED | {"creditsCharged": "900", "credits_charged": True}, None),
        (FINISHED | {"creditsCharged": -1, "credits_charged": 10**12}, None),
        (FAILED, None),
        (FAILED | {"creditsCharged": 0}, 0),
    ],
)
def test_what_was_charged_is_read(answer: dict[str, object], charged: int | None) -> None:
    """The API reports 0 for a finished movie before it has counted."""
    assert polled(answer).charged == charged


@pytest.mark.parametrize("word", ["CANCELLED", "CANCELED"])
def test_a_cancelled_movie_has_ended(word: str) -> None:
    """Only version 2026 documents this status."""
    cancelled = RENDERING | {"status": word, "creditsCharged": 120}
    assert (polled(cancelled).state, polled(cancelled).charged) == (MovieState.CANCELLED, 120)
    assert not polled(cancelled).is_certainly_unfinished
    older = wire_status.decode_status(200, {}, as_body(cancelled), base_url=BASE)
    assert older.state is MovieState.PENDING


@pytest.mark.parametrize("word", ["INIT", "PENDING", "PROCESSING", "IN_PROGRESS", "RUNNING", "QUEUED", " pending "])
def test_a_movie_that_waits_or_is_made_is_certainly_unfinished(word: str) -> None:
    assert polled(RENDERING | {"status": word}).is_certainly_unfinished
    assert polled({"status": word, "result": None, "result_url": "", "result_urls": []}).is_certainly_unfinished
    assert not wire_status.decode_status(200, {}, as_body({"status": word}), base_url=BASE).is_certainly_unfinished


@pytest.mark.parametrize(
    "answer",
    [
        *({"status": word} for word in ("PAUSED", "REVIEWING", "COMPLETED", "DONE", "FAILED", "CANCELLED", "")),
        {"result_url": MP4},
        {"result_urls": [MP4]},
        {"result": {"url": MP4}},
        {"url": MP4},
        {"expressGenerationStatus": {"prompt_generation": "COMPLETED", "ai_video_generation": "COMPLETED"}},
        {"expressGenerationStatus": {"ai_video_generation": "COMPLETED", "frame_generation": "PENDING"}},
        {"expressGenerationStatus": {"ai_video_generation": "COMPLETED", "video_generation": "INIT"}},
        {"expressGenerationStatus": {"lip_sync_generation": "INIT", "frame_generation": "PENDING"}},  # skipped
    ],
)
def test_a_movie_that_may_be_finished_is_not_certainly_unfinished(answer: dict[str, object]) -> None:
    """The API cancels a finished movie as well."""
    assert not polled(RENDERING | answer).is_certainly_unfinished


def test_a_cancellation_names_the_movie() -> None:
    """Only an error in the response counts."""
    assert wire.encode_cancel(REQUEST_ID) == {"input": {"videoSessionId": REQUEST_ID}}
    for answer in ({"status": "CANCELLED", "cancelled": True}, {"cancelled": False}, {}):
        wire.decode_cancelled(200, {}, as_body(answer))
    for status, body, kind in (
        (404, as_body({"message": "Session not found."}), RequestNotFound),
        (404, HTML, WrongApi),
        (500, as_body({}), InvalidResponse),
        (429, as_body({}), RateLimited),
        (401, as_body({}), AuthenticationFailed),
    ):
        with pytest.raises(kind):
            wire.decode_cancelled(status, {}, body)


def test_a_failed_movie_has_the_apis_reason() -> None:
    """The API repeats the reason in four fields."""
    assert (polled(FAILED).state, polled(FAILED).message) == (MovieState.FAILED, FAILURE)
    last = {"status": "FAILED", "generationError": FAILURE, "expressGenerationError": FAILURE}
    assert polled(last).message == FAILURE


@pytest.mark.parametrize(
    ("message", "shortage"),
    [
        ("Insufficient credits while charging AI video generation.", Outage.PLAN_EXHAUSTED),
        ("API key monthly credit limit reached. Limit: 1000; used: 980; requested: 40.", Outage.KEY_LIMIT_REACHED),
        ("API key total credit limit reached. Limit: 1000; used: 980; requested: 40.", Outage.KEY_LIMIT_REACHED),
        (FAILURE, None),
        ("The prompt says insufficient credits while charging", None),
        ("The prompt says API key monthly credit limit reached", None),
    ],
)
def test_credits_that_ran_out_on_the_way_are_told_apart(message: str, shortage: Outage | None) -> None:
    """They are the operator's problem, not the member's."""
    assert polled(FAILED | {"message": message}).shortage is shortage
    assert polled(RENDERING | {"message": message}).shortage is None


def test_an_unknown_request_is_not_found() -> None:
    """It counts only when it persists, because database failures look alike."""
    with pytest.raises(RequestNotFound):
        polled({"message": "Request not found."}, 404)
    with pytest.raises(WrongApi):
        polled(HTML, 404)


def test_the_balance_is_read() -> None:
    """The last top-up may be missing."""
    assert wire_account.decode_credits(200, {}, as_body({"remainingCredits": 4920, "lastTopUp": None})) == 4920
    assert wire_account.decode_credits(200, {}, as_body({"remainingCredits": 0, "lastTopUp": {"credits": 1}})) == 0


def test_the_models_are_read_with_their_prices() -> None:
    """An image model's listed price is for another product."""
    videos = [
        {"label": "Runway", "value": "RUNWAYML", "basePrice": 30, "pricingDistribution": {"image": 10, "video": 20}},
        {"label": "Seedance 2.5", "value": "SEEDANCE2.5I2V", "basePrice": 49.5},
        {"value": "NEWMODEL", "basePrice": "36"},
        {"label": "No key", "basePrice": 30},
        "COSMOS3SUPERI2V",
    ]
    images = [{"label": "Nano Banana Pro", "value": "NANOBANANAPRO", "basePrice": 7}]
    listed = {"VIDEO_MODELS": videos, "IMAGE_MODELS": images}
    assert wire_account.decode_models(200, {}, as_body(listed)) == (
        ListedModel(ModelKind.VIDEO, "RUNWAYML", "Runway", 30),
        ListedModel(ModelKind.VIDEO, "SEEDANCE2.5I2V", "Seedance 2.5", 50),
        ListedModel(ModelKind.VIDEO, "NEWMODEL", "NEWMODEL", None),
        ListedModel(ModelKind.IMAGE, "NANOBANANAPRO", "Nano Banana Pro", None),
    )


def test_models_that_are_listed_twice_or_have_no_plausible_price_are_listed() -> None:
    """The last entry of a kind counts, and a list is bounded."""
    videos = [
        {"value": "RUNWAYML", "basePrice": 31},
        {"value": "FREE", "basePrice": 0},
        {"value": "DEAR", "basePrice": wire_account.MAX_PRICE + 1},
        {"value": "RUNWAYML", "basePrice": 30},
    ]
    listed = {"VIDEO_MODELS": videos, "IMAGE_MODELS": [{"value": "RUNWAYML"}]}
    assert wire_account.decode_models(200, {}, as_body(listed)) == (
        ListedModel(ModelKind.VIDEO, "RUNWAYML", "RUNWAYML", 30),
        ListedModel(ModelKind.VIDEO, "FREE", "FREE", None),
        ListedModel(ModelKind.VIDEO, "DEAR", "DEAR", None),
        ListedModel(ModelKind.IMAGE, "RUNWAYML", "RUNWAYML", None),
    )
    endless = {"VIDEO_MODELS": [{"value": f"M{number}"} for number in range(1000)]}
    assert len(wire_account.decode_models(200, {}, as_body(endless)) or ()) == wire_account.MAX_LISTED_MODELS


@pytest.mark.parametrize(
    ("status", "body"),
    [(404, HTML), (404, as_body({"message": "Not found"})), (200, HTML), (200, b"[]"), (200, b"{}")],
)
def test_an_answer_without_models_is_no_list(status: int, body: bytes) -> None:
    """Without a list, as in March 2025, no model counts as gone."""
    assert wire_account.decode_models(status, {}, body) is None


@pytest.mark.parametrize("name", ["requests", "items", "data", "results", None])
def test_the_last_requests_are_read_wherever_they_stand(name: str | None) -> None:
    """A request's time is in ISO 8601 or in milliseconds."""
    rows = [
        {"request_id": REQUEST_ID, "status": "PENDING", "created_at": "2026-11-10T12:00:00Z", "provider": "express"},
        {"request_id": "b", "created_at": 1_794_312_000_001},
        {"request_id": "c", "created_at": "yesterday"},
        {"created_at": 1_794_312_000_000},
        "d",
    ]
    assert wire_account.decode_requests(200, {}, as_body(rows if name is None else {name: rows})) == (
        RecentRequest(REQUEST_ID, "PENDING", 1_794_312_000_000),
        RecentRequest("b", "?", 1_794_312_000_001),
    )
    assert wire_account.decode_requests(200, {}, as_body({"requests": []})) == ()
    with pytest.raises(AuthenticationFailed):
        wire_account.decode_requests(401, {}, as_body({"message": "Invalid API_KEY. User not found."}))


@pytest.mark.usefixtures("time_zone")
@pytest.mark.parametrize(
    ("created_at", "read"),
    [
        ("2026-11-10T12:00:00.250Z", 1_794_312_000_250),
        (" 2026-11-10T13:00:00+01:00 ", 1_794_312_000_000),
        ("2026-11-10T12:00:00", 1_794_312_000_000),
        (1, 1),
        (0, None),
        (10**14, None),
    ],
)
def test_the_time_of_a_request_is_read_in_any_spelling(created_at: object, read: int | None) -> None:
    """A time without a zone is in UTC, wherever the bot runs."""
    rows = [{"request_id": "a", "created_at": created_at}, {"request_id": "b", "created_at": 5}]
    found = wire_account.decode_requests(200, {}, as_body(rows))
    assert [each.created_at for each in found] == ([5] if read is None else [read, 5])


@pytest.mark.parametrize("body", [HTML, b"null", b"7", *map(as_body, ({}, {"requests": {}}, {"requests": ["d", {}]}))])
def test_a_list_of_requests_that_cannot_be_read_is_no_empty_list(body: bytes) -> None:
    """An empty list would prove that an order never arrived."""
    with pytest.raises(InvalidResponse):
        wire_account.decode_requests(200, {}, body)


@pytest.mark.parametrize(
    "body",
    [
        {"request_id": REQUEST_ID, "session_id": REQUEST_ID, "status": "COMPLETED", "result_url": MP4},
        {"request_id": REQUEST_ID, "status": "FAILED", "error": {"message": FAILURE}},
    ],
)
def test_a_callback_names_its_request(body: dict[str, object]) -> None:
    """The rest is ignored, because its link is not signed."""
    assert wire.decode_request_id(as_body(body)) == REQUEST_ID
