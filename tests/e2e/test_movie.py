"""A member types /movie and gets a movie. What they see on the way, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import discord
import pytest
from simcord.components import walk_components

from bot.domain.credits import MOVIES_PER_ALLOWANCE
from bot.domain.delivery import NotificationType
from bot.domain.process import ProcessInfo, Role
from bot.domain.text import Language
from bot.locales.texts import Texts, texts_in
from bot.observability.traces import exported_traces
from bot.samsar.config import ApiVersion
from bot.sandbox.environment import SpokenLanguages
from bot.settings import Settings
from bot.ui.formatting import format_credits, format_monthly_credits
from data.catalogue import bundled_path
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure
from tests.helpers.collector import Collector
from tests.helpers.expected_text import ENGLISH, insufficient_credits, notification_type, quote_title, refusal
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import quote_in, quoted
from tests.helpers.reading import addresses, ephemeral_text, is_titled, message_text, response_text
from tests.helpers.settings import WITHOUT_BOUNDS


async def test_two_members_at_once_each_get_their_own_movie(bot: AdminHarness) -> None:
    carol = bot.guild.add_member(bot.env.create_user("carol"), nick="Queen Carol")
    await bot.movie(bot.alice, prompt="a cat", duration=10)
    await bot.movie(carol, prompt="a dog", duration=20)
    refused = await bot.act(bot.bob, bot.messages()[-1], "target", "direct")
    assert "Queen Carol" in ephemeral_text(refused)
    await bot.finish()
    for who, prompt, cost in ((bot.alice, "a cat", 100), (carol, "a dog", 200)):
        [own] = [each for each in bot.messages() if who.mention in message_text(each)]
        [made] = [each for each in bot.upstream.movies.values() if each.order.prompt == prompt]
        text = "\n".join([message_text(own), *addresses(own)])
        assert [each in text for each in (made.request_id, prompt, format_credits(ENGLISH, cost))] == [True] * 3


async def test_a_movie_is_one_trace_from_its_command_to_its_message(bot: AdminHarness) -> None:
    process = ProcessInfo("0a1b2c3d", Role.ALL, "host", 1, "1.2.3", 0)
    async with Collector() as collector:
        async with exported_traces(collector.url, process):
            await bot.movie(prompt="a cat")
            await bot.finish()
        [trace] = {span.trace for span in collector.spans if span.name == "order"}
        assert {name for _, name in collector.of_trace(trace)} >= {"order", "submit", "poll", "post"}


async def test_a_prompt_mentions_no_one_and_breaks_no_markup(bot: AdminHarness) -> None:
    prompt = f"@everyone <@{bot.bob.id}> <@&1> ```code``` **bold** [click](https://evil.test) # big\n> quote"
    await bot.movie(prompt=prompt)
    [card] = bot.messages()
    await bot.finish()
    [movie] = bot.messages()
    for message in (card, movie):
        text = message_text(message)
        assert not message.mention_everyone
        assert bot.bob.id not in [user.id for user in message.mentions]
        assert not [each for each in ("```", f"<@{bot.bob.id}>", "**bold**", "](https") if each in text]
    for request in bot.requests("POST", "/messages"):
        allowed = (request.json or {})["allowed_mentions"]
        assert "everyone" not in allowed.get("parse", [])
        assert allowed["users"] == [bot.alice.id]
    [answer] = bot.requests("POST", "/callback")
    assert (answer.json or {})["data"]["allowed_mentions"] == {"parse": [], "users": []}
    assert [each.order.prompt for each in bot.upstream.movies.values()] == [prompt]


DEFAULTS: dict[str, Any] = {
    name.lower(): "" if (default := Settings.model_fields[name.lower()].default) is None else default
    for name in (*WITHOUT_BOUNDS, "CONFIRM_ABOVE_CREDITS", "MEMBER_MONTHLY_CREDITS", "PLAN_MONTHLY_CREDITS")
}


@pytest.mark.parametrize("version", ApiVersion)
async def test_who_says_only_what_happens_gets_a_movie(tmp_path: Path, version: ApiVersion) -> None:
    catalogue = bundled_path(version)
    async with open_admin_harness(tmp_path, version=version, catalogue_path=catalogue, **DEFAULTS) as bot:
        for _ in range(MOVIES_PER_ALLOWANCE):  # the first, and large parts of what is left
            card = quote_in(bot, await bot.movie())
            assert quote_title(200) in card.text
            await card.click()
            await bot.finish()
        ends = [notification_type(message_text(each)) for each in bot.messages() if message_text(each)]
        assert ends == [NotificationType.COMPLETED] * MOVIES_PER_ALLOWANCE
        assert bot.member() == BudgetTotals(used=600, held=0)


@pytest.mark.settings(confirm_above_credits=0)
async def test_only_models_that_the_server_offers_and_that_make_the_shape_are_listed(bot: AdminHarness) -> None:
    listed = []
    for options in ({"aspect_ratio": "9:16"}, {}):
        card = await quoted(bot, duration=10, **options)
        durations, models = [each["options"] for each in walk_components(card.message.components) if "options" in each]
        listed.append([each["value"] for each in models])
        await configure(bot, video_models=("LUMA", "VEOI2V"), longest_seconds=12)
    assert listed == [["KLINGIMGTOVIDPRO", "VEOI2V"], ["LUMA", "VEOI2V"]]
    assert [each["value"] for each in durations] == ["5", "8", "10", "12"]


async def choices(bot: AdminHarness, typed: str, **filled: object) -> Mapping[int, str]:
    offered = await bot.alice.autocomplete(bot.channel, "movie", "duration", typed, **filled)
    return {each["value"]: each["name"] for each in offered}


def leaves(seconds: int, price: int, after: int, texts: Texts = ENGLISH) -> str:
    duration = texts("units-seconds", seconds=seconds)
    return f"{duration} · {texts('units-credits', credits=price)} · {texts('quotes-leaves', after=after)}"


async def test_a_duration_shows_its_price_and_what_it_leaves_of_ones_own_credits(bot: AdminHarness) -> None:
    languages = SpokenLanguages(bot.env)
    languages.members = {bot.alice.id: Language.JAPANESE}
    assert (await choices(bot, "20"))[20] == leaves(20, 200, 400, texts_in(Language.JAPANESE))
    languages.members = {}
    for who in (bot.bob, bot.alice):
        assert (await choices(bot, ""))[20] == leaves(20, 200, 400)
        await bot.movie(who, duration=30)
    await bot.restart()
    offered = await choices(bot, "")
    assert offered[20] == leaves(20, 200, 100)
    assert offered[45] == f"45 s · 450 credits · {ENGLISH('quotes-missing', credits=150)}"
    assert bot.member().held == 600  # for the two movies, nothing for a choice


async def test_the_price_is_that_of_the_other_options_and_of_what_is_remembered(bot: AdminHarness) -> None:
    await configure(bot, longest_seconds=12)
    assert [*(await choices(bot, "1"))] == [1, 10, 12]
    assert (await choices(bot, "5"))[5] == leaves(5, 50, 550)
    assert (await choices(bot, "5", video_model="VEOI2V"))[5] == leaves(5, 300, 300)
    assert (await choices(bot, "5", video_model="LUMA", aspect_ratio="9:16"))[5] == "5 s"
    await bot.movie(duration=1, video_model="VEOI2V")
    assert (await choices(bot, "5"))[5] == leaves(5, 300, 240)


@pytest.mark.parametrize("announced", [True, False])
async def test_a_movie_is_made_with_the_roles_and_permissions_that_the_command_brings(
    bot: AdminHarness, *, announced: bool
) -> None:
    """The gateway has not sent the server yet, or will never."""
    poor, rich = bot.guild.create_role("Poor"), bot.stars
    for role, credits in ((poor, 0), (rich, 2000)):
        await bot.quota("role", role=role, credits=credits)
    beggar, star = [bot.guild.add_member(bot.env.create_user(role.name), roles=[role]) for role in (poor, rich)]
    me = bot.guild.me
    assert me is not None
    silent = {me: discord.PermissionOverwrite(send_messages=False, send_messages_in_threads=False)}
    quiet = bot.guild.create_text_channel("quiet", overwrites=silent)
    bot.env.backend.create_thread(quiet.id, "our films", bot.bob.id)
    [thread] = quiet.threads
    state = cast("Any", bot.app.client)._connection
    state._remove_guild(bot.app.client.get_guild(bot.guild.id))
    if announced:
        state._add_guild_from_data({"id": str(bot.guild.id), "unavailable": True})
    assert insufficient_credits(10, 0) in ephemeral_text(await bot.movie(beggar, duration=1))
    assert not (await bot.movie(star, duration=100)).ephemeral
    [card] = [message for message in bot.messages() if is_titled(message)]
    assert ENGLISH("cards-cost-on-hold", credits=1000) in message_text(card)
    assert bot.member() == BudgetTotals(used=0, held=1000)
    account = response_text(await star.slash(bot.channel, "credits"))
    assert ENGLISH("credits-source-role", role=rich.mention) in account
    assert format_monthly_credits(ENGLISH, 2000) in account
    assert ephemeral_text(await bot.forged(bot.dana, "setup panel")) == ENGLISH("errors-server-not-loaded")
    data = bot.forgery(bot.dana, "quota role", role=poor, credits=7)
    assert format_monthly_credits(ENGLISH, 7) in ephemeral_text(await bot.send(bot.dana, data))
    assert ephemeral_text(await bot.forged(bot.alice, "quota default", credits=7)) == ENGLISH("quota-not-allowed")
    for where, permission in ((quiet, "send_messages"), (thread, "send_messages_in_threads")):
        refused = await bot.alice.slash(where, "movie", prompt="a cat", duration=1)
        assert ephemeral_text(refused) == refusal("errors-missing-permissions", permissions=(permission,))
    await bot.finish()
    assert notification_type(message_text(bot.messages()[-1])) is NotificationType.COMPLETED
    assert bot.member() == BudgetTotals(used=1000, held=0)
