"""A restart keeps jobs, credits, notifications and registered commands."""

from __future__ import annotations

from bot.domain.job import JobState
from data import submissions
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import (
    card_title,
    cost_text,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import field_of
from tests.helpers.settings import CATALOGUE


async def test_a_movie_that_renders_is_watched_on_after_a_restart(bot: BotHarness) -> None:
    """The next process edits the same card, and posts the movie."""
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await bot.run_until_idle(10)
    await bot.restart()
    await bot.finish()
    assert bot.ordered() == 1
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content
    assert bot.member() == BudgetTotals(used=200, held=0)


async def test_a_movie_that_waits_in_the_queue_is_submitted_after_a_restart(bot: BotHarness) -> None:
    """An order that was confirmed is submitted once after the restart."""
    await bot.movie()
    await bot.restart()
    await bot.finish()
    assert bot.ordered() == 1
    [movie] = bot.messages()
    assert bot.alice.mention in movie.content


async def test_a_pending_notification_is_sent_after_a_restart(bot: BotHarness) -> None:
    """The retry has the same nonce."""
    await bot.movie()
    await bot.run_until_idle()
    bot.env.inject_error("POST", f"/channels/{bot.channel.id}/messages", status=503, times=1)
    await bot.run_until_idle(100)
    [card] = bot.messages()
    await bot.restart()
    await bot.run_until_idle(60)
    [movie] = bot.messages()
    assert movie.id != card.id
    nonces = {str((each.json or {})["nonce"]) for each in bot.requests("POST", "/messages")}
    assert len(nonces) == 1


async def test_an_order_that_was_on_its_way_at_the_end_is_not_sent_again(bot: BotHarness) -> None:
    """The card says that it is being checked, and the hold stays."""
    await bot.movie(duration=20)
    await bot.app.database.write(submissions.claim, bot.clock.now(), 1, 10, 2)
    await bot.restart()
    await bot.finish()
    assert bot.ordered() == 0
    card, message = bot.messages()
    assert card.embeds[0].title == card_title(JobState.UNKNOWN)
    assert field_of(card, "Cost") == cost_text(JobState.UNKNOWN, 200)
    assert bot.alice.mention in message.content
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_commands_are_registered_once_and_again_only_when_they_change(bot: BotHarness) -> None:
    """A restart registers nothing; a model that the operator added does."""
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
    """The choices show the models' names."""
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
