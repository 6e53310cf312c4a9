"""Rejections are private, name option and limit, and cost nothing."""

from __future__ import annotations

import discord
import pytest

from bot.domain.request import ProblemCode
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import NOTHING_SPENT, is_invalid_option, problem_line
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import ephemeral_text


def untouched(bot: BotHarness) -> bool:
    nothing = BudgetTotals(used=0, held=0)
    return (
        not ledger_checks.jobs(bot.path)
        and bot.member() == bot.plan() == nothing
        and bot.ordered() == 0
        and not bot.messages()
    )


INTEGER, USER = 4, 6


def line_of(code: ProblemCode, value: str = "") -> list[str]:
    return [problem_line(code, value, ("1", "120")).partition(": ")[0].replace("\\", "")]


BLANK = [problem_line(ProblemCode.PROMPT_BLANK, allowed=("500",))]
FORGED: list[tuple[dict[str, object], dict[str, int], list[str]]] = [
    ({"prompt": "🎈" * 251}, {}, ["502", "500", "emoji"]),
    ({"duration": 121}, {}, ["121", "120"]),
    ({"video_model": "RETIRED"}, {}, ["Retired Model", "Luma Dream Machine"]),
    ({"video_model": "LUMA", "aspect_ratio": "9:16"}, {}, ["Luma Dream Machine", "9:16", "Kling Pro", "Google Veo"]),
    # of another type than declared
    ({"duration": 1.5}, {}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "1.5")),
    ({"duration": "a while"}, {"duration": INTEGER}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "'a while'")),
    ({"duration": True}, {}, line_of(ProblemCode.SECONDS_OUT_OF_RANGE, "True")),
    ({"duration": "7"}, {"duration": USER}, ["“<Object id=7"]),
    ({"prompt": "7"}, {"prompt": USER}, BLANK),
    ({"video_model": False}, {}, line_of(ProblemCode.VIDEO_MODEL_UNKNOWN, "False")),
    (
        {"prompt": 5, "duration": 500, "video_model": "SORA", "image_model": 0, "aspect_ratio": "1:1"},
        {},
        [*BLANK, "500", "SORA", *line_of(ProblemCode.IMAGE_MODEL_UNKNOWN, "0"), "1:1"],
    ),
]


async def test_a_forged_option_is_refused_with_its_name_and_what_would_do(bot: BotHarness) -> None:
    """Discord's client would not send it, but discord.py passes on any value of a forged payload."""
    for options, kinds, words in FORGED:
        text = ephemeral_text(await bot.forge(kinds=kinds, **{"prompt": "a red balloon", **options})).replace("\\", "")
        assert [each for each in (*words, NOTHING_SPENT) if each not in text] == [], options
    typed = [await bot.movie(prompt="  \u200b "), await bot.movie(video_model="LUMA", aspect_ratio="9:16")]
    assert ["prompt" in ephemeral_text(typed[0]), "Kling Pro" in ephemeral_text(typed[1])] == [True, True]
    assert untouched(bot)


async def test_an_odd_option_of_another_command_is_answered_kindly(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    odd: list[tuple[str, dict[str, object], dict[str, int]]] = [
        ("movies", {"show": 1.5}, {}),
        ("movies", {"member": "alice"}, {}),
        ("movies", {"member": "7"}, {"member": USER}),
        ("credits", {"member": 7}, {}),
    ]
    for command, options, kinds in odd:
        assert is_invalid_option(ephemeral_text(await bot.forge(command, kinds=kinds, **options))), options
    assert [record for record in caplog.records if record.exc_info] == []
    assert all(type(error).__name__ == "TransformerError" for error in bot.env.errors)


async def test_a_channel_the_bot_may_not_post_in_is_told_before_anything_is_held(bot: BotHarness) -> None:
    me = bot.guild.me
    assert me is not None
    for permission in ("send_messages", "embed_links"):
        overwrite = discord.PermissionOverwrite(**{permission: False})
        bot.channel = bot.guild.create_text_channel("quiet", overwrites={me: overwrite})
        text = ephemeral_text(await bot.movie())
        assert permission.replace("_", " ").title() in text
        assert NOTHING_SPENT in text
        assert untouched(bot)
