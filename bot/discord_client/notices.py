"""Tells members by DM or in a channel what others did for them, and what became of their requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.discord_client.channel_viewers import fetch_hidden
from bot.discord_client.sent_messages import Messenger, nonce_of
from bot.domain.credit_request import CreditRequest
from bot.domain.credits import Gift
from bot.domain.delivery import Venue
from bot.domain.jobs import Job
from bot.domain.message import MessageKind, Notice
from bot.domain.pitches import Pitch
from bot.locales.texts import Texts, texts_in
from bot.ui import credit_requests, credits, pitches, storyboards
from bot.ui.components import plain, texts_of


class Notices(Messenger):
    """Sends notices by either route."""

    async def tell(self, notices: Sequence[Notice], sent_since: int | None, *, direct: bool) -> frozenset[int]:
        """Tell members in the subject's channel, or one by DM; return who can't view the channel.

        Those are not told. Not again where an earlier attempt has.

        Raises:
            DeliveryRejected: Discord rejects it there.
            DeliveryDeferred: A transient failure; retry later.
        """
        subject = notices[0].subject
        members = [] if direct else [each.member_id for each in notices]
        hidden = await fetch_hidden(self._client, subject.guild_id, subject.channel_id, members)
        told = [each for each in notices if each.member_id not in hidden]
        if told:
            await self._tell(told, sent_since, direct=direct)
        return hidden

    async def show_untold(self, notice: Notice) -> None:
        """Say in a request's message that its member was not told. Raises the errors of `tell`."""
        request = notice.subject
        if not isinstance(request, CreditRequest) or request.message is None:
            return
        untold = credit_requests.request_message(texts_in(request.server_language), replace(request, untold=True))
        await self._edit(request.message, untold)

    async def _tell(self, notices: Sequence[Notice], sent_since: int | None, *, direct: bool) -> None:
        first, subject = notices[0], notices[0].subject
        text = _text(texts_in(first.language if direct else subject.server_language), notices, direct=direct)
        message = plain(text, mentions=tuple(each.member_id for each in notices))
        if direct:
            channel, venue = await self._direct_channel(first.member_id), Venue.DIRECT
        else:
            channel, venue = self._text_channel(subject.channel_id, subject.guild_id), Venue.CHANNEL
        if not await self._find_message(
            channel, lambda sent: text in (texts_of(sent), sent.content), sent_since, venue
        ):
            nonce = nonce_of(first.nonce_for(direct=direct))
            await self._post_message(channel, (message,), venue, nonce=nonce)


def _text(texts: Texts, notices: Sequence[Notice], *, direct: bool) -> str:
    """Return what a message of some notices says."""
    match notices[0].subject:
        case Gift() as gift:
            return credits.received(texts, gift, direct=direct)
        case CreditRequest() as request:
            return credit_requests.answer_text(texts, request)
        case Job() as job:
            if notices[0].kind is MessageKind.FOLLOWED:
                return texts("deliveries-followed-direct", id=job.id)
            return storyboards.notice_text(texts, notices, direct=direct)
        case Pitch():
            return pitches.notice_text(texts, notices, direct=direct)
