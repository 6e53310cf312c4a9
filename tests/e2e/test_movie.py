"""A member types /movie and gets a movie.

What they see on the way, and what it costs.
"""

from __future__ import annotations

from pathlib import Path

from bot.domain.delivery import NotificationType
from bot.domain.job import EndReason, JobState
from bot.sandbox.faults import respond
from bot.ui.amounts import format_credits
from bot.ui.end_reasons import reason_text
from tests.helpers import settings
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import (
    ENGLISH,
    card_title,
    cost_text,
    notification_type,
    shows_job,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import ephemeral_text, field_of, links, message_text, response_text


async def test_the_answer_is_a_card_that_everyone_sees(bot: BotHarness) -> None:
    """The card has prompt, options by name, cost, requester and position."""
    result = await bot.movie(prompt="a red balloon", duration=20, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    assert not result.ephemeral
    [card] = bot.messages()
    assert shows_job(card, bot.stored_job())
    assert "a red balloon" in (card.embeds[0].description or "")
    assert "20 s · 9:16" in field_of(card, "Movie")
    assert "Kling Pro" in field_of(card, "Movie")
    assert "Flux 1.1 Pro" in field_of(card, "Movie")
    assert field_of(card, "Cost") == cost_text(JobState.QUEUED, 200)
    assert bot.member() == bot.plan() == BudgetTotals(used=0, held=200)


async def test_a_model_that_is_off_is_no_choice(tmp_path: Path) -> None:
    off = '\n[[image_models]]\nkey = "OLD"\nlabel = "Old Model"\nenabled = false\n'
    (tmp_path / "catalogue.toml").write_text(settings.CATALOGUE + off, encoding="utf-8")
    async with open_bot_harness(tmp_path) as bot:
        commands = bot.env.backend.visible_commands(user_id=bot.alice.id, channel_id=bot.channel.id)
        [options] = [each["options"] for each in commands if each["name"] == "movie"]
    choices = {each["name"]: [choice["value"] for choice in each.get("choices", ())] for each in options}
    assert choices["video_model"] == ["LUMA", "KLINGIMGTOVIDPRO", "VEOI2V"]
    assert choices["image_model"] == ["FLUX1.1PRO"]


async def test_what_was_not_said_is_filled_in(bot: BotHarness) -> None:
    """The member gives only a prompt."""
    await bot.movie()
    await bot.run_until_idle()
    [order] = bot.upstream.creates_for("a red balloon")
    assert isinstance(order.body, dict)
    assert order.authorization_ok
    assert order.body["input"] == {
        "prompt": "a red balloon",
        "image_model": "FLUX1.1PRO",
        "video_model": "LUMA",
        "duration": 20,
        "aspect_ratio": "16:9",
    }


async def test_a_finished_movie_comes_as_a_new_message_to_the_one_who_asked(bot: BotHarness) -> None:
    """It mentions the requester, and has the link, cost and balance."""
    await bot.movie(duration=20)
    await bot.finish()
    [movie] = bot.messages()
    [request_id] = bot.upstream.movies
    url = f"{bot.upstream.origin}/movies/{request_id}.mp4"
    assert bot.alice.mention in movie.content
    assert url in movie.content
    assert format_credits(ENGLISH, 200) in message_text(movie)
    assert format_credits(ENGLISH, 400) not in message_text(movie)
    assert set(links(movie).values()) == {f"https://app.samsar.one/video/{request_id}"}
    assert movie.reference is None
    assert bot.member() == bot.plan() == BudgetTotals(used=200, held=0)


async def test_the_card_is_edited_in_place_and_only_when_it_looks_different(bot: BotHarness) -> None:
    """A status poll without a change edits nothing."""
    await bot.movie()
    await bot.run_until_idle()
    texts: list[str] = []
    for _ in range(24):
        await bot.run_until_idle(5)
        texts.append(message_text(bot.messages()[0]))
    edits = [each.json for each in bot.requests("PATCH", "/messages/")]
    assert len(edits) == len({str(edit) for edit in edits})
    assert 4 <= len(edits) < 20
    assert len(bot.messages()) == 1
    assert any("%" in text for text in texts)


async def test_a_longer_prompt_than_a_line_arrives_whole(bot: BotHarness) -> None:
    """500 characters are allowed, and reach the API as they were typed."""
    prompt = "é" * 500
    await bot.movie(prompt=prompt)
    assert prompt in message_text(bot.messages()[0])
    await bot.finish()
    assert len(bot.upstream.movies_for(prompt)) == 1


async def test_a_failed_movie_releases_everything_and_says_why(bot: BotHarness) -> None:
    """The API's own reason is shown."""
    bot.upstream.fail_renders(lambda prompt: "balloon" in prompt)
    await bot.movie(duration=20)
    await bot.finish()
    [message] = bot.messages()
    assert bot.alice.mention in message.content
    assert notification_type(message.content) is NotificationType.FAILED
    assert "The video model could not make this scene." in message_text(message).replace("\\", "")
    assert format_credits(ENGLISH, 200) in message_text(message)
    assert format_credits(ENGLISH, 600) not in message_text(message)
    assert bot.member() == BudgetTotals(used=0, held=0)
    assert bot.plan() == BudgetTotals(used=200, held=0)


async def test_an_order_that_the_api_refuses_costs_nothing(bot: BotHarness) -> None:
    """A refused order costs neither the member nor the plan."""
    bot.upstream.inject("402", times=1)
    await bot.movie()
    await bot.finish()
    [message] = bot.messages()
    assert bot.alice.mention in message.content
    assert bot.member() == bot.plan() == BudgetTotals(used=0, held=0)
    assert bot.ordered() == 1


async def test_a_rejection_without_a_reason_is_reported_without_one(bot: BotHarness) -> None:
    """The message doesn't present the bot's words as the API's."""
    bot.upstream.inject(respond(400, ""), times=1)
    await bot.movie()
    await bot.finish()
    [message] = bot.messages()
    assert f"{reason_text(ENGLISH, bot.stored_job())}\n" in message_text(message)
    assert bot.stored_job().end_reason is EndReason.REQUEST_REJECTED
    assert bot.member() == BudgetTotals(used=0, held=0)


async def test_an_answer_that_was_cut_off_never_orders_twice(bot: BotHarness) -> None:
    """The API may have taken the order.

    It is not repeated, the credits stay held, and the member is told.
    """
    bot.upstream.inject("cut-after", times=1)
    await bot.movie()
    await bot.finish()
    await bot.restart()
    await bot.finish()
    assert bot.ordered() == 1
    assert bot.alice.mention in bot.messages()[1].content
    assert notification_type(bot.messages()[1].content) is NotificationType.UNKNOWN
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_a_member_is_named_as_their_server_knows_them(bot: BotHarness) -> None:
    """Others read whose movie it is."""
    carol = bot.guild.add_member(bot.env.create_user("carol"), nick="Queen Carol")
    await bot.movie(carol)
    [card] = bot.messages()
    refused = await bot.bob.click(card, label=ENGLISH("buttons-direct-button"))
    assert "Queen Carol" in ephemeral_text(refused)


async def test_two_members_at_once_each_get_their_own_movie(bot: BotHarness) -> None:
    """Each message has the movie, mention and price of its own member."""
    await bot.movie(bot.alice, prompt="a cat", duration=10)
    await bot.movie(bot.bob, prompt="a dog", duration=20)
    await bot.finish()
    movies = bot.messages()
    assert len(movies) == 2
    for who, prompt, cost in ((bot.alice, "a cat", 100), (bot.bob, "a dog", 200)):
        [own] = [each for each in movies if who.mention in each.content]
        [made] = bot.upstream.movies_for(prompt)
        assert made.request_id in own.content
        assert prompt in message_text(own)
        assert format_credits(ENGLISH, cost) in message_text(own)
    assert bot.member() == BudgetTotals(used=300, held=0)


async def test_members_of_a_full_house_wait_for_their_turn(tmp_path: Path) -> None:
    """Only one job may render at a time."""
    async with open_bot_harness(tmp_path, max_rendering_jobs=1) as bot:
        await bot.movie(bot.alice, prompt="a cat", duration=10)
        await bot.clock.advance(1)
        await bot.movie(bot.bob, prompt="a dog", duration=10)
        await bot.run_until_idle()
        await bot.run_until_idle(60)
        assert bot.messages()[1].embeds[0].title == card_title(JobState.QUEUED)
        assert bot.ordered() == 1
        await bot.finish()
        await bot.finish()
        assert bot.ordered() == 2
        assert bot.bob.mention in bot.messages()[-1].content


async def test_a_prompt_mentions_no_one_and_breaks_no_markup(bot: BotHarness) -> None:
    """Only the requester is mentioned."""
    prompt = f"@everyone <@{bot.bob.id}> <@&1> ```code``` **bold** [click](https://evil.test) # big\n> quote"
    await bot.movie(prompt=prompt)
    [card] = bot.messages()
    await bot.finish()
    [movie] = bot.messages()
    for message in (card, movie):
        text = message_text(message)
        assert not message.mention_everyone
        assert bot.bob.id not in [user.id for user in message.mentions]
        assert "```" not in text
        assert f"<@{bot.bob.id}>" not in text
        assert "**bold**" not in text
        assert "](https" not in text
    for request in bot.requests("POST", "/messages"):
        assert request.json is not None
        allowed = request.json["allowed_mentions"]
        assert "everyone" not in allowed.get("parse", [])
        assert allowed["users"] == [bot.alice.id]
    [answer] = bot.requests("POST", "/callback")
    assert answer.json is not None
    assert answer.json["data"]["allowed_mentions"] == {"parse": []}
    assert len(bot.upstream.movies_for(prompt)) == 1


async def test_credits_show_a_members_own_numbers_privately(bot: BotHarness) -> None:
    """The account has used, held and available credits and the last movies."""
    await bot.movie(prompt="a cat", duration=10)
    await bot.finish()
    await bot.movie(prompt="a dog", duration=20)
    result = await bot.alice.slash(bot.channel, "credits")
    assert result.ephemeral
    text = response_text(result)
    for amount in ("600 credits", "100 credits", "200 credits", "300 credits"):
        assert amount in text
    assert "a cat" in text
    assert "a dog" in text
    assert "<t:1796083200:R>" in text
    assert format_credits(ENGLISH, 600) in response_text(await bot.bob.slash(bot.channel, "credits"))


async def test_a_new_month_brings_a_new_allowance(bot: BotHarness) -> None:
    """What was spent in November is not counted in December."""
    await bot.movie(duration=60)
    await bot.finish()
    assert (await bot.movie(duration=10)).ephemeral
    await bot.clock.advance(21 * 24 * 3600)
    assert not (await bot.movie(duration=10)).ephemeral
    assert bot.member() == BudgetTotals(used=600, held=100)
