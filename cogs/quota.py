"""/quota: limits, grants, blocks and reports of a server, for its managers.

Discord hides the commands from members who may not manage the server. The bot checks for itself, because Discord's
menu can be bypassed. The checks of options raise Declined. Their values are typed as `object`: discord.py
passes on what a forged payload holds, whatever was declared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.responses import (
    Declined,
    Interaction,
    loaded_guild,
    private_texts,
    replace_or_send,
    respond_ephemeral,
    send_ephemeral,
    send_private,
    server_language,
    unless_refused,
)
from bot.domain.credits import Month
from bot.domain.quota import (
    MAX_BLOCK_HOURS,
    MAX_CREDITS,
    MAX_REASON_LENGTH,
    SYSTEM_ACTOR_ID,
    AuditContext,
    AuditEvent,
    AuditReason,
    GuildQuotas,
    LimitScope,
)
from bot.domain.refusal import RefusalCode, Refused
from bot.locales.texts import Texts
from bot.services.privacy import read_balance
from bot.services.reports import PendingReport, ReportService
from bot.ui import audit_entries, quota, reports
from bot.ui.command_descriptions import localized
from bot.ui.components import Attachment, Part, plain
from cogs.answering import Answering
from cogs.checks import MemberOrUser, Option, can_manage_guild, role_ids
from cogs.component_router import NumberArgument, component
from cogs.job_access import only_staff
from data import account_queries, blocks, gifts, job_actions, member_credits
from data.budgets import clear_limit, set_limit
from data.database import Database

_Type = discord.AppCommandOptionType


def only_managers(interaction: Interaction) -> None:
    """Check that the member may manage the server.

    Raises:
        Declined: They may not.
    """
    if not can_manage_guild(interaction):
        raise Declined(Refused("quota-not-allowed"))


def _check_number(code: RefusalCode, given: object, minimum: int, maximum: int) -> int | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not minimum <= given <= maximum:
        raise Declined(Refused(code, {"given": given, "min": minimum, "max": maximum}))
    return given


check_amount = partial(_check_number, "quota-bad-credits", maximum=MAX_CREDITS)
"""Check a number of credits; None means the default."""

check_hours = partial(_check_number, "quota-bad-hours", minimum=1, maximum=MAX_BLOCK_HOURS)
"""Check the length of a block; None means no end."""


def check_reason(given: object) -> None:
    """Check a reason, which is optional."""
    if given is not None and (not isinstance(given, str) or not given.strip()):
        raise Declined(Refused("quota-reason-required"))
    if isinstance(given, str) and len(given) > MAX_REASON_LENGTH:
        raise Declined(Refused("quota-reason-too-long", {"characters": len(given), "max": MAX_REASON_LENGTH}))


def check_member(given: discord.Member | discord.User, *, may_have_left: bool = False) -> None:
    """Check that a member is no bot, and still in the server."""
    if given.bot:
        raise Declined(Refused("quota-bot-member", {"member": given.id}))
    if not may_have_left and not isinstance(given, discord.Member):
        raise Declined(Refused("quota-not-a-member", {"member": given.id}))


def check_role(given: discord.Role) -> None:
    """Check that a role is not @everyone."""
    if given.is_default():
        raise Declined(Refused("quota-everyone"))


def check_exists(interaction: Interaction, role: discord.Role) -> None:
    """Check that a role exists, where Discord has sent the server: an option's role has a server of its own."""
    guild = loaded_guild(interaction)
    if guild is not None and guild.get_role(role.id) is None:
        raise Declined(Refused("quota-role-deleted", {"role": role.id}))


NonNegativeCredits = app_commands.Transform[
    int, Option(_Type.integer, partial(check_amount, minimum=0), 0, MAX_CREDITS)
]
PositiveCredits = app_commands.Transform[int, Option(_Type.integer, partial(check_amount, minimum=1), 1, MAX_CREDITS)]
Hours = app_commands.Transform[int, Option(_Type.integer, check_hours, 1, MAX_BLOCK_HOURS)]
Reason = app_commands.Transform[str, Option(_Type.string, check_reason, 1, MAX_REASON_LENGTH)]
RoleOption = app_commands.Transform[discord.Role, Option(_Type.role, check_role)]
KnownMember = app_commands.Transform[
    discord.Member | discord.User, Option(_Type.user, partial(check_member, may_have_left=True))
]
PresentMember = app_commands.Transform[discord.Member | discord.User, Option(_Type.user, check_member)]


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
@dataclass(eq=False, kw_only=True)
class QuotaCog(Answering, commands.GroupCog, group_name="quota", group_description=localized("commands-quota")):
    """Limits, grants, blocks and reports of one server."""

    reports: ReportService
    publisher: DiscordPublisher

    async def interaction_check(self, interaction: Interaction, /) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride] (of our client only)
        """Check the permission, before any option.

        Raises:
            Declined: The member may not manage the server.
        """
        only_managers(interaction)
        return True

    @app_commands.command(name="show", description=localized("commands-quota-show"))
    @app_commands.describe(member=localized("commands-quota-show-member"))
    async def show(self, interaction: Interaction, member: MemberOrUser | None = None) -> None:
        """Show the server's limits, or a member's."""
        texts, guild_id = private_texts(interaction), guild_id_of(interaction)
        if member is None:
            shown = quota.limits_message(texts, await self._database.read(account_queries.guild_quotas, guild_id))
        else:
            balance = await read_balance(self._database, guild_id, member.id, role_ids(member))
            block = await self._database.read(blocks.active_block, guild_id, member.id)
            month = Month.containing(self._database.clock.now())
            shown = quota.member_limits_message(texts, member.id, balance, month, block)
        await interaction.response.send_message(**shown.sent(), ephemeral=True)

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
        await self._limit(interaction, LimitScope.DEFAULT, 0, credits, reason, quota.current_default)

    @app_commands.command(name="server", description=localized("commands-quota-server"))
    @app_commands.describe(
        reason=localized("commands-quota-reason"), credits=localized("commands-quota-monthly-credits")
    )
    async def server(
        self, interaction: Interaction, credits: NonNegativeCredits | None = None, reason: Reason | None = None
    ) -> None:
        """Set the server's share of the plan, or show it."""
        await self._limit(interaction, LimitScope.SERVER, 0, credits, reason, quota.current_server)

    @app_commands.command(name="member", description=localized("commands-quota-set-member"))
    @app_commands.describe(
        reason=localized("commands-quota-reason"),
        member=localized("commands-quota-member"),
        credits=localized("commands-quota-monthly-credits"),
    )
    async def member(
        self,
        interaction: Interaction,
        member: KnownMember,
        credits: NonNegativeCredits | None = None,
        reason: Reason | None = None,
    ) -> None:
        """Set a member's limit, or show it.

        That of a member who has left can only be shown.
        """
        check_member(member, may_have_left=credits is None)
        if credits is not None:
            await self._change(interaction, reason, set_limit, LimitScope.MEMBER, member.id, credits)
            return
        balance = await read_balance(self._database, guild_id_of(interaction), member.id, role_ids(member))
        await send_ephemeral(interaction, quota.current_member(private_texts(interaction), member.id, balance.source))

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
        check_exists(interaction, role)
        await self._limit(
            interaction,
            LimitScope.ROLE,
            role.id,
            credits,
            reason,
            lambda texts, limits: quota.current_role(texts, role.id, limits),
        )

    async def _limit(
        self,
        interaction: Interaction,
        scope: LimitScope,
        subject_id: int,
        credits: int | None,
        reason: str | None,
        current: Callable[[Texts, GuildQuotas], str],
    ) -> None:
        """Set a limit, and say where the operator's is lower; or say what is `current` without an amount."""
        limits = await self._database.read(account_queries.guild_quotas, guild_id_of(interaction))
        texts = private_texts(interaction)
        if credits is None:
            await send_ephemeral(interaction, current(texts, limits))
            return
        note = ""
        if scope is LimitScope.SERVER and limits.operator is not None and credits > limits.operator:
            note = texts("quota-operator-limits-server", credits=limits.operator)
        await self._change(interaction, reason, set_limit, scope, subject_id, credits, note=note)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Delete the limit of a deleted role.

        It can no longer be picked in /quota role.
        """
        by = AuditContext(SYSTEM_ACTOR_ID, role.guild.id, reason_code=AuditReason.ROLE_DELETED)
        await self._database.write(clear_limit, LimitScope.ROLE, role.id, by=by)

    # A subcommand for each thing that can be removed, so that nothing is removed because an option was left empty.
    clear = app_commands.Group(name="clear", description=localized("commands-quota-clear"))

    @clear.command(name="default", description=localized("commands-quota-clear-default"))
    @app_commands.describe(reason=localized("commands-quota-reason"))
    async def clear_default(self, interaction: Interaction, reason: Reason | None = None) -> None:
        """Go back to the bot's default."""
        await self._change(interaction, reason, clear_limit, LimitScope.DEFAULT, 0)

    @clear.command(name="server", description=localized("commands-quota-clear-server"))
    @app_commands.describe(reason=localized("commands-quota-reason"))
    async def clear_server(self, interaction: Interaction, reason: Reason | None = None) -> None:
        """Remove the server's budget."""
        await self._change(interaction, reason, clear_limit, LimitScope.SERVER, 0)

    @clear.command(name="member", description=localized("commands-quota-clear-member"))
    @app_commands.describe(member=localized("commands-quota-member"), reason=localized("commands-quota-reason"))
    async def clear_member(self, interaction: Interaction, member: KnownMember, reason: Reason | None = None) -> None:
        """Remove a member's allowance, also of one who has left."""
        await self._change(interaction, reason, clear_limit, LimitScope.MEMBER, member.id)

    @clear.command(name="role", description=localized("commands-quota-clear-role"))
    @app_commands.describe(role=localized("commands-quota-role-role"), reason=localized("commands-quota-reason"))
    async def clear_role(self, interaction: Interaction, role: RoleOption, reason: Reason | None = None) -> None:
        """Remove a role's allowance."""
        check_exists(interaction, role)
        await self._change(interaction, reason, clear_limit, LimitScope.ROLE, role.id)

    async def _change(
        self,
        interaction: Interaction,
        reason: str | None,
        change: Callable[..., AuditEvent | Refused],
        *subject: LimitScope | int | None,
        note: str = "",
    ) -> None:
        """Make a change, and confirm it."""
        by = audit_context(interaction, reason)
        await _confirm(interaction, unless_refused(await self._database.write(change, *subject, by=by)), note)

    @app_commands.command(name="grant", description=localized("commands-quota-grant"))
    @app_commands.describe(
        member=localized("commands-quota-member"),
        credits=localized("commands-quota-credits"),
        reason=localized("commands-quota-reason"),
    )
    async def grant(
        self,
        interaction: Interaction,
        member: PresentMember,
        credits: PositiveCredits,
        reason: Reason | None = None,
    ) -> None:
        """Grant extra credits."""
        roles, by = role_ids(member), audit_context(interaction, reason)
        events, balance = await self._database.write(member_credits.change, member.id, roles, grant=credits, by=by)
        await send_ephemeral(interaction, quota.changed(private_texts(interaction), events, balance))

    @app_commands.command(name="take", description=localized("commands-quota-take"))
    @app_commands.describe(
        member=localized("commands-quota-member"),
        credits=localized("commands-quota-credits"),
        reason=localized("commands-quota-reason"),
    )
    async def take(
        self, interaction: Interaction, member: KnownMember, credits: PositiveCredits, reason: Reason
    ) -> None:
        """Revoke extra credits, also from a member who has left."""
        await self._change(interaction, reason, gifts.revoke, member.id, credits)

    @app_commands.command(name="block", description=localized("commands-quota-block"))
    @app_commands.describe(
        member=localized("commands-quota-member"),
        hours=localized("commands-quota-block-hours"),
        reason=localized("commands-quota-reason"),
    )
    async def block(
        self, interaction: Interaction, member: KnownMember, hours: Hours | None = None, reason: Reason | None = None
    ) -> None:
        """Refuse a member's orders for a while."""
        await self._change(interaction, reason, blocks.block, member.id, hours)
        await ask_to_cancel_queued(interaction, self._database, member.id)

    @app_commands.command(name="unblock", description=localized("commands-quota-unblock"))
    @app_commands.describe(reason=localized("commands-quota-reason"), member=localized("commands-quota-member"))
    async def unblock(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Remove a block."""
        change = await self._database.write(blocks.unblock, member.id, by=audit_context(interaction, reason))
        if change is None:
            raise Declined(Refused("quota-not-blocked-member", {"member": member.id}))
        block = await self._database.read(blocks.active_block, guild_id_of(interaction), member.id)
        note = private_texts(interaction)("quota-operator-blocks-member") if block else ""
        await _confirm(interaction, change, note)

    @app_commands.command(name="reset", description=localized("commands-quota-reset"))
    @app_commands.describe(reason=localized("commands-quota-reason"), member=localized("commands-quota-member"))
    async def reset(self, interaction: Interaction, member: KnownMember, reason: Reason | None = None) -> None:
        """Set this month's use of a member's allowance to zero."""
        await self._change(interaction, reason, gifts.reset_usage, member.id)

    @app_commands.command(name="report", description=localized("commands-quota-report"))
    @app_commands.describe(month=localized("commands-quota-report-month"))
    async def report(self, interaction: Interaction, month: str | None = None) -> None:
        """Show a month's figures, with a chart and a CSV file."""
        parsed = month_of(month, self._database.clock.now())
        texts, guild_id = private_texts(interaction), guild_id_of(interaction)
        requested_by = interaction.user.id
        report = unless_refused(await self.reports.request(texts, guild_id, parsed, requested_by=requested_by))
        await interaction.response.defer(ephemeral=True, thinking=True)
        if isinstance(report, PendingReport):
            if report.is_queued:
                await respond_ephemeral(interaction, plain(texts("report-in-line")))
            report = await report.result()
        shown = reports.report_message(texts, report.figures, self._catalogue, report.computed_at, report.chart)
        await interaction.edit_original_response(**shown.plus(Attachment(report.sheet_name, report.sheet)).edited())

    @component(quota.CANCEL_QUEUED)
    async def _cancel_queued(self, interaction: Interaction, member_id: NumberArgument) -> None:
        await only_staff(interaction, self._database)
        by = audit_context(interaction, None)
        cancelled = await self._database.write(job_actions.cancel_queued, member_id, by=by)
        texts = private_texts(interaction)
        said = texts("quota-queued-cancelled", movies=len(cancelled)) if cancelled else texts("quota-none-queued")
        await replace_or_send(interaction, said)
        for job in cancelled:
            await self.publisher.update_messages(job)


def guild_id_of(interaction: Interaction) -> int:
    """Return the server's id."""
    assert interaction.guild_id is not None  # the commands are registered for servers only
    return interaction.guild_id


def audit_context(
    interaction: Interaction, reason: str | None, *, reason_code: AuditReason | None = None
) -> AuditContext:
    """Return who makes a change, where and why."""
    return AuditContext(
        interaction.user.id,
        guild_id_of(interaction),
        (reason or "").strip(),
        interaction.id,
        reason_code,
        language=server_language(interaction),
    )


async def _confirm(interaction: Interaction, change: AuditEvent, note: str = "") -> None:
    """Confirm a committed change.

    Never raises, because the change is committed even if the message fails.
    """
    confirmation = audit_entries.change_confirmation(private_texts(interaction), change)
    await send_ephemeral(interaction, f"{confirmation}\n{note}" if note else confirmation)


def month_of(typed: object, now: int) -> Month:
    """Return a month such as 2026-11; without one, the current month.

    Raises:
        Declined: It is no month.
    """
    month = Month.parse(typed) if isinstance(typed, str) else Month.containing(now) if typed is None else None
    if month is None:
        raise Declined(Refused("quota-bad-month", {"given": str(typed)}))
    return month


async def queued_question(interaction: Interaction, database: Database, member_id: int) -> tuple[Part, ...]:
    """Return the question whether to cancel what a blocked member has queued; nothing where there is none.

    Movies in progress finish.
    """
    queued = await database.read(job_actions.count_queued, interaction.guild_id or 0, member_id)
    if not queued:
        return ()
    return quota.queued_movies(private_texts(interaction), member_id, queued).parts


async def ask_to_cancel_queued(interaction: Interaction, database: Database, member_id: int) -> None:
    """Ask privately whether to cancel what a blocked member has queued, if anything."""
    if question := await queued_question(interaction, database, member_id):
        await send_private(interaction, plain(*question))
