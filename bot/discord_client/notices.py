"""Tells members what others did for them."""

from __future__ import annotations

from collections.abc import Sequence

import discord
import structlog

from bot.discord_client import sent_messages
from bot.discord_client.channel_viewers import fetch_hidden
from bot.discord_client.client import Client
from bot.discord_client.nonces import nonce_of
from bot.discord_client.rest_errors import map_errors
from bot.domain.followers import FollowerNotice
from bot.domain.gift import Gift
from bot.domain.pitch import PitchNotice
from bot.errors import DeliveryRejected
from bot.locales.texts import texts_in
from bot.ui import gifts, job_messages, pitch_notices

_log = structlog.stdlib.get_logger(__name__)


class Notices:
    """Sends notices where their readers' movies go."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def send_pitch_notices(self, notices: Sequence[PitchNotice], sent_since: int | None, *, direct: bool) -> None:
        """Tell members of a pitch in its channel, or one by DM.

        Not again where an earlier attempt has.

        Raises:
            DeliveryRejected: Discord rejects it there.
            DeliveryDeferred: A transient failure; retry later.
        """
        first = notices[0]
        texts = texts_in(first.member_language if direct else first.pitch.server_language)
        await map_errors(
            lambda: self._send(
                pitch_notices.notice_text(texts, notices, direct=direct),
                [each.member_id for each in notices],
                place=None if direct else (first.pitch.guild_id, first.pitch.channel_id),
                row_id=f"{first.key}-{first.member_id}-{first.queued_at}",
                sent_since=sent_since,
            )
        )

    async def send_gift(self, gift: Gift, sent_since: int | None) -> None:
        """Tell the recipient of a gift: where they chose, else elsewhere.

        Not in a channel that they can't view, and not again where an earlier attempt has.

        Raises:
            DeliveryRejected: Discord rejects it by DM and in the channel.
            DeliveryDeferred: A transient failure; retry later.
        """
        routes = [True, False] if gift.direct else [False, True]
        for number, direct in enumerate(routes):
            try:
                await map_errors(lambda direct=direct: self._send_gift(gift, sent_since, direct=direct))
            except DeliveryRejected as exc:
                _log.info("gift_route_rejected", gift_id=gift.id, direct=direct, code=exc.code)
                if number:
                    raise
            else:
                return

    async def send_follower_notice(self, notice: FollowerNotice, sent_since: int | None) -> None:
        """Tell a follower by DM that a movie is ready. Not again where an earlier attempt has.

        Raises:
            DeliveryRejected: Discord rejects it.
            DeliveryDeferred: A transient failure; retry later.
        """
        text = job_messages.follower_notice(texts_in(notice.language), notice.job)
        row_id = f"{notice.key}-followed"
        await map_errors(lambda: self._send(text, [notice.member_id], place=None, row_id=row_id, sent_since=sent_since))

    async def _send_gift(self, gift: Gift, sent_since: int | None, *, direct: bool) -> None:
        told = [gift.recipient_id]
        if not direct and await fetch_hidden(self._client, gift.guild_id, gift.channel_id, told):
            raise DeliveryRejected("the recipient can't view the channel")
        language = gift.recipient_language if direct else gift.server_language
        await self._send(
            gifts.received(texts_in(language), gift, direct=direct),
            told,
            place=None if direct else (gift.guild_id, gift.channel_id),
            row_id=gift.id,
            sent_since=sent_since,
        )

    async def _send(
        self, text: str, told: Sequence[int], *, place: tuple[int, int] | None, row_id: str, sent_since: int | None
    ) -> None:
        """Send a text to a channel, or by DM without a place."""
        members, me = [discord.Object(each) for each in told], self._client.user
        channel: discord.DMChannel | discord.PartialMessageable
        if place is None:
            [member] = members
            channel = await self._client.create_dm(member)
        else:
            channel = self._client.get_partial_messageable(place[1], guild_id=place[0])
        if me is not None and sent_since is not None and await _has_text(channel, text, me, sent_since):
            return
        mentions = discord.AllowedMentions(everyone=False, users=members, roles=False)
        await channel.send(text, nonce=nonce_of(f"{row_id}-{place is None}"), allowed_mentions=mentions)


async def _has_text(channel: discord.abc.Messageable, text: str, me: discord.abc.Snowflake, sent_since: int) -> bool:
    """Return whether a text was sent; False where it can't be read."""
    try:
        return await sent_messages.has_text(channel, text, me, sent_since)
    except discord.Forbidden as exc:
        if exc.code not in sent_messages.NO_ACCESS_CODES:
            raise
        return False
