"""The fake Discord's servers, roles, channels and users: SimCord's models and payloads, without its rules."""

from collections.abc import Callable
from typing import Any, cast

from discord import Permissions
from simcord.backend import serializers
from simcord.backend.models import Channel, Guild, Member, Role, ThreadMetadata, User
from simcord.backend.state import BackendBase
from simcord.enums import ChannelType

from tests.helpers.fake_discord.models import Json

JOINED = "2025-01-01T00:00:00+00:00"

LOCALE = "en-US"

MEMBER = Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    use_application_commands=True,
)
"""A member's permissions. A server's owner has all."""

BOT = MEMBER | Permissions(send_messages_in_threads=True)


class FakeDiscordState:
    def __init__(self, fresh_id: Callable[[], int]) -> None:
        self._fresh_id = fresh_id
        self.application_id = fresh_id()
        self.bot_public = True
        self.premium_tier = 0
        self.upload_limit = 10 * 1024 * 1024  # of a file in bytes; a larger one meets 413, 40005
        self.bot = User(self.application_id, "Matinee", bot=True, discriminator="0000")
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}

    @property
    def _backend(self) -> BackendBase:
        return cast("BackendBase", self)

    def add_user(self, name: str) -> int:
        user = User(self._fresh_id(), name, global_name=name.title())
        self.users[user.id] = user
        return user.id

    def add_guild(self, name: str, owner_id: int) -> int:
        guild = Guild(self._fresh_id(), name, owner_id, preferred_locale=LOCALE)
        guild.roles[guild.id] = Role(guild.id, "@everyone", MEMBER.value)
        self.guilds[guild.id] = guild
        self.join(guild.id, self.bot.id)
        self.join(guild.id, owner_id)
        return guild.id

    def add_role(self, guild_id: int, name: str) -> int:
        role = Role(self._fresh_id(), name, MEMBER.value, position=1)
        self.guilds[guild_id].roles[role.id] = role
        return role.id

    def add_channel(self, guild_id: int, name: str, kind: ChannelType = ChannelType.TEXT) -> int:
        return self._add(Channel(self._fresh_id(), kind, name, guild_id)).id

    def add_forum(self, guild_id: int, name: str) -> int:
        return self.add_channel(guild_id, name, ChannelType.FORUM)

    def add_post(self, forum: Channel, post_id: int, name: str) -> Channel:
        post = Channel(post_id, ChannelType.PUBLIC_THREAD, name, forum.guild_id, parent_id=forum.id)
        post.owner_id, post.last_message_id = self.bot.id, post_id
        post.thread_metadata = ThreadMetadata(archive_timestamp=JOINED, create_timestamp=JOINED)
        return self._add(post)

    def posts(self, *, guild_id: int) -> list[Channel]:
        return [each for each in self.channels.values() if each.is_thread and each.guild_id == guild_id]

    def join(self, guild_id: int, user_id: int) -> None:
        self.guilds[guild_id].members[user_id] = Member(user_id, joined_at=JOINED)

    def direct_channel(self, user_id: int) -> Channel:
        known = (each for each in self.channels.values() if each.recipient_ids == [user_id])
        return next(known, None) or self._add(Channel(self._fresh_id(), ChannelType.DM, recipient_ids=[user_id]))

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def user_payload(self, user_id: int) -> Json:
        return dict(serializers.user_payload(self.users[user_id]))

    def member_payload(self, guild_id: int, user_id: int) -> Json:
        guild = self.guilds[guild_id]
        if user_id not in guild.members:
            raise LookupError(f"user {user_id} is not in server {guild_id}")
        permissions = Permissions.all() if user_id == guild.owner_id else MEMBER
        described = serializers.member_payload(self._backend, guild, guild.members[user_id])
        return {**described, "permissions": str(permissions.value)}

    def channel_payload(self, channel: Channel) -> Json:
        return dict(serializers.channel_payload(self._backend, channel))

    def guild_payload(self, guild: Guild) -> Json:
        """Return a server's GUILD_CREATE, with the bot as its only member."""
        channels = [each for each in self.channels.values() if each.guild_id == guild.id and not each.is_thread]
        described: dict[str, Any] = {**serializers.guild_create_payload(self._backend, guild)}
        return {
            **described,
            "premium_tier": self.premium_tier,
            "members": [self.member_payload(guild.id, self.bot.id)],
            "channels": [self.channel_payload(each) for each in channels],
        }

    def now_iso(self) -> str:
        return JOINED
