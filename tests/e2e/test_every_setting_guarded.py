"""Every setting, guarded against unauthorized members, stale panels and repeated presses."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from bot.domain.server_setup import Setting
from bot.ui import quota_admin, setup_filter, setup_panel
from bot.ui.setup_panel import Panel
from tests.helpers import settings
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH, embed_text
from tests.helpers.panel import CATALOGUE_ENTRY, choices, kept, opened
from tests.helpers.reading import ephemeral_text, response_text

pytestmark = pytest.mark.both_engines


@pytest.fixture
async def admin_bot(tmp_path: Path, database_url: str) -> AsyncGenerator[AdminHarness]:
    """A server that Dana runs, with two image models to choose from."""
    (tmp_path / "catalogue.toml").write_text(settings.CATALOGUE + CATALOGUE_ENTRY, encoding="utf-8")
    async with open_admin_harness(tmp_path, database_url=database_url) as bot:
        yield bot


async def todays_panel(bot: AdminHarness, *notes: str) -> str:
    """The panel's text as the setup is now."""
    return embed_text(setup_panel.panel_embed(ENGLISH, Panel(await kept(bot), bot.catalogue), notes))


async def test_only_managers_change_a_setting(admin_bot: AdminHarness) -> None:
    """Managers who lost their role since opening the panel are refused, too."""
    helper = admin_bot.guild.add_member(admin_bot.env.create_user("hugo"), roles=[admin_bot.stars])
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    offered = choices(admin_bot)
    controls = {setting: await opened(admin_bot, setting) for setting in Setting}
    [crew] = admin_bot.env.backend.get_member(admin_bot.guild.id, admin_bot.dana.id).role_ids
    admin_bot.env.backend.remove_member_role(admin_bot.guild.id, admin_bot.dana.id, crew)
    before = admin_bot.snapshot()
    for setting, control in controls.items():
        for who in (admin_bot.alice, admin_bot.bob, helper, admin_bot.dana):
            answer = await control.choose(offered[setting].other, who)
            assert ephemeral_text(answer) == quota_admin.not_allowed(ENGLISH), setting
    assert admin_bot.snapshot() == before


@pytest.mark.parametrize("setting", Setting)
async def test_a_stale_panel_changes_nothing_and_the_same_press_counts_once(
    admin_bot: AdminHarness, setting: Setting
) -> None:
    """A restart changes nothing, and a late press shows the current panel."""
    choice = choices(admin_bot)[setting]
    stale = await opened(admin_bot, setting)
    await stale.choose(choice.given)
    setup, logged = await kept(admin_bot), admin_bot.noted()
    assert (setup.value(setting), len(logged)) == (choice.value, 1)
    await admin_bot.restart()
    assert response_text(await stale.choose(choice.given)) == await todays_panel(admin_bot)
    refused = response_text(await stale.choose(choice.other))
    if setting is Setting.FILTER_RULES:  # what was typed is kept, so it has a message of its own
        assert refused == embed_text(setup_filter.conflict_embed(ENGLISH))
    else:
        assert refused == await todays_panel(admin_bot, setup_panel.conflict_note(ENGLISH))
    assert (await kept(admin_bot), admin_bot.noted()) == (setup, logged)
