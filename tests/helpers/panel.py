"""The panel of /setup: two choices for every setting, and its controls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import discord
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, RoleHandle
from simcord.results import InteractionResult

from bot.domain.server_setup import ServerSetup, Setting, SettingValue
from bot.ui.components import custom_id, parse_custom_id
from bot.ui.setup_panel import NOT_CHOSEN, SetupPage, page_of
from data import server_setup
from tests.helpers.admin_harness import AdminHarness

Given = ChannelHandle | RoleHandle | str
"""What a select or a form's text input takes."""

CATALOGUE_ENTRY: Final = '\n[[image_models]]\nkey = "IMAGEN3"\nlabel = "Imagen 3"\n'
"""With only one image model, a server has no choice."""

FORMS: Final[Mapping[Setting, tuple[str, str]]] = {
    Setting.LONGEST_SECONDS: ("setup-durations", "longest_seconds"),
    Setting.DEFAULT_SECONDS: ("setup-durations", "default_seconds"),
    Setting.APPROVAL_CREDITS: ("setup-price", "approval_credits"),
    Setting.FILTER_RULES: ("setup-rules", "rules-0"),
}
"""The buttons that open a setting's form, and the input there. Every other setting has a select."""

_OPENED_FROM: Final = {SetupPage.APPROVAL: SetupPage.STAFF, SetupPage.COMMUNITY: SetupPage.GALLERY}


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice for a setting: its input, its value, and an alternative."""

    given: Given
    value: SettingValue
    other: Given


def choices(bot: AdminHarness) -> Mapping[Setting, Choice]:
    """Return a choice for each setting."""
    lines, stars, others = bot.lines, bot.stars, bot.guild.create_role("Others")
    return {
        Setting.CHANNELS: Choice(lines, (lines.id,), bot.channel),
        Setting.ROLES: Choice(stars, (stars.id,), others),
        Setting.VIDEO_MODELS: Choice("VEOI2V", ("VEOI2V",), "LUMA"),
        Setting.IMAGE_MODELS: Choice("IMAGEN3", ("IMAGEN3",), "FLUX1.1PRO"),
        Setting.LONGEST_SECONDS: Choice("20", 20, "60"),
        Setting.DEFAULT_VIDEO_MODEL: Choice("VEOI2V", "VEOI2V", "KLINGIMGTOVIDPRO"),
        Setting.DEFAULT_IMAGE_MODEL: Choice("IMAGEN3", "IMAGEN3", "FLUX1.1PRO"),
        Setting.DEFAULT_SECONDS: Choice("12", 12, "8"),
        Setting.DEFAULT_ASPECT_RATIO: Choice("9:16", "9:16", "16:9"),
        Setting.LANGUAGE: Choice("de", "de", "fr"),
        Setting.MESSAGE_MENU: Choice("off", "off", "anyone"),
        Setting.GALLERY: Choice(lines, lines.id, bot.channel),
        Setting.AGE: Choice("spoiler", "spoiler", "restricted"),
        Setting.STAFF_CHANNEL: Choice(lines, lines.id, bot.channel),
        Setting.STAFF_ROLES: Choice(stars, (stars.id,), others),
        Setting.FILTER_PRESETS: Choice("en-US/gore", ("en-US/gore",), "de/slurs"),
        Setting.FILTER_RULES: Choice("balloon", ("balloon",), "kite"),
        Setting.APPROVAL: Choice("everyone", "everyone", "untrusted"),
        Setting.APPROVAL_CREDITS: Choice("100", 100, "300"),
        Setting.TRUSTED_ROLES: Choice(stars, (stars.id,), others),
        Setting.APPROVAL_FALLBACK: Choice("start", "start", NOT_CHOSEN),
        Setting.GALLERY_STARS: Choice("1", 1, "5"),
        Setting.GIFT_CREDITS: Choice("50", 50, "100"),
        Setting.PITCH_DAYS: Choice("3", 3, "10"),
        Setting.MOVIE_NIGHT: Choice("tuesday", "tuesday", "friday"),
    }


@dataclass(frozen=True, slots=True)
class Control:
    """A setting's select, or its form, as it was when opened."""

    bot: AdminHarness
    panel: discord.Message
    custom_id: str
    inputs: Mapping[str, str]
    """The form's initial text; empty for a select."""

    name: str = ""
    """The setting's input in the form."""

    async def choose(self, given: Given, who: MemberActor | None = None) -> InteractionResult:
        """Pick or type this, as Dana unless another is named."""
        by, text = who or self.bot.dana, given if isinstance(given, str) else str(given.id)
        if self.inputs:
            return await self.bot.submit(by, self.custom_id, {**self.inputs, self.name: text}, self.panel)
        return await self.bot.press(by, self.panel, self.custom_id, [text])


async def opened(bot: AdminHarness, setting: Setting) -> Control:
    """Open the panel as Dana, and find the setting on its page."""
    result = await bot.dana.slash(bot.channel, "setup panel")
    assert result.response is not None
    panel, page = result.response.message, page_of(setting)
    way = [_OPENED_FROM[page], page] if page in _OPENED_FROM else [page]
    for each in way:
        if each is not SetupPage.MEMBERS:
            turned = await bot.dana.click(panel, custom_id=custom_id("setup-page", each))
            assert turned.response is not None
            panel = turned.response.message
    if setting not in FORMS:
        return Control(bot, panel, _custom_id(panel, "setup", setting), {})
    action, name = FORMS[setting]
    form = await bot.dana.click(panel, custom_id=_custom_id(panel, action))
    assert form.modal is not None
    return Control(bot, panel, form.modal["custom_id"], _inputs(form.modal), name)


async def kept(bot: AdminHarness) -> ServerSetup:
    """Return the server's setup from the database."""
    return await bot.app.database.read(server_setup.get, bot.guild.id)


def _custom_id(panel: discord.Message, action: str, *arguments: str) -> str:
    """Return the custom_id of the panel's one component with this action."""
    ids = [each.custom_id or "" for each in _components(panel)]
    wanted = (action, *arguments)
    [found] = [each for each in ids if (it := parse_custom_id(each)) and (it[0], *it[1])[: len(wanted)] == wanted]
    return found


def _components(panel: discord.Message) -> Sequence[discord.Button | discord.SelectMenu]:
    rows = [each for each in panel.components if isinstance(each, discord.ActionRow)]
    return [each for row in rows for each in row.children if isinstance(each, (discord.Button, discord.SelectMenu))]


def _inputs(modal: Mapping[str, Any]) -> Mapping[str, str]:
    inputs = [each["component"] for each in modal["components"]]
    return {each["custom_id"]: each.get("value") or "" for each in inputs}
