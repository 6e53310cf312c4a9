"""A restart keeps jobs, credits, notifications and registered commands."""

from __future__ import annotations

from bot.ui import job_messages
from tests.helpers import factories
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH, quote_title, shows_job
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import answered, ephemeral_text, labels, message_text
from tests.helpers.settings import CATALOGUE

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
    assert [who.mention in movie.content for who, movie in zip((bot.alice, bot.bob), bot.messages(), strict=True)] == [
        True,
        True,
    ]
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


# ── messages that Discord accepted are found after their nonce is forgotten; the fake Discord knows no nonces ─────────
