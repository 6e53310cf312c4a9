"""Bodies of API version 2026, from its vendor's code and documents."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.core.errors import (
    AuthenticationFailed,
    InvalidResponse,
    RateLimited,
    RequestNotFound,
    WrongApi,
)
from bot.domain.breaker import Outage
from bot.domain.catalogue import (
    API_DEFAULTS,
    NO_EXTRAS,
    AspectRatio,
    Extras,
    ListedModel,
    ModelKind,
    SpokenLanguage,
    Tone,
)
from bot.domain.request import MovieRequest
from bot.domain.upstream import MovieState, RecentRequest, Stage, StageState, Status
from bot.samsar import wire, wire_status
from bot.samsar.config import AUTUMN_2026, MARCH_2025
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
    body = value if isinstance(value, bytes) else as_body(value)
    profile = AUTUMN_2026
    return wire_status.decode_status(
        status, {}, body, base_url=BASE, words=profile.words, unfinished=profile.unfinished
    )


def older(value: object) -> Status:
    return wire_status.decode_status(200, {}, as_body(value), base_url=BASE, words=MARCH_2025.words)


def test_an_order_has_only_extras_that_differ_from_the_apis_defaults() -> None:
    plain: dict[str, object] = {
        "prompt": "A fox crosses the moor",
        "image_model": "NANOBANANAPRO",
        "video_model": "RUNWAYML",
        "duration": 30,
        "aspect_ratio": "16:9",
    }
    assert wire.encode_create(PLAIN, "https://bot.example/hook") == {
        "input": plain,
        "webhookUrl": "https://bot.example/hook",
    }
    sent: dict[Extras, dict[str, object]] = {
        NO_EXTRAS: {},
        API_DEFAULTS: {},
        Extras(language=SpokenLanguage.FRENCH): {"language": "fr"},
        Extras(subtitles=True): {"enable_subtitles": True},
        Extras(SpokenLanguage.LATIN, tone=Tone.CINEMATIC): {"language": "la", "tone": "cinematic"},
    }
    for extras, fields in sent.items():
        request = replace(PLAIN, extras=extras)
        encoded = json.loads(json.dumps(wire.encode_create(request, None, AUTUMN_2026.limits.extras)))
        assert encoded == {"input": plain | fields}
        assert wire.encode_create(request, None, MARCH_2025.limits.extras) == {"input": plain}


def test_a_movie_that_renders_has_its_stages_and_no_link_yet() -> None:
    status = polled(RENDERING)
    assert (status.state, status.url) == (MovieState.PENDING, None)
    assert status.stages == (
        Stage("prompt_generation", StageState.COMPLETED),
        Stage("image_generation", StageState.COMPLETED),
        Stage("delete_reflow", StageState.PENDING),
        Stage("ai_video_generation", StageState.INIT),
    )


def test_a_moved_or_mistyped_link_never_breaks_a_job() -> None:
    """Fields videoLink and remoteURL may be previews, so result_url goes first. Without a link, a movie is pending."""
    only_list = {name: value for name, value in FINISHED.items() if name != "result_url"}
    assert [(polled(each).state, polled(each).url) for each in (FINISHED, only_list)] == [
        (MovieState.COMPLETED, MP4)
    ] * 2
    assert polled({"status": "COMPLETED", "result_urls": MP4}).url == MP4
    for moved in ("result_url", "videoLink", "remoteURL"):
        assert [polled({"status": "COMPLETED", moved: link}).url for link in (MP4, [MP4])] == [MP4, MP4]
        for odd in ([], [7], [[MP4]], 7, {"at": MP4}):
            assert polled({"status": "COMPLETED", moved: odd}).state is MovieState.PENDING


def test_only_the_versions_words_for_an_end_end_a_movie() -> None:
    """A success needs a link, too. No other word than FAILED releases a hold."""
    for word in ("COMPLETE", "SUCCESS", "SUCCEEDED", "DONE", "success"):
        assert polled(FINISHED | {"status": word}).state is MovieState.COMPLETED
        assert polled(RENDERING | {"status": word, "videoLink": None, "remoteURL": None}).state is MovieState.PENDING
        assert older(FINISHED | {"status": word}).state is MovieState.PENDING
    for word in ("CANCELLED", "CANCELED"):
        cancelled = RENDERING | {"status": word, "creditsCharged": 120}
        assert (polled(cancelled).state, polled(cancelled).charged) == (MovieState.CANCELLED, 120)
        assert older(cancelled).state is MovieState.PENDING
    for word in ("INIT", "PAUSED", "QUEUED", "RUNNING", "TIMED_OUT", "ERROR", "REVIEWING"):
        assert polled(FINISHED | {"status": word}).state is MovieState.PENDING


def test_what_was_charged_is_read() -> None:
    charged: list[tuple[dict[str, object], int | None]] = [
        (FINISHED, 900),
        (FINISHED | {"creditsCharged": 899.2, "credits_charged": None}, 900),
        (FINISHED | {"creditsCharged": None}, 900),
        (FINISHED | {"creditsCharged": 120}, 900),
        (FINISHED | {"creditsCharged": 0, "credits_charged": 0}, None),
        (FINISHED | {"creditsCharged": "900", "credits_charged": True}, None),
        (FINISHED | {"creditsCharged": -1, "credits_charged": 10**12}, None),
        (FAILED, None),
        (FAILED | {"creditsCharged": 0}, 0),
    ]
    assert [polled(answer).charged for answer, _ in charged] == [credits_ for _, credits_ in charged]


def test_only_a_movie_that_waits_or_is_made_is_certainly_unfinished() -> None:
    """The API cancels a finished movie as well."""
    for word in ("INIT", "PENDING", "PROCESSING", "IN_PROGRESS", "RUNNING", "QUEUED", " pending "):
        assert polled(RENDERING | {"status": word}).is_certainly_unfinished
        assert polled({"status": word, "result": None, "result_url": "", "result_urls": []}).is_certainly_unfinished
        assert not older({"status": word}).is_certainly_unfinished
    words = ("PAUSED", "REVIEWING", "COMPLETED", "DONE", "FAILED", "CANCELLED", "")
    may_be_finished: list[dict[str, object]] = [
        *({"status": word} for word in words),
        {"result_url": MP4},
        {"result_urls": [MP4]},
        {"result": {"url": MP4}},
        {"url": MP4},
        {"expressGenerationStatus": {"prompt_generation": "COMPLETED", "ai_video_generation": "COMPLETED"}},
        {"expressGenerationStatus": {"ai_video_generation": "COMPLETED", "frame_generation": "PENDING"}},
        {"expressGenerationStatus": {"ai_video_generation": "COMPLETED", "video_generation": "INIT"}},
        {"expressGenerationStatus": {"lip_sync_generation": "INIT", "frame_generation": "PENDING"}},  # skipped
    ]
    assert [each for each in may_be_finished if polled(RENDERING | each).is_certainly_unfinished] == []


def test_a_cancellation_names_the_movie() -> None:
    assert wire.encode_cancel(REQUEST_ID) == {"input": {"videoSessionId": REQUEST_ID}}
    for answer in ({"status": "CANCELLED", "cancelled": True}, {"cancelled": False}, {}):
        wire.require_success(200, {}, as_body(answer))
    for status, body, kind in (
        (404, as_body({"message": "Session not found."}), RequestNotFound),
        (404, HTML, WrongApi),
        (500, as_body({}), InvalidResponse),
        (429, as_body({}), RateLimited),
        (401, as_body({}), AuthenticationFailed),
    ):
        with pytest.raises(kind):
            wire.require_success(status, {}, body)


def test_a_failed_movie_has_the_apis_reason() -> None:
    assert (polled(FAILED).state, polled(FAILED).message) == (MovieState.FAILED, FAILURE)
    last = {"status": "FAILED", "generationError": FAILURE, "expressGenerationError": FAILURE}
    assert polled(last).message == FAILURE
    limit = "credit limit reached. Limit: 1000; used: 980; requested: 40."
    for message, shortage in {
        "Insufficient credits while charging AI video generation.": Outage.PLAN_EXHAUSTED,
        f"API key monthly {limit}": Outage.KEY_LIMIT_REACHED,
        f"API key total {limit}": Outage.KEY_LIMIT_REACHED,
        FAILURE: None,
        "The prompt says insufficient credits while charging": None,
        "The prompt says API key monthly credit limit reached": None,
    }.items():
        assert polled(FAILED | {"message": message}).shortage is shortage
        assert polled(RENDERING | {"message": message}).shortage is None


def test_the_models_are_read_with_plausible_prices() -> None:
    videos = [
        {"label": "Runway", "value": "RUNWAYML", "basePrice": 31},
        {"label": "Seedance 2.5", "value": "SEEDANCE2.5I2V", "basePrice": 49.5},
        {"value": "NEWMODEL", "basePrice": "36"},
        {"label": "No key", "basePrice": 30},
        "COSMOS3SUPERI2V",
        {"value": "FREE", "basePrice": 0},
        {"value": "DEAR", "basePrice": wire.MAX_PRICE + 1},
        {"label": "Runway", "value": "RUNWAYML", "basePrice": 30, "pricingDistribution": {"image": 10, "video": 20}},
    ]
    images = [{"label": "Nano Banana Pro", "value": "NANOBANANAPRO", "basePrice": 7}, {"value": "RUNWAYML"}]
    listed = {"VIDEO_MODELS": videos, "IMAGE_MODELS": images}
    assert wire.decode_models(200, {}, as_body(listed)) == (
        ListedModel(ModelKind.VIDEO, "RUNWAYML", 30),
        ListedModel(ModelKind.VIDEO, "SEEDANCE2.5I2V", 50),
        ListedModel(ModelKind.VIDEO, "NEWMODEL", None),
        ListedModel(ModelKind.VIDEO, "FREE", None),
        ListedModel(ModelKind.VIDEO, "DEAR", None),
        ListedModel(ModelKind.IMAGE, "NANOBANANAPRO", None),
        ListedModel(ModelKind.IMAGE, "RUNWAYML", None),
    )
    endless = {"VIDEO_MODELS": [{"value": f"M{number}"} for number in range(1000)]}
    assert len(wire.decode_models(200, {}, as_body(endless)) or ()) == wire.MAX_LISTED_MODELS


def test_an_answer_without_models_is_no_list() -> None:
    """Without a list, as in March 2025, no model counts as gone."""
    not_found = as_body({"message": "Not found"})
    for status, body in ((404, HTML), (404, not_found), (200, HTML), (200, b"[]"), (200, b"{}")):
        assert wire.decode_models(status, {}, body) is None


@pytest.mark.usefixtures("time_zone")
def test_the_last_requests_are_read_wherever_they_stand() -> None:
    rows = [
        {"request_id": REQUEST_ID, "status": "PENDING", "created_at": "2026-11-10T12:00:00.250Z", "type": "video"},
        {"request_id": "a", "created_at": " 2026-11-10T13:00:00+01:00 "},
        {"request_id": "b", "created_at": "2026-11-10T12:00:00"},
        {"request_id": "c", "created_at": 1},
        *({"request_id": "d", "created_at": wrong} for wrong in (0, 10**14, "yesterday")),
        {"created_at": 1_794_312_000_000},
        "d",
    ]
    for body in (rows, *({name: rows} for name in ("requests", "items", "data", "results"))):
        assert wire.decode_requests(200, {}, as_body(body)) == (
            RecentRequest(REQUEST_ID, "PENDING", 1_794_312_000_250),
            RecentRequest("a", "?", 1_794_312_000_000),
            RecentRequest("b", "?", 1_794_312_000_000),
            RecentRequest("c", "?", 1),
        )


def test_a_list_of_requests_that_cannot_be_read_is_no_empty_list() -> None:
    """An empty list would prove that an order never arrived."""
    assert wire.decode_requests(200, {}, as_body({"requests": []})) == ()
    with pytest.raises(AuthenticationFailed):
        wire.decode_requests(401, {}, as_body({"message": "Invalid API_KEY. User not found."}))
    for body in (HTML, b"null", b"7", *map(as_body, ({}, {"requests": {}}, {"requests": ["d", {}]}))):
        with pytest.raises(InvalidResponse):
            wire.decode_requests(200, {}, body)
