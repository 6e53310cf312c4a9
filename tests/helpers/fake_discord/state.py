"""The fake Discord's servers, roles, channels and users, with their JSON."""

from collections.abc import Callable
from dataclasses import dataclass

from discord import Permissions

from tests.helpers.fake_discord.models import Json

JOINED = "2025-01-01T00:00:00+00:00"
"""When every member joined, ISO 8601."""

MEMBER = Permissions(
    view_channel=True,
    send_messages=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    use_application_commands=True,
)
"""A member's permissions."""

ADMINISTRATOR = Permissions.all()
"""A server owner's permissions."""

BOT = MEMBER | Permissions(send_messages_in_threads=True)
"""The bot's permissions unless a call sets others."""


@dataclass(frozen=True)
class User:
    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": None if self.bot else self.name.title(),
            "discriminator": "0000" if self.bot else "0",
            "avatar": None,
            "bot": self.bot,
            "public_flags": 0,
        }


@dataclass(frozen=True)
class Role:
    """A role of a server; the server's own id names @everyone."""

    id: int
    guild_id: int
    name: str
    permissions: Permissions = MEMBER

    def payload(self) -> Json:
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions.value),
            "position": int(self.id != self.guild_id),
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "flags": 0,
        }


@dataclass(frozen=True)
class Member:
    """A person's membership of one server."""

    guild_id: int
    user_id: int
    role_ids: tuple[int, ...] = ()
    permissions: Permissions = MEMBER

    def payload(self) -> Json:
        """Return the member as Discord describes it, without `user`."""
        return {
            "roles": [str(role) for role in self.role_ids],
            "permissions": str(self.permissions.value),
            "joined_at": JOINED,
            "nick": None,
            "avatar": None,
            "premium_since": None,
            "communication_disabled_until": None,
            "pending": False,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }


TEXT, PUBLIC_THREAD, FORUM = 0, 11, 15


@dataclass(frozen=True)
class Channel:
    """A channel of a server, a direct message channel, or a post.

    A direct message channel has a `recipient_id`. A post has its forum as `parent_id`.
    """

    id: int
    name: str
    guild_id: int | None = None
    recipient_id: int | None = None
    type: int = TEXT
    parent_id: int | None = None


@dataclass(frozen=True)
class Guild:
    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    premium_tier: int = 0


class FakeDiscordState:
    """Everything in this fake Discord.

    It starts with the bot alone.
    """

    def __init__(self, fresh_id: Callable[[], int]) -> None:
        self._fresh_id = fresh_id
        self.application_id = fresh_id()
        self.bot_public = True
        self.bot = User(self.application_id, "Matinee", bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.roles: dict[int, Role] = {}
        self.channels: dict[int, Channel] = {}
        self.members: dict[tuple[int, int], Member] = {}

    def add_user(self, name: str) -> int:
        user = User(self._fresh_id(), name)
        self.users[user.id] = user
        return user.id

    def add_guild(self, name: str, owner_id: int) -> int:
        """Add a server that the bot is in.

        The owner has every permission.
        """
        guild = Guild(self._fresh_id(), name, owner_id)
        self.guilds[guild.id] = guild
        self.roles[guild.id] = Role(guild.id, guild.id, "@everyone")
        self.join(guild.id, self.bot.id, permissions=BOT)
        self.join(guild.id, owner_id, permissions=ADMINISTRATOR)
        return guild.id

    def add_role(self, guild_id: int, name: str, permissions: Permissions = MEMBER) -> int:
        role = Role(self._fresh_id(), guild_id, name, permissions)
        self.roles[role.id] = role
        return role.id

    def add_channel(self, guild_id: int, name: str) -> int:
        channel = Channel(self._fresh_id(), name, guild_id)
        self.channels[channel.id] = channel
        return channel.id

    def add_forum(self, guild_id: int, name: str) -> int:
        channel = Channel(self._fresh_id(), name, guild_id, type=FORUM)
        self.channels[channel.id] = channel
        return channel.id

    def add_post(self, forum: Channel, post_id: int, name: str) -> Channel:
        """Add a post to a forum, with its first message's id."""
        self.channels[post_id] = Channel(post_id, name, forum.guild_id, type=PUBLIC_THREAD, parent_id=forum.id)
        return self.channels[post_id]

    def posts(self, *, guild_id: int) -> list[Channel]:
        return [each for each in self.channels.values() if each.parent_id is not None and each.guild_id == guild_id]

    def join(
        self, guild_id: int, user_id: int, *, role_ids: tuple[int, ...] = (), permissions: Permissions = MEMBER
    ) -> None:
        """Make a person a member of a server, or change the membership."""
        self.members[guild_id, user_id] = Member(guild_id, user_id, role_ids, permissions)

    def direct_channel(self, user_id: int) -> Channel:
        """Return a user's direct message channel, opened at the first call."""
        for channel in self.channels.values():
            if channel.recipient_id == user_id:
                return channel
        channel = Channel(self._fresh_id(), "", recipient_id=user_id)
        self.channels[channel.id] = channel
        return channel

    def member_payload(self, guild_id: int, user_id: int) -> Json:
        """Return a member with its user.

        LookupError if the person is not in the server.
        """
        try:
            member = self.members[guild_id, user_id]
        except KeyError:
            raise LookupError(f"user {user_id} is not in server {guild_id}") from None
        return {**member.payload(), "user": self.users[user_id].payload()}

    def channel_payload(self, channel: Channel) -> Json:
        if channel.recipient_id is not None:
            recipient = self.users[channel.recipient_id].payload()
            return {"id": str(channel.id), "type": 1, "last_message_id": None, "flags": 0, "recipients": [recipient]}
        if channel.parent_id is not None:
            return self._post_payload(channel)
        return {
            "id": str(channel.id),
            "type": channel.type,
            "guild_id": str(channel.guild_id),
            "name": channel.name,
            "position": 0,
            "permission_overwrites": [],
            "nsfw": False,
            "topic": None,
            "parent_id": None,
            "rate_limit_per_user": 0,
            "last_message_id": None,
            "flags": 0,
        }

    def _post_payload(self, post: Channel) -> Json:
        return {
            "id": str(post.id),
            "type": post.type,
            "guild_id": str(post.guild_id),
            "parent_id": str(post.parent_id),
            "owner_id": str(self.bot.id),
            "name": post.name,
            "last_message_id": str(post.id),
            "rate_limit_per_user": 0,
            "message_count": 0,
            "member_count": 1,
            "flags": 0,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 10_080,
                "archive_timestamp": JOINED,
                "locked": False,
            },
        }

    def guild_payload(self, guild: Guild) -> Json:
        """Return a server's GUILD_CREATE, with the bot as its only member."""
        channels = [c for c in self.channels.values() if c.guild_id == guild.id and c.parent_id is None]
        return {
            "id": str(guild.id),
            "name": guild.name,
            "owner_id": str(guild.owner_id),
            "unavailable": False,
            "premium_tier": guild.premium_tier,
            "large": False,
            "joined_at": JOINED,
            "member_count": sum(key[0] == guild.id for key in self.members),
            "members": [self.member_payload(guild.id, self.bot.id)],
            "roles": [r.payload() for r in self.roles.values() if r.guild_id == guild.id],
            "channels": [self.channel_payload(c) for c in channels],
            **{key: [] for key in _EMPTY_LISTS},
            **dict.fromkeys(_ABSENT),
            **dict.fromkeys(_ZEROES, 0),
            "preferred_locale": guild.locale,
            "afk_timeout": 300,
            "nsfw": False,
        }


_EMPTY_LISTS = (
    "threads",
    "presences",
    "voice_states",
    "emojis",
    "stickers",
    "features",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
)
_ABSENT = (
    "icon",
    "splash",
    "discovery_splash",
    "banner",
    "description",
    "vanity_url_code",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "rules_channel_id",
    "public_updates_channel_id",
)
_ZEROES = (
    "verification_level",
    "default_message_notifications",
    "explicit_content_filter",
    "mfa_level",
    "nsfw_level",
    "premium_subscription_count",
    "system_channel_flags",
)
