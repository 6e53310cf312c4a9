"""Movies of pictures, and pictures that are uploaded for them, by the API of 2026.

routes/api/video.js@26a7e82d, models/api/MovieAPI.js@5ef8d05a, consts/ImageListToVideoModels.js@b10816b7,
models/api/ImageListToVideoUrlValidation.js@b10816b7, models/api/ImageUploadAPI.js@b10816b7.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, cast

from bot.sandbox.contract import Movie, Order, Scene, fields_of, from_base64, list_of
from bot.sandbox.contract_2026 import (
    RETIRED_CHECK,
    SOUND_CHECKS,
    SUBTITLE_CHECK,
    charges_of,
    rounded_up,
    told_ids,
    wants_subtitles,
)
from bot.sandbox.endpoints import Call, Endpoint, Refusal, both_mounts, in_order, making, not_boolean, text_of
from bot.sandbox.fault_injection import ApiAnswer, JsonObject, Reply, Route
from bot.sandbox.video import is_picture

UPLOADS: Final = "/uploads/"

_CLIP_SECONDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        **dict.fromkeys(("VEO3.1I2V", "VEO3.1I2VFAST"), (6, 8)),
        **dict.fromkeys(("HAPPYHORSEI2V", "SEEDANCE2.0I2V"), (5, 15)),
        "SEEDANCE2.5I2V": (5, 20),
        "COSMOS3SUPERI2V": (5, 7.9),
    }
)
"""The shortest and the longest clip of a picture. consts/ImageListToVideoModels.js@b10816b7."""

_USUAL_CLIP_SECONDS: Final = (5, 10)
_URL_NAMES: Final = ("image_url", "url", "src", "enhanced_url")


def _pictures(call: Call) -> list[object]:
    return list_of(call.fields.get("image_urls"))


def _picture_url(picture: object) -> str:
    return picture.strip() if isinstance(picture, str) else text_of(fields_of(picture), _URL_NAMES)


def _video_model(call: Call) -> str:
    return str(call.fields.get("video_model") or "RUNWAYML").upper()


def _other_models(call: Call) -> JsonObject | None:
    models = call.account.video_models
    return None if _video_model(call) in models else {"models": ", ".join(models)}


PICTURES_CHECKS: Final[tuple[Refusal, ...]] = (
    SUBTITLE_CHECK,
    (ApiAnswer(400, "image_urls must be a non-empty array."), lambda call: not _pictures(call)),
    (
        ApiAnswer(
            400, "image_urls entries must be strings or objects containing a non-empty image_url (or enhanced_url)."
        ),
        lambda call: not all(_picture_url(each) for each in _pictures(call)),
    ),
    (ApiAnswer(400, "video_model must be one of: {models}."), _other_models),
    RETIRED_CHECK,
    (
        ApiAnswer(400, "{field} must be a boolean."),
        not_boolean(
            "generate_outro_image",
            "add_outro_animation",
            "add_footer_animation",
            "limit_single_narrator",
            "add_narrator_avatar",
            "express_cta_generation",
        ),
    ),
    *SOUND_CHECKS,
)


def pictures_order(call: Call) -> Order:
    """Return an order whose balance must cover the longest clips, while every second one is short."""
    fields, pictures, model = call.fields, _pictures(call), _video_model(call)
    rate = call.account.video_models[model].credits_per_second
    short, long = _CLIP_SECONDS.get(model, _USUAL_CLIP_SECONDS)
    prompt = call.text("prompt")
    scenes = tuple(
        _picture_scene(call, picture, number, seconds, prompt)
        for number, (picture, seconds) in enumerate(zip(pictures, itertools.cycle((long, short)), strict=False), 1)
    )
    seconds = sum(scene.seconds for scene in scenes)
    return Order(
        prompt=prompt,
        seconds=seconds,
        video_model=model,
        image_model=str(fields.get("image_model") or "NANOBANANAPROEDIT"),
        aspect_ratio="9:16" if fields.get("aspect_ratio") == "9:16" else "16:9",
        webhook_url=call.webhook_url,
        charges=charges_of(seconds, rate),
        estimate=rounded_up(rate * long * len(pictures)),
        subtitles=wants_subtitles(call),
        kind="image_list_to_video",
        scenes=scenes,
    )


def _picture_scene(call: Call, picture: object, number: int, seconds: float, prompt: str) -> Scene:
    words = text_of(fields_of(picture), ("title", "image_text"))
    path = _picture_url(picture).removeprefix(call.account.origin)
    data = call.account.uploads.get(path)
    return Scene(words or f"Picture {number}", seconds, title=words or prompt, picture=data)


PICTURE_UNREADABLE: Final = ApiAnswer(400, "Unable to download or analyze image_urls item {item}.")


def _told_pictures(call: Call, movie: Movie) -> Reply:
    """Tell of a movie of pictures, or that one of them can't be read: there is a movie then, which has failed."""
    scenes = enumerate(movie.order.scenes, 1)
    unread = next((item for item, each in scenes if not each.picture or not is_picture(each.picture)), None)
    if unread is None:
        return told_ids(call, movie)
    message = PICTURE_UNREADABLE.text(item=unread)
    outcome = replace(movie.outcome, seconds=0.0, fails_at="prompt_generation", message=message)
    call.account.movies[movie.request_id] = replace(movie, outcome=outcome)
    return PICTURE_UNREADABLE.reply(item=unread)


_DATA_URL: Final = re.compile(r"data:image/([a-zA-Z0-9.+-]+);base64,(.*)", re.DOTALL)
_EXTENSIONS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("jpeg", "jpg", "heic", "heif", "heic-sequence", "heif-sequence"), "jpg")
)


def _image_data(call: Call) -> list[str]:
    """Return the data URLs that are to be stored; '' for what is no text."""
    given = list_of(call.fields.get("image_data"))
    return [each.strip() if isinstance(each, str) else "" for each in given]


UPLOAD_CHECKS: Final[tuple[Refusal, ...]] = (
    (
        ApiAnswer(400, "image_data must be a non-empty array of data URL strings."),
        lambda call: not all(_image_data(call) or [""]),
    ),
    (
        ApiAnswer(400, "image_data must contain valid image data URLs."),
        lambda call: not all(map(_DATA_URL.fullmatch, _image_data(call))),
    ),
)


def _upload(call: Call) -> Reply:
    """Store pictures under new names; what is behind a data URL's prefix is not looked at."""
    account, urls = call.account, list[str]()
    for data_url in _image_data(call):
        kind, encoded = cast("re.Match[str]", _DATA_URL.fullmatch(data_url)).groups()
        name = hashlib.sha256(f"{len(account.uploads)} {data_url}".encode("utf-8", "replace")).hexdigest()[:24]
        path = f"{UPLOADS}{name}.{_EXTENSIONS.get(kind.lower(), kind.lower())}"
        account.uploads[path] = from_base64(encoded)
        urls.append(account.origin + path)
    return Reply.of({"image_urls": urls})


PICTURES_TOO_FEW: Final = ApiAnswer(
    402,
    "Insufficient credits for image_list_to_video."
    " Estimated required credits: {required}; available credits: {available}.",
)

ENDPOINTS: Final = (
    Endpoint(
        both_mounts("image_list_to_video"),
        making(pictures_order, too_few=PICTURES_TOO_FEW.reply, told=_told_pictures),
        Route.PICTURES,
        refuses=in_order(*PICTURES_CHECKS),
    ),
    Endpoint(
        both_mounts("upload_image_data"),
        _upload,
        Route.UPLOAD,
        refuses=in_order(*UPLOAD_CHECKS),
    ),
)
