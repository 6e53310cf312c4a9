"""The demo's page: SimCord's preview, updated while people use it.

The preview is made for tests, where nothing happens between reading the page and an action. Here the bot keeps working,
so the page is published repeatedly, and two problems are worked around:

- An action during a publication gets an HTTP error, after which the browser sends no more actions.
- An action on an older publication is refused, although its button still exists.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType, SimpleNamespace
from typing import Any, TypeAlias, cast

import structlog
from aiohttp import web
from simcord.actors import MemberActor
from simcord.backend.access import can_access_channel
from simcord.backend.errors import SetupError
from simcord.builders import ChannelHandle, UserHandle
from simcord.env import Env
from simcord.preview import Preview
from simcord.preview._server import PreviewServer

JsonObject = Mapping[str, object]

Private: TypeAlias = Any
"""A value of SimCord's own, such as what one browser shows: there is no public way to choose that, to see an action
before it is refused, or what was published."""

_REFRESH_SECONDS = 0.5
_MAX_REVISIONS = 20
"""For each browser: it reads two publications a second, so an action is a few behind at most."""

_NON_BROWSER = "python"
"""SimCord's name of the page that only programs read."""

_MESSAGE_ACTIONS = frozenset({"click", "select"})
"""Actions on a message's button or select. SimCord itself checks modals and commands."""

_STYLE = """
.preview-shell { --toolbar-height: 46px !important; }
.preview-toolbar { height: auto !important; flex-wrap: nowrap; }
.preview-toolbar > :not(.viewer-control, #action-status), .messages-sidebar, .inspector-panel { display: none; }
.viewer-control select { max-width: 60vw !important; }
#action-status { flex: 1 1 0 !important; }
.video-player { padding: 0; border: 0; overflow: hidden; }
.video-player .media-player-controls {
  position: absolute; inset: auto 0 0; flex-wrap: nowrap; padding: 8px; background: linear-gradient(transparent, #000c);
}
.video-player .media-player-button { min-height: 26px; padding: 2px 8px; font-size: 12px; }
.video-player .media-player-seek { min-width: 0; }
.video-player :is(.media-player-time, .media-player-volume) { display: none; }
"""
"""Hides SimCord's tools, but for the choice of the viewer, and lays a video's controls over it, as Discord does."""

_SCRIPT = """
{
  const timeline = document.querySelector("#channel-timeline"), list = document.querySelector("#channel-message-list");
  let atEnd = true, acted = 0, newest = null;
  for (const kind of ["click", "change", "submit"]) document.addEventListener(kind, () => acted = Date.now(), true);
  const below = () => timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight;
  timeline.addEventListener("scroll", () => atEnd = below() < 80);
  new MutationObserver(() => {
    if (newest === (newest = list.lastElementChild) || !(atEnd || Date.now() - acted < 10000)) return;
    for (const ms of [0, 100, 400, 1000]) setTimeout(() => timeline.scrollTo(0, timeline.scrollHeight), ms);
  }).observe(list, { childList: true });
}
"""
"""Scrolls to a new message after one's own action, and where the end is in sight, as Discord does."""

_ADDED = {"/preview.css": _STYLE, "/app.js": _SCRIPT}

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Place:
    """A channel as a member sees it. A direct message belongs to a user, a server's channel to a member."""

    viewer: MemberActor | UserHandle
    channel: ChannelHandle

    @property
    def id(self) -> str:
        return f"{self.viewer.id}:{self.channel.id}"

    @property
    def name(self) -> str:
        where = "DMs" if self.channel.guild is None else f"#{self.channel.name}"
        return f"{self.viewer.name}: {where} ({len(self.channel.history(viewer=self.viewer))})"


class _Server(PreviewServer):
    """Serves the preview's files with a look more like Discord's."""

    async def _static(self, request: web.Request) -> web.Response:
        response: web.Response = await super()._static(request)
        if request.path in _ADDED:
            response.text = f"{response.text}{_ADDED[request.path]}"
        return response


class LivePage(Preview):
    """A preview of a channel for several browsers, which is published as the bot works, with one action at a time.

    Other `channels` and direct messages are choices of "Viewing as": the browser that chose a place shows its channel,
    as its viewer. `film` returns the movie behind a link, which is shown as Discord does; SimCord asks its own assets
    for what was not uploaded.
    """

    def __init__(
        self,
        env: Env,
        channel: ChannelHandle,
        members: Sequence[MemberActor],
        channels: Sequence[ChannelHandle] = (),
        *,
        assets: Mapping[str, tuple[str, bytes]] = MappingProxyType({}),
        film: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        super().__init__(
            env,
            channel,
            tuple(members),
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="en-US",
            timezone="UTC",
            presentation_time=None,
            assets=assets,
            port=0,
        )
        self._server = _Server(self, 0)
        self._explicit_assets = cast("Any", SimpleNamespace(get=partial(_asset, assets, film)))
        self._server_channel = channel
        public = [_Place(member, each) for member in members for each in channels]
        readable = [place for place in public if can_access_channel(env, place.channel.id, place.viewer, history=True)]
        direct = [_Place(member.user, member.user.dm_channel) for member in members]
        self._places = {place.id: place for place in (*readable, *direct)}
        self._lock = asyncio.Lock()
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
            await self.refresh()
            self._requests_shown = self._requests

    async def _action(self, context_id: str | None, body: JsonObject) -> dict[str, Private]:
        """Perform a browser's action, after any running publication."""
        async with self._lock:
            self._record_snapshots()
            with self._shown(self._pages.get(context_id or ""), body):
                receipt = await super()._action(context_id, self._renew(context_id, body))
            browsers = self._pages.keys() - {_NON_BROWSER}
            seen = self._published.get(context_id or "", {})
            if browsers == {context_id} and self._pages[context_id or ""].revision not in seen:  # published to all
                self._requests_shown = self._requests
            return receipt

    # Places -----------------------------------------------------------------------------------------------------------

    @contextmanager
    def _shown(self, page: Private, body: object) -> Generator[None]:
        """Set the preview to the page's channel during an action.

        The choice of another place or viewer moves the page to its channel, unless it is refused.
        """
        if page is None or not isinstance(body, Mapping):
            yield
            return
        channel_id, generation = page.channel_id, page.generation
        action = cast("Mapping[str, object]", body)
        chosen = str(action.get("viewer_id")) if action.get("kind") == "viewer" else _id_of(page)
        place = self._places.get(chosen)
        self.channel = self._server_channel if place is None else place.channel
        page.channel_id = self.channel.id
        try:
            yield
        finally:
            self.channel = self._server_channel
            if page.generation == generation:
                page.channel_id = channel_id

    def _viewer(self, viewer_id: object) -> Private:
        place = self._places.get(str(viewer_id))
        return super()._viewer(viewer_id) if place is None else place.viewer

    def _open_page(self, viewer_id: object = None, target_id: object = None) -> Private:
        """Open a page on the server's channel, at its newest message.

        Also during an action in another place.
        """
        first: Private = self._python  # a new page opens where this one is
        newest = self._server_channel.last_message
        first.target_id = first.window_end_id = None if newest is None else newest.id
        during, self.channel = self.channel, self._server_channel
        try:
            return super()._open_page(viewer_id, target_id)
        finally:
            self.channel = during

    def _publish(self, page: Private, **kwargs: Private) -> None:
        """Publish a page, with the places of each viewer below the viewer."""
        super()._publish(page, **kwargs)
        choices: list[object] = []
        for viewer in page.snapshot["viewers"]:
            places = (place for place in self._places.values() if str(place.viewer.id) == viewer["id"])
            choices += [viewer, *({**viewer, "id": place.id, "name": place.name} for place in places)]
        page.snapshot["viewers"] = choices
        if _id_of(page) in self._places:
            page.snapshot["viewerId"] = _id_of(page)

    # What browsers have seen ------------------------------------------------------------------------------------------

    @property
    def _requests(self) -> int:
        """Return the number of the bot's requests to Discord.

        It changes whenever anything is shown.
        """
        return len(self.env.http_requests)

    def _renew(self, context_id: str | None, body: JsonObject) -> JsonObject:
        """Move an action to the newest publication, unless its control is gone.

        Buttons move within a message (a queued movie loses its Cancel), so a control is known by its custom_id.
        """
        if context_id not in self._published or not isinstance(body, dict):
            return body
        page, seen = self._pages[context_id], body.get("published_revision")
        if body.get("kind") not in _MESSAGE_ACTIONS:
            return {**body, "published_revision": page.revision}
        pressed = _control(self._published[context_id].get(seen, {}), body, control_key=body.get("control_key"))
        control = pressed and _control(
            page.snapshot, body, type=pressed.get("type"), custom_id=pressed.get("custom_id")
        )
        if not control:
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


def _asset(
    assets: Mapping[str, tuple[str, bytes]], film: Callable[[str], bytes | None], url: str
) -> tuple[str, bytes] | None:
    """Return what a link leads to, and its file's name."""
    shown_film = film(url)
    return assets.get(url) if shown_film is None else ("movie.mp4", shown_film)


def _id_of(page: Private) -> str:
    """Return the id of the place that a page shows."""
    return f"{page.viewer.id}:{page.channel_id}"


def _control(snapshot: JsonObject, body: JsonObject, **fields: object) -> JsonObject | None:
    """Return the first control with these fields of the message that an action is about."""
    message = cast("Mapping[str, object]", snapshot.get("messages", {})).get(str(body.get("target_id")))
    controls = (each for each in _objects(message) if "control_key" in each)
    return next((each for each in controls if fields.items() <= each.items()), None)


def _objects(value: object) -> Iterator[JsonObject]:
    """Yield every JSON object in a value, at any depth."""
    if isinstance(value, dict):
        found = cast("dict[str, object]", value)
        yield found
        value = list(found.values())
    if isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _objects(each)
