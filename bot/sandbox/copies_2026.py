"""Copies of movies, by the API of 2026: with other scenes, joined, in another language, with or without subtitles."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.answers_2026 import OperationAnswer, Refusal, in_order, is_unknown, not_boolean
from bot.sandbox.contract import Movie, Order, Scene, list_of
from bot.sandbox.contract_2026 import (
    ID,
    LANGUAGES,
    Answer,
    ids,
    language_of,
    prices_of,
    rounded_up,
    session_checks,
    told_ids,
)
from bot.sandbox.endpoints import Call, Endpoint, any_in_body, both_mounts, making, session_in_body
from bot.sandbox.fault_injection import JsonObject, Reply, Route


def _told_charged(call: Call, movie: Movie, **more: object) -> Reply:
    charged, left = movie.order.cost, call.account.balance
    reply = Reply.of(ids(movie) | more | {"creditsCharged": charged, "remainingCredits": left})
    return replace(reply, headers={"x-credits-charged": str(charged), "x-credits-remaining": str(left)})


_PER_SECOND: Final = 3
"""What a film and a dub cost, in credits."""

_FEWEST: Final = 2
"""How many movies a film has at least."""

_IMAGE_PRICES: Mapping[str, int] = MappingProxyType(
    {"GPTIMAGE2.5": 46, "NANOBANANAPRO": 15, "SEEDREAM": 23, "WAN2.7PRO": 15}
)
_SQUARE_PRICES: Mapping[str, int] = MappingProxyType({"SEEDREAM": 15})
_OTHER_IMAGE_PRICE: Final = 8
_PREVIEW_LENGTH: Final = 160

_SCENE_STAGES: Final = {"image_generation": 0.3, "ai_video_generation": 0.9}
_FILM_STAGES: Final = {"transcript_generation": 0.3}
_DUB_STAGES: Final = {"speech_generation": 0.5, "transcript_generation": 0.6}
_CUT_STAGES: Final = {"frame_generation": 0.95, "video_generation": 1.0}


def _copy(call: Call, source: Movie, credits: int, stages: Mapping[str, float], **changes: object) -> Order:
    """Return an order of a copy: what the source has made is done, and its status shows the source's charges."""
    done = dict.fromkeys(source.contract.stages, 0.0)
    again = {**stages, **_CUT_STAGES}
    order = replace(
        source.order,
        charges={None: credits},
        copied=source.charges(call.now) if source.order.copied is None else source.order.copied,
        estimate=None,
        manual=None,
        stages={**{name: share for name, share in done.items() if name not in again}, **again},
        webhook_url=call.webhook_url,
    )
    return replace(order, **cast("dict[str, str]", changes))


def _layers_of(call: Call, movie: Movie) -> tuple[Scene, ...]:
    """Return the scenes of a movie: there are none before its narrative is done."""
    return movie.order.scenes if movie.rendered(call.now).details["prompt_generation"] == "COMPLETED" else ()


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


def _is_rendering(call: Call) -> bool:
    return call.named.rendered(call.now).status == "PENDING" and call.named.cancelled_at is None


def _out_of_range(call: Call) -> JsonObject | None:
    layers = len(_layers_of(call, call.named))
    return next(({"layer": number} for number in _chosen(call) if number > layers), None)


def _without_prompt(call: Call) -> JsonObject | None:
    layers = _layers_of(call, call.named)
    return next(({"layer": number} for number in _chosen(call) if not layers[number - 1].prompt), None)


_SCENE_CHECKS: Final[tuple[Refusal, ...]] = (
    *session_checks(OperationAnswer.SCENE_INVALID_ID),
    (OperationAnswer.SCENE_RENDERING, _is_rendering),
    (OperationAnswer.SCENE_NO_LAYERS, lambda call: not _layers_of(call, call.named)),
    (OperationAnswer.SCENE_INVALID, lambda call: 0 in _chosen(call)),
    (OperationAnswer.SCENE_MISSING, lambda call: not _chosen(call)),
    (OperationAnswer.SCENE_OUT_OF_RANGE, _out_of_range),
    (OperationAnswer.SCENE_NO_PROMPT, _without_prompt),
)


def _quote(call: Call) -> JsonObject:
    """Return the price of new scenes."""
    order, chosen = call.named.order, _chosen(call)
    prices = {**_IMAGE_PRICES, **(_SQUARE_PRICES if order.aspect_ratio == "1:1" else {})}
    image = prices.get(order.image_model, _OTHER_IMAGE_PRICE)
    rate = prices_of(call.account.video_models[order.video_model].credits_per_second)["ai_video"]
    layers = [_priced(order.scenes[number - 1], number, image, rate) for number in chosen]
    image_credits = image * len(layers)
    video_credits = sum(cast("int", layer["aiVideoCredits"]) for layer in layers)
    return {
        "layerCount": len(layers),
        "layerIndexes": chosen,
        "aspectRatio": order.aspect_ratio,
        "imageModel": order.image_model,
        "videoModel": order.video_model,
        "imageCreditsPerLayer": image,
        "aiVideoCreditsPerSecond": rate,
        "durationSeconds": sum(order.scenes[number - 1].seconds for number in chosen),
        "imageCredits": image_credits,
        "aiVideoCredits": video_credits,
        "totalCredits": image_credits + video_credits,
        "layers": layers,
    }


def _priced(scene: Scene, number: int, image: int, rate: float) -> JsonObject:
    video = rounded_up(scene.seconds * rate)
    return {
        "layerIndex": number,
        "layerId": scene.scene_id,
        "durationSeconds": scene.seconds,
        "imageCredits": image,
        "aiVideoCredits": video,
        "totalCredits": image + video,
        "promptPreview": scene.prompt[:_PREVIEW_LENGTH],
        "baseLayerType": "scene",
    }


def _scene_order(call: Call) -> Order:
    """Return an order of a copy with new colors in the chosen scenes, and with the ids of the old ones."""
    source, chosen = call.named, _chosen(call)
    scenes = tuple(
        replace(scene, seed="") if number in chosen else scene for number, scene in enumerate(source.order.scenes, 1)
    )
    credits = cast("int", _quote(call)["totalCredits"])
    return _copy(call, source, credits, _SCENE_STAGES, kind="reroll_layers", scenes=scenes)


def _told_scene(call: Call, movie: Movie) -> Reply:
    source, chosen = call.request_id, _chosen(call)
    return _told_charged(
        call,
        movie,
        **dict.fromkeys(("source_session_id", "original_session_id", "cloned_from_session_id"), source),
        status="PENDING",
        layer_indexes=chosen,
        layer_ids=[movie.order.scenes[number - 1].scene_id for number in chosen],
        creditQuote=_quote(call),
    )


def _told_quote(call: Call) -> Reply:
    reply = Reply.of(ids(call.named) | {"creditQuote": _quote(call)})
    return replace(reply, headers={"x-credits-charged": "0"})


def _film(call: Call) -> list[object]:
    return list_of(call.given("session_ids", "sessionIds", "video_session_ids", "videoSessionIds"))


def _film_ids(call: Call) -> list[str]:
    return [each.strip() for each in _film(call) if isinstance(each, str) and each.strip()]


def _sources(call: Call) -> list[Movie]:
    return [call.account.movies[request_id] for request_id in _film_ids(call)]


def _is_unknown_film(call: Call) -> bool:
    return not call.account.movies.keys() >= {*_film_ids(call)}


def _without_layers(call: Call) -> JsonObject | None:
    return next(({"index": n} for n, movie in enumerate(_sources(call)) if not _layers_of(call, movie)), None)


_FILM_CHECKS: Final[tuple[Refusal, ...]] = (
    (OperationAnswer.FILM_NOT_BOOLEAN, not_boolean("blend_scenes")),
    (OperationAnswer.FILM_TOO_SHORT, lambda call: len(_film(call)) < _FEWEST),
    (OperationAnswer.FILM_EMPTY_IDS, lambda call: len(_film_ids(call)) < _FEWEST),
    (
        OperationAnswer.FILM_INVALID_IDS,
        lambda call: _is_unknown_film(call) and not all(ID.fullmatch(each) for each in _film_ids(call)),
    ),
    (OperationAnswer.FILM_DUPLICATES, lambda call: len({*_film_ids(call)}) < len(_film_ids(call))),
    (OperationAnswer.FILM_UNKNOWN, _is_unknown_film),
    (OperationAnswer.FILM_SHAPES, lambda call: len({movie.order.aspect_ratio for movie in _sources(call)}) > 1),
    (OperationAnswer.FILM_NO_LAYERS, _without_layers),
)


def _film_order(call: Call) -> Order:
    """Return an order of movies one after the other, finished or not."""
    movies = _sources(call)
    seconds = sum(movie.order.seconds for movie in movies)
    scenes = tuple(replace(scene, scene_id="") for movie in movies for scene in movie.order.scenes)
    credits = _PER_SECOND * rounded_up(seconds)
    return _copy(call, movies[0], credits, _FILM_STAGES, kind="join_videos", scenes=scenes, seconds=seconds)


_DUB_BOOLEANS: Final = ("enable_subtitles", "translate_outro", "translate_footer")


def _language(call: Call) -> str:
    return call.text("language", "language_code", "languageCode")


_DUB_CHECKS: Final[tuple[Refusal, ...]] = (
    (Answer.CANCEL_WITHOUT_ID, lambda call: not call.request_id),
    (OperationAnswer.DUB_LANGUAGE_MISSING, lambda call: not _language(call)),
    (OperationAnswer.DUB_NOT_BOOLEAN, not_boolean(*_DUB_BOOLEANS)),
    (OperationAnswer.DUB_LANGUAGE_INVALID, lambda call: language_of(_language(call)) not in LANGUAGES),
    (Answer.CANCEL_UNKNOWN, is_unknown),
    (OperationAnswer.DUB_NO_DURATION, lambda call: not _layers_of(call, call.named)),
    (
        OperationAnswer.DUB_NO_SPEECH,
        lambda call: call.named.rendered(call.now).details["speech_generation"] != "COMPLETED",
    ),
)


def _dub_order(call: Call) -> Order:
    source, language = call.named, language_of(_language(call))
    return _copy(
        call,
        source,
        _PER_SECOND * rounded_up(source.order.seconds),
        _DUB_STAGES,
        kind="translate_video",
        language=language,
        subtitles=call.fields.get("enable_subtitles") is True,
        scenes=tuple(replace(scene, scene_id="") for scene in source.order.scenes),
    )


def _subtitle_language(call: Call) -> object:
    return call.fields.get("subtitle_language", call.fields.get("subtitleLanguage"))


def _subtitles_order(*, subtitles: bool) -> Callable[[Call], Order]:
    """Return the order of a copy with or without subtitles, which is free."""
    kind, stages = ("add_subtitles", _FILM_STAGES) if subtitles else ("remove_subtitles", {})
    return lambda call: _copy(call, call.named, 0, stages, kind=kind, subtitles=subtitles)


def _told_subtitles(call: Call, movie: Movie) -> Reply:
    language = _subtitle_language(call)
    return Reply.of(ids(movie) | ({} if language is None else {"subtitle_language": language_of(language)}))


_SUBTITLES_CHECKS: Final[tuple[Refusal, ...]] = (
    *session_checks(),
    (
        Answer.SUBTITLE_LANGUAGE_INVALID,
        lambda call: _subtitle_language(call) is not None and language_of(_subtitle_language(call)) not in LANGUAGES,
    ),
)


def _first_of_film(call: Call) -> str:
    return next(iter(_film_ids(call)), "")


_AGAIN: Final = tuple(
    Endpoint(
        (*both_mounts(name), f"/v2/video/{name}"),
        making(_subtitles_order(subtitles=adds), too_few=OperationAnswer.RECHARGE.reply, told=told),
        Route.SUBTITLES,
        request_id=session_in_body,
        refuses=in_order(*checks),
    )
    for name, adds, told, checks in (
        ("add_subtitles", True, _told_subtitles, _SUBTITLES_CHECKS),
        ("remove_subtitles", False, told_ids, session_checks()),
    )
)

ENDPOINTS: Final = (
    Endpoint(
        (*both_mounts("reroll-layers"), "/v2/video/reroll-layers"),
        making(
            _scene_order,
            too_few=OperationAnswer.RECHARGE.reply,
            told=_told_scene,
            broken=OperationAnswer.SCENE_NOT_MADE.reply,
        ),
        Route.SCENE,
        request_id=any_in_body,
        refuses=in_order(*_SCENE_CHECKS),
        quote=_told_quote,
    ),
    Endpoint(
        both_mounts("join_videos"),
        making(
            _film_order,
            too_few=OperationAnswer.RECHARGE.reply,
            told=_told_charged,
            broken=OperationAnswer.FILM_NOT_MADE.reply,
        ),
        Route.FILM,
        request_id=_first_of_film,
        refuses=in_order(*_FILM_CHECKS),
    ),
    Endpoint(
        (*both_mounts("translate_video"), *both_mounts("retranslate_video")),
        making(
            _dub_order,
            too_few=OperationAnswer.RECHARGE.reply,
            told=_told_charged,
            broken=OperationAnswer.DUB_NOT_MADE.reply,
        ),
        Route.DUB,
        request_id=session_in_body,
        refuses=in_order(*_DUB_CHECKS),
    ),
    *_AGAIN,
)
