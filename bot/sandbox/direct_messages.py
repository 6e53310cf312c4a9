"""Direct messages on the demo's page, as choices of "Viewing as".

SimCord's preview shows one channel. A choice here has the id of a direct-message channel, and the page that chose it
shows that channel, as the member whom it belongs to.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, cast

from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, UserHandle
from simcord.preview import Preview


class ChannelPage(Protocol):
    """What one browser shows, and of which channel."""

    channel_id: int
    generation: int
    """Counts what the page navigated to."""
    snapshot: dict[str, object]


@dataclass(frozen=True, slots=True)
class _Choice:
    """A member's direct messages with the bot."""

    user: UserHandle
    channel: ChannelHandle


class DirectMessages:
    """Adds the choices to a preview, and shows the chosen channel."""

    def __init__(self, preview: Preview) -> None:
        # Any: SimCord has no public way to choose what one browser shows.
        self._preview = cast("Any", preview)
        self._server_channel = preview.channel
        members = cast("Sequence[MemberActor]", preview.viewers)
        self._choices = {member.user.dm_channel.id: _Choice(member.user, member.user.dm_channel) for member in members}
        self._find_viewer = self._preview._viewer
        self._publish_page = self._preview._publish
        self._open_page = self._preview._open_page
        self._preview._viewer = self._viewer
        self._preview._publish = self._publish
        self._preview._open_page = self._open

    @contextmanager
    def shown(self, page: ChannelPage | None, body: object) -> Generator[None]:
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
        choice = self._choice(channel_id)
        return self._server_channel if choice is None else choice.channel

    def _choice(self, channel_id: object) -> _Choice | None:
        key = str(channel_id)
        return self._choices.get(int(key)) if key.isascii() and key.isdigit() else None

    def _viewer(self, viewer_id: object) -> object:
        choice = self._choice(viewer_id)
        return self._find_viewer(viewer_id) if choice is None else choice.user

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

    def _publish(self, page: ChannelPage, **kwargs: object) -> None:
        """Publish a page, with the choices among its viewers."""
        self._publish_page(page, **kwargs)
        viewers = cast("Sequence[dict[str, object]]", page.snapshot["viewers"])
        choices = [_described(viewer, self._choices.values()) for viewer in viewers]
        page.snapshot["viewers"] = [*viewers, *choices]
        if page.channel_id in self._choices:
            page.snapshot["viewerId"] = str(page.channel_id)


def _described(viewer: Mapping[str, object], choices: Iterable[_Choice]) -> dict[str, object]:
    """Describe a viewer's direct messages as one more viewer."""
    choice = next(each for each in choices if str(each.user.id) == viewer["id"])
    name = f"{choice.user.name}: DMs ({len(choice.channel.history())})"
    return {**viewer, "id": str(choice.channel.id), "name": name}
