"""The requests of all operations, one declaration each.

A movie is in every version, at an address of its own (`SamsarConfig.create_path`). In requests, the API counts scenes
from 1, as the bot does everywhere; wire_status.py reads answers in which it counts them from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bot.domain.catalogue import OfferedExtras
from bot.domain.operations import Operation
from bot.domain.request import MovieRequest
from bot.samsar import wire

Fields = dict[str, object]

STEP_PATH: Final = "v2/video/step"
"""Where jobs are that wait at a checkpoint."""

_NOT_OF_PICTURES: Final = frozenset({"duration", "tone", "speaker_options"})
"""The pictures decide how long their movie is, and its voice has no name."""


@dataclass(frozen=True, slots=True)
class OperationRequest:
    """A request: its path relative to the base URL (None: `create_path`), and what makes the fields of its body.

    `fields` gets the order, the API's ids of the movies that it is made from, or the addresses of its pictures, and the
    extras of the version. `max_seconds` is how long the answer may take, where that is longer than usual.
    """

    path: str | None
    fields: Callable[[MovieRequest, Sequence[str], OfferedExtras], Fields]
    max_seconds: float | None = None


def _pictures(request: MovieRequest, addresses: Sequence[str], offered: OfferedExtras) -> Fields:
    """Return the fields of a movie of pictures, whose prompt may be empty."""
    fields = wire.movie_fields(request, offered)
    left_out = {*_NOT_OF_PICTURES, *(() if request.prompt else ("prompt",))}
    return {"image_urls": [*addresses], **{name: fields[name] for name in fields if name not in left_out}}


def _dub(request: MovieRequest, sources: Sequence[str], _: OfferedExtras) -> Fields:
    subtitles = request.extras.subtitles is True
    return {"session_id": sources[0], "language": request.extras.language, "enable_subtitles": subtitles}


def _subtitles(request: MovieRequest, sources: Sequence[str], offered: OfferedExtras) -> Fields:
    """Return the fields of subtitles in the language of the order, or else in that of the movie."""
    language = request.extras.language
    return {"session_id": sources[0], **({"subtitle_language": language} if language in offered.languages[1:] else {})}


REQUESTS: Final[Mapping[Operation, OperationRequest]] = MappingProxyType(
    {
        Operation.MOVIE: OperationRequest(None, lambda order, _, offered: wire.movie_fields(order, offered)),
        Operation.STORYBOARD: OperationRequest(
            f"{STEP_PATH}/text_to_video",
            lambda order, _, offered: {**wire.movie_fields(order, offered), "generation_step_mode": "two_step"},
        ),
        # it fetches one picture after the other before it answers
        Operation.PICTURES: OperationRequest("v1/video/image_list_to_video", _pictures, max_seconds=600),
        Operation.SCENE: OperationRequest(
            "v1/video/reroll-layers",
            lambda order, sources, _: {"session_id": sources[0], "layer_indexes": [*order.scenes]},
        ),
        Operation.DUB: OperationRequest("v1/video/translate_video", _dub),
        Operation.SUBTITLES: OperationRequest("v1/video/add_subtitles", _subtitles),
        Operation.FILM: OperationRequest("v1/video/join_videos", lambda _, sources, __: {"session_ids": [*sources]}),
    }
)

_WITHOUT_SUBTITLES: Final = OperationRequest(
    "v1/video/remove_subtitles", lambda _, sources, __: {"session_id": sources[0]}
)


def request_of(request: MovieRequest) -> OperationRequest:
    """Return how an order is sent."""
    is_removal = request.operation is Operation.SUBTITLES and request.extras.subtitles is False
    return _WITHOUT_SUBTITLES if is_removal else REQUESTS[request.operation]
