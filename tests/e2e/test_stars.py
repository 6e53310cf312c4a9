"""Stars, the gallery of movies with enough of them, /top, and movie nights."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.enums import ChannelType
from simcord.results import InteractionResult

from bot.discord_client.client import Client
from bot.domain.movie_nights import next_start
from bot.domain.quota import AuditAction, AuditReason
from bot.domain.server_setup import AgeRule, Weekday
from bot.ui import preferences
from bot.ui import rankings as ranking_messages
from bot.ui.components import custom_id
from data import rankings
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.ledger_checks import execute, query
from tests.helpers.reading import answered, button, ephemeral_text, labels, message_text, response_text
from tests.helpers.steps import completed_movie

pytestmark = pytest.mark.both_engines

STAR = ENGLISH("stars-star-button")


async def test_a_movie_with_enough_stars_is_posted_in_the_gallery_too(bot: AdminHarness) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    await configure(bot, gallery=gallery.id, gallery_stars=2)
    movie = await completed_movie(bot)
    assert gallery.history() == []
    await bot.clock.advance(365 * 24 * 3600)
    await bot.restart()
    own = await bot.alice.click(movie, label=STAR)
    assert ephemeral_text(own) == refusal("stars-own")
    first = await bot.bob.click(movie, label=STAR)
    assert ephemeral_text(first) == ranking_messages.given(ENGLISH, 1, posted=False)
    second = await bot.dana.click(movie, label=STAR)
    assert ephemeral_text(second) == ranking_messages.given(ENGLISH, 2, posted=True)
    await bot.run_until_idle()
    [posted] = gallery.history()
    assert labels(posted) == labels(movie)
    assert ephemeral_text(await bot.bob.click(posted, label=STAR)) == ranking_messages.taken_back(ENGLISH, 1)
    remix = await bot.bob.click(posted, label=ENGLISH("buttons-remix-button"))
    assert remix.modal is not None
    await bot.bob.click(posted, label=ENGLISH("buttons-new-link-button"))
    assert gallery.history()[0].content.endswith(str(bot.job()["movie_url"]))
    question = await bot.dana.click(posted, label=ENGLISH("buttons-delete-button"))
    await bot.dana.click(answered(question).message, label=ENGLISH("buttons-delete-movie-button"))
    await bot.run_until_idle()
    assert (gallery.history(), bot.messages()) == ([], [])
    only = custom_id("delete-confirm", bot.job()["id"], "gallery")
    late = await bot.press(bot.dana, answered(question).message.id, only, channel=gallery)
    assert ENGLISH("buttons-deleted-already") in response_text(late)


async def test_a_movie_is_taken_out_of_the_gallery_by_its_member_or_staff_only(bot: AdminHarness) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    await configure(bot, gallery=gallery.id, gallery_stars=1)
    movie = await completed_movie(bot)
    await bot.bob.click(movie, label=STAR)
    await bot.run_until_idle()
    [posted] = gallery.history()
    no = await bot.bob.click(posted, label=ENGLISH("buttons-delete-button"))
    assert labels_of_response(no) == []
    plain = await bot.dana.click(movie, label=ENGLISH("buttons-delete-button"))
    assert labels_of_response(plain) == [ENGLISH("buttons-delete-movie-button")]
    question = await bot.dana.click(posted, label=ENGLISH("buttons-delete-button"))
    only = custom_id("delete-confirm", bot.job()["id"], "gallery")
    forged = await bot.press(bot.bob, movie, only)
    assert ephemeral_text(forged) == ENGLISH("buttons-not-deleter", name="alice")
    await bot.dana.click(answered(question).message, custom_id=only)
    await bot.run_until_idle()
    await bot.press(bot.dana, movie, only)
    await bot.run_until_idle()
    assert (gallery.history(), len(bot.messages())) == ([], 1)
    [taken] = [each for each in bot.audit_entries() if each.action is AuditAction.GALLERY_REMOVED]
    who = bot.dana.id, bot.alice.id
    assert (taken.by.actor_id, taken.subject_id, taken.job_id) == (*who, bot.job()["id"])
    for _ in range(2):
        await bot.bob.click(movie, label=STAR)
    await bot.run_until_idle()
    assert gallery.history() == []


async def test_a_movie_of_a_private_thread_stays_there(bot: AdminHarness) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    await configure(bot, gallery=gallery.id, gallery_stars=1)
    manager = bot.guild.create_role("Manager", permissions=discord.Permissions(manage_threads=True))
    fan = bot.guild.add_member(bot.env.create_user("fan"), roles=[manager])
    for kind in (ChannelType.PRIVATE_THREAD, ChannelType.PUBLIC_THREAD):
        made = bot.env.backend.create_thread(bot.channel.id, "films", bot.alice.id, type=kind)
        [thread] = [each for each in bot.channel.threads if each.id == made.id]
        await bot.alice.slash(thread, "movie", prompt="a cat", duration=1)
        await bot.finish()
        is_public = kind == ChannelType.PUBLIC_THREAD
        if is_public:
            bot.forget_threads()
        starred = await fan.click(thread.history()[-1], label=STAR)
        assert ephemeral_text(starred) == ranking_messages.given(ENGLISH, 1, posted=is_public)
        await bot.run_until_idle()
        assert len(gallery.history()) == is_public


def labels_of_response(result: InteractionResult) -> list[str | None]:
    return labels(answered(result))


async def test_anyone_reads_the_best_of_a_month(bot: BotHarness) -> None:
    empty = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert ENGLISH("top-nothing") in empty
    movie = await completed_movie(bot, prompt="a cat")
    await bot.bob.click(movie, label=ENGLISH("stars-star-button"))
    text = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert "1. a cat · ⭐ 1" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-movies', movies=1)}" in text
    assert f"1. {bot.alice.mention} · {ENGLISH('units-credits', credits=200)}" in text
    assert "a cat" in ephemeral_text(await bot.bob.slash(bot.guild.create_text_channel("talk"), "top"))
    before = ephemeral_text(await bot.bob.slash(bot.channel, "top", month="2026-10"))
    assert ENGLISH("top-nothing") in before
    wrong = await bot.bob.slash(bot.channel, "top", month="2026-13")
    assert ephemeral_text(wrong) == refusal("quota-bad-month", given="2026-13")


async def test_movies_of_a_channel_that_a_member_cant_view_are_left_out(bot: BotHarness) -> None:
    secret = bot.closed_channel("secret", bot.alice)
    for number in range(1, rankings.SHOWN + 2):
        await bot.made(prompt=f"cat {number}", duration=1)
    await bot.alice.slash(secret, "movie", prompt="a secret", duration=1)
    await bot.finish()
    assert "1. a secret" in ephemeral_text(await bot.alice.slash(bot.channel, "top"))
    text = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert "a secret" not in text
    assert [f"cat {number}" in text for number in range(1, rankings.SHOWN + 2)] == [False] + [True] * rankings.SHOWN


async def test_a_movie_is_for_those_who_view_the_channel_of_its_message(bot: BotHarness) -> None:
    secret, talk = bot.closed_channel("secret", bot.alice), bot.guild.create_text_channel("talk")
    await bot.made(prompt="a cat", duration=1)
    ledger_checks.execute(bot.place, f"UPDATE outbox SET channel_id = {secret.id}")
    for member, found in ((bot.alice, True), (bot.bob, False)):
        assert ("1. a cat" in ephemeral_text(await member.slash(talk, "top"))) is found
    await bot.alice.slash(secret, "movie", prompt="a secret", duration=1)
    await bot.finish()
    ledger_checks.execute(bot.place, "UPDATE outbox SET message_id = 0")
    ledger_checks.execute(bot.place, "UPDATE jobs SET card_message_id = NULL")
    for member, found in ((bot.alice, True), (bot.bob, False)):
        assert ("a secret" in ephemeral_text(await member.slash(bot.channel, "top"))) is found


async def test_movies_of_a_private_thread_are_for_who_manages_threads(bot: BotHarness) -> None:
    """The gateway doesn't tell the bot a private thread's other members."""
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.alice.id, type=ChannelType.PRIVATE_THREAD)
    [thread] = bot.channel.threads
    bot.env.backend.add_thread_member(thread.id, bot.bob.id)
    await bot.alice.slash(thread, "movie", prompt="a secret", duration=1)
    await bot.finish()
    for where, found in ((thread, True), (bot.channel, False)):
        assert ("a secret" in ephemeral_text(await bot.bob.slash(where, "top"))) is found
    manager = bot.guild.create_role("Manager", permissions=discord.Permissions(manage_threads=True))
    carol = bot.guild.add_member(bot.env.create_user("carol"), roles=[manager])
    assert "a secret" in ephemeral_text(await carol.slash(bot.channel, "top"))


async def test_a_movie_of_a_thread_whose_channel_the_gateway_does_not_know_is_left_out(bot: BotHarness) -> None:
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.alice.id)
    [thread] = bot.channel.threads
    await bot.alice.slash(thread, "movie", prompt="a secret", duration=1)
    await bot.finish()
    talk = bot.guild.create_text_channel("talk")
    assert "a secret" in ephemeral_text(await bot.bob.slash(talk, "top"))
    guild = bot.app.client.get_guild(bot.guild.id)
    assert guild is not None
    guild._channels.pop(bot.channel.id)
    assert "a secret" not in ephemeral_text(await bot.bob.slash(talk, "top"))


ALL, NEXT = ENGLISH("night-all-button"), ENGLISH("night-next-button")
DELETE, CONFIRM = ENGLISH("buttons-delete-button"), ENGLISH("buttons-delete-movie-button")


async def starred(bot: AdminHarness, prompt: str, *fans: MemberActor) -> discord.Message:
    movie = await completed_movie(bot, prompt=prompt, duration=1)
    for fan in fans:
        await fan.click(movie, label=STAR)
    return movie


async def wait_for_the_day(bot: AdminHarness) -> None:
    start = next_start(Weekday.TUESDAY, bot.clock.now())
    await bot.clock.advance((start - bot.clock.now()) / 1000)
    bot.env.backend.clock.advance(bot.clock.now() / 1000 - bot.env.now().timestamp())
    await bot.run_until_idle()


def nights(bot: AdminHarness) -> list[discord.Message]:
    return [each for each in bot.messages() if each.embeds and each.embeds[0].title == ENGLISH("night-title")]


async def delete(bot: AdminHarness, movie: discord.Message) -> None:
    await bot.dana.click(answered(await bot.dana.click(movie, label=DELETE)).message, label=CONFIRM)
    await bot.run_until_idle()


async def test_the_weeks_best_are_posted_and_played_one_after_another(bot: AdminHarness) -> None:
    await configure(bot, movie_night=Weekday.TUESDAY)
    good = await starred(bot, "a good boat", bot.bob)
    best = await starred(bot, "the best boat", bot.bob, bot.dana)
    gone = await starred(bot, "a rude boat", bot.bob, bot.dana)
    await starred(bot, "a boat without stars")
    await gone.delete()
    await wait_for_the_day(bot)
    [night] = nights(bot)
    lines = (night.embeds[0].description or "").splitlines()[2:]
    assert [line.split(" · ")[:2] for line in lines] == [["1. the best boat", "⭐ 2"], ["2. a good boat", "⭐ 1"]]
    assert night.mentions == []
    await bot.restart()
    await bot.run_until_idle(3600)
    assert nights(bot) == [night]
    for who in (bot.bob, bot.alice, bot.bob):
        opened = await who.click(night, label=ALL)
        assert "Movie 1 of 2" in ephemeral_text(opened)
        player = answered(opened).message
        following_id = button(player, NEXT)
        if who is bot.alice:
            assert ephemeral_text(await who.click(player, label=STAR)) == ENGLISH("stars-own")
        following = await bot.press(who, player, following_id)
        assert answered(following).id == player.id, "in place of the first movie, although its link was fetched"
        assert "Movie 2 of 2" in response_text(following)
        assert ENGLISH("night-last") in response_text(following)
    links = {job.request.prompt: str(job.movie_url) for job in bot.stored_jobs()}
    for number, boat in ((1, "the best boat"), (2, "a good boat")):
        direct = ephemeral_text(await bot.bob.click(night, label=str(number)))
        assert [each in direct for each in (f"Movie {number} of 2", boat, links[boat])] == [True] * 3
    await delete(bot, best)
    [left] = nights(bot)
    assert (left.embeds[0].description or "").splitlines()[2].startswith("1. a good boat")
    assert "2" not in labels(left)
    skipped = await bot.press(bot.bob, left, button(night, "1"))
    assert "Movie 1 of 1" in ephemeral_text(skipped)
    await delete(bot, good)
    assert nights(bot) == []
    over = await bot.press(bot.bob, player, button(night, "1"))
    assert ephemeral_text(over) == ENGLISH("night-over")


async def test_who_opts_out_is_neither_played_nor_named_in_the_next_update(bot: AdminHarness) -> None:
    await configure(bot, movie_night=Weekday.TUESDAY)
    await starred(bot, "a boat", bot.bob)
    await bot.made(bot.bob, prompt="a train", duration=1)
    train = bot.messages()[-1]
    for fan in (bot.alice, bot.dana):
        await fan.click(train, label=STAR)
    gone = await starred(bot, "a plane", bot.bob)
    await wait_for_the_day(bot)
    [night] = nights(bot)
    assert "1. a train" in message_text(night)
    opened = await bot.bob.slash(bot.channel, "preferences")
    chosen = await bot.press(bot.bob, answered(opened), custom_id("preferences-listed", "no"))
    assert preferences.listing_changed(ENGLISH, unlisted=True) in response_text(chosen)
    for label in (ALL, "1"):
        assert "a train" not in ephemeral_text(await bot.bob.click(night, label=label))
    await delete(bot, gone)
    [night] = nights(bot)
    assert "a train" not in message_text(night)
    assert "1. a boat" in message_text(night)


async def test_a_movie_night_is_played_in_its_channel_and_hidden_as_the_server_wants(bot: AdminHarness) -> None:
    await configure(bot, movie_night=Weekday.TUESDAY, age=AgeRule.SPOILER)
    await starred(bot, "a boat", bot.bob)
    await wait_for_the_day(bot)
    [night] = nights(bot)
    assert "|| http" in ephemeral_text(await bot.bob.click(night, label=ALL))
    await bot.bob.slash(bot.lines, "movie", prompt="a kite", duration=1)
    [card] = bot.lines.history()
    pressed = await bot.press(bot.bob, card, button(night, ALL), channel=bot.lines)
    assert ephemeral_text(pressed) == ENGLISH("night-over")
    execute(bot.place, "UPDATE movie_nights SET guild_id = 5")
    assert ephemeral_text(await bot.press(bot.dana, night, button(night, ALL))) == ENGLISH("night-over")


async def test_in_a_forum_it_is_a_post_that_is_made_once_and_updated(bot: AdminHarness) -> None:
    """The process may die before it records the post."""
    forum = bot.guild.create_forum_channel("gallery")
    good = await starred(bot, "a good boat", bot.bob)
    best = await starred(bot, "the best boat", bot.bob, bot.dana)
    await configure(bot, gallery=forum.id, movie_night=Weekday.TUESDAY)
    await wait_for_the_day(bot)
    again = f"state = 'pending', venue = 'gallery', channel_id = {forum.id}, message_id = NULL"
    execute(bot.place, f"UPDATE movie_nights SET {again}")
    columns = "subject_id, kind, member_id, guild_id, nonce, status, due_since, due_at"
    night = "id, 'movie_night', 0, guild_id, 'n', 'pending', starts_at, starts_at"
    execute(bot.place, f"INSERT INTO messages ({columns}) SELECT {night} FROM movie_nights")
    await bot.restart()
    await bot.run_until_idle(600)
    [thread] = forum.threads
    [night] = thread.history()
    assert (thread.name, nights(bot)) == ("Movie night · 2026-11-10", [])
    [row] = query(bot.place, "SELECT channel_id, message_id, venue FROM movie_nights")
    assert tuple(row.values()) == (thread.id, night.id, "forum")
    metadata = bot.env.backend.get_channel(thread.id).thread_metadata
    assert metadata is not None
    metadata.archived = True
    bot.env.inject_error("PATCH", f"/channels/{thread.id}/messages/*", status=400, code=50083)
    await delete(bot, best)
    assert not metadata.archived, "an archived post takes no edit"
    [updated] = forum.threads[0].history()
    assert "the best boat" not in (updated.embeds[0].description or "")
    await delete(bot, good)
    assert forum.threads == []


async def test_what_is_for_age_restricted_channels_is_posted_in_no_other(bot: AdminHarness) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    await starred(bot, "a boat", bot.bob)
    await configure(bot, gallery=gallery.id, movie_night=Weekday.TUESDAY, age=AgeRule.RESTRICTED)
    await wait_for_the_day(bot)
    assert (nights(bot), gallery.history()) == ([], [])
    told = [(each.action, each.subject_id, each.by.reason_code) for each in bot.audit_entries() if each.subject_id]
    assert told == [
        (AuditAction.GALLERY_FAILED, gallery.id, AuditReason.NOT_AGE_RESTRICTED),
        (AuditAction.MOVIE_NIGHT_FAILED, bot.channel.id, None),
    ]


async def starred_in(bot: AdminHarness, channel: ChannelHandle, prompt: str, stars: int = 1) -> None:
    maker, *fans = (
        bot.guild.add_member(bot.env.create_user(f"{prompt} {number}"), roles=[bot.stars])
        for number in range(1 + stars)
    )
    await maker.slash(channel, "movie", prompt=prompt, duration=1)
    await bot.finish()
    movie = channel.history()[-1]
    for fan in fans:
        await fan.click(movie, label=STAR)


def shown_in(*channels: ChannelHandle) -> list[list[str]]:
    return [
        [
            line.split(" · ")[0].partition(". ")[2]
            for message in channel.history()
            if message.embeds and message.embeds[0].title == ENGLISH("night-title")
            for line in (message.embeds[0].description or "").splitlines()[2:]
        ]
        for channel in channels
    ]


@pytest.mark.parametrize("has_gateway", [pytest.param(True, marks=pytest.mark.full), False])
async def test_a_private_channels_movies_stay_out_of_a_gallery_that_more_can_read(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch, *, has_gateway: bool
) -> None:
    secret = bot.closed_channel("secret", bot.stars)
    gallery = bot.guild.create_text_channel("gallery")
    await starred_in(bot, secret, "a secret", 2)
    await starred_in(bot, bot.channel, "a boat")
    await configure(bot, gallery=gallery.id, movie_night=Weekday.TUESDAY)
    if not has_gateway:
        for name in ("get_channel", "get_guild"):
            monkeypatch.setattr(Client, name, lambda *_: None)
    await wait_for_the_day(bot)
    assert shown_in(gallery, bot.channel, secret) == [["a boat"], [], []]


async def test_a_private_threads_movies_stay_there(bot: AdminHarness) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    kinds = {
        "a secret": ChannelType.PRIVATE_THREAD,
        "a boat": ChannelType.PUBLIC_THREAD,
        "a lost train": ChannelType.PUBLIC_THREAD,
    }
    threads: dict[str, int] = {}
    for prompt, kind in kinds.items():
        made = bot.env.backend.create_thread(bot.channel.id, prompt, bot.alice.id, type=kind)
        threads[prompt] = made.id
        [thread] = [each for each in bot.channel.threads if each.id == made.id]
        await bot.alice.slash(thread, "movie", prompt=prompt, duration=1)
        await bot.finish()
        manager = bot.guild.create_role("Manager", permissions=discord.Permissions(manage_threads=True))
        fan = bot.guild.add_member(bot.env.create_user(prompt), roles=[manager])
        await fan.click(thread.history()[-1], label=STAR)
    await configure(bot, gallery=gallery.id, movie_night=Weekday.TUESDAY)
    bot.env.inject_error("GET", f"/channels/{threads['a lost train']}", status=403, code=50001)
    await wait_for_the_day(bot)
    assert shown_in(gallery) == [["a boat"]]
