"""Movies that await approval, in a server with a staff channel."""

from __future__ import annotations

from typing import Any

from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.approvals import ApprovalScope
from bot.domain.jobs import Job
from bot.domain.quota import AuditContext
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import SettingValue
from bot.ui import approvals as ui
from data import server_setup
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.server_settings import change_setup
from tests.helpers.staff_message import StaffMessage, newest_message


class Pending(StaffMessage):
    usual = ui.APPROVE

    async def decline(self, reason: str = "", who: MemberActor | None = None) -> InteractionResult:
        by = who or self.bot.dana
        return await by.submit_modal(await self.press(ui.DECLINE, by), {ui.REASON: reason})


async def configure(bot: AdminHarness, **values: SettingValue) -> None:
    await change_setup(bot.app.database, AuditContext(bot.dana.id, bot.guild.id), bot.clock.now(), **values)


async def kept(bot: AdminHarness) -> ServerSetup:
    return await bot.app.database.read(server_setup.get, bot.guild.id)


async def awaiting(bot: AdminHarness, *, who: MemberActor | None = None, **options: Any) -> Pending:
    await configure(bot, approval=ApprovalScope.EVERYONE, staff_channel=bot.lines.id)
    ordered = await bot.movie(who, **options)
    assert not ordered.ephemeral
    return await newest(bot)


async def newest(bot: AdminHarness) -> Pending:
    return Pending(bot, *await newest_message(bot))


async def listed(bot: AdminHarness, who: MemberActor | None = None) -> InteractionResult:
    return await (who or bot.dana).slash(bot.channel, "movies", show="pending")


def newest_job(bot: AdminHarness) -> Job:
    return bot.stored_jobs()[-1]
