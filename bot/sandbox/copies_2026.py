"""Copies of movies, by the API of 2026: with other scenes, joined, in another language, with or without subtitles.

models/api/VideoSessionRerollAPI.js@64b4e7a0, models/api/VideoSessionJoinAPI.js@9b4db570,
models/api/VideoSessionTranslateAPI.js@119492c0, routes/api/video.js@26a7e82d.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Movie, Order, Scene, list_of
from bot.sandbox.contract_2026 import (
    CODES,
    ID,
    LANGUAGES,
    NO_SESSION_ID,
    SESSION_UNKNOWN,
    ids,
    language_of,
    prices_of,
    rounded_up,
    session_checks,
    subtitle_language_check,
    told_ids,
)
from bot.sandbox.endpoints import (
    REQUEST_NAMES,
    SESSION_NAMES,
    Call,
    Endpoint,
    Refusal,
    both_mounts,
    in_order,
    is_unknown,
    making,
    not_boolean,
    session_in_body,
)
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, Reply, Route

RECHARGE: Final = ApiAnswer(
    402,
    "Insufficient credits or no credits remaining. Please call /v1/credits/recharge or visit"
    " https://app.samsar.one/account/billing.",
)

_PER_SECOND: Final = 3
"""What a film and a dub cost, in credits."""

_FEWEST: Final = 2
"""How many movies a film has at least."""

_FILM_STAGES: Final = {"transcript_generation": 0.3}


def _copy(call: Call, source: Movie, credits: int, stages: Mapping[str, float], **changes: object) -> Order:
    """Return an order of a copy: what the source has made is done, and its status shows the source's charges."""
    again = {**stages, "frame_generation": 0.95, "video_generation": 1.0}
    order = replace(
        source.order,
        charges={None: credits},
        copied=source.charges(call.now) if source.order.copied is None else source.order.copied,
        estimate=None,
        by_steps=False,
        waits_before=None,
        stages={**dict.fromkeys((name for name in source.contract.stages if name not in again), 0.0), **again},
        webhook_url=call.webhook_url,
    )
    return replace(order, **cast("dict[str, str]", changes))


def _layers_of(call: Call, movie: Movie) -> tuple[Scene, ...]:
    """Return the scenes of a movie: there are none before its narrative is done."""
    return movie.order.scenes if _is_done(call, movie, "prompt_generation") else ()


def _is_done(call: Call, movie: Movie, stage: str) -> bool:
    return movie.rendered(call.now).details[stage] == "COMPLETED"


def _told_charged(call: Call, movie: Movie, **more: object) -> Reply:
    charged, left = movie.order.cost, call.account.balance
    reply = Reply.of(ids(movie) | more | {"creditsCharged": charged, "remainingCredits": left})
    return replace(reply, headers={"x-credits-charged": str(charged), "x-credits-remaining": str(left)})


# New scenes -----------------------------------------------------------------------------------------------------------

_IMAGE_PRICES: Mapping[str, int] = MappingProxyType(
    {"GPTIMAGE2.5": 46, "NANOBANANAPRO": 15, "SEEDREAM": 23, "WAN2.7PRO": 15}
)
_OTHER_IMAGE_PRICE: Final = 8
_SQUARE_PRICES: Mapping[str, int] = MappingProxyType({"SEEDREAM": 15})
_PREVIEW_LENGTH: Final = 160


def _chosen(call: Call) -> list[int]:
    """Return the scenes that are to be made anew, counted from 1; one of 0 stands for what is no number."""
    given = call.given("layer_indexes", "layerIndexes", "layer_indices", "layerIndices", "layers")
    return sorted({_number(value) for value in (given.split(",") if isinstance(given, str) else list_of(given))})


def _number(value: object) -> int:
    try:
        number = float(cast("str", value))
    except (TypeError, ValueError):
        return 0
    return int(number) if number.is_integer() and number >= 1 else 0


def _first_chosen(call: Call, is_wrong: Callable[[tuple[Scene, ...], int], bool]) -> JsonObject | None:
    layers = _layers_of(call, call.named)
    return next(({"layer": number} for number in _chosen(call) if is_wrong(layers, number)), None)


SCENE_CHECKS: Final[tuple[Refusal, ...]] = (
    *session_checks(ApiAnswer(400, "videoSessionId must be a valid video session id.")),
    (
        ApiAnswer(409, "Session is still rendering. Wait for the current render to complete before rerolling layers."),
        lambda call: call.named.rendered(call.now).status == "PENDING" and call.named.cancelled_at is None,
    ),
    (ApiAnswer(400, "Session has no layers to reroll."), lambda call: not _layers_of(call, call.named)),
    (ApiAnswer(400, "layer_indexes must contain positive 1-based integers."), lambda call: 0 in _chosen(call)),
    (ApiAnswer(400, "layer_indexes must include at least one layer index."), lambda call: not _chosen(call)),
    (
        ApiAnswer(400, "Layer index {layer} is out of range."),
        lambda call: _first_chosen(call, lambda layers, number: number > len(layers)),
    ),
    (
        ApiAnswer(400, "Layer index {layer} is missing an image prompt."),
        lambda call: _first_chosen(call, lambda layers, number: not layers[number - 1].prompt),
    ),
)


def _quote(call: Call) -> JsonObject:
    """Return the price of new scenes."""
    order, chosen = call.named.order, _chosen(call)
    prices = {**_IMAGE_PRICES, **(_SQUARE_PRICES if order.aspect_ratio == "1:1" else {})}
    image = prices.get(order.image_model, _OTHER_IMAGE_PRICE)
    rate = prices_of(call.account.video_models[order.video_model].credits_per_second)["ai_video"]
    scenes = [order.scenes[number - 1] for number in chosen]
    videos = [rounded_up(scene.seconds * rate) for scene in scenes]
    return {
        "layerCount": len(chosen),
        "layerIndexes": chosen,
        "aspectRatio": order.aspect_ratio,
        "imageModel": order.image_model,
        "videoModel": order.video_model,
        "imageCreditsPerLayer": image,
        "aiVideoCreditsPerSecond": rate,
        "durationSeconds": sum(scene.seconds for scene in scenes),
        "imageCredits": image * len(chosen),
        "aiVideoCredits": sum(videos),
        "totalCredits": image * len(chosen) + sum(videos),
        "layers": [
            {
                "layerIndex": number,
                "layerId": scene.scene_id,
                "durationSeconds": scene.seconds,
                "imageCredits": image,
                "aiVideoCredits": video,
                "totalCredits": image + video,
                "promptPreview": scene.prompt[:_PREVIEW_LENGTH],
                "baseLayerType": "scene",
            }
            for number, scene, video in zip(chosen, scenes, videos, strict=True)
        ],
    }


def _scene_order(call: Call) -> Order:
    """Return an order of a copy with new colors in the chosen scenes, and with the ids of the old ones."""
    source, chosen, credits = call.named, _chosen(call), cast("int", _quote(call)["totalCredits"])
    scenes = tuple(
        replace(scene, seed="") if number in chosen else scene for number, scene in enumerate(source.order.scenes, 1)
    )
    stages = {"image_generation": 0.3, "ai_video_generation": 0.9}
    return _copy(call, source, credits, stages, kind="reroll_layers", scenes=scenes)


def _told_scene(call: Call, movie: Movie) -> Reply:
    return _told_charged(
        call,
        movie,
        **dict.fromkeys(("source_session_id", "original_session_id", "cloned_from_session_id"), call.request_id),
        status="PENDING",
        layer_indexes=_chosen(call),
        layer_ids=[movie.order.scenes[number - 1].scene_id for number in _chosen(call)],
        creditQuote=_quote(call),
    )


# Films ----------------------------------------------------------------------------------------------------------------


def _film(call: Call) -> list[object]:
    return list_of(call.given("session_ids", "sessionIds", "video_session_ids", "videoSessionIds"))


def _film_ids(call: Call) -> list[str]:
    return [each.strip() for each in _film(call) if isinstance(each, str) and each.strip()]


def _sources(call: Call) -> list[Movie]:
    return [call.account.movies[request_id] for request_id in _film_ids(call)]


def _unknown_of_film(call: Call) -> list[str]:
    return [each for each in _film_ids(call) if each not in call.account.movies]


FILM_CHECKS: Final[tuple[Refusal, ...]] = (
    (ApiAnswer(400, "blend_scenes must be a boolean."), not_boolean("blend_scenes")),
    (
        ApiAnswer(400, "session_ids must be an array of at least 2 session ids."),
        lambda call: len(_film(call)) < _FEWEST,
    ),
    (
        ApiAnswer(400, "session_ids must contain at least 2 non-empty strings."),
        lambda call: len(_film_ids(call)) < _FEWEST,
    ),
    (
        ApiAnswer(400, "session_ids must contain only valid session ids."),
        lambda call: not all(ID.fullmatch(each) for each in _unknown_of_film(call)),
    ),
    (
        ApiAnswer(400, "session_ids must not contain duplicates."),
        lambda call: len({*_film_ids(call)}) < len(_film_ids(call)),
    ),
    (ApiAnswer(404, "One or more sessions were not found."), _unknown_of_film),
    (
        ApiAnswer(400, "All sessions must have the same aspectRatio to be joined."),
        lambda call: len({movie.order.aspect_ratio for movie in _sources(call)}) > 1,
    ),
    (
        ApiAnswer(400, "Session at index {index} is missing layers."),
        lambda call: next(
            ({"index": n} for n, movie in enumerate(_sources(call)) if not _layers_of(call, movie)), None
        ),
    ),
)


def _film_order(call: Call) -> Order:
    """Return an order of movies one after the other, finished or not."""
    movies = _sources(call)
    seconds = sum(movie.order.seconds for movie in movies)
    scenes = tuple(replace(scene, scene_id="") for movie in movies for scene in movie.order.scenes)
    credits = _PER_SECOND * rounded_up(seconds)
    return _copy(call, movies[0], credits, _FILM_STAGES, kind="join_videos", scenes=scenes, seconds=seconds)


# Other languages, and subtitles ---------------------------------------------------------------------------------------

_LANGUAGE_NAMES: Final = ("language", "language_code", "languageCode")
_SUBTITLE_LANGUAGE_NAMES: Final = ("subtitle_language", "subtitleLanguage")

DUB_CHECKS: Final[tuple[Refusal, ...]] = (
    (NO_SESSION_ID, lambda call: not call.request_id),
    (ApiAnswer(400, "language (or language_code) is required."), lambda call: not call.text(*_LANGUAGE_NAMES)),
    (
        ApiAnswer(400, "{field} must be a boolean."),
        not_boolean("enable_subtitles", "translate_outro", "translate_footer"),
    ),
    (
        ApiAnswer(400, f"language must be one of: {CODES}."),
        lambda call: language_of(call.text(*_LANGUAGE_NAMES)) not in LANGUAGES,
    ),
    (SESSION_UNKNOWN, is_unknown),
    (
        ApiAnswer(400, "Unable to determine video duration for billing."),
        lambda call: not _layers_of(call, call.named),
    ),
    (
        ApiAnswer(400, "Session does not contain any speech audio layers to translate."),
        lambda call: not _is_done(call, call.named, "speech_generation"),
    ),
)


def _dub_order(call: Call) -> Order:
    return _copy(
        call,
        call.named,
        _PER_SECOND * rounded_up(call.named.order.seconds),
        {"speech_generation": 0.5, "transcript_generation": 0.6},
        kind="translate_video",
        language=language_of(call.text(*_LANGUAGE_NAMES)),
        subtitles=call.fields.get("enable_subtitles") is True,
        scenes=tuple(replace(scene, scene_id="") for scene in call.named.order.scenes),
    )


def _told_subtitles(call: Call, movie: Movie) -> Reply:
    language = call.given(*_SUBTITLE_LANGUAGE_NAMES)
    return Reply.of(ids(movie) | ({} if language is None else {"subtitle_language": language_of(language)}))


# The paths ------------------------------------------------------------------------------------------------------------

_making: Final = partial(making, too_few=RECHARGE.reply)

ENDPOINTS: Final = (
    Endpoint(
        (*both_mounts("reroll-layers"), "/v2/video/reroll-layers"),
        _making(
            _scene_order,
            told=_told_scene,
            broken=ApiAnswer(500, "Internal server error while rerolling video layers.").reply,
        ),
        Route.SCENE,
        request_id=lambda call: call.text(*SESSION_NAMES, *REQUEST_NAMES),
        refuses=in_order(*SCENE_CHECKS),
        quote=lambda call: replace(
            Reply.of(ids(call.named) | {"creditQuote": _quote(call)}), headers={"x-credits-charged": "0"}
        ),
    ),
    Endpoint(
        both_mounts("join_videos"),
        _making(
            _film_order,
            told=_told_charged,
            broken=ApiAnswer(500, "Internal server error while joining video sessions.").reply,
        ),
        Route.FILM,
        request_id=lambda call: next(iter(_film_ids(call)), ""),
        refuses=in_order(*FILM_CHECKS),
    ),
    Endpoint(
        (*both_mounts("translate_video"), *both_mounts("retranslate_video")),
        _making(
            _dub_order,
            told=_told_charged,
            broken=ApiAnswer(500, "Internal server error while translating video.").reply,
        ),
        Route.DUB,
        request_id=session_in_body,
        refuses=in_order(*DUB_CHECKS),
    ),
    Endpoint(
        (*both_mounts("add_subtitles"), "/v2/video/add_subtitles"),
        _making(
            lambda call: _copy(call, call.named, 0, _FILM_STAGES, kind="add_subtitles", subtitles=True),
            told=_told_subtitles,
        ),
        Route.SUBTITLES,
        request_id=session_in_body,
        refuses=in_order(*session_checks(), subtitle_language_check(*_SUBTITLE_LANGUAGE_NAMES)),
    ),
    Endpoint(
        (*both_mounts("remove_subtitles"), "/v2/video/remove_subtitles"),
        _making(lambda call: _copy(call, call.named, 0, {}, kind="remove_subtitles", subtitles=False), told=told_ids),
        Route.SUBTITLES,
        request_id=session_in_body,
        refuses=in_order(*session_checks()),
    ),
)
"""New scenes, a film and a dub are charged at once; subtitles are free."""
