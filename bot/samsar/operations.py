"""The requests of the operations that only some versions of the API have, one declaration each.

A movie is in every version, at an address of its own (`ApiProfile.create_path`).
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


@dataclass(frozen=True, slots=True)
class OperationRequest:
    """A request: its path relative to the base URL, and what makes the fields of its body.

    `fields` gets the order, the API's ids of the movies that it is made from, and the extras of the version.
    """

    path: str
    fields: Callable[[MovieRequest, Sequence[str], OfferedExtras], Fields]


def _storyboard(request: MovieRequest, _: Sequence[str], offered: OfferedExtras) -> Fields:
    return {**wire.movie_fields(request, offered), "generation_step_mode": "two_step"}


REQUESTS: Final[Mapping[Operation, OperationRequest]] = MappingProxyType(
    {Operation.STORYBOARD: OperationRequest(f"{STEP_PATH}/text_to_video", _storyboard)}
)
