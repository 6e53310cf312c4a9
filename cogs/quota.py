"""/quota: what those who run a server decide, and where the credits went.

Discord hides the commands from members who may not manage the server; the bot asks for itself as well, since a menu is
no lock.
"""

from __future__ import annotations

import asyncio
import io

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import send_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Month
from bot.domain.quota import (
    MAX_BLOCK_HOURS,
    MAX_CREDITS,
    MAX_REASON_LENGTH,
    SYSTEM_ACTOR_ID,
    AuditContext,
    AuditEntry,
    QuotaAction,
)
from bot.ui import chart, chart_process, csv_export, reports
from bot.ui import command_descriptions as names
from bot.ui import quota_admin as texts
from cogs.checks import Interaction, Person, RoleGiven, can_manage_guild, loaded_guild, role_ids
from data.protocols import Accounts, Quotas

NonNegativeCredits = app_commands.Range[int, 0, MAX_CREDITS]
PositiveCredits = app_commands.Range[int, 1, MAX_CREDITS]
Hours = app_commands.Range[int, 1, MAX_BLOCK_HOURS]
Reason = app_commands.Range[str, 1, MAX_REASON_LENGTH]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class QuotaCog(commands.GroupCog, group_name="quota", group_description=names.QUOTA):
    """Limits, grants, blocks and reports of one server."""

    def __init__(self, quotas: Quotas, accounts: Accounts, catalogue: Catalogue) -> None:
        self._quotas = quotas
        self._accounts = accounts
        self._catalogue = catalogue

    @app_commands.command(name="show", description=names.QUOTA_SHOW)
    @app_commands.describe(member=names.QUOTA_SHOW_MEMBER)
    async def show(self, interaction: Interaction, member: Person | None = None) -> None:
        """Show the server's limits, or a member's."""
        if await _refuse(interaction, _permission(interaction)):
            return
        guild_id = _guild(interaction)
        if member is None:
            embed = texts.limits_embed(await self._quotas.guild_quotas(guild_id))
        else:
            balance = await self._accounts.balance(guild_id, member.id, role_ids(member))
            embed = texts.member_limits_embed(member.id, balance, await self._quotas.active_block(guild_id, member.id))
        await interaction.response.send_message(embed=embed, ephemeral=True)

    @app_commands.command(name="default", description=names.QUOTA_DEFAULT)
    @app_commands.describe(reason=names.QUOTA_REASON, credits=names.QUOTA_DEFAULT_CREDITS)
    async def default(
        self, interaction: Interaction, credits: NonNegativeCredits | None = None, reason: Reason | None = None
    ) -> None:
        """Set what members get who have no limit of their own or of a role."""
        if await _refuse(interaction, _permission(interaction), _check_reason(reason), _check_amount(credits, 0)):
            return
        await self._quotas.set_default(_decision(interaction, reason), credits)
        await _confirm(interaction, QuotaAction.DEFAULT, amount=credits)

    @app_commands.command(name="server", description=names.QUOTA_SERVER)
    @app_commands.describe(reason=names.QUOTA_REASON, credits=names.QUOTA_SERVER_CREDITS)
    async def server(
        self, interaction: Interaction, credits: NonNegativeCredits | None = None, reason: Reason | None = None
    ) -> None:
        """Set the server's share of the plan."""
        if await _refuse(interaction, _permission(interaction), _check_reason(reason), _check_amount(credits, 0)):
            return
        await self._quotas.set_server(_decision(interaction, reason), credits)
        await _confirm(interaction, QuotaAction.SERVER, amount=credits)

    @app_commands.command(name="member", description=names.QUOTA_MEMBER)
    @app_commands.describe(
        reason=names.QUOTA_REASON, member=names.QUOTA_MEMBER_MEMBER, credits=names.QUOTA_MEMBER_CREDITS
    )
    async def member(
        self,
        interaction: Interaction,
        member: Person,
        credits: NonNegativeCredits | None = None,
        reason: Reason | None = None,
    ) -> None:
        """Set a member's own allowance; one who left may still be set back to the default."""
        if await _refuse(
            interaction,
            _permission(interaction),
            _check_reason(reason),
            _check_person(member, may_have_left=credits is None),
            _check_amount(credits, 0),
        ):
            return
        await self._quotas.set_member(_decision(interaction, reason), member.id, credits)
        await _confirm(interaction, QuotaAction.MEMBER, member.id, credits)

    @app_commands.command(name="role", description=names.QUOTA_ROLE)
    @app_commands.describe(reason=names.QUOTA_REASON, role=names.QUOTA_ROLE_ROLE, credits=names.QUOTA_ROLE_CREDITS)
    async def role(
        self,
        interaction: Interaction,
        role: RoleGiven,
        credits: NonNegativeCredits | None = None,
        reason: Reason | None = None,
    ) -> None:
        """Set the allowance of a role's members."""
        if await _refuse(
            interaction,
            _permission(interaction),
            _check_reason(reason),
            _check_amount(credits, 0),
            _check_role(interaction, role),
        ):
            return
        await self._quotas.set_role(_decision(interaction, reason), role.id, credits)
        await _confirm(interaction, QuotaAction.ROLE, role.id, credits)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """A role that is gone gives nobody an allowance any more, and can't be picked to say so."""
        limits = await self._quotas.guild_quotas(role.guild.id)
        if role.id in dict(limits.roles):
            await self._quotas.set_role(AuditContext(SYSTEM_ACTOR_ID, role.guild.id, texts.ROLE_DELETED), role.id, None)

    @app_commands.command(name="grant", description=names.QUOTA_GRANT)
    @app_commands.describe(
        member=names.QUOTA_GRANT_MEMBER, credits=names.QUOTA_GRANT_CREDITS, reason=names.QUOTA_REASON
    )
    async def grant(self, interaction: Interaction, member: Person, credits: PositiveCredits, reason: Reason) -> None:
        """Grant extra credits."""
        if await _refuse(
            interaction,
            _permission(interaction),
            _check_person(member),
            _check_amount(credits, 1),
            _check_reason(reason),
        ):
            return
        await self._quotas.grant(_decision(interaction, reason), member.id, credits)
        await _confirm(interaction, QuotaAction.GRANT, member.id, credits)

    @app_commands.command(name="take", description=names.QUOTA_TAKE)
    @app_commands.describe(member=names.QUOTA_TAKE_MEMBER, credits=names.QUOTA_TAKE_CREDITS, reason=names.QUOTA_REASON)
    async def take(self, interaction: Interaction, member: Person, credits: PositiveCredits, reason: Reason) -> None:
        """Take extra credits back, also from one who has left."""
        if await _refuse(
            interaction,
            _permission(interaction),
            _check_person(member, may_have_left=True),
            _check_amount(credits, 1),
            _check_reason(reason),
        ):
            return
        left = await self._quotas.revoke(_decision(interaction, reason), member.id, credits)
        if left is not None:
            await _refuse(interaction, texts.insufficient_grant(member.id, left))
            return
        await _confirm(interaction, QuotaAction.TAKE, member.id, credits)

    @app_commands.command(name="block", description=names.QUOTA_BLOCK)
    @app_commands.describe(member=names.QUOTA_BLOCK_MEMBER, hours=names.QUOTA_BLOCK_HOURS, reason=names.QUOTA_REASON)
    async def block(
        self, interaction: Interaction, member: Person, hours: Hours | None = None, reason: Reason | None = None
    ) -> None:
        """Refuse a member's orders for a while."""
        if await _refuse(
            interaction,
            _permission(interaction),
            _check_person(member, may_have_left=True),
            _check_reason(reason),
            _check_hours(hours),
        ):
            return
        await self._quotas.block(_decision(interaction, reason), member.id, hours)
        await _confirm(interaction, QuotaAction.BLOCK, member.id, hours or 0)

    @app_commands.command(name="unblock", description=names.QUOTA_UNBLOCK)
    @app_commands.describe(reason=names.QUOTA_REASON, member=names.QUOTA_UNBLOCK_MEMBER)
    async def unblock(self, interaction: Interaction, member: Person, reason: Reason | None = None) -> None:
        """Lift a block."""
        if await _refuse(interaction, _permission(interaction), _check_reason(reason)):
            return
        if not await self._quotas.unblock(_decision(interaction, reason), member.id):
            await _refuse(interaction, texts.not_blocked(member.id))
            return
        await _confirm(interaction, QuotaAction.UNBLOCK, member.id)

    @app_commands.command(name="reset", description=names.QUOTA_RESET)
    @app_commands.describe(reason=names.QUOTA_REASON, member=names.QUOTA_RESET_MEMBER)
    async def reset(self, interaction: Interaction, member: Person, reason: Reason | None = None) -> None:
        """Set this month's use of a member's allowance back to zero."""
        if await _refuse(
            interaction, _permission(interaction), _check_reason(reason), _check_person(member, may_have_left=True)
        ):
            return
        used = await self._quotas.reset(_decision(interaction, reason), member.id)
        if not used:
            await _refuse(interaction, texts.nothing_to_reset(member.id))
            return
        await _confirm(interaction, QuotaAction.RESET, member.id, used)

    @app_commands.command(name="channel", description=names.QUOTA_CHANNEL)
    @app_commands.describe(reason=names.QUOTA_REASON, channel=names.QUOTA_CHANNEL_CHANNEL)
    async def channel(
        self, interaction: Interaction, channel: discord.TextChannel | None = None, reason: Reason | None = None
    ) -> None:
        """Choose where audit lines go."""
        if await _refuse(interaction, _permission(interaction), _check_reason(reason), _check_channel(channel)):
            return
        channel_id = channel.id if channel else None
        await self._quotas.set_channel(_decision(interaction, reason), channel_id)
        await _confirm(interaction, QuotaAction.CHANNEL, channel_id or 0)

    @app_commands.command(name="report", description=names.QUOTA_REPORT)
    @app_commands.describe(month=names.QUOTA_REPORT_MONTH)
    async def report(self, interaction: Interaction, month: str | None = None) -> None:
        """A month in figures, with a chart and a sheet of all rows."""
        if await _refuse(interaction, _permission(interaction)):
            return
        wanted = self._accounts.month() if month is None else _month(month)
        if wanted is None:
            await _refuse(interaction, texts.bad_month(month))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        guild_id = _guild(interaction)
        async with chart_process.chart_renderer() as draw:
            figures, (name, sheet) = await asyncio.gather(
                self._accounts.report(guild_id, wanted),
                self._accounts.receipts_of_month(guild_id, wanted, lambda rows: csv_export.receipts_file(rows, wanted)),
            )
            try:
                picture = await draw(chart.chart_data(figures))
            except chart_process.ChartError:
                picture = None
        attachments = [discord.File(io.BytesIO(sheet), name)]
        if picture is not None:
            attachments.append(
                discord.File(io.BytesIO(picture), reports.CHART_FILENAME, description=chart.alt_text(figures))
            )
        embed = reports.report_embed(figures, self._catalogue, with_chart=picture is not None)
        await interaction.followup.send(embed=embed, files=attachments, ephemeral=True)


def _guild(interaction: Interaction) -> int:
    assert interaction.guild_id is not None  # the commands are registered for servers only
    return interaction.guild_id


def _decision(interaction: Interaction, reason: str | None) -> AuditContext:
    """Who asks, where and why; the interaction makes the change at most once."""
    return AuditContext(interaction.user.id, _guild(interaction), (reason or "").strip(), interaction.id)


async def _refuse(interaction: Interaction, *problems: str | None) -> bool:
    """Tell the first problem privately, if there is one."""
    found = next((problem for problem in problems if problem is not None), None)
    if found is not None:
        await interaction.response.send_message(found, ephemeral=True)
    return found is not None


def _permission(interaction: Interaction) -> str | None:
    return None if can_manage_guild(interaction) else texts.not_allowed()


# The values below are typed as `object`: discord.py passes on what a forged payload holds, whatever was declared.


def _check_amount(amount: object, minimum: int) -> str | None:
    return None if amount is None or _is_whole(amount, minimum, MAX_CREDITS) else texts.bad_amount(amount, minimum)


def _check_hours(hours: object) -> str | None:
    return None if hours is None or _is_whole(hours, 1, MAX_BLOCK_HOURS) else texts.bad_hours(hours)


def _is_whole(value: object, minimum: int, limit: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and minimum <= value <= limit


def _check_reason(reason: object) -> str | None:
    if reason is None or (isinstance(reason, str) and reason.strip() and len(reason) <= MAX_REASON_LENGTH):
        return None
    return texts.bad_reason(reason)


def _month(month: object) -> Month | None:
    return Month.parse(month) if isinstance(month, str) else None


def _check_person(person: Person, *, may_have_left: bool = False) -> str | None:
    if person.bot:
        return texts.no_bots(person.id)
    return None if may_have_left or isinstance(person, discord.Member) else texts.not_a_member(person.id)


def _check_role(interaction: Interaction, role: discord.Role) -> str | None:
    if role.is_default():
        return texts.everyone_role()
    guild = loaded_guild(interaction)
    gone = guild is not None and guild.get_role(role.id) is None
    return texts.role_gone(role.id) if gone else None


def _check_channel(channel: discord.TextChannel | None) -> str | None:
    if channel is None:
        return None
    mine = channel.permissions_for(channel.guild.me)
    return None if mine.view_channel and mine.send_messages else texts.cannot_post_there(channel.id)


async def _confirm(
    interaction: Interaction, action: QuotaAction, subject_id: int = 0, amount: int | None = None
) -> None:
    entry = AuditEntry("", 0, _guild(interaction), interaction.user.id, action, subject_id, amount, "")
    await send_ephemeral(
        interaction, texts.change_confirmation(entry)
    )  # never an error: the change is made, whether or not this arrives
