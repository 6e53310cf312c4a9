"""The modal for a next scene, and the field of a series."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.domain.delivery import PostedMessage, Venue
from bot.domain.job import JobState
from bot.domain.movie_list import MovieItem
from bot.locales.texts import Texts
from bot.ui import series
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import job, request
from tests.helpers.languages import LANGUAGES


@LANGUAGES
def test_a_next_scene_keeps_the_end_of_the_prompt_and_leaves_room(texts: Texts) -> None:
    begin = texts("series-next-scene")
    assert series.next_scene(texts, "a cat", 500) == f"a cat\n\n{begin} "
    long = series.next_scene(texts, "x" * 400 + " the end", 500)
    assert long.endswith(f"the end\n\n{begin} ")
    assert len(long) < 310


@LANGUAGES
def test_the_longest_series_fits_its_field_and_shows_its_neighbours(texts: Texts) -> None:
    several = [
        MovieItem(
            replace(job(JobState.COMPLETED, request=request("*" * 500)), id=f"{number:013}", guild_id=2**63 - 1),
            message=PostedMessage(2**63 - 1, 2**63 - 1),
        )
        for number in range(100)
    ]
    for opened, shown in ((0, range(5)), (50, range(48, 53)), (99, range(95, 100))):
        embed = discord.Embed()
        series.add_field(texts, embed, several, f"{opened:013}")
        value = embed.fields[0].value or ""
        assert [line.strip("*").split(".")[0] for line in value.splitlines()] == [str(each + 1) for each in shown]
        assert f"**{opened + 1}. " in value
        assert broken_limits(embed) == []


def test_a_prompt_that_just_fits_is_kept_whole() -> None:
    """Two hundred characters stay free; a tiny limit holds all the same."""
    begin = ENGLISH("series-next-scene")
    room = 500 - len(begin) - 200
    for length, kept in ((room, room), (room + 1, room)):
        assert series.next_scene(ENGLISH, "x" * length, 500) == f"{'x' * kept}\n\n{begin} "
    assert series.next_scene(ENGLISH, "🎈" * room, 500) == f"{'🎈' * (room // 2)}\n\n{begin} "
    assert series.next_scene(ENGLISH, "x" * 300, 100) == f"\n\n{begin} "
    assert series.next_scene(ENGLISH, "x" * 300, 5) == f"\n\n{begin}"[:5]


def test_a_series_counts_its_movies_and_links_the_others() -> None:
    """Its reader requested them, so direct messages are linked, too."""
    messages = [PostedMessage(3, 9), PostedMessage(5, 9, Venue.DIRECT), None, *[PostedMessage(3, 9)] * 4]
    items = [
        MovieItem(replace(job(JobState.COMPLETED, "" if number == 2 else "a fox"), id=f"{number:013}"), message=message)
        for number, message in enumerate(messages)
    ]
    embed = discord.Embed()
    series.add_field(ENGLISH, embed, items, f"{0:013}")
    [field] = embed.fields
    assert field.name == ENGLISH("series-field", movies=7)
    jump = f"[{ENGLISH('links-jump')}]"
    assert str(field.value).splitlines() == [
        "**1. a fox**",
        f"2. a fox · {jump}(https://discord.com/channels/@me/5/9)",
        r"3. \(prompt deleted\)",
        f"4. a fox · {jump}(https://discord.com/channels/2/3/9)",
        f"5. a fox · {jump}(https://discord.com/channels/2/3/9)",
    ]
    alone = discord.Embed()
    series.add_field(ENGLISH, alone, [], "x")
    assert alone.fields == []
