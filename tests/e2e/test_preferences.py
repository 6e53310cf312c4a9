"""/preferences: a member sees, changes and resets only their own."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from simcord import interactions
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.delivery import NotificationType
from bot.domain.preferences import DeliveryTarget, Preferences, PreferenceUpdate
from bot.ui import errors
from bot.ui import preferences as messages
from data.preferences import get
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import (
    ENGLISH,
    embed_text,
    notification_type,
)
from tests.helpers.reading import ephemeral_text, field_of, message_text, response_text
from tests.helpers.settings import CATALOGUE

_COMPONENT, _MENU = 3, 3


async def kept(bot: BotHarness, who: MemberActor | None = None) -> Preferences:
    """The preferences of Alice, or of another member."""
    return await bot.app.database.read(get, (who or bot.alice).id)


async def preferences(bot: BotHarness, who: MemberActor | None = None) -> discord.Message:
    """Type /preferences, and return the private message."""
    result = await (who or bot.alice).slash(bot.channel, "preferences")
    assert result.ephemeral
    assert result.response is not None
    return result.response.message


def choice(card: discord.Message, name: str) -> str:
    """What the card says of one choice, without the bold type."""
    lines = dict(
        line.split(": ", 1)
        for line in field_of(card, ENGLISH("preferences-choices-field")).replace("*", "").splitlines()
    )
    return lines[name]


async def shown_by_ui(bot: BotHarness) -> str:
    """Return the overview of Alice's preferences as bot/ui builds it."""
    return embed_text(messages.preferences_embed(ENGLISH, await kept(bot), bot.catalogue))


async def picked(bot: BotHarness, card: discord.Message, menu: str, line: str) -> str:
    """Select an option of a menu, and return the card's text."""
    result = await bot.alice.select(card, [line], custom_id=f"m:preferences:{menu}")
    return response_text(result)


def options_of(row: discord.Component) -> list[dict[str, Any]]:
    """Return the options of a row's menu, if it has one."""
    children: Any = row.to_dict().get("components", ())
    return [option for child in children for option in child.get("options", ())]


async def forged(
    bot: BotHarness, who: MemberActor, card: discord.Message, custom_id: str, line: str
) -> InteractionResult:
    """Send a selection that Discord's client would not.

    It may have an option that no menu has, or use someone else's card.
    """
    stored = bot.env.backend.get_message(bot.channel.id, card.id)
    message: dict[str, Any] = dict(interactions.serializers.message_payload(bot.env.backend, stored))
    data = {"custom_id": custom_id, "component_type": _MENU, "values": [line]}
    bot.env._begin_operation("select")
    try:
        return await who._dispatch_interaction(
            _COMPONENT, bot.channel, data, extra={"message": message}, source_message_id=card.id
        )
    finally:
        bot.env._end_operation()


async def test_the_last_choices_are_the_next_movies_defaults(bot: BotHarness) -> None:
    """/preferences shows them with their price."""
    before = message_text(await preferences(bot))
    assert before == await shown_by_ui(bot)
    assert "**200 credits**" in before
    await bot.movie(duration=12, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    card = await preferences(bot)
    assert choice(card, "Video model") == "Kling Pro"
    assert choice(card, "Image model") == "Flux 1.1 Pro"
    assert choice(card, "Duration") == "12 s"
    assert choice(card, "Aspect ratio") == ENGLISH("commands-tall")
    assert message_text(card) == await shown_by_ui(bot)
    for part in ("12 s", "120 credits"):
        assert part in message_text(card)
    again = response_text(await bot.movie())
    assert "12 s" in again
    assert "9:16" in again
    assert "Kling Pro" in again


async def test_every_choice_is_changed_by_a_menu_and_kept(bot: BotHarness) -> None:
    """The next movie uses it, and the card says its price."""
    card = await preferences(bot)
    await picked(bot, card, "video_model", "VEOI2V")
    await picked(bot, card, "image_model", "FLUX1.1PRO")
    await picked(bot, card, "aspect_ratio", "9:16")
    text = await picked(bot, card, "seconds", "8")
    assert text == await shown_by_ui(bot)
    for part in ("8 s", "480 credits", "60 credits"):
        assert part in text
    assert await kept(bot) == Preferences(8, "VEOI2V", "FLUX1.1PRO", "9:16")
    quote = await bot.movie()  # the model costs more than the default
    for words in ("8 s", "9:16", "Google Veo", "480 credits"):
        assert words in response_text(quote)
    assert quote.response is not None
    await bot.alice.click(quote.response.message, label=ENGLISH("quotes-accept-button"))
    assert len(bot.messages()) == 1  # the card of the movie; everything else was private


async def test_only_what_the_server_offers_can_be_chosen(admin_bot: AdminHarness) -> None:
    """The prices are those of the server's default, too."""
    await configure(admin_bot, video_models=("KLINGIMGTOVIDPRO",), default_seconds=5)
    card = await preferences(admin_bot)
    offered = [option["label"] for row in card.components for option in options_of(row)]
    assert "Kling Pro" in offered
    assert "Google Veo" not in offered
    assert "**50 credits**" in message_text(card)
    refused = await forged(admin_bot, admin_bot.alice, card, "m:preferences:video_model", "VEOI2V")
    assert messages.not_offered(ENGLISH) in response_text(refused)
    assert await kept(admin_bot) == Preferences()


async def test_a_line_goes_back_to_the_default(bot: BotHarness) -> None:
    """A single choice can be reset."""
    card = await preferences(bot)
    await picked(bot, card, "seconds", "8")
    assert "8 s" in response_text(await bot.alice.select(card, ["VEOI2V"], custom_id="m:preferences:video_model"))
    text = await picked(bot, card, "seconds", "(default)")
    assert text == await shown_by_ui(bot)
    assert (await kept(bot)).seconds is None
    assert await kept(bot) == Preferences(video_model="VEOI2V")


async def test_a_shape_gives_way_to_a_model_that_cannot_make_it_and_that_is_said(bot: BotHarness) -> None:
    """The last choice wins, so that /movie accepts the pair."""
    card = await preferences(bot)
    await picked(bot, card, "aspect_ratio", "9:16")
    text = await picked(bot, card, "video_model", "LUMA")
    after = Preferences(video_model="LUMA", aspect_ratio="16:9")
    note = messages.conflict_note(ENGLISH, PreferenceUpdate(after, dropped_aspect_ratio="9:16"), bot.catalogue)
    assert note in text
    text = await picked(bot, card, "aspect_ratio", "9:16")
    note = messages.conflict_note(
        ENGLISH, PreferenceUpdate(Preferences(aspect_ratio="9:16"), dropped_model="LUMA"), bot.catalogue
    )
    assert note in text
    assert await kept(bot) == Preferences(aspect_ratio="9:16")
    assert "Kling Pro" in response_text(await bot.movie())


async def test_a_removed_model_is_reported_and_the_default_is_used(bot: BotHarness) -> None:
    """The model is disabled while members prefer it."""
    await bot.movie(duration=5, video_model="VEOI2V", aspect_ratio="9:16")
    head, _, tail = CATALOGUE.partition('key = "VEOI2V"')
    off = f'{head}key = "VEOI2V"\nenabled = false{tail}'
    bot.app.settings.catalogue_path.write_text(off, encoding="utf-8")
    await bot.restart()
    card = await preferences(bot)
    assert message_text(card) == await shown_by_ui(bot)
    for name in ("Google Veo", "Kling Pro"):
        assert name in choice(card, "Video model")
    assert choice(card, "Aspect ratio") == ENGLISH("commands-tall")
    assert "**50 credits**" in message_text(card)
    assert "Kling Pro" in response_text(await bot.movie())


async def test_everything_is_forgotten_at_once_and_twice_is_as_good_as_once(bot: BotHarness) -> None:
    """The delivery target is reset, too, and an old card still works."""
    await bot.movie(duration=5)
    card = await preferences(bot)
    await bot.alice.click(card, label=ENGLISH("preferences-dm-button"))
    text = response_text(await bot.alice.click(card, label=ENGLISH("preferences-reset-button")))
    assert messages.forgotten(ENGLISH) in text
    assert await kept(bot) == Preferences()
    old = await preferences(bot)
    await bot.movie(duration=10)
    assert (await kept(bot)).seconds == 10
    await forged(bot, bot.alice, old, "m:preferences:seconds", "20")
    assert (await kept(bot)).seconds == 20


async def test_where_movies_go_is_chosen_and_pressing_twice_changes_nothing_more(bot: BotHarness) -> None:
    """The next movie is sent directly."""
    card = await preferences(bot)
    assert message_text(card) == await shown_by_ui(bot)
    first = await bot.alice.click(card, custom_id="m:preferences-target:direct")
    assert (await shown_by_ui(bot)).partition("\n")[2] in response_text(first)
    assert (await kept(bot)).delivery_target is DeliveryTarget.DIRECT_MESSAGE
    await bot.movie(duration=5)
    await bot.finish()
    [sent] = bot.direct_messages(bot.alice)
    assert notification_type(sent.content) is NotificationType.COMPLETED
    assert (await kept(bot)) == Preferences(5, "LUMA", "FLUX1.1PRO", "16:9", DeliveryTarget.DIRECT_MESSAGE)
    back = await bot.alice.click(card, label=ENGLISH("preferences-channel-button"))
    assert messages.target_changed(ENGLISH, DeliveryTarget.CHANNEL) in response_text(back)
    assert (await kept(bot)).delivery_target is DeliveryTarget.CHANNEL


async def test_a_card_works_after_a_restart(bot: BotHarness) -> None:
    """Its custom_ids say what its buttons do."""
    card = await preferences(bot)
    await bot.restart()
    await picked(bot, card, "seconds", "45")
    assert (await kept(bot)).seconds == 45
    await bot.alice.click(card, label=ENGLISH("preferences-dm-button"))
    await bot.restart()
    assert await kept(bot) == Preferences(45, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    await bot.alice.click(card, label=ENGLISH("preferences-reset-button"))
    assert await kept(bot) == Preferences()


async def test_a_click_changes_only_the_clicking_members_preferences(bot: BotHarness) -> None:
    """A custom_id names no member."""
    card = await preferences(bot)
    await picked(bot, card, "seconds", "8")
    await forged(bot, bot.bob, card, "m:preferences:seconds", "20")
    assert (await kept(bot)).seconds == 8
    assert (await kept(bot, bot.bob)).seconds == 20


async def test_a_forged_press_on_a_message_that_all_can_see_answers_privately(bot: BotHarness) -> None:
    """A movie's card is not replaced by someone's preferences."""
    await bot.movie(duration=5)
    [card] = bot.messages()
    result = await forged(bot, bot.bob, card, "m:preferences:seconds", "20")
    assert result.ephemeral
    assert bot.messages()[0].embeds[0].title == card.embeds[0].title


@pytest.mark.parametrize(
    ("menu", "line"),
    [
        ("video_model", "SORA"),
        ("video_model", "RETIRED"),
        ("video_model", ""),
        ("image_model", "DALLE"),
        ("aspect_ratio", "1:1"),
        ("seconds", "0"),
        ("seconds", "121"),
        ("seconds", "-5"),
        ("seconds", "٣٠"),
        ("seconds", "9" * 90),
    ],
)
async def test_a_forged_or_outdated_line_changes_nothing(bot: BotHarness, menu: str, line: str) -> None:
    """Values are checked like /movie's options.

    The card is made anew with what is offered now.
    """
    card = await preferences(bot)
    await picked(bot, card, "seconds", "8")
    result = await forged(bot, bot.alice, card, f"m:preferences:{menu}", line)
    assert messages.not_offered(ENGLISH) in response_text(result)
    assert await kept(bot) == Preferences(8)


async def test_a_page_of_extras_that_the_api_does_not_have_is_not_offered(bot: BotHarness) -> None:
    """The button comes from a time when it had them."""
    card = await preferences(bot)
    result = await bot.press(bot.alice, card, "m:preferences-page:extras")
    assert messages.not_offered(ENGLISH) in response_text(result)
    back = await bot.press(bot.alice, card, "m:preferences-page:movie")
    assert messages.not_offered(ENGLISH) not in response_text(back)


@pytest.mark.parametrize(
    "custom_id",
    [
        *("m:preferences:colour", "m:preferences", "m:preferences-target:owl", "m:preferences-target"),
        *("m:preferences-page:colour", "m:preferences-page", "m:preferences-listed:maybe", "m:preferences-listed"),
    ],
)
async def test_a_forged_custom_id_is_refused(bot: BotHarness, custom_id: str) -> None:
    """The preferences stay as they are."""
    card = await preferences(bot)
    assert ephemeral_text(await forged(bot, bot.alice, card, custom_id, "8")) == errors.outdated_command(ENGLISH)
    assert await kept(bot) == Preferences()


async def test_preferences_are_a_members_in_every_server(bot: BotHarness) -> None:
    """Taste doesn't change from server to server."""
    card = await preferences(bot)
    await picked(bot, card, "seconds", "8")
    other = bot.env.create_guild("Theatre")
    there = other.create_text_channel("films")
    alice = other.add_member(bot.alice.user)
    assert "8 s" in ephemeral_text(await alice.slash(there, "preferences"))
