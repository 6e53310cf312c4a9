"""A channel holds one message for each movie, also after restarts."""

from __future__ import annotations

from typing import Any

import discord

from bot.ui import job_messages
from bot.ui.formatting import format_credits
from bot.ui.job_buttons import STUDIO
from tests.helpers import factories, ledger_checks
from tests.helpers.asking import close_direct_messages
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import ENGLISH, quote_title, refusal, shows_job
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.movie_list import listed, open_one
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import about_movie, actions, answered, button, ephemeral_text, labels, message_text
from tests.helpers.settings import CATALOGUE
from tests.helpers.steps import rendering, stored_url


def fail_deletions(bot: BotHarness, status: int, code: int, times: int | None = None) -> None:
    bot.env.inject_error("DELETE", f"/channels/{bot.channel.id}/messages/*", status=status, code=code, times=times)


async def test_a_movie_replaces_its_card_and_replies_to_nothing(bot: BotHarness) -> None:
    card = await rendering(bot)
    fail_deletions(bot, 503, 0, times=1)
    await bot.run_until_idle(RENDER_SECONDS)
    still, movie = bot.messages()
    assert still.id == card.id
    assert (movie.reference, movie.content.startswith(bot.alice.mention)) == (None, True)
    await bot.run_until_idle(60)
    assert [each.id for each in bot.messages()] == [movie.id]


async def test_a_card_that_somebody_deleted_counts_as_deleted(bot: BotHarness) -> None:
    card = await rendering(bot)
    bot.env.backend.delete_message(bot.channel.id, card.id)
    await bot.run_until_idle(RENDER_SECONDS)
    [movie] = bot.messages()
    assert stored_url(bot) in movie.content
    assert ledger_checks.query(bot.path, "SELECT * FROM messages WHERE kind = 'gone'") == []
    assert len(bot.requests("DELETE", f"/messages/{card.id}")) == 1


async def test_a_movie_that_was_sent_directly_leaves_the_card_which_says_so(bot: BotHarness) -> None:
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.restart()
    await bot.finish()
    [shown] = bot.messages()
    assert shown.id == card.id
    assert ENGLISH("cards-sent-direct", member="alice") in message_text(shown)
    assert ENGLISH("cards-direct", member="alice") not in message_text(shown)
    [movie] = bot.direct_messages(bot.alice)
    assert stored_url(bot) in movie.content
    assert actions(movie) == [STUDIO.format(request_id=bot.job()["samsar_request_id"]), "refresh", "delete"]


async def test_a_movie_whose_channel_is_gone_comes_as_a_direct_message(bot: BotHarness) -> None:
    await rendering(bot)
    bot.env.backend.delete_channel(bot.channel.id)
    await bot.finish()
    [movie] = bot.direct_messages(bot.alice)
    assert stored_url(bot) in movie.content
    assert format_credits(ENGLISH, 200) in message_text(movie)
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_a_direct_message_that_failed_is_not_said_to_be_one(bot: BotHarness) -> None:
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await close_direct_messages(bot, bot.alice)
    fail_deletions(bot, 403, 50001)
    await bot.finish()
    shown, movie = bot.messages()
    assert stored_url(bot) in movie.content
    assert "DM" not in message_text(shown) + message_text(movie)


async def test_private_answers_lead_to_the_movies_message(bot: BotHarness) -> None:
    await bot.restart(confirm_above_credits=0)
    quote = answered(await bot.movie())
    make = button(quote, ENGLISH("quotes-accept-button"))
    await bot.press(bot.alice, quote, make)
    card = bot.messages()[-1]
    page = await listed(bot)
    await open_one(bot, page)
    address = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}/{card.id}"
    followed = await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    for answer in (quote, page, followed.response):
        assert answer is not None
        assert f"[{ENGLISH('links-jump')}]({address})" in message_text(answer)
    await bot.finish()
    [movie] = bot.messages()
    address = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}/{movie.id}"
    page = await listed(bot)
    await open_one(bot, page)
    assert f"[{ENGLISH('links-jump')}]({address})" in message_text(page)
    credits = (await bot.alice.slash(bot.channel, "credits")).response
    receipt = (await bot.alice.click(movie, label=ENGLISH("buttons-receipt-button"))).response
    delete = (await bot.alice.click(movie, label=ENGLISH("buttons-delete-button"))).response
    too_late = (await bot.press(bot.alice, movie, f"m:target:{bot.job()['id']}:direct")).response
    for answer in (credits, receipt, delete, too_late):
        assert answer is not None
        assert f"[{ENGLISH('links-jump')}]({address})" in message_text(answer)
    await bot.press(bot.alice, quote, make)
    assert address in message_text(quote)


async def test_a_link_to_a_direct_message_is_its_members_alone(bot: BotHarness) -> None:
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.finish()
    [movie] = bot.direct_messages(bot.alice)
    page = await listed(bot)
    await open_one(bot, page)
    assert f"https://discord.com/channels/@me/{movie.channel.id}/{movie.id}" in message_text(page)
    crew = bot.guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    dana = bot.guild.add_member(bot.env.create_user("dana"), roles=[crew])
    assert ephemeral_text(await dana.slash(bot.channel, "movies", id=bot.job()["id"])) == ENGLISH("movies-unknown-id")


def allowed(bot: BotHarness) -> list[list[int]]:
    sent = [each.json or {} for each in bot.requests("POST", "/messages")]
    policies: list[dict[str, Any]] = [each["allowed_mentions"] for each in sent]
    assert all(not policy.get("parse") for policy in policies)
    return [sorted(int(user) for user in policy.get("users", ())) for policy in policies]


async def test_a_follower_is_mentioned_once_when_the_movie_is_done(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    [card] = bot.messages()
    await bot.restart()
    dana = bot.guild.add_member(bot.env.create_user("dana"))
    for who in (bot.bob, bot.bob, dana):
        answer = await who.click(card, label=ENGLISH("buttons-follow-button"))
        assert about_movie(answer) == ENGLISH("buttons-following")
        assert actions(answered(answer)) == ["unfollow"]
    own = await bot.alice.click(card, label=ENGLISH("buttons-follow-button"))
    assert about_movie(own) == ENGLISH("buttons-own-movie")
    await bot.restart()
    for _ in range(2):
        text = about_movie(await dana.click(answered(answer).message, label=ENGLISH("buttons-unfollow-button")))
        assert text == ENGLISH("buttons-unfollowed")
    follow = button(card, ENGLISH("buttons-follow-button"))
    await bot.finish()
    movie = bot.messages()[-1]
    assert [movie.content.count(who.mention) for who in (bot.alice, bot.bob, dana)] == [1, 1, 0]
    assert allowed(bot) == [sorted([bot.alice.id, bot.bob.id])]
    assert bot.member() == BudgetTotals(used=200, held=0)
    ended = about_movie(await bot.press(dana, movie, follow))
    assert ended == refusal("buttons-follow-ended")


async def test_who_follows_is_told_before_that_it_may_go_to_its_member(bot: BotHarness) -> None:
    card = await rendering(bot)
    follow = button(card, ENGLISH("buttons-follow-button"))
    for _ in range(2):
        assert "DM" in ephemeral_text(await bot.press(bot.bob, card, follow))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    assert actions(bot.messages()[0]) == ["target"]
    await bot.restart()
    dana = bot.guild.add_member(bot.env.create_user("dana"))
    refused = about_movie(await bot.press(dana, bot.messages()[0], follow))
    assert refused == refusal("buttons-follow-private")
    assert [row["member_id"] for row in ledger_checks.query(bot.path, "SELECT * FROM followers")] == [bot.bob.id]


async def test_followers_of_a_movie_that_went_to_its_member_are_told_in_the_channel(bot: BotHarness) -> None:
    card = await rendering(bot)
    for _ in range(2):
        await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=503, code=0, times=5)
    await bot.finish()
    assert bot.messages()[0].id == card.id
    await bot.restart()
    for _ in range(6):
        await bot.run_until_idle(3600)
    [told] = bot.messages()
    assert told.content.count(bot.bob.mention) == 1
    assert bot.alice.mention not in told.content
    assert stored_url(bot) not in message_text(told)
    [movie] = bot.direct_messages(bot.alice)
    assert stored_url(bot) in movie.content
    assert bot.bob.mention not in movie.content
    assert {tuple(each) for each in allowed(bot)} == {(), (bot.bob.id,)}


CARD = [ENGLISH(each) for each in ("buttons-cancel-button", "buttons-follow-button", "buttons-direct-button")]


async def test_a_movie_that_renders_is_watched_on_after_a_restart(bot: BotHarness) -> None:
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await bot.run_until_idle(10)
    await bot.movie(bot.bob)
    await bot.restart()
    await bot.finish()
    await bot.finish()
    assert bot.ordered() == 2
    told = [movie.content for movie in bot.messages()]  # both are posted at the same time
    assert [sum(who.mention in each for each in told) for who in (bot.alice, bot.bob)] == [1, 1]
    assert bot.member() == BudgetTotals(used=400, held=0)
    assert bot.requests("GET", "/messages") == [], "a message that is on time asks for no history"


async def test_a_movie_that_is_asked_for_in_a_thread_stays_there(bot: BotHarness) -> None:
    await bot.restart(confirm_above_credits=100)
    bot.env.backend.create_thread(bot.channel.id, "our films", bot.bob.id)
    [thread] = bot.channel.threads
    quote = await bot.alice.slash(thread, "movie", prompt="a cat", duration=20)
    assert quote_title(200) in ephemeral_text(quote)
    await bot.alice.click(answered(quote).message, label="Make it")
    card = thread.history()[-1]
    assert shows_job(card, bot.stored_job())
    assert labels(card) == CARD
    await bot.restart()
    await bot.bob.click(card, label=ENGLISH("buttons-follow-button"))
    await bot.finish()
    movie = thread.history()[-1]
    built = job_messages.completed_message(ENGLISH, bot.stored_job(), factories.balance(), [bot.bob.id])
    assert movie.content == built.content
    form = await bot.bob.click(movie, label=ENGLISH("buttons-remix-button"))
    await make_by_modal(bot.bob, form, {"prompt": "a dog", "seconds": "5"})
    assert shows_job(thread.history()[-1], bot.stored_jobs()[-1])
    assert [each for each in bot.messages() if "balloon" in message_text(each) or "a cat" in message_text(each)] == []


async def test_commands_are_registered_once_and_again_only_when_they_change(bot: BotHarness) -> None:
    assert len(bot.requests("PUT", "/commands")) == 1
    await bot.restart()
    assert len(bot.requests("PUT", "/commands")) == 1
    more = CATALOGUE + '\n[[image_models]]\nkey = "IMAGEN3"\nlabel = "Imagen 3"\n'
    (bot.tmp_path / "catalogue.toml").write_text(more, encoding="utf-8")
    await bot.restart()
    assert len(bot.requests("PUT", "/commands")) == 2
    await bot.restart()
    assert len(bot.requests("PUT", "/commands")) == 2
    assert not (await bot.movie(image_model="IMAGEN3")).ephemeral


async def test_commands_are_for_servers_alone_and_within_discords_limits(bot: BotHarness) -> None:
    [registration] = bot.requests("PUT", "/commands")
    assert registration.json is not None
    by_name = {command["name"]: command for command in registration.json}
    assert {"movie", "credits"} <= by_name.keys()
    assert all(command["contexts"] == [0] for command in by_name.values())
    assert all(command["integration_types"] == [0] for command in by_name.values())
    options = {option["name"]: option for option in by_name["movie"]["options"]}
    labels = [choice["name"] for choice in options["video_model"]["choices"]]
    assert labels == ["Luma Dream Machine", "Kling Pro", "Google Veo"]
    assert (options["prompt"]["min_length"], options["prompt"]["max_length"]) == (1, 500)
    assert (options["duration"]["min_value"], options["duration"]["max_value"]) == (1, 120)
    assert [name for name, option in options.items() if option.get("required")] == ["prompt"]
