"""Who reads the channels of a server, by their roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChannelReaders:
    """The roles that may view each channel of a server.

    `roles` are their ids by channel. @everyone has the server's id. A thread has its channel's readers. Without private
    threads, whose readers are not known, and without channels that are gone or that the bot can't view.
    """

    guild_id: int
    roles: Mapping[int, frozenset[int]]

    def everyone_may_read(self, channel_id: int) -> bool:
        """Return whether all members may read a channel."""
        return self.guild_id in self.roles.get(channel_id, ())

    def all_may_read(self, channel_id: int, other_id: int) -> bool:
        """Return whether all readers of a channel may read the other.

        False where the readers of one of them are not known.
        """
        readers, others = self.roles.get(channel_id), self.roles.get(other_id)
        if readers is None or others is None:
            return False
        return self.everyone_may_read(other_id) or readers <= others
