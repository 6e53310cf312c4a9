"""The list of open pitches, within Discord's limits, in every language."""

from __future__ import annotations

from dataclasses import replace

import discord
import pytest

from bot.domain.numbered_page import NumberedPage
from bot.domain.pitch import Pitch, PitchSort, PitchState, WaitReason
from bot.locales.texts import Texts
from bot.ui import pitch_list
from tests.helpers.discord_limits import broken_limits
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import request
from tests.helpers.languages import LANGUAGES
from tests.helpers.reading import view_buttons

PITCH = Pitch(
    "0abc123defghj", 10, 20, 1, request("a fox"), 600, PitchState.OPEN, 0, 600_000, message_id=77, pledged=320, votes=1
)
LONGEST = replace(PITCH, request=request("*" * 4000), price=10**9, pledged=0, votes=10**6, message_id=2**63 - 1)


def test_an_entry_says_what_is_missing_and_links_to_its_pitch() -> None:
    embed = pitch_list.list_embed(ENGLISH, NumberedPage((PITCH,), 0, 1, 1))
    assert embed.description == (
        "**1.** a fox\n280 of 600 credits still needed · 1 vote · ends <t:600:R>"
        " · [Open](https://discord.com/channels/10/20/77)"
    )
    waiting = replace(PITCH, state=PitchState.WAITING_FOR_PLAN, waits_for=WaitReason.PLAN, pledged=600)
    complete = pitch_list.list_embed(ENGLISH, NumberedPage((waiting,), 0, 1, 1))
    assert ENGLISH("pitches-complete") in str(complete.description)


@LANGUAGES
async def test_the_longest_page_fits_and_turns_both_ways(texts: Texts) -> None:
    size = pitch_list.PAGE_SIZE
    page = NumberedPage((LONGEST,) * size, 1, 3, 3 * size)
    embed, view = pitch_list.list_embed(texts, page), pitch_list.list_view(texts, page, PitchSort.VOTES, page.items)
    assert view is not None
    assert broken_limits(embed=embed, view=view) == []
    assert f"**{size + 1}.**" in str(embed.description)
    chosen = pitch_list.managed_embed(texts, LONGEST, 10**9)
    buttons = pitch_list.managed_view(texts, LONGEST, pledged=10**9, mine=True, staff=True)
    assert buttons is not None
    assert broken_limits(embed=chosen, view=buttons) == []


@LANGUAGES
def test_an_empty_list_says_how_to_begin(texts: Texts) -> None:
    page = NumberedPage((), 0, 1, 0)
    assert "/pitch" in str(pitch_list.list_embed(texts, page).description)
    assert pitch_list.list_view(texts, page, PitchSort.AGE) is None


@pytest.mark.parametrize(("number", "enabled"), [(0, [False, True]), (1, [True, True]), (2, [True, False])])
@pytest.mark.parametrize("sort", PitchSort)
def test_pages_are_turned_in_the_order_that_is_chosen(sort: PitchSort, number: int, enabled: list[bool]) -> None:
    """At either end, the button that leads nowhere is disabled."""
    page = NumberedPage((PITCH,), number, 3, 11)
    view = pitch_list.list_view(ENGLISH, page, sort)
    assert view is not None
    menu = view.children[0]
    assert isinstance(menu, discord.ui.Select)
    assert {option.value: option.label for option in menu.options} == {
        "missing": ENGLISH("commands-pitches-missing"),
        "votes": ENGLISH("commands-pitches-votes"),
        "age": ENGLISH("commands-pitches-age"),
    }
    assert [option.value for option in menu.options if option.default] == [sort]
    found = view_buttons(view)
    assert [not each.disabled for each in found] == enabled
    places = (max(0, number - 1), number + 1)
    assert [each.custom_id for each in found] == [f"m:{pitch_list.PAGE}:{sort}:{place}" for place in places]
    footer = ENGLISH("pitches-page-footer", page=number + 1, pages=3)
    assert pitch_list.list_embed(ENGLISH, page).footer.text == footer


def test_a_single_page_is_sorted_where_there_are_two_pitches() -> None:
    """Its prompt may be deleted."""
    gone = replace(PITCH, request=request(""))
    two, one = NumberedPage((PITCH, gone), 0, 1, 2), NumberedPage((gone,), 0, 1, 1)
    view = pitch_list.list_view(ENGLISH, two, PitchSort.AGE)
    assert view is not None
    assert len(view.children) == 1
    assert pitch_list.list_view(ENGLISH, one, PitchSort.AGE) is None
    embed = pitch_list.list_embed(ENGLISH, one)
    assert str(embed.description).startswith(r"**1.** \(prompt deleted\)")
    assert embed.footer.text is None
