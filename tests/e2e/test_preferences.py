"""/preferences: a member sees, changes and resets only their own."""

from __future__ import annotations

import discord
from simcord.actors import MemberActor

from bot.domain.preferences import DeliveryTarget, Preferences
from bot.ui import preferences as messages
from bot.ui.components import walk
from data.preferences import get
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import answered, custom_ids, ephemeral_text, message_text, response_text, title_of


async def kept(bot: AdminHarness, who: MemberActor | None = None) -> Preferences:
    return await bot.app.database.read(get, (who or bot.alice).id)


async def preferences(bot: AdminHarness, who: MemberActor | None = None) -> discord.Message:
    result = await (who or bot.alice).slash(bot.channel, "preferences")
    assert result.ephemeral
    return answered(result).message


async def shown_by_ui(bot: AdminHarness) -> str:
    return messages.preferences_message(ENGLISH, await kept(bot), bot.catalogue).text


def chosen_in(card: discord.Message) -> set[str]:
    """Return what is chosen in the menus."""
    menus = [each for each in walk(card.components) if isinstance(each, discord.SelectMenu)]
    return {option.value for menu in menus for option in menu.options if option.default}


async def picked(bot: AdminHarness, card: discord.Message, menu: str, line: str) -> str:
    return response_text(await bot.alice.select(card, [line], custom_id=f"m:preferences:{menu}"))


async def test_the_last_choices_are_the_next_movies_defaults(bot: AdminHarness) -> None:
    before = message_text(await preferences(bot))
    assert before == await shown_by_ui(bot)
    assert "**200 credits**" in before
    await bot.movie(duration=12, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    card = await preferences(bot)
    automatic = "-# Luma Dream Machine · Flux 1.1 Pro"
    assert [automatic in each.splitlines() for each in (before, message_text(card))] == [True, False]
    assert {"12", "9:16", "KLINGIMGTOVIDPRO", "FLUX1.1PRO"} == chosen_in(card)
    assert message_text(card) == await shown_by_ui(bot)
    assert "120 credits" in message_text(card)
    again = response_text(await bot.movie())
    pitched = response_text(await bot.alice.slash(bot.channel, "pitch", prompt="a kite"))
    assert all(each in text for text in (again, pitched) for each in ("12 s", "9:16", "Kling Pro"))


async def test_every_choice_is_changed_by_a_menu_and_kept(bot: AdminHarness) -> None:
    card = await preferences(bot)
    chosen = {"video_model": "VEOI2V", "image_model": "FLUX1.1PRO", "aspect_ratio": "9:16", "seconds": "8"}
    for menu, line in chosen.items():
        text = await picked(bot, card, menu, line)
    assert text == await shown_by_ui(bot)
    for part in ("8 s", "480 credits", "60 credits"):
        assert part in text
    assert await kept(bot) == Preferences(8, "VEOI2V", "FLUX1.1PRO", "9:16")
    quote = await bot.movie()  # the model costs more than the default
    for words in ("8 s", "9:16", "Google Veo", "480 credits"):
        assert words in response_text(quote)
    await bot.alice.click(answered(quote).message, custom_id=custom_ids(answered(quote))["quote-accept"])
    assert len(bot.messages()) == 1  # the card of the movie; everything else was private
    assert await picked(bot, card, "seconds", "(default)") == await shown_by_ui(bot)
    assert await kept(bot) == Preferences(None, "VEOI2V", "FLUX1.1PRO", "9:16")


async def test_only_what_the_server_offers_can_be_chosen(bot: AdminHarness) -> None:
    await configure(bot, video_models=("KLINGIMGTOVIDPRO",), default_seconds=5)
    card = await preferences(bot)
    offered = str([row.to_dict() for row in card.components])
    assert ["Kling Pro" in offered, "Google Veo" in offered] == [True, False]
    assert "**50 credits**" in message_text(card)
    for menu, line in (("video_model", "VEOI2V"), ("image_model", ""), ("aspect_ratio", "1:1"), ("seconds", "121")):
        result = await bot.press(bot.alice, card, f"m:preferences:{menu}", [line])
        assert ENGLISH("preferences-not-offered") in response_text(result), line
    for page, is_offered in (("extras", False), ("movie", True)):
        result = await bot.press(bot.alice, card, f"m:preferences-page:{page}")
        assert (ENGLISH("preferences-not-offered") not in response_text(result)) is is_offered
    assert await kept(bot) == Preferences()


async def test_everything_is_forgotten_at_once_also_after_a_restart(bot: AdminHarness) -> None:
    card = await preferences(bot)
    await bot.restart()
    await picked(bot, card, "seconds", "45")
    await bot.alice.click(card, label=ENGLISH("preferences-dm-button"))
    await bot.restart()
    assert await kept(bot) == Preferences(45, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    text = response_text(await bot.alice.click(card, label=ENGLISH("preferences-reset-button")))
    assert ENGLISH("preferences-reset") in text
    assert await kept(bot) == Preferences()
    await bot.press(bot.alice, card, "m:preferences:seconds", ["20"])
    assert (await kept(bot)).seconds == 20


async def test_where_movies_go_is_chosen_and_pressing_twice_changes_nothing_more(bot: AdminHarness) -> None:
    card = await preferences(bot)
    assert message_text(card) == await shown_by_ui(bot)
    first = await bot.alice.click(card, custom_id="m:preferences-target:direct")
    assert (await shown_by_ui(bot)).partition("\n")[2] in response_text(first)
    assert (await kept(bot)).delivery_target is DeliveryTarget.DIRECT_MESSAGE
    await bot.made(duration=5)
    assert len(bot.direct_messages(bot.alice)) == 1
    assert (await kept(bot)) == Preferences(5, "LUMA", "FLUX1.1PRO", "16:9", DeliveryTarget.DIRECT_MESSAGE)
    back = await bot.alice.click(card, label=ENGLISH("preferences-channel-button"))
    assert ENGLISH("preferences-channel-set") in response_text(back)
    assert (await kept(bot)).delivery_target is DeliveryTarget.CHANNEL


async def test_a_click_changes_only_the_clicking_members_preferences_in_every_server(bot: AdminHarness) -> None:
    card = await preferences(bot)
    await picked(bot, card, "seconds", "8")
    await bot.movie(duration=8)
    [public] = bot.messages()
    assert (await bot.press(bot.bob, public, "m:preferences:seconds", ["20"])).ephemeral
    assert title_of(bot.messages()[0]) == title_of(public)
    assert (await kept(bot)).seconds == 8
    assert (await kept(bot, bot.bob)).seconds == 20
    other = bot.env.create_guild("Theatre")
    there = other.create_text_channel("films")
    alice = other.add_member(bot.alice.user)
    assert "8 s" in ephemeral_text(await alice.slash(there, "preferences"))
