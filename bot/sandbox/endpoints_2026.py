"""The paths of the API of 2026.

Each is one declaration: its names, its checks in the order of the API's, and what it answers. Its sources are those of
its answers.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.sandbox import copies_2026, moderation_2026, pictures_2026, steps_2026
from bot.sandbox.contract import Contract, Movie
from bot.sandbox.contract_2026 import (
    ORDER_CHECKS,
    REQUEST_UNKNOWN,
    ids,
    order_of,
    prices_of,
    session_checks,
    told_ids,
)
from bot.sandbox.endpoints import (
    CREDITS_PATH,
    Call,
    Endpoint,
    Refusal,
    anywhere,
    in_order,
    in_query,
    is_unknown,
    making,
    session_in_body,
)
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, Reply, Route
from bot.sandbox.steps_2026 import details

CANCEL_PATH: Final = "/v1/video/cancel_render"


def _cancel(call: Call) -> Reply:
    """Cancel a movie, also a finished one: the API doesn't check."""
    movie = call.named
    if movie.cancelled_at is None:
        call.account.movies[movie.request_id] = replace(movie, cancelled_at=call.now)
    told = {"status": "CANCELLED", "cancelled": True, "message": "Render cancellation requested."}
    return Reply.of(ids(movie) | told)


def _status(call: Call) -> JsonObject:
    return call.account.contract.status(call.named, call.now, call.account.movie_link(call.request_id))


def _credits(call: Call) -> Reply:
    balance = call.account.balance
    reply = Reply.of({"remainingCredits": balance, "lastTopUp": None})
    return replace(reply, headers={"x-credits-remaining": str(balance)})


# Lists ----------------------------------------------------------------------------------------------------------------

_MAX_LISTED: Final = 50
_COPIES: Final = ("reroll_layers", "join_videos", "translate_video", "add_subtitles", "remove_subtitles")
_BRANCHED_VIDEOS: Final = ("COSMOS3SUPERI2V", "VEO3.1I2V", "VEO3.1I2VFAST", "SEEDANCE2.0I2V")
_BRANCHED_IMAGES: Final = ("GPTIMAGE2.5", "NANOBANANAPRO")


def _requests(call: Call) -> Reply:
    """List the last requests, the newest first.

    Their status stays PENDING: the list's own is not that of the movie. routes/api/v2.js@1b62ed10.
    """
    limit = call.query.get("limit", "")
    count = min(max(int(limit), 1), 500) if limit.isdecimal() else _MAX_LISTED
    newest = sorted(call.account.movies.values(), key=lambda movie: movie.ordered_at, reverse=True)[:count]
    return Reply.of({"requests": [_listed(call, movie) for movie in newest]})


def _listed(call: Call, movie: Movie) -> JsonObject:
    created_at = call.account.time_of(movie, movie.created_at)
    listed: JsonObject = {
        "type": "video",
        "provider": movie.order.video_model,
        "status": "PENDING",
        "result_url": None,
        "result_urls": [],
        "thumbnail_url": None,
        "request_type": "API",
        "session_sub_type": movie.order.kind if movie.order.kind in _COPIES else None,
        "created_at": created_at,
        "updated_at": created_at,
        "metadata": {},
    }
    return ids(movie) | listed


def _models(call: Call) -> Reply:
    """List the models. An image model's price is another product's."""
    contract = call.account.contract
    videos = [
        {
            "value": key,
            "label": key.title(),
            "basePrice": spec.credits_per_second,
            "isBranchedVideoModel": key in _BRANCHED_VIDEOS,
            "pricingDistribution": _distribution(spec.credits_per_second),
        }
        for key, spec in call.account.video_models.items()
    ]
    images = [
        {
            "value": key,
            "label": key.title(),
            "basePrice": 46 if key == "GPTIMAGE2.5" else 15,
            "isBranchedImageModel": key in _BRANCHED_IMAGES,
        }
        for key in contract.image_models
    ]
    for_movies: JsonObject = {"VIDEO_MODELS": videos, "IMAGE_MODELS": images}
    inference = {"value": "gpt-5.6-sol", "label": "GPT 5.6 Sol", "isBranchedInferenceModel": True}
    return Reply.of(
        {
            "INFERENCE_MODELS": [inference],
            "IMAGE_EDIT_MODELS": [],
            **for_movies,
            "text_to_video": for_movies,
            "image_list_to_video": for_movies,
            "deployment": {"edition": "production"},
        }
    )


def _distribution(rate: int) -> JsonObject:
    """Return what a model's price is made of, in credits a second. consts/pricing/…Distribution.js@20a58cad."""
    prices = prices_of(rate)
    return {
        "pipeline": prices["pipeline"],
        "inference": prices["narrative_inference"],
        "image_gen_edit": prices["image"],
        "speech": prices["speech"],
        "music": prices["music"],
        "effects_and_lipsync": prices["lip_sync"] + prices["sound_effect"],
        "video": prices["ai_video"],
        "total": rate,
        "optionalAddons": {"narrator_avatar": 4, "express_cta_generation": 1},
    }


# The paths ------------------------------------------------------------------------------------------------------------


DETAILS_CHECKS: Final[tuple[Refusal, ...]] = (
    (ApiAnswer(400, "request_id (or session_id) is required."), lambda call: not call.request_id),
    (REQUEST_UNKNOWN, is_unknown),
)

_OTHERS: Final = (
    Endpoint((CREDITS_PATH,), _credits, Route.CREDITS, ("GET",)),
    Endpoint(("/v1/video/supported_models",), _models, Route.MODELS, ("GET",), needs_key=False),
    Endpoint(("/v2/requests",), _requests, Route.REQUESTS, ("GET",)),
    Endpoint(
        ("/v2/status_detailed",),
        lambda call: Reply.of(_status(call) | details(call, call.named)),
        Route.DETAILS,
        ("GET", "POST"),
        anywhere,
        refuses=in_order(*DETAILS_CHECKS),
    ),
    Endpoint(
        (CANCEL_PATH, "/v2/cancel_render"),
        _cancel,
        Route.CANCEL,
        request_id=session_in_body,
        refuses=in_order(*session_checks()),
    ),
)


def endpoints(contract: Contract) -> tuple[Endpoint, ...]:
    """Return the paths of this version."""
    too_few = ApiAnswer(
        402,
        "Insufficient credits for text_to_video."
        " Estimated required credits: {required}; available credits: {available}.",
    )
    no_id = ApiAnswer(400, "request_id (or session_id) query param is required.")
    return (
        Endpoint(
            (contract.create_path, "/v2/text_to_video"),
            making(order_of, too_few=too_few.reply, told=told_ids),
            Route.CREATE,
            refuses=in_order(*ORDER_CHECKS),
        ),
        Endpoint(
            (contract.status_path, "/v2/status"),
            lambda call: Reply.of(_status(call)),
            Route.STATUS,
            ("GET",),
            in_query,
            refuses=in_order((REQUEST_UNKNOWN, is_unknown)),
            refuses_first=in_order((no_id, lambda call: not call.request_id)),
        ),
        *_OTHERS,
        *pictures_2026.ENDPOINTS,
        *copies_2026.ENDPOINTS,
        *steps_2026.ENDPOINTS,
        *moderation_2026.ENDPOINTS,
    )
