"""/quota: limits, grants, blocks and reports of a server, for its managers.

Discord hides the commands from members who may not manage the server. The bot checks for itself, because Discord's
menu can be bypassed.
"""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_ephemeral
from bot.domain.credits import Month
from bot.domain.quota import (
    MAX_BLOCK_HOURS,
    MAX_CREDITS,
    MAX_REASON_LENGTH,
    SYSTEM_ACTOR_ID,
    AuditAction,
    AuditContext,
    AuditReason,
    LimitScope,
)
from bot.domain.refusal import Refused
from bot.services.accounts import read_balance
from bot.services.reports import ReportService
from bot.ui import quota_admin, quota_current
from bot.ui.command_descriptions import localized
from cogs import quota_checks as check
from cogs.checks import Interaction, MemberOrUser, RoleOption, role_ids
from cogs.queued_movies import QueuedMovies
from cogs.quota_changes import audit_context, confirm, guild_id_of
from cogs.quota_clear import QuotaClear
from cogs.quota_report import send_report
from cogs.refusing import refuse
from data import blocks, grants, guild_settings
from data.database import Database
from data.limits import clear_limit, set_limit

NonNegativeCredits = app_commands.Range[int, 0, MAX_CREDITS]
PositiveCredits = app_commands.Range[int, 1, MAX_CREDITS]
Hours = app_commands.Range[int, 1, MAX_BLOCK_HOURS]
Reason = app_commands.Range[str, 1, MAX_REASON_LENGTH]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class QuotaCog(commands.GroupCog, group_name="quota", group_description=localized("commands-quota")):
    """Limits, grants, blocks and reports of one server."""

    def __init__(self, database: Database, reports: ReportService, queued: QueuedMovies) -> None:
        self._database = database
        self._reports = reports
        self._queued = queued
        assert isinstance(self.app_command, app_commands.Group)
        self.app_command.add_command(QuotaClear(database))

    @app_commands.command(name="show", description=localized("commands-quota-show"))
    @app_commands.describe(member=localized("commands-quota-show-member"))
    async def show(self, interaction: Interaction, member: MemberOrUser | None = None) -> None:
        """Show the server's limits, or a member's."""
        texts = private_texts(interaction)
        if await check.refused(interaction):
            return
        guild_id = guild_id_of(interaction)
        if member is None:
            embed = quota_admin.limits_embed(texts, await self._database.read(guild_settings.guild_quotas, guild_id))
        else:
            balance = await read_balance(self._database, guild_id, member.id, role_ids(member))
            block = await self._database.read(blocks.active_block, guild_id, member.id)
            embed = quota_admin.member_limits_embed(texts, member.display_name, member.id, balance, block)
        await interaction.response.send_message(embed=embed, ephemeral=True)

    @app_commands.command(name="default", description=localized("commands-quota-default"))
    @app_commands.describe(
        reason=localized("commands-quota-reason"), credits=localized("commands-quota-monthly-credits")
    )
    async def default(
        self, interaction: Interaction, credits: NonNegativeCredits | None = None, reason: Reason | None = None
    ) -> None:
        """Set the default limit of members, or show it.

        A limit of their own or of a role goes first.
        """
        texts = private_texts(interaction)
        if await check.refused(interaction, check.reason(reason), check.amount(credits, 0)):
            return
        if credits is None:
            limits = await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))
            await send_ephemeral(interaction, quota_current.current_default(texts, limits))
            return
        by = audit_context(interaction, reason)
        await self._database.write(set_limit, LimitScope.DEFAULT, 0, credits, by=by)
        await confirm(interaction, AuditAction.SET_DEFAULT_LIMIT, credits=credits)

    @app_commands.command(name="server", description=localized("commands-quota-server"))
    @app_commands.describe(
        reason=localized("commands-quota-reason"), credits=localized("commands-quota-monthly-credits")
    )
    async def server(
        self, interaction: Interaction, credits: NonNegativeCredits | None = None, reason: Reason | None = None
    ) -> None:
        """Set the server's share of the plan, or show it."""
        texts = private_texts(interaction)
        if await check.refused(interaction, check.reason(reason), check.amount(credits, 0)):
            return
        if credits is None:
            limits = await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))
            await send_ephemeral(interaction, quota_current.current_server(texts, limits))
            return
        by = audit_context(interaction, reason)
        await self._database.write(set_limit, LimitScope.SERVER, 0, credits, by=by)
        operator = (await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))).operator
        note = ""
        if operator is not None and credits > operator:
            note = quota_admin.operator_limit_note(texts, operator)
        await confirm(interaction, AuditAction.SET_SERVER_LIMIT, credits=credits, note=note)

    @app_commands.command(name="member", description=localized("commands-quota-set-member"))
    @app_commands.describe(
        reason=localized("commands-quota-reason"),
        member=localized("commands-quota-member"),
        credits=localized("commands-quota-monthly-credits"),
    )
    async def member(
        self,
        interaction: Interaction,
        member: MemberOrUser,
        credits: NonNegativeCredits | None = None,
        reason: Reason | None = None,
    ) -> None:
        """Set a member's limit, or show it.

        That of a member who has left can only be shown.
        """
        texts = private_texts(interaction)
        if await check.refused(
            interaction,
            check.reason(reason),
            check.member(member, may_have_left=credits is None),
            check.amount(credits, 0),
        ):
            return
        if credits is None:
            balance = await read_balance(self._database, guild_id_of(interaction), member.id, role_ids(member))
            await send_ephemeral(interaction, quota_current.current_member(texts, member.id, balance.source))
            return
        by = audit_context(interaction, reason)
        await self._database.write(set_limit, LimitScope.MEMBER, member.id, credits, by=by)
        await confirm(interaction, AuditAction.SET_MEMBER_LIMIT, member.id, credits)

    @app_commands.command(name="role", description=localized("commands-quota-role"))
    @app_commands.describe(
        reason=localized("commands-quota-reason"),
        role=localized("commands-quota-role-role"),
        credits=localized("commands-quota-monthly-credits"),
    )
    async def role(
        self,
        interaction: Interaction,
        role: RoleOption,
        credits: NonNegativeCredits | None = None,
        reason: Reason | None = None,
    ) -> None:
        """Set the limit of a role's members, or show it."""
        texts = private_texts(interaction)
        if await check.refused(
            interaction,
            check.reason(reason),
            check.amount(credits, 0),
            check.role(interaction, role),
        ):
            return
        if credits is None:
            limits = await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))
            await send_ephemeral(interaction, quota_current.current_role(texts, role.id, limits))
            return
        by = audit_context(interaction, reason)
        await self._database.write(set_limit, LimitScope.ROLE, role.id, credits, by=by)
        await confirm(interaction, AuditAction.SET_ROLE_LIMIT, role.id, credits)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Delete the limit of a deleted role.

        It can no longer be picked in /quota role.
        """
        limits = await self._database.read(guild_settings.guild_quotas, role.guild.id)
        if role.id in dict(limits.roles):
            by = AuditContext(SYSTEM_ACTOR_ID, role.guild.id, reason_code=AuditReason.ROLE_DELETED)
            await self._database.write(clear_limit, LimitScope.ROLE, role.id, by=by)

    @app_commands.command(name="grant", description=localized("commands-quota-grant"))
    @app_commands.describe(
        member=localized("commands-quota-member"),
        credits=localized("commands-quota-credits"),
        reason=localized("commands-quota-reason"),
    )
    async def grant(
        self,
        interaction: Interaction,
        member: MemberOrUser,
        credits: PositiveCredits,
        reason: Reason | None = None,
    ) -> None:
        """Grant extra credits."""
        if await check.refused(
            interaction,
            check.member(member),
            check.amount(credits, 1),
            check.reason(reason),
        ):
            return
        await self._database.write(grants.grant, member.id, credits, by=audit_context(interaction, reason))
        await confirm(interaction, AuditAction.GRANT, member.id, credits)

    @app_commands.command(name="take", description=localized("commands-quota-take"))
    @app_commands.describe(
        member=localized("commands-quota-member"),
        credits=localized("commands-quota-credits"),
        reason=localized("commands-quota-reason"),
    )
    async def take(
        self, interaction: Interaction, member: MemberOrUser, credits: PositiveCredits, reason: Reason
    ) -> None:
        """Revoke extra credits, also from a member who has left."""
        if await check.refused(
            interaction,
            check.member(member, may_have_left=True),
            check.amount(credits, 1),
            check.reason(reason),
        ):
            return
        available = await self._database.write(grants.revoke, member.id, credits, by=audit_context(interaction, reason))
        if available is not None:
            code = "quota-too-little-bonus" if available else "quota-no-bonus"
            await refuse(interaction, Refused(code, {"member": member.id, "credits": available}))
            return
        await confirm(interaction, AuditAction.REVOKE, member.id, credits)

    @app_commands.command(name="block", description=localized("commands-quota-block"))
    @app_commands.describe(
        member=localized("commands-quota-member"),
        hours=localized("commands-quota-block-hours"),
        reason=localized("commands-quota-reason"),
    )
    async def block(
        self, interaction: Interaction, member: MemberOrUser, hours: Hours | None = None, reason: Reason | None = None
    ) -> None:
        """Refuse a member's orders for a while."""
        if await check.refused(
            interaction,
            check.member(member, may_have_left=True),
            check.reason(reason),
            check.hours(hours),
        ):
            return
        await self._database.write(blocks.block, member.id, hours, by=audit_context(interaction, reason))
        await confirm(interaction, AuditAction.BLOCK, member.id, duration_hours=hours)
        await self._queued.ask(interaction, member.id)

    @app_commands.command(name="unblock", description=localized("commands-quota-unblock"))
    @app_commands.describe(reason=localized("commands-quota-reason"), member=localized("commands-quota-member"))
    async def unblock(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Remove a block."""
        texts = private_texts(interaction)
        if await check.refused(interaction, check.reason(reason)):
            return
        if not await self._database.write(blocks.unblock, member.id, by=audit_context(interaction, reason)):
            await refuse(interaction, Refused("quota-not-blocked-member", {"member": member.id}))
            return
        block = await self._database.read(blocks.active_block, guild_id_of(interaction), member.id)
        await confirm(
            interaction, AuditAction.UNBLOCK, member.id, note=texts("quota-operator-blocks-member") if block else ""
        )

    @app_commands.command(name="reset", description=localized("commands-quota-reset"))
    @app_commands.describe(reason=localized("commands-quota-reason"), member=localized("commands-quota-member"))
    async def reset(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Set this month's use of a member's allowance to zero."""
        if await check.refused(interaction, check.reason(reason), check.member(member, may_have_left=True)):
            return
        used = await self._database.write(grants.reset_usage, member.id, by=audit_context(interaction, reason))
        if not used:
            await refuse(interaction, Refused("quota-nothing-to-reset", {"member": member.id}))
            return
        await confirm(interaction, AuditAction.RESET_USAGE, member.id, used)

    @app_commands.command(name="report", description=localized("commands-quota-report"))
    @app_commands.describe(month=localized("commands-quota-report-month"))
    async def report(self, interaction: Interaction, month: str | None = None) -> None:
        """Show a month's figures, with a chart and a CSV file."""
        if await check.refused(interaction):
            return
        parsed = Month.containing(self._database.clock.now()) if month is None else check.parse_month(month)
        if parsed is None:
            await refuse(interaction, Refused("quota-bad-month", {"given": str(month)}))
            return
        await send_report(interaction, self._reports, self._database.policy.catalogue, guild_id_of(interaction), parsed)
