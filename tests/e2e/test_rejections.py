"""Rejections are private, name option and limit, and cost nothing."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest

from bot.domain.credits import BudgetScope
from bot.domain.request import ProblemCode
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import (
    LUMA_LABEL,
    NOTHING_SPENT,
    insufficient_credits,
    is_invalid_option,
    problem_line,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import ephemeral_text


def untouched(bot: BotHarness) -> bool:
    """Return whether there is no job, ledger entry, submission or message."""
    nothing = BudgetTotals(used=0, held=0)
    return (
        not ledger_checks.jobs(bot.path)
        and bot.member() == bot.plan() == nothing
        and bot.ordered() == 0
        and not bot.messages()
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"prompt": "   "}, ["prompt", "500"]),
        ({"prompt": "x" * 501}, ["501", "500"]),
        ({"prompt": "🎈" * 251}, ["502", "500", "emoji"]),
        ({"duration": 0}, ["0", "1", "120"]),
        ({"duration": 121}, ["121", "120"]),
        ({"duration": -(2**53)}, [str(-(2**53)), "120"]),
        ({"video_model": "SORA"}, ["SORA", "Luma Dream Machine"]),
        ({"video_model": "RETIRED"}, ["Retired Model", "Luma Dream Machine"]),
        ({"image_model": "DALLE"}, ["DALLE", "Flux 1.1 Pro"]),
        ({"aspect_ratio": "1:1"}, ["1:1", "16:9", "9:16"]),
        ({"video_model": "LUMA", "aspect_ratio": "9:16"}, ["Luma Dream Machine", "9:16", "Kling Pro"]),
    ],
)
async def test_a_forged_option_is_refused_with_its_name_and_what_would_do(
    bot: BotHarness, options: dict[str, str | int], words: list[str]
) -> None:
    """Discord's client would not send it; the bot checks all the same."""
    text = ephemeral_text(await bot.forge(**{"prompt": "a red balloon", **options})).replace("\\", "")
    for word in words:
        assert word in text
    assert NOTHING_SPENT in text
    assert untouched(bot)


INTEGER, USER = 4, 6


def line_of(code: ProblemCode, value: str = "") -> str:
    """Return what a rejection says of a value, without the alternatives."""
    return problem_line(code, value, ("1", "120")).partition(": ")[0].replace("\\", "")


@pytest.mark.parametrize(
    ("options", "kinds", "words"),
    [
        ({"duration": 1.5}, {}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "1.5")),
        ({"duration": 1.5}, {"duration": INTEGER}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "1.5")),
        ({"duration": "5"}, {}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "'5'")),
        ({"duration": "a while"}, {"duration": INTEGER}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "'a while'")),
        ({"duration": True}, {}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "True")),
        ({"duration": "7"}, {"duration": USER}, "“<Object id=7"),
        ({"prompt": 5}, {}, problem_line(ProblemCode.PROMPT_BLANK, allowed=("500",))),
        ({"prompt": "7"}, {"prompt": USER}, problem_line(ProblemCode.PROMPT_BLANK, allowed=("500",))),
        ({"video_model": 1.5}, {}, line_of(ProblemCode.VIDEO_MODEL_UNKNOWN, "1.5")),
        ({"video_model": False}, {}, line_of(ProblemCode.VIDEO_MODEL_UNKNOWN, "False")),
        ({"image_model": 0}, {}, line_of(ProblemCode.IMAGE_MODEL_UNKNOWN, "0")),
        ({"aspect_ratio": 16.9}, {}, line_of(ProblemCode.ASPECT_UNKNOWN, "16.9")),
    ],
)
async def test_an_option_of_another_type_than_declared_is_refused(
    bot: BotHarness, options: dict[str, object], kinds: dict[str, int], words: str
) -> None:
    """discord.py passes on any value of a forged payload."""
    text = ephemeral_text(await bot.forge(kinds=kinds, **{"prompt": "a red balloon", **options})).replace("\\", "")
    assert words in text
    assert NOTHING_SPENT in text
    assert untouched(bot)


@pytest.mark.parametrize(
    ("command", "options", "kinds"),
    [
        ("movies", {"show": 1.5}, {}),
        ("movies", {"member": "alice"}, {}),
        ("movies", {"member": "7"}, {"member": USER}),
        ("credits", {"member": 7}, {}),
    ],
)
async def test_an_odd_option_of_another_command_is_answered_kindly(
    bot: BotHarness, command: str, options: dict[str, object], kinds: dict[str, int], caplog: pytest.LogCaptureFixture
) -> None:
    """The option is an unknown user, or a filter of another type."""
    text = ephemeral_text(await bot.forge(command, kinds=kinds, **options))
    assert is_invalid_option(text)
    assert [record for record in caplog.records if record.exc_info] == []
    assert all(type(error).__name__ == "TransformerError" for error in bot.env.errors)


async def test_several_things_wrong_are_told_at_once(bot: BotHarness) -> None:
    """The answer lists all five mistakes."""
    result = await bot.forge(prompt=" ", duration=500, video_model="SORA", image_model="DALLE", aspect_ratio="1:1")
    text = ephemeral_text(result)
    assert text.count("\n• ") == 5
    for value in ("500", "SORA", "DALLE", "1:1"):
        assert value in text.replace("\\", "")
    assert untouched(bot)


async def test_a_blank_prompt_typed_by_a_person_is_refused(bot: BotHarness) -> None:
    """Blanks pass Discord's length check, and the bot refuses them."""
    assert "prompt" in ephemeral_text(await bot.movie(prompt="  \u200b "))
    assert untouched(bot)


async def test_a_shape_that_the_model_cannot_make_names_the_models_that_can(bot: BotHarness) -> None:
    """Discord's client can't check combinations of options."""
    text = ephemeral_text(await bot.movie(video_model="LUMA", aspect_ratio="9:16"))
    assert "Kling Pro" in text
    assert "Google Veo" in text
    assert untouched(bot)


async def test_a_movie_beyond_the_allowance_is_told_what_would_fit_and_when_it_resets(bot: BotHarness) -> None:
    """60 s of a model at 60 credits a second cost 3,600.

    600 are left, which is 10 s.
    """
    text = ephemeral_text(await bot.movie(duration=60, video_model="VEOI2V"))
    assert insufficient_credits(3600, 600, label="Google Veo", credits_per_second=60) in text
    assert untouched(bot)


async def test_what_is_held_is_not_there_to_spend_again(bot: BotHarness) -> None:
    """Of 600 credits, 400 are on hold, so 20 seconds fit."""
    await bot.movie(duration=40)
    assert insufficient_credits(300, 200, label=LUMA_LABEL) in ephemeral_text(await bot.movie(duration=30))
    assert bot.member() == BudgetTotals(used=0, held=400)
    assert not (await bot.movie(duration=20)).ephemeral
    assert bot.member() == BudgetTotals(used=0, held=600)


async def test_a_plan_that_another_server_used_up_is_told_as_such(tmp_path: Path) -> None:
    """All servers share the plan, so the refusal names it."""
    async with open_bot_harness(tmp_path, plan_monthly_credits=650) as bot:
        elsewhere = bot.env.create_guild("Elsewhere")
        room = elsewhere.create_text_channel("movies")
        carol = elsewhere.add_member(bot.env.create_user("carol"))
        for prompt in ("a cat", "a dog", "a fox", "an owl", "a hen"):
            await carol.slash(room, "movie", prompt=prompt, duration=12)
            await bot.finish()
        text = ephemeral_text(await bot.movie(duration=10))
        assert insufficient_credits(100, 50, BudgetScope.PLAN, label=LUMA_LABEL) in text
        assert bot.plan() == BudgetTotals(used=600, held=0)
        assert bot.messages() == []


async def test_allowances_are_counted_for_each_server(bot: BotHarness) -> None:
    """What Alice spends here doesn't count in another server.

    Her queue has room, because her first movie renders.
    """
    elsewhere = bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("movies")
    alice_there = elsewhere.add_member(bot.alice.user)
    await bot.movie(duration=60)
    await bot.run_until_idle()
    assert bot.member() == BudgetTotals(used=0, held=600)
    assert not (await alice_there.slash(room, "movie", prompt="a cat", duration=60)).ephemeral


@pytest.mark.parametrize("permission", ["send_messages", "embed_links"])
async def test_a_channel_the_bot_may_not_post_in_is_told_before_anything_is_held(
    bot: BotHarness, permission: str
) -> None:
    """The member reads which permission is missing."""
    me = bot.guild.me
    assert me is not None
    overwrite = discord.PermissionOverwrite(**{permission: False})
    bot.channel = bot.guild.create_text_channel("quiet", overwrites={me: overwrite})
    text = ephemeral_text(await bot.movie())
    assert permission.replace("_", " ").title() in text
    assert NOTHING_SPENT in text
    assert untouched(bot)
