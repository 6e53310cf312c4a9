"""The fake Discord's servers, channels, messages and rules: SimCord's, on the machine's clock."""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from discord import File
from simcord._clock import Clock
from simcord.backend import Backend, errors, serializers
from simcord.backend.models import Channel, Guild, Message
from simcord.enums import ChannelType, InteractionType
from simcord.http import dispatch
from simcord.interactions import base_payload

from tests.helpers.fake_discord.interactions import Answer, Interaction, Json
from tests.helpers.fake_discord.primitives import ChangeSignal

MAX_NONCE = 25


@dataclass
class SessionLimits:
    """Each IDENTIFY takes one of `remaining`. Times are in seconds; `shards` is the recommended number."""

    shards: int = 1
    max_concurrency: int = 1
    remaining: int = 1000
    reset_after: float = 86_400.0
    heartbeat_interval: float = 41.25


class _MachineClock(Clock):
    def now(self) -> datetime:
        return datetime.now(UTC)


class FakeDiscordState(Backend):
    """`bell` rings at each change that a test may wait for. `begun` are the interactions by id."""

    def __init__(self, bell: ChangeSignal) -> None:
        super().__init__(clock=_MachineClock())
        self.bell = bell
        self.begun: dict[int, Interaction] = {}
        self.stopping = asyncio.Event()
        self.bot_user.name = "Matinee"
        self.application_id = self.bot_user.id
        self.bot_public = True
        self.premium_tier = 0
        self.upload_limit = 10 * 1024 * 1024  # of a file in bytes; a larger one meets 413, 40005
        self.limits = SessionLimits()
        self.gateway_address = ""
        self.nonces: dict[str, Message] = {}

    def add_user(self, name: str) -> int:
        return self.make_user(name, global_name=name.title()).id

    def add_guild(self, name: str, owner_id: int) -> int:
        return self.create_guild(name, owner_id=owner_id).id

    def add_channel(self, guild_id: int, name: str, kind: ChannelType = ChannelType.TEXT) -> int:
        return self.create_channel(guild_id, name, type=kind).id

    def join(self, guild_id: int, user_id: int) -> None:
        self.add_member(guild_id, user_id)

    def everything_posted(self) -> list[Message]:
        return [message for channel in self.messages.values() for message in channel.values()]

    def message(self, message_id: int) -> Message:
        for channel in self.messages.values():
            if message_id in channel:
                return channel[message_id]
        raise errors.unknown_message()

    def guild_payload(self, guild: Guild) -> Json:
        """Return a server's GUILD_CREATE, with the bot as its only member."""
        bot = serializers.member_payload(self, guild, guild.members[self.bot_user.id])
        described = serializers.guild_create_payload(self, guild)
        return {**described, "premium_tier": self.premium_tier, "members": [bot]}

    def carry_out(self, method: str, path: str, json: Any, query: Mapping[str, str], files: list[File]) -> Any:
        """Do what a request asks, and return the JSON of the answer. BackendError, where Discord refuses it."""
        if any(file.fp.getbuffer().nbytes > self.upload_limit for file in files):
            raise errors.BackendError(413, 40005, "Request entity too large")
        match method, path.split("/")[1:]:
            case "GET", ["gateway", *_]:
                return self._gateway()
            case "GET", ["oauth2", *_]:
                return {**dispatch(self, method, path), "bot_public": self.bot_public}
            case "GET", ["guilds", guild]:
                return self.guild_payload(self.get_guild(int(guild)))
            case "POST", ["channels", channel, "messages"]:
                return self._post(self.get_channel(int(channel)), path, json, files)
        if method == "GET" and "after" in query and path.endswith("/messages"):  # the oldest ones after it
            params = {"after": query["after"], "limit": 1 << 30}
            return dispatch(self, method, path, params=params)[-int(query.get("limit", 50)) :]
        answer = dispatch(self, method, path, json=json, params=dict(query), files=files)
        if path.startswith("/interactions/"):
            interaction_id = int(path.split("/")[2])
            message_id = self.interactions[interaction_id].message_id
            self.begun[interaction_id].answer = Answer(json.get("data") or {}, message_id)
        return answer

    def begin(
        self, kind: InteractionType, data: Json, user_id: int, channel_id: int, source: Message | None
    ) -> Interaction:
        guild_id = self.channels[channel_id].guild_id
        record, payload = base_payload(
            self, type=kind, channel_id=channel_id, guild_id=guild_id, user_id=user_id, data=data
        )
        del self.interaction_tokens[record.token]
        record.token = payload["token"] = secrets.token_urlsafe(64)
        self.interaction_tokens[record.token] = record.id
        payload["attachment_size_limit"] = self.upload_limit
        if source is not None:
            record.source_message_id = source.id
            payload["message"] = serializers.message_payload(self, source)
        self.begun[record.id] = Interaction(record.id, channel_id, self.bell, payload)
        return self.begun[record.id]

    def _gateway(self) -> Json:
        limit = {
            "total": 1000,
            "remaining": self.limits.remaining,
            "reset_after": round(1000 * self.limits.reset_after),
            "max_concurrency": self.limits.max_concurrency,
        }
        return {"url": self.gateway_address, "shards": self.limits.shards, "session_start_limit": limit}

    def _post(self, channel: Channel, path: str, json: Json, files: list[File]) -> Any:
        """With `enforce_nonce`, a nonce seen before returns its first message, or 10008 where that is deleted."""
        nonce = str(json.get("nonce"))
        if channel.type == ChannelType.FORUM:
            raise errors.BackendError(400, 40058, "Cannot message this channel until its posts are")
        if "nonce" in json and len(nonce) > MAX_NONCE:
            raise errors.invalid_form_body("nonce is longer than 25 characters")
        if json.get("enforce_nonce") and nonce in self.nonces:
            first = self.nonces[nonce]
            return serializers.message_payload(self, self.get_message(first.channel_id, first.id))
        posted = dispatch(self, "POST", path, json=json, files=files)
        if "nonce" in json:
            self.nonces[nonce] = self.get_message(channel.id, int(posted["id"]))
        return posted
