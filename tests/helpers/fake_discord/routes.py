"""Which paths the fake Discord serves, and what each one does."""

from collections.abc import Sequence
from typing import Any

from simcord.enums import ChannelType

from tests.helpers.fake_discord.commands import CommandRegistry
from tests.helpers.fake_discord.interactions import Interactions
from tests.helpers.fake_discord.messages import Draft, Messages, RefusedError
from tests.helpers.fake_discord.models import Json, SessionLimits
from tests.helpers.fake_discord.rest import Call, RestServer
from tests.helpers.fake_discord.state import FakeDiscordState


class Routes:
    def __init__(
        self,
        state: FakeDiscordState,
        messages: Messages,
        interactions: Interactions,
        commands: CommandRegistry,
        limits: SessionLimits,
    ) -> None:
        self.gateway_address = ""
        self._limits = limits
        self._state = state
        self._messages = messages
        self._interactions = interactions
        self._commands = commands

    def join(self, rest: RestServer) -> None:
        rest.route("GET", "/users/@me", lambda _: self._me())
        rest.route("GET", "/oauth2/applications/@me", lambda _: self._application())
        rest.route("GET", "/applications/@me", lambda _: self._application())
        rest.route("GET", "/gateway", lambda _: {"url": self.gateway_address})
        rest.route("GET", "/gateway/bot", lambda _: self._gateway_bot())
        for scope in ("/applications/{app}/commands", "/applications/{app}/guilds/{guild}/commands"):
            rest.route("GET", scope, lambda call: list(self._commands.registered(_scope(call))))
            rest.route("PUT", scope, lambda call: self._commands.bulk_overwrite(_scope(call), call.json))
        rest.route("POST", "/users/@me/channels", self._open_direct)
        rest.route("GET", "/users/@me/guilds", self._joined_guilds)
        rest.route("DELETE", "/users/@me/guilds/{guild}", self._leave_guild)
        rest.route("GET", "/users/{user}", self._user)
        rest.route("GET", "/guilds/{guild}", self._guild)
        rest.route("GET", "/guilds/{guild}/channels", self._channels)
        rest.route("GET", "/channels/{channel}", self._channel)
        rest.route("DELETE", "/channels/{channel}", self._delete_channel)
        rest.route("POST", "/channels/{channel}/threads", self._create_post)
        rest.route("GET", "/guilds/{guild}/threads/active", self._active_posts)
        rest.route("GET", "/channels/{channel}/threads/archived/public", lambda _: _threads([]))
        rest.route("POST", "/channels/{channel}/typing", lambda _: None)
        rest.route("GET", "/channels/{channel}/messages", self._history)
        rest.route("POST", "/channels/{channel}/messages", self._post)
        rest.route("GET", "/channels/{channel}/messages/{message}", self._get)
        rest.route("PATCH", "/channels/{channel}/messages/{message}", self._edit)
        rest.route("DELETE", "/channels/{channel}/messages/{message}", self._delete)
        rest.route("POST", "/interactions/{interaction}/{token}/callback", self._callback)
        rest.route("POST", "/webhooks/{app}/{token}", self._followup)
        rest.route("GET", "/webhooks/{app}/{token}/messages/{name}", self._get_followup)
        rest.route("PATCH", "/webhooks/{app}/{token}/messages/{name}", self._edit_followup)
        rest.route("DELETE", "/webhooks/{app}/{token}/messages/{name}", self._delete_followup)

    def _me(self) -> Json:
        return {**self._state.user_payload(self._state.bot.id), "email": None}

    def _application(self) -> Json:
        owner = next((u for u in self._state.users.values() if not u.bot), self._state.bot)
        return {
            "id": str(self._state.application_id),
            "name": self._state.bot.name,
            "icon": None,
            "description": "",
            "bot_public": self._state.bot_public,
            "bot_require_code_grant": False,
            "owner": self._state.user_payload(owner.id),
            "verify_key": "0" * 64,
            "flags": 0,
            "team": None,
            "interactions_endpoint_url": None,
        }

    def _gateway_bot(self) -> Json:
        limit = {
            "total": 1000,
            "remaining": self._limits.remaining,
            "reset_after": round(1000 * self._limits.reset_after),
            "max_concurrency": self._limits.max_concurrency,
        }
        return {"url": self.gateway_address, "shards": self._limits.shards, "session_start_limit": limit}

    def _open_direct(self, call: Call) -> Json:
        recipient = int(call.json["recipient_id"])
        if recipient not in self._state.users or recipient == self._state.bot.id:
            raise RefusedError(400, 50033, "Invalid Recipient(s)")
        return self._state.channel_payload(self._state.direct_channel(recipient))

    def _user(self, call: Call) -> Json:
        if call.number("user") not in self._state.users:
            raise RefusedError(404, 10013, "Unknown User")
        return self._state.user_payload(call.number("user"))

    def _joined_guilds(self, call: Call) -> Sequence[Json]:
        after = int(call.query.get("after", 0))
        guilds = sorted((each for each in self._state.guilds.values() if each.id > after), key=lambda each: each.id)
        page = guilds[: int(call.query.get("limit", 200))]
        return [{"id": str(each.id), "name": each.name, "icon": None, "owner": False} for each in page]

    def _leave_guild(self, call: Call) -> None:
        if self._state.guilds.pop(call.number("guild"), None) is None:
            raise RefusedError(404, 10004, "Unknown Guild")

    def _guild(self, call: Call) -> Json:
        guild = self._state.guilds.get(call.number("guild"))
        if guild is None:
            raise RefusedError(404, 10004, "Unknown Guild")
        return self._state.guild_payload(guild)

    def _channels(self, call: Call) -> Sequence[Json]:
        return self._guild(call)["channels"]

    def _channel(self, call: Call) -> Json:
        channel = self._state.channels.get(call.number("channel"))
        if channel is None:
            raise RefusedError(404, 10003, "Unknown Channel")
        return self._state.channel_payload(channel)

    def _delete_channel(self, call: Call) -> Json:
        described = self._channel(call)
        del self._state.channels[call.number("channel")]
        return described

    def _create_post(self, call: Call) -> Json:
        self._channel(call)
        forum = self._state.channels[call.number("channel")]
        if forum.type != ChannelType.FORUM:
            raise RefusedError(400, 50024, "Cannot execute action on this channel type")
        message = self._messages.start_post(forum.id, Draft(call.json["message"], call.files))
        post = self._state.add_post(forum, message.id, call.json["name"])
        return {**self._state.channel_payload(post), "message": self._messages.payload(message)}

    def _active_posts(self, call: Call) -> Json:
        posts = self._state.posts(guild_id=call.number("guild"))
        return _threads([self._state.channel_payload(each) for each in posts])

    def _history(self, call: Call) -> Sequence[Json]:
        """It is the page next to `after` or `before`, else the newest one; the newest message first."""
        self._channel(call)
        oldest_first = self._messages.in_channel(call.number("channel"))
        after, before = int(call.query.get("after", 0)), int(call.query.get("before", 1 << 63))
        found = [m for m in oldest_first if after < m.id < before]
        limit = int(call.query.get("limit", 50))
        page = found[:limit] if "after" in call.query else found[-limit:]
        return [self._messages.payload(m) for m in reversed(page)]

    def _post(self, call: Call) -> Json:
        return self._messages.payload(self._messages.post(call.number("channel"), _draft(call)))

    def _get(self, call: Call) -> Json:
        message = self._messages.get(call.number("message"), call.number("channel"))
        if message.ephemeral:
            raise RefusedError(404, 10008, "Unknown Message")
        return self._messages.payload(message)

    def _edit(self, call: Call) -> Json:
        self._get(call)
        return self._messages.payload(self._messages.edit(call.number("message"), _draft(call)))

    def _delete(self, call: Call) -> None:
        self._get(call)
        self._messages.delete(call.number("message"), call.number("channel"))

    def _callback(self, call: Call) -> Json | None:
        token = call.params["token"]
        described = self._interactions.callback(call.number("interaction"), token, _draft(call))
        return described if call.query.get("with_response") in {"1", "true"} else None

    def _followup(self, call: Call) -> Json:
        return self._messages.payload(self._interactions.followup(call.params["token"], _draft(call)))

    def _get_followup(self, call: Call) -> Json:
        return self._messages.payload(self._interactions.message(call.params["token"], call.params["name"]))

    def _edit_followup(self, call: Call) -> Json:
        message = self._interactions.message(call.params["token"], call.params["name"])
        return self._messages.payload(self._messages.edit(message.id, _draft(call)))

    def _delete_followup(self, call: Call) -> None:
        self._messages.delete(self._interactions.message(call.params["token"], call.params["name"]).id)


def _draft(call: Call) -> Draft:
    body: Any = call.json
    if not isinstance(body, dict):
        raise RefusedError(400, 50109, "The request body contains invalid JSON.")
    return Draft(body, call.files)


def _scope(call: Call) -> int | None:
    return call.number("guild") if "guild" in call.params else None


def _threads(threads: Sequence[Json]) -> Json:
    return {"threads": list(threads), "members": [], "has_more": False}
