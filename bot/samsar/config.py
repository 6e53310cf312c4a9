"""The versions of the API that the bot speaks, one value each, and what its client is configured with.

2025-03 is the contract of the API's page "API Docs" of 2 March 2025. 2026 is what the vendor's server code and SDK have
in autumn 2026. bot/samsar/wire.py reads the answers of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin

from pydantic import SecretStr

from bot.core.program import PROGRAM
from bot.domain.catalogue import Music, OfferedExtras, RequestLimits, SpokenLanguage, Tone, Voice
from bot.domain.upstream import MovieState
from bot.samsar.operations import REQUESTS, STEP_PATH

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
    step_path: str | None = None
    """Where jobs are that wait at a checkpoint."""
    has_price_list: bool = False
    """Whether its list of models says what it takes and what that costs, so that the catalogue can follow it."""
    moderation_path: str | None = None
    details_path: str | None = None
    """A status with the layers of the movie."""
    upload_path: str | None = None
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
    step_path=STEP_PATH,
    has_price_list=True,
    moderation_path="v2/external/moderation",
    details_path="v2/status_detailed",
    upload_path="v1/video/upload_image_data",
    balance_needs_key=True,
    limits=RequestLimits(
        max_prompt_length=4000,
        min_seconds=10,
        max_seconds=240,
        extras=OfferedExtras(tuple(SpokenLanguage), (False, True), tuple(Tone), tuple(Music), tuple(Voice)),
        default_seconds=10,
        operations=frozenset(REQUESTS),
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


@dataclass(frozen=True, slots=True)
class ClientOptions:
    """Timeouts and the rate limit of the client."""

    connect_seconds: float = 10.0
    """For DNS, connection and TLS. A timeout here proves that nothing was sent, so keep it the shortest."""
    read_seconds: float = 45.0
    """Between two pieces of the response to a read."""
    total_seconds: float = 60.0
    grace_seconds: float = 2.0
    """After `total_seconds`, to read what has arrived: a process that was frozen finds its timers due before that."""
    retry_pauses: tuple[float, ...] = (0.5, 2.0)
    """Seconds before the second and each later attempt to read a status, with a jitter of half."""
    requests_per_second: float = 10.0
    moderation_seconds: float = 1.2
    """For a verdict on a prompt, with the wait for the rate limit: a member waits, and Discord for three seconds."""
    picture_moderation_seconds: float = 20.0
    """The same with pictures, where Discord was told to wait."""


@dataclass(frozen=True, slots=True)
class SamsarConfig:
    """The API's addresses, key and version, which the settings have checked."""

    key: SecretStr
    base_url: str = MARCH_2025.base_url
    create_path: str = MARCH_2025.create_path
    status_path: str = MARCH_2025.status_path
    profile: ApiProfile = MARCH_2025
    options: ClientOptions = field(default_factory=ClientOptions)
    model_labels: Mapping[str, str] = field(default_factory=dict[str, str])
    """The catalogue's labels by key: the API may name a model by its label."""

    @property
    def has_custom_paths(self) -> bool:
        """Whether a path is another than the version's."""
        return (self.create_path, self.status_path) != (self.profile.create_path, self.profile.status_path)

    @property
    def advice(self) -> str:
        """What to set where the server does not have the paths."""
        other = ", ".join(f"SAMSAR_API={version}" for version in ApiVersion if version is not self.profile.version)
        return (
            f"{self.base_url} has no path {self.create_path}, so it doesn't speak SAMSAR_API={self.profile.version}. "
            f"Set {other}, and remove SAMSAR_BASE_URL and the paths. To ask the server: {PROGRAM} check"
        )

    def url(self, path: str) -> str:
        """Return the URL of one of the API's paths."""
        return urljoin(f"{self.base_url.rstrip('/')}/", path.lstrip("/"))
