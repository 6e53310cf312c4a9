"""What the API client is configured with: address, key, version, timeouts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from pydantic import SecretStr

from bot.program import PROGRAM
from bot.samsar.profile import MARCH_2025, ApiProfile, ApiVersion


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
