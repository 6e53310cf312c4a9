"""A new member's first movies, with the catalogue and the limits that the bot comes with."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.samsar.profile import ApiVersion
from bot.settings import Settings
from data.catalogue import bundled_path
from tests.helpers.bot_harness import open_bot_harness
from tests.helpers.expected_text import notification_type, quote_title
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import quote_in

DEFAULTS = {
    name: Settings.model_fields[name].default
    for name in ("confirm_above_credits", "confirm_above_percent", "member_monthly_credits")
}


@pytest.mark.parametrize("version", ApiVersion)
async def test_who_says_only_what_happens_gets_a_movie(tmp_path: Path, version: ApiVersion) -> None:
    """A third of the allowance is spent at once; of the next one, half of what is left, the price is shown first."""
    catalogue = bundled_path(version)
    async with open_bot_harness(tmp_path, version=version, catalogue_path=catalogue, **DEFAULTS) as bot:
        assert not (await bot.movie()).ephemeral
        await bot.finish()
        card = quote_in(bot, await bot.movie())
        assert quote_title(200) in card.text
        await card.click()
        await bot.finish()
        ends = [notification_type(each.content) for each in bot.messages() if each.content]
        assert ends == [NotificationType.COMPLETED] * 2
        assert bot.member() == BudgetTotals(used=400, held=0)
