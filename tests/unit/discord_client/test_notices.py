"""Notices of gifts and pitches: their place, their language, and once."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.app import open_app
from bot.discord_client.notices import Notices
from bot.domain.gift import Gift
from bot.domain.language import Language
from bot.domain.pitch import NoticeKind, Pitch, PitchNotice, PitchState
from bot.domain.preferences import DeliveryTarget
from bot.errors import DeliveryDeferred, DeliveryRejected
from bot.locales.texts import texts_in
from bot.ui import gifts, pitch_notices
from tests.helpers.clock import ManualClock
from tests.helpers.factories import request
from tests.helpers.offline_discord import discord_of
from tests.helpers.settings import make_settings

GERMAN, JAPANESE = texts_in(Language.GERMAN), texts_in(Language.JAPANESE)
DM = True


@dataclass
class NoticesHarness:
    env: Env
    notices: Notices
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor
    gift: Gift

    @property
    def pitch(self) -> Pitch:
        guild_id, now = self.gift.guild_id, self.gift.created_at
        pitch = Pitch("0abc123defghj", guild_id, self.channel.id, 9, request(), 600, PitchState.OPEN, now, now)
        return replace(pitch, server_language=Language.JAPANESE)

    def notice(self, who: MemberActor, queued_at: int = 1) -> PitchNotice:
        target = DeliveryTarget.CHANNEL
        return PitchNotice(
            self.pitch, who.id, NoticeKind.LAPSED, 40, None, Language.GERMAN, target, 0, queued_at=queued_at
        )

    def seen(self) -> list[tuple[bool, str]]:
        direct = [(DM, each.content) for who in (self.alice, self.bob) for each in who.user.dm_channel.history()]
        return [*((not DM, each.content) for each in self.channel.history()), *direct]

    def sent(self) -> list[dict[str, Any]]:
        posts = [each for each in self.env.http_requests if each.method == "POST" and each.path.endswith("/messages")]
        return [each.json for each in posts if each.json is not None]

    async def close(self, *, direct: bool, status: int = 403, code: int = 50001) -> None:
        dm = await self.notices._client.create_dm(discord.Object(self.bob.id))
        place = dm.id if direct else self.channel.id
        self.env.inject_error("POST", f"/channels/{place}/messages", status=status, code=code, times=None)


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncGenerator[NoticesHarness]:
    async with open_app(make_settings(tmp_path), ManualClock()) as app, discord_of(app) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("movies")
        alice, bob = (guild.add_member(env.create_user(name)) for name in ("alice", "bob"))
        now = int(env.now().timestamp() * 1000)
        languages = {"server_language": Language.JAPANESE, "recipient_language": Language.GERMAN}
        gift = Gift("0abc123defghk", guild.id, channel.id, alice.id, bob.id, 40, now, **languages)
        yield NoticesHarness(env, Notices(app.client), channel, alice, bob, gift)


def read(gift: Gift, *, direct: bool) -> tuple[bool, str]:
    return direct, gifts.received(GERMAN if direct else JAPANESE, gift, direct=direct)


@pytest.mark.parametrize("direct", [True, False])
async def test_a_gift_is_told_where_its_recipient_chose_or_else_elsewhere(
    harness: NoticesHarness, *, direct: bool
) -> None:
    gift = replace(harness.gift, direct=direct)
    await harness.notices.send_gift(gift, None)
    await harness.close(direct=direct)
    await harness.notices.send_gift(gift, None)
    assert sorted(harness.seen()) == sorted(read(gift, direct=each) for each in (True, False))
    first, again, elsewhere = harness.sent()
    assert first["nonce"] == again["nonce"] != elsewhere["nonce"], "Discord would take another place's message for it"
    assert all(each["allowed_mentions"]["users"] == [harness.bob.id] for each in harness.sent())
    await harness.close(direct=not direct)
    with pytest.raises(DeliveryRejected):
        await harness.notices.send_gift(gift, None)


async def test_a_gift_waits_where_its_place_fails_for_a_while(harness: NoticesHarness) -> None:
    """No passing error makes a private message public."""
    await harness.close(direct=True, status=503, code=0)
    with pytest.raises(DeliveryDeferred):
        await harness.notices.send_gift(replace(harness.gift, direct=True), None)
    assert harness.seen() == []


@pytest.mark.parametrize("direct", [True, False])
async def test_what_an_earlier_attempt_has_told_is_not_told_again(harness: NoticesHarness, *, direct: bool) -> None:
    gift, since = replace(harness.gift, direct=direct), harness.gift.created_at
    notices, pitched = (
        [harness.notice(harness.bob)],
        pitch_notices.notice_text(GERMAN if direct else JAPANESE, [harness.notice(harness.bob)], direct=direct),
    )
    for text in (read(gift, direct=direct)[1], pitched):
        await (harness.bob.send_dm(text) if direct else harness.alice.send(harness.channel, text))
    copies = harness.seen()
    for _ in range(2):
        await harness.notices.send_gift(gift, since)
        await harness.notices.send_pitch_notices(notices, since, direct=direct)
    assert sorted(harness.seen()) == sorted([*copies, read(gift, direct=direct), (direct, pitched)])


async def test_a_gift_is_told_although_the_channels_history_is_closed(harness: NoticesHarness) -> None:
    """A refusal that is not Discord's own may pass, so it waits."""
    history = f"/channels/{harness.channel.id}/messages"
    harness.env.inject_error("GET", history, status=403, code=0, times=1)
    with pytest.raises(DeliveryDeferred):
        await harness.notices.send_gift(harness.gift, harness.gift.created_at)
    assert harness.seen() == []
    harness.env.inject_error("GET", history, status=403, code=50001, times=1)
    await harness.notices.send_gift(harness.gift, harness.gift.created_at)
    assert harness.seen() == [read(harness.gift, direct=False)]


async def test_a_pitchs_notice_goes_to_all_in_the_channel_or_to_one_by_dm(harness: NoticesHarness) -> None:
    both = [harness.notice(who) for who in (harness.alice, harness.bob)]
    bobs, later = harness.notice(harness.bob), harness.notice(harness.bob, queued_at=2)
    for told, direct in ((both, False), ([bobs], False), ([later], False), ([bobs], True)):
        await harness.notices.send_pitch_notices(told, None, direct=direct)
    posted = [(not DM, pitch_notices.notice_text(JAPANESE, each, direct=False)) for each in (both, [bobs], [later])]
    assert harness.seen() == [*posted, (DM, pitch_notices.notice_text(GERMAN, [bobs], direct=True))]
    assert harness.sent()[0]["allowed_mentions"]["users"] == [harness.alice.id, harness.bob.id]
    assert len({each["nonce"] for each in harness.sent()}) == 4
