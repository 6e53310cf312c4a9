"""Every list, button, notice and gallery against what not everyone may see."""

from __future__ import annotations

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from simcord.results import InteractionResult

from bot.ui import movie_list, pitches
from bot.ui.components import custom_id
from cogs.component_router import KEPT_IN_TIME_OUT, ComponentRouter
from data import jobs
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.age_restricted import AgeRestricted
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.ledger_checks import execute, query
from tests.helpers.reading import answered, custom_ids, ephemeral_text, message_text
from tests.helpers.silencing import silence
from tests.helpers.transactions import read

pytestmark = pytest.mark.both_engines

SECRET = "a whispered secret"

PRESSES = (
    "follow",
    "remix",
    "retry",
    "continue",
    "refresh",
    "star",
    "report",
    "receipt",
    "delete",
    "target",
    "versions",
)
"""The actions that name a movie, as they are forged."""


@pytest.fixture
def flags(monkeypatch: pytest.MonkeyPatch) -> AgeRestricted:
    """Which channels are age-restricted: none at first."""
    return AgeRestricted(monkeypatch)


async def ordered(bot: AdminHarness, how: str, flags: AgeRestricted) -> tuple[str, ChannelHandle]:
    place = bot.channel
    if how == "private":
        place = bot.closed_channel("secret", bot.alice)
    elif how == "age-restricted":
        place = bot.guild.create_text_channel("late")
        await flags.set(bot, place)
    await bot.alice.slash(place, "movie", prompt=SECRET, duration=1)
    if how == "dm":
        await bot.act(bot.alice, bot.messages()[-1], "target", "direct")
    await bot.finish()
    return str(bot.job()["id"]), place


def said(result: InteractionResult) -> str:
    """All that a press shows: the answer and the form."""
    form = "" if result.modal is None else str(result.modal)
    return form + ("" if result.response is None else message_text(result.response))


async def other_message(bot: AdminHarness) -> discord.Message:
    await bot.made(bot.dana, prompt="a kite", duration=1)
    return bot.messages()[-1]


@pytest.mark.parametrize("how", ["private", "age-restricted", "dm"])
async def test_no_button_and_no_list_gives_away_what_a_member_may_not_see(
    bot: AdminHarness, flags: AgeRestricted, how: str
) -> None:
    job_id, _ = await ordered(bot, how, flags)
    job = read(bot.place, lambda tx: jobs.get(tx, job_id))
    message = await other_message(bot)
    for action in PRESSES:
        pressed = await bot.press(bot.bob, message, custom_id(action, job_id))
        assert ephemeral_text(pressed) == ENGLISH("buttons-unknown-movie"), action
        assert pressed.modal is None, action
    for action in ("remix", "continue", "refresh"):
        assert ENGLISH("buttons-unknown-movie") not in said(
            await bot.press(bot.alice, message, custom_id(action, job_id))
        )
    if how == "dm":
        from_its_card = await bot.press(bot.bob, bot.messages()[0], custom_id("follow", job_id))
        assert ENGLISH("buttons-follow-ended") in ephemeral_text(from_its_card)
    seen = [
        await bot.dana.slash(bot.channel, "movies", member=bot.alice),
        await bot.dana.slash(bot.channel, "movies", id=job_id),
        await bot.bob.slash(bot.channel, "movies", id=job_id),
        await bot.bob.slash(bot.channel, "top"),
    ]
    opened = custom_id(movie_list.OPEN, bot.alice.id, "all", job_id)
    seen.append(await bot.press(bot.dana, seen[0].response.message.id, opened, [job_id]))
    for each in seen:
        assert SECRET not in said(each)
        assert str(job.movie_url) not in said(each)
    assert SECRET in said(await bot.alice.slash(bot.channel, "movies"))


async def test_a_movie_that_continues_a_hidden_one_does_not_list_it(bot: AdminHarness, flags: AgeRestricted) -> None:
    hidden, _ = await ordered(bot, "private", flags)
    await bot.made(bot.bob, prompt="a sequel", duration=1)
    execute(bot.place, f"UPDATE jobs SET continues_id = '{hidden}' WHERE prompt = 'a sequel'")
    [sequel] = query(bot.place, "SELECT id FROM jobs WHERE prompt = 'a sequel'")
    shown = await bot.bob.slash(bot.channel, "movies", id=sequel["id"])
    assert "a sequel" in said(shown)
    assert SECRET not in said(shown)


@pytest.mark.parametrize("how", ["private", "age-restricted"])
@pytest.mark.parametrize("by_stars", [False, True])
async def test_no_gallery_publishes_what_its_readers_may_not_see(
    bot: AdminHarness, flags: AgeRestricted, how: str, *, by_stars: bool
) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    await configure(bot, gallery=gallery.id, **({"gallery_stars": 1} if by_stars else {}))
    job_id, origin = await ordered(bot, how, flags)
    [movie] = origin.history()
    if by_stars:
        view = discord.Permissions(view_channel=True).value
        bob = Overwrite(target_id=bot.bob.id, type=OverwriteType.MEMBER, allow=view)
        bot.env.backend.set_overwrite(origin.id, bob)
        await bot.env.settle()
        pressed = await bot.press(bot.bob, movie, custom_id("star", job_id), channel=origin)
        assert ephemeral_text(pressed) == ENGLISH("stars-given", stars=1)
        await bot.run_until_idle()
    assert gallery.history() == []
    assert [each.id for each in origin.history()] == [movie.id]


async def test_an_age_restricted_gallery_takes_what_was_ordered_in_an_age_restricted_channel(
    bot: AdminHarness, flags: AgeRestricted
) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    await flags.set(bot, gallery)
    await configure(bot, gallery=gallery.id)
    job_id, _ = await ordered(bot, "age-restricted", flags)
    [movie] = gallery.history()
    assert (await bot.press(bot.bob, movie, custom_id("remix", job_id), channel=gallery)).modal is not None


async def test_a_removed_movie_gives_its_prompt_to_its_member_alone(bot: AdminHarness, flags: AgeRestricted) -> None:
    job_id, _ = await ordered(bot, "public", flags)
    message = await other_message(bot)
    await bot.press(bot.alice, message, custom_id("delete-confirm", job_id))
    await bot.run_until_idle()
    for action in PRESSES:
        pressed = await bot.press(bot.bob, message, custom_id(action, job_id))
        assert pressed.modal is None, action
        assert SECRET not in said(pressed), action
    assert (await bot.press(bot.alice, message, custom_id("remix", job_id))).modal is not None


async def test_a_member_who_is_timed_out_presses_nothing_but_what_is_their_own(
    bot: AdminHarness, flags: AgeRestricted
) -> None:
    job_id, _ = await ordered(bot, "public", flags)
    [movie] = bot.messages()
    await bot.alice.slash(bot.channel, "pitch", prompt="a boat", duration=5)
    pitch = bot.messages()[-1]
    for who in (bot.alice, bot.bob):
        silence(bot, who, "time-out")
    [until] = {bot.env.backend.get_member(bot.guild.id, bot.bob.id).timed_out_until for _ in range(1)}
    assert until is not None
    ends_at = int(discord.utils.parse_time(until).timestamp() * 1000)
    for action in {*PRESSES} - {"receipt", "delete"}:
        pressed = await bot.press(bot.bob, movie, custom_id(action, job_id))
        assert ephemeral_text(pressed) == refusal("refusals-button-timed-out", time=ends_at), action
    router = bot.app.client.get_cog("ComponentRouter")
    assert isinstance(router, ComponentRouter)
    assert router._handlers.keys() >= KEPT_IN_TIME_OUT
    card = answered(await bot.press(bot.alice, movie, custom_id("more", job_id)))
    assert [*custom_ids(card)] == ["receipt", "delete"]
    assert "10" in ephemeral_text(await bot.press(bot.alice, movie, custom_id("receipt", job_id)))
    assert query(bot.place, "SELECT 1 FROM stars") == []
    behind = [
        answered(await who.click(pitch, custom_id=custom_ids(pitch)[pitches.MORE])) for who in (bot.alice, bot.bob)
    ]
    assert [[*custom_ids(each)] for each in behind] == [[pitches.WITHDRAW], []]


async def test_a_member_who_left_the_server_gets_only_what_is_their_own(
    bot: AdminHarness, flags: AgeRestricted
) -> None:
    await ordered(bot, "dm", flags)
    [movie] = bot.direct_messages(bot.alice)
    bot.env.backend.remove_member(bot.guild.id, bot.alice.id)
    await bot.env.settle()
    for owner, expected in ((bot.alice, True), (bot.bob, False)):
        execute(bot.place, f"UPDATE jobs SET member_id = {owner.id}")
        pressed = await bot.alice.user.click(movie, label=ENGLISH("buttons-new-link-button"))
        assert (said(pressed) != ENGLISH("buttons-unknown-movie")) is expected
    execute(bot.place, f"UPDATE jobs SET member_id = {bot.alice.id}")


async def test_pitches_of_a_hidden_channel_are_listed_for_those_who_may_see_them(bot: AdminHarness) -> None:
    secret = bot.closed_channel("secret", bot.alice)
    await bot.alice.slash(secret, "pitch", prompt=SECRET, duration=1)
    [pitch] = query(bot.place, "SELECT id FROM pitches")
    assert SECRET not in said(await bot.bob.slash(bot.channel, "pitches"))
    message = await other_message(bot)
    for action in ((pitches.ADD, pitch["id"], 10), (pitches.OTHER, pitch["id"]), (pitches.VOTE, pitch["id"])):
        assert ENGLISH("pitch-unknown") in ephemeral_text(await bot.press(bot.bob, message, custom_id(*action)))
    for chosen, values in (((pitches.MANAGE,), [pitch["id"]]), ((pitches.WITHDRAW_CONFIRM, pitch["id"]), ())):
        pressed = await bot.press(bot.bob, message, custom_id(*chosen), values)
        assert ENGLISH("pitch-unknown") in said(pressed), "neither whose it is nor what became of it"
    assert query(bot.place, "SELECT 1 FROM pledges") == []
    hide(bot, secret, bot.alice.id)
    await bot.env.settle()
    assert SECRET in said(await bot.alice.slash(bot.channel, "pitches"))
    withdrawn = await bot.press(bot.alice, message, custom_id(pitches.WITHDRAW_CONFIRM, pitch["id"]))
    assert said(withdrawn) == ENGLISH("pitch-withdrawn")


def hide(bot: AdminHarness, channel: ChannelHandle, *who: int) -> None:
    for each in who:
        denied = discord.Permissions(view_channel=True).value
        bot.env.backend.set_overwrite(
            channel.id, Overwrite(target_id=each, type=OverwriteType.MEMBER, allow=0, deny=denied)
        )


async def test_a_follower_who_cant_view_the_channel_any_more_is_told_by_dm_once(bot: AdminHarness) -> None:
    await bot.movie(prompt=SECRET, duration=1)
    [card] = bot.messages()
    for who in (bot.bob, bot.dana):
        await bot.press(who, card, custom_id("follow", bot.job()["id"]))
    hide(bot, bot.channel, bot.bob.id)
    await bot.finish()
    await bot.restart()
    await bot.run_until_idle(3600)
    [movie] = bot.messages()
    assert {each.id for each in movie.mentions} == {bot.alice.id, bot.dana.id}
    [told] = bot.direct_messages(bot.bob)
    assert message_text(told) == ENGLISH("deliveries-followed-direct", id=bot.job()["id"])
    assert bot.direct_messages(bot.dana) == []
