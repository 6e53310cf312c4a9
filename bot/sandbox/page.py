"""The demo's page: SimCord's preview, updated while people use it.

The preview is made for tests, where nothing happens between reading the page and an action. Here the bot keeps working,
so the page is published repeatedly, and three problems are worked around:

- Mentions in an embed are shown as their source, `<@1>`, although Discord shows names there.
- An action during a publication gets an HTTP error, after which the browser sends no more actions.
- An action on an older publication is refused, although its button still exists.
"""

from __future__ import annotations

import asyncio
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, cast

import structlog
from simcord.actors import MemberActor
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle, UserHandle
from simcord.preview import Preview, _markdown

JsonObject = Mapping[str, object]

_REFRESH_SECONDS = 0.5
_MAX_REVISIONS = 20
"""For each browser: it reads two publications a second, so an action is a few behind at most."""

_NON_BROWSER = "python"
"""SimCord's name of the page that only programs read."""

_MESSAGE_ACTIONS = frozenset({"click", "select"})
"""Actions on a message's button or select. SimCord itself checks modals and commands."""

_EMBED_TEXTS = ("embed_description", "embed_field_value")
"""SimCord's names of the parts of an embed in which Discord shows mentions by name."""

_log = structlog.stdlib.get_logger(__name__)


class BrowserPage(Protocol):
    """What one browser shows."""

    channel_id: int
    generation: int
    """Counts what the page navigated to."""
    revision: int
    snapshot: dict[str, object]


class _DirectMessages:
    """Direct messages as choices of "Viewing as".

    SimCord's preview shows one channel. A choice here has the id of a direct-message channel, and the page that chose
    it shows that channel, as the member whom it belongs to.
    """

    def __init__(self, preview: Preview) -> None:
        # Any: SimCord has no public way to choose what one browser shows.
        self._preview = cast("Any", preview)
        self._server_channel = preview.channel
        members = cast("Sequence[MemberActor]", preview.viewers)
        self._members = {member.user.dm_channel.id: member.user for member in members}
        self._find_viewer = self._preview._viewer
        self._publish_page = self._preview._publish
        self._open_page = self._preview._open_page
        self._preview._viewer = self._viewer
        self._preview._publish = self._publish
        self._preview._open_page = self._open

    @contextmanager
    def shown(self, page: BrowserPage | None, body: object) -> Generator[None]:
        """Set the preview to the page's channel during an action.

        The choice of another viewer moves the page to that viewer's channel, unless it is refused.
        """
        if page is None or not isinstance(body, Mapping):
            yield
            return
        channel_id, generation = page.channel_id, page.generation
        action = cast("Mapping[str, object]", body)
        if action.get("kind") == "viewer":
            page.channel_id = self._channel_of(action.get("viewer_id")).id
        self._preview.channel = self._channel_of(page.channel_id)
        try:
            yield
        finally:
            self._preview.channel = self._server_channel
            if page.generation == generation:
                page.channel_id = channel_id

    def _channel_of(self, channel_id: object) -> ChannelHandle:
        member = self._member(channel_id)
        return self._server_channel if member is None else member.dm_channel

    def _member(self, channel_id: object) -> UserHandle | None:
        """Return the member whose direct messages these are."""
        key = str(channel_id)
        return self._members.get(int(key)) if key.isascii() and key.isdigit() else None

    def _viewer(self, viewer_id: object) -> object:
        return self._member(viewer_id) or self._find_viewer(viewer_id)

    def _open(self, *args: object, **kwargs: object) -> object:
        """Open a page on the server's channel, at its newest message.

        Also during an action on direct messages.
        """
        first = self._preview._python  # a new page opens where this one is
        newest = self._server_channel.last_message
        first.target_id = first.window_end_id = None if newest is None else newest.id
        during, self._preview.channel = self._preview.channel, self._server_channel
        try:
            return self._open_page(*args, **kwargs)
        finally:
            self._preview.channel = during

    def _publish(self, page: BrowserPage, **kwargs: object) -> None:
        """Publish a page, with the choices among its viewers."""
        self._publish_page(page, **kwargs)
        viewers = cast("Sequence[dict[str, object]]", page.snapshot["viewers"])
        page.snapshot["viewers"] = [*viewers, *map(self._described, viewers)]
        if page.channel_id in self._members:
            page.snapshot["viewerId"] = str(page.channel_id)

    def _described(self, viewer: Mapping[str, object]) -> dict[str, object]:
        """Describe a viewer's direct messages as one more viewer."""
        member = next(each for each in self._members.values() if str(each.id) == viewer["id"])
        name = f"{member.name}: DMs ({len(member.dm_channel.history())})"
        return {**viewer, "id": str(member.dm_channel.id), "name": name}


class LivePage:
    """Publishes the channel and performs browsers' actions, one at a time."""

    def __init__(self, preview: Preview) -> None:
        # Any: SimCord has no public way to see an action before it is refused, or what was published.
        self._preview = cast("Any", preview)
        policies = cast("Any", _markdown)._FIELD_POLICIES  # of every preview of this process
        for text in _EMBED_TEXTS:
            policies[text]["mentions"] = True
        self._direct_messages = _DirectMessages(preview)
        self._lock = asyncio.Lock()
        self._perform = self._preview._action
        self._preview._action = self._act
        self._published: dict[str, dict[object, JsonObject]] = {}
        self._requests_shown = -1

    async def follow(self) -> None:
        """Publish changes in the channel twice a second, until cancelled."""
        while True:
            await asyncio.sleep(_REFRESH_SECONDS)
            if self._requests == self._requests_shown:
                continue
            try:
                await self.publish()
            except (SetupError, TimeoutError) as exc:  # the bot is busy: the next round publishes
                _log.info("page_not_published", error=str(exc))

    async def publish(self) -> None:
        """Publish the channel to all browsers, after any running action."""
        async with self._lock:
            self._record_snapshots()
            await self._preview.refresh()
            self._requests_shown = self._requests

    async def _act(self, context_id: str | None, body: JsonObject) -> JsonObject:
        """Perform a browser's action, after any running publication."""
        async with self._lock:
            self._record_snapshots()
            with self._direct_messages.shown(self._pages.get(context_id or ""), body):
                receipt = await self._perform(context_id, self._renew(context_id, body))
            if self._is_only_browser(context_id):  # the action was published for it, and there is no other
                self._requests_shown = self._requests
            return receipt

    def _is_only_browser(self, context_id: str | None) -> bool:
        """Return whether the action was published to the only browser."""
        browsers = self._pages.keys() - {_NON_BROWSER}
        shown = self._published.get(context_id or "", {})
        return browsers == {context_id} and self._pages[context_id or ""].revision not in shown

    @property
    def _requests(self) -> int:
        """Return the number of the bot's requests to Discord.

        It changes whenever anything is shown.
        """
        return len(self._preview.env.http_requests)

    def _renew(self, context_id: str | None, body: JsonObject) -> JsonObject:
        """Move an action to the newest publication, unless its control is gone.

        Buttons move within a message (a queued movie loses its Cancel), so a control is known by its custom_id.
        """
        if context_id not in self._published or not isinstance(body, dict):
            return body
        page, seen = self._pages[context_id], body.get("published_revision")
        if body.get("kind") not in _MESSAGE_ACTIONS:
            return {**body, "published_revision": page.revision}
        shown = self._published[context_id].get(seen, {})
        pressed = next(
            (each for each in _controls(shown, body) if each["control_key"] == body.get("control_key")), None
        )
        control = next((each for each in _controls(page.snapshot, body) if _is_same(each, pressed)), None)
        if control is None:
            return body
        return {**body, "published_revision": page.revision, "control_key": control["control_key"]}

    def _record_snapshots(self) -> None:
        """Record what each browser shows, and drop closed browsers."""
        self._published = {key: self._published.get(key, {}) for key in self._pages}
        for key, page in self._pages.items():
            shown = self._published[key]
            shown[page.revision] = page.snapshot
            if len(shown) > _MAX_REVISIONS:
                del shown[next(iter(shown))]

    @property
    def _pages(self) -> Mapping[str, BrowserPage]:
        return cast("Mapping[str, BrowserPage]", self._preview._pages)


def _controls(snapshot: JsonObject, body: JsonObject) -> Iterator[JsonObject]:
    """Yield the controls of the message that an action is about."""
    messages = cast("Mapping[str, object]", snapshot.get("messages", {}))
    message = messages.get(str(body.get("target_id")))
    return (each for each in _objects(message) if "control_key" in each)


def _is_same(control: JsonObject, pressed: JsonObject | None) -> bool:
    """Return whether a control does what the pressed one would have done."""
    return pressed is not None and all(control.get(name) == pressed.get(name) for name in ("type", "custom_id"))


def _objects(value: object) -> Iterator[JsonObject]:
    """Yield every JSON object in a value, at any depth."""
    if isinstance(value, dict):
        found = cast("dict[str, object]", value)
        yield found
        value = list(found.values())
    if isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _objects(each)
