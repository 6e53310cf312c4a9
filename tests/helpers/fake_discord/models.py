"""Frozen records of the fake Discord, for the tests."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7


@dataclass(frozen=True)
class Upload:
    """A file on its way to Discord. `field` is its number in `files[n]`, where it came in a multipart body."""

    filename: str
    content: bytes = field(repr=False)
    content_type: str = "application/octet-stream"
    field: int = 0

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True)
class Request:
    """`at` is in epoch seconds, `path` without `/api/v10`; `status` is None while held, and after a cut."""

    method: str
    path: str
    query: Mapping[str, str]
    json: Any
    files: tuple[Upload, ...]
    at: float
    status: int | None = None
    code: int | None = None


@dataclass(frozen=True)
class Identify:
    token: str
    shard: tuple[int, int] | None
    intents: int
    at: float


@dataclass
class SessionLimits:
    """Each IDENTIFY takes one of `remaining`. Times are in seconds; `shards` is the recommended number."""

    shards: int = 1
    max_concurrency: int = 1
    remaining: int = 1000
    reset_after: float = 86_400.0
    heartbeat_interval: float = 41.25


@dataclass(frozen=True)
class Attachment(Upload):
    id: int = 0


@dataclass(frozen=True)
class Message:
    """A message in its current version; an edit replaces it."""

    id: int
    channel_id: int
    author_id: int
    content: str
    embeds: tuple[Json, ...]
    components: tuple[Json, ...]
    attachments: tuple[Attachment, ...]
    flags: int
    at: float
    nonce: str | None = None
    interaction_id: int | None = None
    edited_at: float | None = None
    reference: Json | None = None

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Return whether it still reads "is thinking"."""
        return bool(self.flags & LOADING)

    def custom_id(self, label: str) -> str:
        return find_component(self.components, label)["custom_id"]


@dataclass(frozen=True)
class Answer:
    """The first response to an interaction. `data` is the body's own, `message_id` the message it made or changed."""

    interaction_id: int
    token: str
    type: int
    data: Json
    files: tuple[Upload, ...]
    at: float
    message_id: int | None

    @property
    def ephemeral(self) -> bool:
        return bool(self.data.get("flags", 0) & EPHEMERAL)

    @property
    def content(self) -> str:
        return self.data.get("content") or ""

    @property
    def embeds(self) -> Sequence[Json]:
        return self.data.get("embeds") or ()

    def custom_id(self, label: str) -> str:
        return find_component(self.data.get("components") or (), label)["custom_id"]


def walk_components(components: Sequence[Json]) -> Iterator[Json]:
    """Yield every component at any depth. What is below a Label (type 18) carries that label."""
    for component in components:
        yield component
        yield from walk_components(component.get("components") or ())
        for child in (component.get("component"), component.get("accessory")):
            if child is not None:
                yield from walk_components([{"label": component.get("label"), **child}])


def find_component(components: Sequence[Json], name: str) -> Json:
    """Return the component with this custom id, label or placeholder. LookupError lists what is there instead."""
    known = [c for c in walk_components(components) if "custom_id" in c]
    for key in ("custom_id", "label", "placeholder"):
        for component in known:
            if component.get(key) == name:
                return component
    there = [c.get("label") or c.get("placeholder") or c["custom_id"] for c in known]
    raise LookupError(f"no component {name!r}; there are {there}")
