"""The demo's page: SimCord's preview, kept up to date while people press its buttons.

The preview is made for tests, where nothing happens between a look and a press. Here the bot works all the time, so the
page is published again and again, and two things go wrong without help:

- A press that arrives during a publication gets an HTTP error. The browser then takes no press any more.
- A press that was made on an older publication is refused, although its button is still there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, Protocol, cast

import structlog
from simcord.backend.errors import SetupError
from simcord.preview import Preview

JsonObject = Mapping[str, object]

_EVERY_SECONDS = 0.5
_REVISIONS_KEPT = 20
"""For each browser, how many publications are kept: it reads two a second, so a press is a few behind at most."""

_NO_BROWSER = "python"
"""What SimCord calls the page that only a program looks at."""

_ON_A_MESSAGE = frozenset({"click", "select"})
"""Actions on a button or a menu of a message. SimCord checks by itself whether a form or a command still exists."""

_log = structlog.stdlib.get_logger(__name__)


class Shown(Protocol):
    """What one browser shows."""

    revision: int
    snapshot: JsonObject


class LivePage:
    """Publishes the channel and takes actions of browsers, one after the other."""

    def __init__(self, preview: Preview) -> None:
        # Any: SimCord has no public way to see an action before it is refused, or what was published.
        self._preview = cast("Any", preview)
        self._turn = asyncio.Lock()
        self._perform = self._preview._action  # noqa: SLF001 (as said)
        self._preview._action = self._take  # noqa: SLF001 (as said)
        self._published: dict[str, dict[object, JsonObject]] = {}
        self._requests_shown = -1

    async def follow(self) -> None:
        """Publish what happened in the channel, twice a second, until cancelled."""
        while True:
            await asyncio.sleep(_EVERY_SECONDS)
            if self._requests == self._requests_shown:
                continue
            try:
                await self.publish()
            except (SetupError, TimeoutError) as exc:  # somebody acts without a browser, or the bot is busy: next time
                _log.info("page_not_published", error=str(exc))

    async def publish(self) -> None:
        """Show every browser what is in the channel now, after any action under way."""
        async with self._turn:
            self._remember()
            await self._preview.refresh()
            self._requests_shown = self._requests

    async def _take(self, context_id: str | None, body: JsonObject) -> JsonObject:
        """Perform a browser's action, after any publication under way."""
        async with self._turn:
            self._remember()
            receipt = await self._perform(context_id, self._renewed(context_id, body))
            if self._is_only_browser(context_id):  # its action was published for it, and nobody else is there
                self._requests_shown = self._requests
            return receipt

    def _is_only_browser(self, context_id: str | None) -> bool:
        """Whether a browser was shown something new by its action, and there is no other one."""
        browsers = self._pages.keys() - {_NO_BROWSER}
        shown = self._published.get(context_id or "", {})
        return browsers == {context_id} and self._pages[context_id or ""].revision not in shown

    @property
    def _requests(self) -> int:
        """How many requests the bot has made of Discord: everything it shows, it shows with one."""
        return len(self._preview.env.http_requests)

    def _renewed(self, context_id: str | None, body: JsonObject) -> JsonObject:
        """The action as if it was made on the newest publication, unless its button or menu was another one then."""
        if context_id not in self._published or not isinstance(body, dict):
            return body
        page, seen, key = self._pages[context_id], body.get("published_revision"), body.get("control_key")
        if body.get("kind") in _ON_A_MESSAGE:
            shown = self._published[context_id].get(seen)
            if shown is None or _control(shown, key) != _control(page.snapshot, key):
                return body
        return {**body, "published_revision": page.revision}

    def _remember(self) -> None:
        """Keep what each browser was shown last; forget the browsers that are gone."""
        self._published = {key: self._published.get(key, {}) for key in self._pages}
        for key, page in self._pages.items():
            shown = self._published[key]
            shown[page.revision] = page.snapshot
            if len(shown) > _REVISIONS_KEPT:
                del shown[next(iter(shown))]

    @property
    def _pages(self) -> Mapping[str, Shown]:
        return cast("Mapping[str, Shown]", self._preview._pages)  # noqa: SLF001 (as said)


def _control(snapshot: JsonObject, key: object) -> JsonObject | None:
    """The button or menu with this key among the published messages; None: there is none."""
    return next((each for each in _parts(snapshot.get("messages")) if each.get("control_key") == key), None)


def _parts(value: object) -> Iterator[JsonObject]:
    """Every JSON object in a value, at any depth."""
    if isinstance(value, dict):
        found = cast("dict[str, object]", value)
        yield found
        value = list(found.values())
    if isinstance(value, list):
        for each in cast("list[object]", value):
            yield from _parts(each)
