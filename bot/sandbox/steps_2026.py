"""Step mode of the API of 2026: which stages wait, and what is told of a movie that is made step by step.

models/api/StepVideoAPI.js@5d6e1b63, models/ExpressVideoStepState.js@b10816b7, models/api/StatusAPI.js@f542dbee.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Movie, Order
from bot.sandbox.contract_2026 import ORDER_CHECKS, ids, order_of
from bot.sandbox.endpoints import Account, Call, Endpoint, anywhere, in_order, is_unknown, making
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, Reply, Route

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "prompt_generation": "Narrative",
        "image_generation": "Images",
        "speech_generation": "Speech",
        "music_generation": "Music",
        "ai_video_generation": "AI video",
        "lip_sync_generation": "Lip sync",
        "sound_effect_generation": "Sound effects",
        "narrator_avatar_generation": "Narrator avatar",
        "video_generation": "Final video",
    }
)
"""The stages at which a step job can wait, in order."""

_LAST: Final = "video_generation"
_BEFORE_VIDEO: Final = "ai_video_generation"
"""Before it, a job in two steps waits; one in a single step does not. The fake has no other checkpoints."""

_PROCESS_NEXT: Final = "/v2/video/step/process_next"


# What is told ---------------------------------------------------------------------------------------------------------


def step_status(call: Call, movie: Movie) -> JsonObject:
    """Tell of a step job: a status whose COMPLETED means that it is finished, or waits."""
    account, made = call.account, movie.rendered(call.now)
    waiting = movie.waits_for(call.now) if made.status == "PENDING" else None
    status = "COMPLETED" if waiting else made.status
    done = [stage for stage in LABELS if made.details.get(stage) == "COMPLETED"]
    started = [stage for stage in LABELS if made.details.get(stage) not in ("COMPLETED", None)]
    current = done[-1] if waiting else started[0] if started else _LAST
    manual = [movie.order.waits_before] if movie.order.waits_before else []
    finished = {stage: _completed(account, movie, stage) for stage in done}
    state: JsonObject = {
        "current_step": current,
        "current_step_label": LABELS[current],
        "next_step": waiting,
        "waiting_for_process_next": waiting is not None,
        **dict.fromkeys(
            ("requires_user_action", "requiresUserAction", "can_process_next", "canProcessNext"), waiting is not None
        ),
        "required_action": _action(current, waiting) if waiting else None,
        "manual_step_stages": manual,
        "auto_advance_step_stages": [stage for stage in LABELS if stage not in manual],
    }
    updated_at = finished[done[-1]]["completed_at"] if done else account.time_of(movie, movie.created_at)
    step = {"enabled": True, "route_type": movie.order.kind, "status": status, **state, "updated_at": updated_at}
    link = account.movie_link(movie.request_id)
    return {
        **account.contract.status(movie, call.now, link),
        "status": status,
        **({"result_url": link, "result_urls": [link]} if made.status == "COMPLETED" else {}),
        "step_status": status,
        **state,
        "process_next_url": _PROCESS_NEXT,
        "step": step,
        "current_step_resources": finished.get(current) if status == "COMPLETED" else None,
        "completed_step_resources": finished,
    }


def _action(current: str, waiting: str) -> JsonObject:
    return {
        "type": "process_next",
        "reason": "manual_step_checkpoint",
        "current_step": current,
        "current_step_label": LABELS[current],
        "next_step": waiting,
        "next_step_label": LABELS[waiting],
        "process_next_url": _PROCESS_NEXT,
    }


def _completed(account: Account, movie: Movie, stage: str) -> JsonObject:
    return {
        "step": stage,
        "label": LABELS[stage],
        "status": "COMPLETED",
        "completed_at": account.time_of(movie, movie.due_at(stage)),
        "resources": _resources(account, movie, stage),
    }


def _resources(account: Account, movie: Movie, stage: str) -> JsonObject:
    """Return what a stage has made. Links are signed anew."""
    order, layers, video = movie.order, [*_layers(account, movie)], account.movie_link(movie.request_id)
    scenes = [{"visual": scene.prompt, "duration": scene.seconds} for scene in order.scenes]

    def clips(name: str, url: str | None, *told: str) -> JsonObject:
        clip = {"status": "COMPLETED", name: url, "preferred_video_type": "ai_video", "preferred_video_url": video}
        return {"layers": [{each: layer[each] for each in ("index", "layer_id", *told)} | clip for layer in layers]}

    resources: Mapping[str, JsonObject] = {
        "prompt_generation": {
            "input_prompt": order.prompt,
            "language": order.language,
            "language_string": None,
            "scenes": scenes,
            "movie_resource_list": {"scenes": scenes},
        },
        "image_generation": {"layers": layers},
        "speech_generation": {"speech_layers": [_audio(movie, "speech")]},
        "music_generation": {"music_layers": [_audio(movie, "music")]},
        "ai_video_generation": clips("ai_video_url", video, "prompt"),
        "video_generation": {
            **dict.fromkeys(("result_url", "remote_url", "video_link"), video),
            "has_subtitles": order.subtitles,
        },
    }
    return resources.get(stage) or clips(f"{stage.removesuffix('_generation')}_url", None)


def _layers(account: Account, movie: Movie) -> Iterable[JsonObject]:
    """Yield the scenes as a checkpoint tells of them, counted from 0."""
    offset = 0.0
    for index, scene in enumerate(movie.order.scenes):
        url = account.still_link(movie, index)
        yield {
            "index": index,
            "layer_id": scene.scene_id,
            "prompt": scene.prompt,
            "duration": scene.seconds,
            "duration_offset": offset,
            "generation_status": "COMPLETED" if url else "PENDING",
            "edit_status": None,
            "selected_image_url": url,
            "active_items": [_item(scene.prompt, url)] if url else [],
        }
        offset += scene.seconds


def _item(prompt: str, url: str) -> JsonObject:
    unset = ("description", "x", "y", "width", "height", "config", "animations")
    return {
        **dict.fromkeys(("id", "item_id"), "item_0"),
        "index": 0,
        "type": "image",
        "url": url,
        **dict.fromkeys(("raw_url", "src", "image"), url.partition("?")[0]),
        "is_base_image": True,
        "role": "primary",
        "prompt": prompt,
        **dict.fromkeys(unset),
    }


def _audio(movie: Movie, kind: str) -> JsonObject:
    seconds = movie.order.seconds
    unset = ("selected_audio_url", "speaker", "speaker_character_name", "lyrics")
    return {
        "index": 0,
        "audio_layer_id": f"{movie.request_id}-{kind}",
        "generation_type": kind,
        "generation_status": "COMPLETED",
        "prompt": movie.order.prompt,
        "start_time": 0,
        "end_time": seconds,
        "duration": seconds,
        "remote_audio_links": [],
        **dict.fromkeys(unset),
    }


def details(call: Call, movie: Movie) -> JsonObject:
    """Tell of a movie's scenes while it is made: what is drawn has a link, and what is not has none."""
    account, order, made = call.account, movie.order, movie.rendered(call.now)
    has_video = made.details.get("ai_video_generation") == "COMPLETED"
    video = account.movie_link(movie.request_id) if has_video else None
    layers = [_detailed(layer, video) for layer in _layers(account, movie)]
    open_stages = [stage for stage, state in made.details.items() if state != "COMPLETED"]
    drawn = any(account.is_drawn(movie, index) for index in range(len(layers)))
    preview = (
        _LAST if not open_stages else "ai_video_generation" if has_video else "image_generation" if drawn else None
    )
    result: JsonObject = {"hasSubtitles": order.subtitles, "hasFooter": False, "language": order.language or "en"}
    if made.status == "COMPLETED":
        result |= dict.fromkeys(("url", "remoteURL", "videoLink"), account.movie_link(movie.request_id))
    session: JsonObject = {
        "id": movie.request_id,
        "requestId": movie.request_id,
        "type": "video",
        "routeType": "step" if order.by_steps else "express",
        "aspectRatio": order.aspect_ratio,
        "framesPerSecond": 24,
        "duration": order.seconds,
        "hasSubtitles": order.subtitles,
        "hasFooter": False,
        "inputPrompt": order.prompt,
        "provider": order.video_model,
        "currentStage": open_stages[0] if open_stages else _LAST,
        "previewStage": preview or "prompt_generation",
        "completedStages": [stage for stage, state in made.details.items() if state == "COMPLETED"],
        "stages": dict(made.details),
        "layers": layers if made.details.get("prompt_generation") == "COMPLETED" else [],
        "result": result,
        "createdAt": account.time_of(movie, movie.created_at),
        "updatedAt": account.time_of(movie, movie.until(call.now)),
    }
    compact = {name: value for name, value in session.items() if value not in (None, [])}
    return {"status_detail_schema": "video_session_preview.v1", "session": compact}


def _detailed(layer: JsonObject, video: str | None) -> JsonObject:
    """Return a layer without what it does not have yet."""
    start, seconds = cast("float", layer["duration_offset"]), cast("float", layer["duration"])
    url = cast("str | None", layer["selected_image_url"])
    image = {"status": layer["generation_status"], "prompt": layer["prompt"]}
    preview: JsonObject = (
        {"stage": "ai_video_generation", "type": "video", "url": video}
        if video
        else {"stage": "image_generation", "type": "image", "url": url}
    )
    return {
        "index": layer["index"],
        "id": layer["layer_id"],
        "startTime": start,
        "endTime": start + seconds,
        "duration": seconds,
        "status": "completed" if video else "pending",
        "prompt": layer["prompt"],
        "image": image | ({"url": url, "items": layer["active_items"]} if url else {}),
        "aiVideo": {"status": "COMPLETED", "url": video} if video else {"status": "INIT"},
        **({"preview": preview} if url else {}),
    }


# The paths ------------------------------------------------------------------------------------------------------------

STEP_UNKNOWN: Final = ApiAnswer(404, "Step video request not found.")
STEP_FAILED: Final = "Step video generation failed."


def _process_next(call: Call) -> Reply:
    """Let the stage that waits begin, also where the movie was cancelled: nothing is made then."""
    movie, now = call.named, call.now
    made = movie.rendered(now)
    if made.status == "FAILED":
        return ApiAnswer(409, made.message or STEP_FAILED).reply()
    if made.status == "PENDING" and movie.waits_for(now):
        movie = replace(movie, resumed_at=now)
        call.account.movies[movie.request_id] = movie
    return Reply.of(step_status(call, movie))


def _told_step(call: Call, movie: Movie) -> Reply:
    status = step_status(call, movie)
    return Reply.of(ids(movie) | {"step": status["step"], "status": status["status"]})


def _order(call: Call) -> Order:
    """Return an order that can wait; it may call its webhook webhook_url."""
    return replace(
        order_of(call),
        by_steps=True,
        waits_before=_BEFORE_VIDEO if call.given("generation_step_mode") == "two_step" else None,
        webhook_url=call.webhook_url or call.text("webhook_url") or None,
    )


def _of_a_step(
    name: str,
    route: Route,
    answer: Callable[[Call], Reply],
    methods: tuple[str, ...] = ("GET", "POST"),
    linear: ApiAnswer = STEP_UNKNOWN,
) -> Endpoint:
    """Return a path about a job that is made step by step; another movie is answered with `linear`."""
    checks = in_order(
        (ApiAnswer(400, "request_id or session_id is required."), lambda call: not call.request_id),
        (STEP_UNKNOWN, is_unknown),
        (linear, lambda call: not call.named.order.by_steps),
    )
    paths = (f"/v2/video/step/{name}", f"/v2/video/step/{{request_id}}/{name}")
    return Endpoint(paths, answer, route, methods, anywhere, refuses=checks)


ENDPOINTS: Final = (
    Endpoint(
        ("/v2/video/step/text_to_video",),
        making(_order, too_few=ApiAnswer(402, "Insufficient credits.").reply, told=_told_step),
        Route.STORYBOARD,
        refuses=in_order(*ORDER_CHECKS),
    ),
    _of_a_step("status", Route.STEP, lambda call: Reply.of(step_status(call, call.named))),
    _of_a_step(
        "status_detailed",
        Route.STEP,
        lambda call: Reply.of(step_status(call, call.named) | details(call, call.named)),
    ),
    _of_a_step(
        "process_next",
        Route.RESUME,
        _process_next,
        ("POST",),
        ApiAnswer(400, "This video request is not a step video request."),
    ),
)
