"""Who may see what was ordered in a channel: the one rule that all else asks.

It is shown in a place only where everyone who can view the place can view the channel of its order, and what was
ordered in an age-restricted channel only in age-restricted places. Whoever ordered it or paid for it sees it anyway.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ServerRoles:
    """A server's roles that people can have, by what they grant in every channel.

    @everyone has the server's id. A role of a bot is none of them.
    """

    guild_id: int
    owner_id: int | None
    all: frozenset[int]
    viewing: frozenset[int]
    """Those that grant the permission to view channels."""
    administrators: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ChannelReaders:
    """Who may view a channel. A thread has its channel's readers.

    `overwrites` are the channel's own decisions, by the id of a role or member: whether it allows or denies the view.
    See https://discord.com/developers/docs/topics/permissions#permission-overwrites
    """

    server: ServerRoles
    overwrites: Mapping[int, bool] = field(default_factory=dict[int, bool])
    age_restricted: bool = False

    @property
    def everyone(self) -> bool:
        """Whether all members may view it."""
        return self.viewers == self.server.all and False not in self._members().values()

    @property
    def viewers(self) -> frozenset[int]:
        """The roles each of which lets a member view it who has no other."""
        return frozenset(role for role in self.server.all if self._lets_view({role}))

    def may_view(self, member_id: int, role_ids: Collection[int]) -> bool:
        """Return whether a member with these roles may view it."""
        roles = self.server.all.intersection(role_ids)
        if member_id == self.server.owner_id or roles & self.server.administrators:
            return True
        own = self._members().get(member_id)
        return self._lets_view(roles) if own is None else own

    def all_may_view(self, other: ChannelReaders) -> bool:
        """Return whether all who may view this channel may view the other.

        Whatever roles they have: a role that the other denies is tried with each that lets this one be viewed. A
        member's own permission counts, too. Where their roles would have to be known, it is taken that they may not.
        """
        if self is other:
            return True
        viewers = self.viewers
        if not viewers <= other.viewers:
            return False
        outweighing = other._outweighing()
        for denied in other._denied():
            combined = self._outweighing() if denied in self._denied() else viewers
            if not combined <= outweighing:
                return False
        members, others = self._members(), other._members()
        certain = other.viewers == self.server.all
        return all(others.get(each, certain) for each, allowed in members.items() if allowed) and all(
            members.get(each) is False for each, allowed in others.items() if not allowed
        )

    def _lets_view(self, roles: Collection[int]) -> bool:
        server, everyone = self.server, self.server.guild_id
        if not server.administrators.isdisjoint(roles):
            return True
        decided = [self.overwrites[each] for each in roles if each != everyone and each in self.overwrites]
        if decided:
            return any(decided)  # a role that allows it outweighs one that denies it
        return self.overwrites.get(everyone, not server.viewing.isdisjoint({everyone, *roles}))

    def _denied(self) -> frozenset[int]:
        """Return the roles that the channel denies."""
        named = self.server.all - self.server.administrators - {self.server.guild_id}
        return frozenset(each for each in named if self.overwrites.get(each) is False)

    def _outweighing(self) -> frozenset[int]:
        """Return the roles that let a member view it whatever else they have."""
        named = frozenset(
            each for each in self.server.all if each != self.server.guild_id and self.overwrites.get(each)
        )
        return named | self.server.administrators

    def _members(self) -> dict[int, bool]:
        return {each: allowed for each, allowed in self.overwrites.items() if each not in self.server.all}


@dataclass(frozen=True, slots=True)
class ServerReaders:
    """The readers of some channels of a server.

    Without private threads, whose readers are not known, and without channels that are gone or that the bot can't view.
    """

    channels: Mapping[int, ChannelReaders]

    def everyone_may_view(self, channel_id: int) -> bool:
        """Return whether all members may view a channel."""
        readers = self.channels.get(channel_id)
        return readers is not None and readers.everyone

    def may_be_shown(self, origin_id: int, place_id: int) -> bool:
        """Return whether what was ordered in one channel may be shown in another.

        False where the readers of one of them are not known.
        """
        if origin_id == place_id:
            return True
        origin, place = self.channels.get(origin_id), self.channels.get(place_id)
        if origin is None or place is None or (origin.age_restricted and not place.age_restricted):
            return False
        return place.all_may_view(origin)


def may_see(
    *, is_own: bool, is_there: bool, may_view: bool, channel_age_restricted: bool, here_age_restricted: bool
) -> bool:
    """Return whether one person may see what was ordered in a channel.

    `is_own`: they ordered it or paid for it. `is_there`: they ask in that channel, or at the message that shows it.
    `may_view`: they may view the channel now. The flags of age are Discord's, of the channel and of where they ask.
    """
    return is_own or is_there or (may_view and (here_age_restricted or not channel_age_restricted))
