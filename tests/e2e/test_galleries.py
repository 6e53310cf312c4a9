"""Galleries, also of movies with stars, /top, movie nights, and what is for age-restricted channels."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import ChannelType, OverwriteType

from bot.domain.jobs import JobState
from bot.domain.movie_nights import next_start
from bot.domain.quota import AuditAction, AuditReason
from bot.domain.server_setup import AgeRule, ServerSetup, Weekday
from bot.domain.setting_kinds import Setting, SetupPage
from bot.services.reports import KEPT_MS
from bot.ui import server_setup
from bot.ui.audit_entries import audit_entry_text
from bot.ui.components import custom_id
from bot.ui.server_setup import Panel
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.age_restricted import AgeRestricted
from tests.helpers.awaiting import configure, kept
from tests.helpers.expected_text import ENGLISH, card_title, not_changed, refusal
from tests.helpers.ledger_checks import execute, query
from tests.helpers.reading import (
    addresses,
    answered,
    button,
    custom_ids,
    ephemeral_text,
    is_hidden,
    is_titled,
    labels,
    message_text,
    response_text,
    title_of,
)
from tests.helpers.steps import behind_more, completed_movie, pass_time, press_star

pytestmark = pytest.mark.both_engines

CONFIRM = ENGLISH("buttons-delete-movie-button")


@pytest.fixture
def flags(monkeypatch: pytest.MonkeyPatch) -> AgeRestricted:
    return AgeRestricted(monkeypatch)


async def choose(bot: AdminHarness, setting: Setting, value: object) -> str:
    panel = answered(await bot.dana.slash(bot.channel, "setup panel")).message
    given = str(value.id) if isinstance(value, ChannelHandle) else str(value)
    return response_text(await (await bot.form(panel, SetupPage.GALLERY)).submit(bot.dana, **{setting.name: [given]}))


async def made_in(bot: AdminHarness, where: ChannelHandle) -> None:
    assert not (await bot.alice.slash(where, "movie", prompt="a red balloon", duration=5)).ephemeral
    await bot.finish()


async def test_movies_are_ordered_in_age_restricted_channels_and_their_threads_only(
    bot: AdminHarness, flags: AgeRestricted
) -> None:
    late = bot.guild.create_text_channel("late")
    await flags.set(bot, late)
    for parent in (late, bot.channel):
        bot.env.backend.create_thread(parent.id, "our films", bot.bob.id)
    await configure(bot, age="restricted")
    await bot.restart()
    for where in (bot.channel, bot.channel.threads[-1]):
        for who in (bot.alice, bot.dana):
            assert ephemeral_text(await who.slash(where, "movie", prompt="a cat", duration=5)) == refusal(
                "refusals-age"
            )
    assert bot.stored_jobs() == []
    for where in (late, late.threads[-1]):
        assert not (await bot.alice.slash(where, "movie", prompt="a cat", duration=5)).ephemeral


async def test_a_gallery_that_everyone_can_open_gets_no_movie(bot: AdminHarness, flags: AgeRestricted) -> None:
    await bot.set_staff_channel(bot.lines)
    gallery = a_gallery(bot)
    await flags.set(bot, bot.channel)
    await choose(bot, ServerSetup.gallery, gallery)
    text = await choose(bot, ServerSetup.age, "restricted")
    setup = await kept(bot)
    problem = ServerSetup.gallery.refuse("setup-not-age-restricted", channel=gallery.id)
    panel = Panel(setup, bot.catalogue, problems=(problem,))
    notes = server_setup.changed_notes(ENGLISH, panel, [ServerSetup.age])
    assert text == server_setup.panel_message(ENGLISH, panel, notes).text
    for number in (1, 2):
        await made_in(bot, bot.channel)
        assert (len(bot.messages()), gallery.history()) == (number, [])
    told = [each for each in bot.audit_entries() if each.action is AuditAction.GALLERY_FAILED]
    assert [(each.subject_id, each.by.reason_code) for each in told] == [(gallery.id, AuditReason.NOT_AGE_RESTRICTED)]
    assert bot.posted()[-1] == audit_entry_text(ENGLISH, told[0], bot.catalogue)
    await flags.set(bot, gallery)
    await bot.run_until_idle(3600)
    await made_in(bot, bot.channel)
    assert len(gallery.history()) == 1
    opened = await bot.dana.slash(bot.channel, "setup panel")
    assert response_text(opened) == server_setup.panel_message(ENGLISH, Panel(setup, bot.catalogue)).text


async def test_a_movie_goes_to_its_member_where_its_channel_is_not_restricted_any_more(
    bot: AdminHarness, flags: AgeRestricted
) -> None:
    """The gateway has not announced the change yet."""
    await flags.set(bot, bot.channel)
    await configure(bot, age="restricted")
    await bot.movie()
    await flags.set(bot, bot.channel, restricted=False, announced=False)
    await bot.finish()
    url = str(bot.job()["movie_url"])
    [movie] = bot.direct_messages(bot.alice)
    assert url in addresses(movie)
    [card] = bot.messages()
    assert title_of(card) == card_title(JobState.COMPLETED)
    assert (addresses(card), card.attachments) == ([], [])


def a_gallery(bot: AdminHarness) -> ChannelHandle:
    return bot.guild.create_text_channel("gallery")


def a_forum(bot: AdminHarness, *, may_delete: bool = True) -> ChannelHandle:
    forum = bot.guild.create_forum_channel("gallery")
    me = bot.guild.me
    allow, deny = discord.PermissionOverwrite(manage_threads=may_delete).pair()
    own = Overwrite(target_id=me.id, type=OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
    bot.env.backend.set_overwrite(forum.id, own)
    return forum


def posts(forum: ChannelHandle) -> list[tuple[str, list[discord.Message]]]:
    return [(thread.name, thread.history()) for thread in forum.threads]


def outbox(bot: AdminHarness) -> dict[str, object]:
    [row] = [row for row in ledger_checks.outbox(bot.place) if row["type"] == "completed"]
    return row


async def test_a_movie_is_a_post_of_its_own_in_a_forum(bot: AdminHarness) -> None:
    forum = a_forum(bot)
    await configure(bot, gallery=forum.id)
    await bot.made(prompt="a  red\nballoon " + "x" * 200)
    [(title, [movie])] = posts(forum)
    assert title.startswith("a red balloon xxx")
    assert len(title) <= 100
    assert str(bot.job()["movie_url"]) in addresses(movie)
    assert (outbox(bot)["venue"], bot.messages()) == ("forum", [])
    await bot.restart()
    await bot.alice.click(answered(await behind_more(bot.alice, movie, "delete")).message, label=CONFIRM)
    await bot.run_until_idle()
    assert posts(forum) == []


def star_all(bot: AdminHarness) -> None:
    """Give every movie a star."""
    execute(
        bot.place,
        "INSERT INTO stars (job_id, member_id, guild_id, given, created_at, interaction_id)"
        " SELECT id, 4711, guild_id, 1, 0, 0 FROM jobs WHERE id NOT IN (SELECT job_id FROM stars)",
    )


async def test_who_may_view_the_channel_reads_a_gallerys_movie_in_top(bot: AdminHarness) -> None:
    """The gateway does not know a forum's archived posts."""
    await configure(bot, gallery=a_forum(bot).id)
    await bot.made()
    star_all(bot)
    bot.forget_threads()
    assert "a red balloon" in ephemeral_text(await bot.bob.slash(bot.lines, "top"))


async def test_a_gallery_where_the_bot_lacks_a_permission_is_refused(bot: AdminHarness) -> None:
    """A forum post's title is a prompt, so it must be deletable."""
    me = bot.guild.me
    assert me is not None
    quiet = {
        name: bot.guild.create_text_channel(
            name, overwrites={me: discord.PermissionOverwrite(**dict.fromkeys([name], False))}
        )
        for name in ("attach_files", "embed_links", "read_message_history")
    }
    for missing, channel in (*quiet.items(), ("manage_threads", a_forum(bot, may_delete=False))):
        text = await choose(bot, ServerSetup.gallery, channel)
        problem = ServerSetup.gallery.refuse("setup-missing-permissions", channel=channel.id, permissions=[missing])
        panel = Panel(ServerSetup(), bot.catalogue)
        assert text == server_setup.panel_message(ENGLISH, panel, [not_changed(problem)]).text
    hidden = bot.guild.create_text_channel("hidden", overwrites={me: discord.PermissionOverwrite(view_channel=False)})
    everything = ("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
    problem = ServerSetup.gallery.refuse("setup-missing-permissions", channel=hidden.id, permissions=everything)
    assert not_changed(problem) in await choose(bot, ServerSetup.gallery, hidden)
    assert bot.noted() == []


async def test_a_movie_with_enough_stars_is_posted_in_the_gallery_too(bot: AdminHarness) -> None:
    gallery = a_gallery(bot)
    await configure(bot, gallery=gallery.id, gallery_stars=2)
    movie = await completed_movie(bot)
    assert gallery.history() == []
    await bot.clock.advance(365 * 24 * 3600)
    await bot.restart()
    assert ephemeral_text(await press_star(bot.alice, movie)) == ENGLISH("stars-none")
    first = await press_star(bot.bob, movie)
    assert ephemeral_text(first) == ENGLISH("stars-given", stars=1)
    second = await press_star(bot.dana, movie)
    assert ephemeral_text(second) == ENGLISH("stars-given-posted", stars=2)
    await bot.run_until_idle()
    [posted] = gallery.history()
    assert [*custom_ids(posted)] == [*custom_ids(movie)]
    assert [labels(each)[-2] for each in (posted, bot.messages()[-1])] == ["⭐ 2", "⭐ 2"]
    assert ephemeral_text(await press_star(bot.alice, movie)) == f"⭐ 2 · {bot.bob.mention}, {bot.dana.mention}"
    assert ephemeral_text(await press_star(bot.bob, posted)) == ENGLISH("stars-taken-back", stars=1)
    await behind_more(bot.bob, posted, "refresh")
    assert str(bot.job()["movie_url"]) in addresses(gallery.history()[0])
    question = await behind_more(bot.dana, posted, "delete")
    await bot.dana.click(answered(question).message, label=CONFIRM)
    await bot.run_until_idle()
    assert (gallery.history(), bot.messages()) == ([], [])
    only = custom_id("delete-confirm", bot.job()["id"], "gallery")
    late = await bot.press(bot.dana, answered(question).message.id, only, channel=gallery)
    assert ENGLISH("buttons-deleted-already") in response_text(late)


async def test_a_movie_is_taken_out_of_the_gallery_by_its_member_or_staff_only(bot: AdminHarness) -> None:
    gallery = a_gallery(bot)
    await configure(bot, gallery=gallery.id, gallery_stars=1)
    movie = await completed_movie(bot)
    await press_star(bot.bob, movie)
    await bot.run_until_idle()
    [posted] = gallery.history()
    only, delete = custom_id("delete-confirm", bot.job()["id"], "gallery"), custom_id("delete", bot.job()["id"])
    assert labels(answered(await bot.press(bot.bob, posted, delete, channel=gallery))) == []
    assert labels(answered(await behind_more(bot.dana, movie, "delete"))) == [CONFIRM]
    assert {"delete", "delete-confirm"}.isdisjoint(custom_ids(answered(await bot.bob.click(posted, label="⋯"))))
    assert ephemeral_text(await bot.press(bot.bob, movie, only)) == ENGLISH("buttons-not-deleter", name="alice")
    await behind_more(bot.dana, posted, "delete-confirm")
    await bot.run_until_idle()
    await bot.press(bot.dana, movie, only)
    await bot.run_until_idle()
    assert (gallery.history(), len(bot.messages())) == ([], 1)
    [taken] = [each for each in bot.audit_entries() if each.action is AuditAction.GALLERY_REMOVED]
    who = bot.dana.id, bot.alice.id
    assert (taken.by.actor_id, taken.subject_id, taken.job_id) == (*who, bot.job()["id"])
    for _ in range(2):
        await press_star(bot.bob, movie)
    await bot.run_until_idle()
    assert gallery.history() == []


async def test_a_movie_of_a_private_thread_stays_there(bot: AdminHarness) -> None:
    gallery = a_gallery(bot)
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
        starred = await press_star(fan, thread.history()[-1])
        assert ephemeral_text(starred) == ENGLISH("stars-given-posted" if is_public else "stars-given", stars=1)
        await bot.run_until_idle()
        assert len(gallery.history()) == is_public


async def test_anyone_reads_the_best_of_a_month(bot: AdminHarness) -> None:
    assert ENGLISH("top-nothing") in ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    await press_star(bot.bob, await completed_movie(bot, prompt="a cat"))
    text, most = ephemeral_text(await bot.bob.slash(bot.channel, "top")), f"1. {bot.alice.mention} ·"
    lines = ("1. a cat · ⭐ 1", f"{most} {ENGLISH('units-movies', movies=1)}")
    for line in (*lines, f"{most} {ENGLISH('units-credits', credits=200)}"):
        assert line in text
    assert "a cat" in ephemeral_text(await bot.bob.slash(bot.guild.create_text_channel("talk"), "top"))
    shown = answered(await bot.dana.slash(bot.channel, "top"))
    assert addresses(shown) == [bot.job()["movie_url"]], "the best one, as a picture"
    played = await bot.dana.click(shown, label=ENGLISH("night-all-button"))
    assert "> a cat" in ephemeral_text(played)
    assert bot.job()["movie_url"] in addresses(answered(played))
    over = await bot.press(bot.dana, shown, custom_id("top", "2026-11", 2))
    assert ephemeral_text(over) == ENGLISH("night-over")
    assert ENGLISH("top-nothing") in ephemeral_text(await bot.bob.slash(bot.channel, "top", month="2026-10"))
    wrong = await bot.bob.slash(bot.channel, "top", month="2026-13")
    assert ephemeral_text(wrong) == refusal("quota-bad-month", given="2026-13")


async def test_movies_of_a_private_thread_are_for_who_manages_threads(bot: AdminHarness) -> None:
    """The gateway doesn't tell the bot a private thread's other members."""
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.alice.id, type=ChannelType.PRIVATE_THREAD)
    [thread] = bot.channel.threads
    bot.env.backend.add_thread_member(thread.id, bot.bob.id)
    await bot.alice.slash(thread, "movie", prompt="a secret", duration=1)
    await bot.finish()
    star_all(bot)
    for where, found in ((thread, True), (bot.channel, False)):
        assert ("a secret" in ephemeral_text(await bot.bob.slash(where, "top"))) is found
    manager = bot.guild.create_role("Manager", permissions=discord.Permissions(manage_threads=True))
    carol = bot.guild.add_member(bot.env.create_user("carol"), roles=[manager])
    assert "a secret" in ephemeral_text(await carol.slash(bot.channel, "top"))


ALL, NEXT = ENGLISH("night-all-button"), ENGLISH("night-next-button")


async def starred(bot: AdminHarness, prompt: str, *fans: MemberActor) -> discord.Message:
    movie = await completed_movie(bot, prompt=prompt, duration=1)
    for fan in fans:
        await press_star(fan, movie)
    return movie


async def test_the_best_of_a_month_are_played_in_the_order_of_the_list_that_was_opened(bot: AdminHarness) -> None:
    for prompt in ("a boat", "a cat", "a dog"):
        movie = await starred(bot, prompt, bot.bob)
    shown = answered(await bot.bob.slash(bot.channel, "top"))
    player = answered(await bot.bob.click(shown, label=ALL))
    assert "> a dog" in message_text(player)
    await starred(bot, "a new fox that comes first", bot.bob)
    await press_star(bot.dana, movie)
    await bot.clock.advance(KEPT_MS / 1000)
    for expected in ("a cat", "a boat"):
        assert NEXT in labels(player)
        await bot.press(bot.bob, player, button(player, NEXT))
        assert f"> {expected}" in message_text(player)
    assert NEXT not in labels(player)


async def wait_for_the_day(bot: AdminHarness) -> None:
    await pass_time(bot, (next_start(Weekday.TUESDAY, bot.clock.now()) - bot.clock.now()) / 1000)
    await bot.run_until_idle()


def entries(night: discord.Message) -> list[str]:
    return [line for line in message_text(night).splitlines() if line[:1].isdigit()]


def number(bot: AdminHarness, place: int) -> str:
    """Return the custom_id of the button that each movie had."""
    [row] = query(bot.place, "SELECT id FROM movie_nights")
    return custom_id("night", row["id"], place)


def nights(bot: AdminHarness) -> list[discord.Message]:
    return [each for each in bot.messages() if is_titled(each) and title_of(each) == ENGLISH("night-title")]


async def delete(bot: AdminHarness, movie: discord.Message) -> None:
    await bot.dana.click(answered(await behind_more(bot.dana, movie, "delete")).message, label=CONFIRM)
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
    assert [line.split(" · ")[:2] for line in entries(night)] == [
        ["1. the best boat", "⭐ 2"],
        ["2. a good boat", "⭐ 1"],
    ]
    [sent] = bot.requests("POST", "/messages")[-1:]
    assert (sent.json or {})["allowed_mentions"] == {"parse": [], "users": []}
    await bot.restart()
    await bot.run_until_idle(3600)
    assert nights(bot) == [night]
    for who in (bot.bob, bot.alice, bot.bob):
        opened = await who.click(night, label=ALL)
        assert "Movie 1 of 2" in ephemeral_text(opened)
        player = answered(opened).message
        following_id = button(player, NEXT)
        if who is bot.alice:
            assert ephemeral_text(await press_star(who, player)) == f"⭐ 2 · {bot.bob.mention}, {bot.dana.mention}"
        following = await bot.press(who, player, following_id)
        assert answered(following).id == player.id, "in place of the first movie, although its link was fetched"
        assert "Movie 2 of 2" in response_text(following)
        assert ENGLISH("night-last") in response_text(following)
    assert labels(night) == [ALL], "five public buttons at most, none twice"
    links = {job.request.prompt: str(job.movie_url) for job in bot.stored_jobs()}
    assert [*addresses(night)] == [links["the best boat"], links["a good boat"]], "their pictures"
    second = await bot.press(bot.bob, night, number(bot, 2))
    direct = [ephemeral_text(second), *addresses(answered(second))]
    assert [each in "\n".join(direct) for each in ("Movie 2 of 2", "a good boat", links["a good boat"])] == [True] * 3
    await delete(bot, best)
    [left] = nights(bot)
    assert entries(left)[0].startswith("1. a good boat")
    assert links["the best boat"] not in addresses(left)
    assert "Movie 1 of 1" in ephemeral_text(await bot.press(bot.bob, left, number(bot, 1)))
    await delete(bot, good)
    assert nights(bot) == []
    assert ephemeral_text(await bot.press(bot.bob, player, number(bot, 1))) == ENGLISH("night-over")


async def test_a_movie_night_is_played_in_its_channel_and_hidden_as_the_server_wants(bot: AdminHarness) -> None:
    await configure(bot, movie_night=Weekday.TUESDAY, age=AgeRule.SPOILER)
    await starred(bot, "a boat", bot.bob)
    await wait_for_the_day(bot)
    [night] = nights(bot)
    assert is_hidden(night)
    assert is_hidden(answered(await bot.bob.click(night, label=ALL)))
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
    metadata.archived = True
    bot.env.inject_error("PATCH", f"/channels/{thread.id}/messages/*", status=400, code=50083)
    await delete(bot, best)
    assert not metadata.archived, "an archived post takes no edit"
    [updated] = forum.threads[0].history()
    assert "the best boat" not in message_text(updated)
    bot.env.inject_error("DELETE", f"/channels/{thread.id}", status=403, code=50013, times=1)
    await delete(bot, good)
    assert [each.name for each in forum.threads] == [ENGLISH("buttons-deleted-post-title")], "it may not be deleted"


async def test_what_is_for_age_restricted_channels_is_posted_in_no_other(bot: AdminHarness) -> None:
    gallery = a_gallery(bot)
    await starred(bot, "a boat", bot.bob)
    await configure(bot, gallery=gallery.id, movie_night=Weekday.TUESDAY, age=AgeRule.RESTRICTED)
    await wait_for_the_day(bot)
    assert (nights(bot), gallery.history()) == ([], [])
    told = [(each.action, each.subject_id, each.by.reason_code) for each in bot.audit_entries() if each.subject_id]
    assert told == [
        (AuditAction.GALLERY_FAILED, gallery.id, AuditReason.NOT_AGE_RESTRICTED),
        (AuditAction.MOVIE_NIGHT_FAILED, bot.channel.id, None),
    ]
