"""What members are told: its place, its language, and once."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.env import Env

from bot.composition import open_app
from bot.core.errors import DeliveryDeferred
from bot.discord_client.notices import Notices
from bot.domain.credits import Gift
from bot.domain.message import MessageKind, Notice
from bot.domain.pitches import Pitch, PitchState
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.ui import credits, pitches
from tests.helpers.clock import ManualClock
from tests.helpers.factories import request
from tests.helpers.offline_discord import discord_of
from tests.helpers.reading import message_text
from tests.helpers.settings import make_settings

GERMAN, JAPANESE = texts_in(Language.GERMAN), texts_in(Language.JAPANESE)
DM = True


@dataclass
class NoticesHarness:
    env: Env
    notices: Notices
    guild_id: int
    channel: ChannelHandle
    alice: MemberActor
    bob: MemberActor

    @property
    def now(self) -> int:
        return int(self.env.now().timestamp() * 1000)

    @property
    def gift(self) -> Notice:
        place = (self.guild_id, self.channel.id)
        gift = Gift("0abc123defghk", *place, self.alice.id, self.bob.id, 40, self.now, Language.JAPANESE)
        return Notice(MessageKind.GIFT, gift, self.bob.id, Language.GERMAN, "a gift", self.now)

    def notice(self, who: MemberActor) -> Notice:
        place = (self.guild_id, self.channel.id)
        pitch = Pitch("0abc123defghj", 1, *place, 9, request(), 600, PitchState.OPEN, self.now, self.now)
        pitch = replace(pitch, server_language=Language.JAPANESE)
        return Notice(MessageKind.LAPSED, pitch, who.id, Language.GERMAN, f"lapsed-{who.id}", self.now, credits=40)

    def seen(self) -> list[tuple[bool, str]]:
        direct = [(DM, message_text(each)) for who in (self.alice, self.bob) for each in who.user.dm_channel.history()]
        return [*((not DM, message_text(each)) for each in self.channel.history()), *direct]

    def sent(self) -> list[dict[str, Any]]:
        posts = [each for each in self.env.http_requests if each.method == "POST" and each.path.endswith("/messages")]
        return [each.json for each in posts if each.json is not None]


@pytest.fixture
async def harness(tmp_path: Path) -> AsyncGenerator[NoticesHarness]:
    async with open_app(make_settings(tmp_path), ManualClock()) as app, discord_of(app) as env:
        guild = env.create_guild()
        channel = guild.create_text_channel("movies")
        alice, bob = (guild.add_member(env.create_user(name)) for name in ("alice", "bob"))
        yield NoticesHarness(env, Notices(app.client), guild.id, channel, alice, bob)


def read(notice: Notice, *, direct: bool) -> tuple[bool, str]:
    texts = GERMAN if direct else JAPANESE
    if isinstance(notice.subject, Gift):
        return direct, credits.received(texts, notice.subject, direct=direct)
    return direct, pitches.notice_text(texts, [notice], direct=direct)


async def test_each_route_has_a_nonce_of_its_own_and_repeats_it(harness: NoticesHarness) -> None:
    """Discord would take another place's message for it."""
    for direct in (True, False):
        await harness.notices.tell([harness.gift], None, direct=direct)
    assert sorted(harness.seen()) == sorted(read(harness.gift, direct=each) for each in (True, False))
    await harness.notices.tell([harness.gift], None, direct=True)
    first, elsewhere, again = harness.sent()
    assert first["nonce"] == again["nonce"] != elsewhere["nonce"]
    assert all(each["allowed_mentions"]["users"] == [harness.bob.id] for each in harness.sent())


@pytest.mark.parametrize("direct", [True, False])
async def test_what_an_earlier_attempt_has_told_is_not_told_again(harness: NoticesHarness, *, direct: bool) -> None:
    since, told = harness.now, (harness.gift, harness.notice(harness.bob))
    for _, text in (read(each, direct=direct) for each in told):
        await (harness.bob.send_dm(text) if direct else harness.alice.send(harness.channel, text))
    copies = harness.seen()
    for each in (*told, *told):
        await harness.notices.tell([each], since, direct=direct)
    assert sorted(harness.seen()) == sorted([*copies, *(read(each, direct=direct) for each in told)])


async def test_a_gift_is_told_although_the_channels_history_is_closed(harness: NoticesHarness) -> None:
    """A refusal that is not Discord's own may pass, so it waits."""
    history, gift = f"/channels/{harness.channel.id}/messages", harness.gift
    harness.env.inject_error("GET", history, status=403, code=0, times=1)
    with pytest.raises(DeliveryDeferred):
        await harness.notices.tell([gift], harness.now, direct=False)
    assert harness.seen() == []
    harness.env.inject_error("GET", history, status=403, code=50001, times=1)
    await harness.notices.tell([gift], harness.now, direct=False)
    assert harness.seen() == [read(gift, direct=False)]


async def test_a_message_in_a_channel_tells_several_members(harness: NoticesHarness) -> None:
    both = [harness.notice(who) for who in (harness.alice, harness.bob)]
    await harness.notices.tell(both, None, direct=False)
    await harness.notices.tell(both[1:], None, direct=False)
    posted = [(not DM, pitches.notice_text(JAPANESE, each, direct=False)) for each in (both, both[1:])]
    assert harness.seen() == posted
    first, second = harness.sent()
    assert first["allowed_mentions"]["users"] == [harness.alice.id, harness.bob.id]
    assert first["nonce"] != second["nonce"]
