"""The versions of the API that the bot speaks, one value each.

2025-03 is the contract of the API's page "API Docs" of 2 March 2025. 2026 is what the vendor's server code and SDK have
in autumn 2026. bot/samsar/wire.py reads the answers of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bot.domain.catalogue import RequestLimits
from bot.domain.extras import OfferedExtras, SpokenLanguage, Tone
from bot.domain.upstream import MovieState

_DOCUMENTED_WORDS: Final = MappingProxyType(
    {state.value: state for state in (MovieState.PENDING, MovieState.COMPLETED, MovieState.FAILED)}
)


class ApiVersion(StrEnum):
    """A version of the API, as SAMSAR_API names it."""

    MARCH_2025 = "2025-03"
    AUTUMN_2026 = "2026"


@dataclass(frozen=True, slots=True)
class ApiProfile:
    """A version of the API: where its calls are, what it takes.

    Paths are relative to the base URL. None: the version has no such call. `words` are the final states by the status's
    word; every other word is pending. `unfinished` are the words of a movie that is certainly not finished.
    """

    version: ApiVersion
    base_path: str
    """The base URL's path on the API's host."""
    create_path: str
    status_path: str
    credits_path: str
    models_path: str
    requests_path: str | None = None
    cancel_path: str | None = None
    balance_needs_key: bool = False
    """Whether the balance is told to a working key only, so that it proves one."""
    limits: RequestLimits = field(default_factory=RequestLimits)
    words: Mapping[str, MovieState] = field(default_factory=lambda: _DOCUMENTED_WORDS)
    unfinished: frozenset[str] = frozenset()

    @property
    def can_cancel(self) -> bool:
        """Whether a movie can be cancelled while it renders."""
        return self.cancel_path is not None

    @property
    def base_url(self) -> str:
        """The base URL on the vendor's host."""
        return f"https://api.samsar.one{self.base_path}"


MARCH_2025: Final = ApiProfile(
    ApiVersion.MARCH_2025,
    base_path="/v1/video/",
    create_path="create_movie",
    status_path="status",
    credits_path="../credits",
    models_path="supported_models",
)

AUTUMN_2026: Final = ApiProfile(
    ApiVersion.AUTUMN_2026,
    base_path="/",
    create_path="v1/video/text_to_video",
    status_path="v1/status",
    credits_path="v1/credits",
    models_path="v1/video/supported_models",
    requests_path="v2/requests",
    cancel_path="v1/video/cancel_render",
    balance_needs_key=True,
    limits=RequestLimits(
        max_prompt_length=4000,
        min_seconds=10,
        max_seconds=240,
        extras=OfferedExtras(tuple(SpokenLanguage), subtitles=(False, True), tones=tuple(Tone)),
        default_seconds=10,
    ),
    # the vendor's other clients take these words as the end of a success; without a link, a movie is pending all the
    # same. Their other words for a failure stay pending: a released hold can't be taken back
    words=MappingProxyType(
        {
            **_DOCUMENTED_WORDS,
            **dict.fromkeys(("COMPLETE", "SUCCESS", "SUCCEEDED", "DONE"), MovieState.COMPLETED),
            # documented, and final: its member or someone with the account has cancelled it, so no movie comes
            **dict.fromkeys(("CANCELLED", "CANCELED"), MovieState.CANCELLED),
        }
    ),
    # without PAUSED and undocumented words: a movie that may be finished is not cancelled
    unfinished=frozenset({"INIT", "PENDING", "PROCESSING", "IN_PROGRESS", "RUNNING", "QUEUED"}),
)

PROFILES: Final[Mapping[ApiVersion, ApiProfile]] = MappingProxyType(
    {profile.version: profile for profile in (MARCH_2025, AUTUMN_2026)}
)
