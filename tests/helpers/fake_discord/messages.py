"""The fake Discord's messages: written, repeated by nonce, edited, deleted."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from simcord.enums import ChannelType

from tests.helpers.fake_discord.models import LOADING, Attachment, Json, Message, Upload
from tests.helpers.fake_discord.primitives import ChangeSignal, Snowflakes
from tests.helpers.fake_discord.state import FakeDiscordState

MAX_CONTENT = 2000
MAX_NONCE = 25
COMPONENTS_V2 = 1 << 15


class RefusedError(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Draft:
    json: Json
    files: tuple[Upload, ...] = ()


class Messages:
    def __init__(self, state: FakeDiscordState, fresh_id: Snowflakes, bell: ChangeSignal) -> None:
        self.address = ""
        self._state = state
        self._fresh_id = fresh_id
        self._bell = bell
        self._messages: dict[int, Message] = {}
        self._nonces: dict[tuple[int, str], int] = {}

    def in_channel(self, channel_id: int, *, ephemeral: bool = False) -> tuple[Message, ...]:
        here = (m for m in self._messages.values() if m.channel_id == channel_id)
        return tuple(m for m in here if ephemeral or not m.ephemeral)

    def everywhere(self) -> tuple[Message, ...]:
        return tuple(self._messages.values())

    def get(self, message_id: int, channel_id: int | None = None) -> Message:
        message = self._messages.get(message_id)
        if message is None or channel_id not in {None, message.channel_id}:
            raise RefusedError(404, 10008, "Unknown Message")
        return message

    def post(self, channel_id: int, draft: Draft) -> Message:
        """Write a message as the bot. With `enforce_nonce`, a nonce seen before returns its first message."""
        if channel_id not in self._state.channels:
            raise RefusedError(404, 10003, "Unknown Channel")
        if self._state.channels[channel_id].type == ChannelType.FORUM:
            raise RefusedError(400, 40058, "Cannot message this channel until its posts are")
        nonce = draft.json.get("nonce")
        if nonce is not None and len(str(nonce)) > MAX_NONCE:
            raise RefusedError(400, 50035, "Invalid Form Body: nonce is longer than 25 characters")
        key = (self._state.bot.id, str(nonce))
        if nonce is not None and draft.json.get("enforce_nonce") and key in self._nonces:
            return self.get(self._nonces[key])
        message = self.write(channel_id, draft)
        if nonce is not None:
            self._nonces[key] = message.id
        return message

    def write(
        self, channel_id: int, draft: Draft, *, interaction_id: int | None = None, loading: bool = False
    ) -> Message:
        json = draft.json
        if not loading:
            self._check(json, draft.files)
        nonce = json.get("nonce")
        message = Message(
            id=self._fresh_id(),
            channel_id=channel_id,
            author_id=self._state.bot.id,
            content=json.get("content") or "",
            embeds=tuple(json.get("embeds") or ()),
            components=tuple(json.get("components") or ()),
            attachments=self._store(draft.files),
            flags=json.get("flags", 0) | (LOADING if loading else 0),
            at=time.time(),
            nonce=None if nonce is None else str(nonce),
            interaction_id=interaction_id,
            reference=json.get("message_reference"),
        )
        return self._keep(message)

    def start_post(self, forum_id: int, draft: Draft) -> Message:
        """Write a forum post's first message, which has the post's id."""
        message = self.write(forum_id, draft)
        return self._keep(replace(message, channel_id=message.id))

    def edit(self, message_id: int, draft: Draft) -> Message:
        """Change what the body names, and leave the rest. New files need no `attachments` list."""
        old, json = self.get(message_id), draft.json
        kept = old.attachments
        if json.get("attachments") is not None:
            ids = {str(a["id"]) for a in json["attachments"]}
            kept = tuple(a for a in kept if str(a.id) in ids)
        new = replace(
            old,
            content=(json["content"] or "") if "content" in json else old.content,
            embeds=tuple(json["embeds"] or ()) if "embeds" in json else old.embeds,
            components=tuple(json["components"] or ()) if "components" in json else old.components,
            attachments=kept + self._store(draft.files),
            flags=(old.flags | json.get("flags", 0)) & ~LOADING,
            edited_at=time.time(),
        )
        self._check({"content": new.content, "embeds": new.embeds, "components": new.components}, new.attachments)
        return self._keep(new)

    def delete(self, message_id: int, channel_id: int | None = None) -> None:
        """Delete a message. Its nonce stays used, so that a repeat gets 10008."""
        del self._messages[self.get(message_id, channel_id).id]
        self._bell.ring()

    def forget_nonces(self) -> None:
        self._nonces.clear()

    def attachment(self, attachment_id: int) -> Attachment | None:
        return next((a for m in self.everywhere() for a in m.attachments if a.id == attachment_id), None)

    def payload(self, message: Message) -> Json:
        return {
            "id": str(message.id),
            "channel_id": str(message.channel_id),
            "author": self._state.user_payload(message.author_id),
            "type": 0 if message.interaction_id is None else 20,
            "content": message.content,
            "embeds": [{"type": "rich", **embed} for embed in message.embeds],
            "components": list(message.components),
            "attachments": [self._attachment_payload(message.channel_id, a) for a in message.attachments],
            "flags": message.flags,
            "timestamp": _iso(message.at),
            "edited_timestamp": None if message.edited_at is None else _iso(message.edited_at),
            "mentions": [],
            "mention_roles": [],
            "mention_everyone": False,
            "pinned": False,
            "tts": False,
            **_given(nonce=message.nonce, message_reference=message.reference),
        }

    def _check(self, json: Json, files: Sequence[Upload | Attachment]) -> None:
        if len(json.get("content") or "") > MAX_CONTENT:
            raise RefusedError(400, 50035, "Invalid Form Body: content is longer than 2000 characters")
        if json.get("flags", 0) & COMPONENTS_V2 and (json.get("content") or json.get("embeds")):
            raise RefusedError(400, 50035, "Invalid Form Body: components v2 exclude content and embeds")
        if not files and not any(json.get(k) for k in ("content", "embeds", "components", "sticker_ids", "poll")):
            raise RefusedError(400, 50006, "Cannot send an empty message")
        if any(file.size > self._state.upload_limit for file in files):
            raise RefusedError(413, 40005, "Request entity too large")

    def _store(self, files: Sequence[Upload]) -> tuple[Attachment, ...]:
        return tuple(Attachment(f.filename, f.content, f.content_type, id=self._fresh_id()) for f in files)

    def _keep(self, message: Message) -> Message:
        self._messages[message.id] = message
        self._bell.ring()
        return message

    def _attachment_payload(self, channel_id: int, attachment: Attachment) -> Json:
        url = f"{self.address}/attachments/{channel_id}/{attachment.id}/{attachment.filename}"
        return {
            "id": str(attachment.id),
            "filename": attachment.filename,
            "size": attachment.size,
            "content_type": attachment.content_type,
            "url": url,
            "proxy_url": url,
        }


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def _given(**fields: Any) -> Json:
    return {key: value for key, value in fields.items() if value is not None}
