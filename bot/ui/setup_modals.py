"""The modals of /setup: durations, and the price for approval."""

from __future__ import annotations

from typing import Final

import discord

from bot.domain.quota import MAX_CREDITS
from bot.domain.server_setup import Setting
from bot.locales.texts import Texts
from bot.ui.components import custom_id
from bot.ui.setup_panel import Panel, SetupPage

DURATIONS: Final = (Setting.LONGEST_SECONDS, Setting.DEFAULT_SECONDS)
"""The settings of the modal; their values are the custom_ids of its inputs."""

_MAX_SECONDS_DIGITS: Final = 3


def durations_modal(texts: Texts, panel: Panel, page: SetupPage) -> discord.ui.Modal:
    """Build the modal of the longest movie and the default duration."""
    action = ("setup-durations-set", page.value, panel.setup.fingerprint(DURATIONS))
    modal = discord.ui.Modal(title=texts("setup-durations-modal-title"), custom_id=custom_id(*action), timeout=None)
    limits = panel.catalogue.limits
    hint = texts("setup-duration-hint", min=limits.min_seconds, max=limits.max_seconds)
    names = (texts("setup-longest-label"), texts("setup-default-duration-label"))
    for setting, name in zip(DURATIONS, names, strict=True):
        value = panel.setup.value(setting)
        component = discord.ui.TextInput[discord.ui.Modal](
            custom_id=setting.value,
            default=None if value is None else str(value),
            required=False,
            max_length=_MAX_SECONDS_DIGITS,
        )
        modal.add_item(discord.ui.Label(text=name, description=hint, component=component))
    modal.stop()  # so that discord.py keeps nothing of it in memory
    return modal


def price_modal(texts: Texts, panel: Panel) -> discord.ui.Modal:
    """Build the modal of the price above which staff approves."""
    setting = Setting.APPROVAL_CREDITS
    action = ("setup-price-set", panel.setup.fingerprint((setting,)))
    title = texts("setup-approval-credits-modal-title")
    modal = discord.ui.Modal(title=title, custom_id=custom_id(*action), timeout=None)
    value = panel.setup.approval_credits
    component = discord.ui.TextInput[discord.ui.Modal](
        custom_id=setting.value,
        default=None if value is None else str(value),
        required=False,
        max_length=len(str(MAX_CREDITS)),
    )
    label, hint = texts("setup-approval-credits-label"), texts("setup-approval-credits-hint")
    modal.add_item(discord.ui.Label(text=label, description=hint, component=component))
    modal.stop()  # so that discord.py keeps nothing of it in memory
    return modal
