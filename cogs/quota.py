"""/quota: limits, grants, blocks and reports of a server, for its managers.

Discord hides the commands from members who may not manage the server. The bot checks for itself, because Discord's
menu can be bypassed. The checks of options return a refusal, or None. Their values are typed as `object`: discord.py
passes on what a forged payload holds, whatever was declared.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.responses import (
    log_discord_errors,
    private_texts,
    replace_or_send,
    send_ephemeral,
    send_private,
    server_language,
)
from bot.domain.credits import Month
from bot.domain.jobs import Job
from bot.domain.quota import (
    MAX_BLOCK_HOURS,
    MAX_CREDITS,
    MAX_REASON_LENGTH,
    SYSTEM_ACTOR_ID,
    AuditAction,
    AuditContext,
    AuditEvent,
    AuditReason,
    LimitScope,
)
from bot.domain.refusal import RefusalCode, Refused
from bot.services.privacy import read_balance
from bot.services.reports import PendingReport, ReportService
from bot.ui import audit_entries, quota, reports
from bot.ui.command_descriptions import localized
from bot.ui.components import Attachment, Part, plain
from bot.ui.formatting import mention
from cogs.checks import Interaction, MemberOrUser, RoleOption, can_manage_guild, decline, loaded_guild, role_ids
from cogs.component_router import ComponentHandler, InvalidCustomId, int_argument
from cogs.job_access import only_staff
from data import blocks, gifts, guild_settings, job_actions, member_credits
from data.budgets import clear_limit, set_limit
from data.database import Database
from data.member_credits import CreditsChange

NonNegativeCredits = app_commands.Range[int, 0, MAX_CREDITS]
PositiveCredits = app_commands.Range[int, 1, MAX_CREDITS]
Hours = app_commands.Range[int, 1, MAX_BLOCK_HOURS]
Reason = app_commands.Range[str, 1, MAX_REASON_LENGTH]

_LIMIT_ACTIONS: Final = {
    LimitScope.DEFAULT: AuditAction.SET_DEFAULT_LIMIT,
    LimitScope.SERVER: AuditAction.SET_SERVER_LIMIT,
    LimitScope.MEMBER: AuditAction.SET_MEMBER_LIMIT,
    LimitScope.ROLE: AuditAction.SET_ROLE_LIMIT,
}


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
        await only_managers(interaction)
        guild_id = guild_id_of(interaction)
        if member is None:
            shown = quota.limits_message(texts, await self._database.read(guild_settings.guild_quotas, guild_id))
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
        await only_managers(interaction, check_reason(reason), check_amount(credits, 0))
        if credits is None:
            limits = await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))
            await send_ephemeral(interaction, quota.current_default(private_texts(interaction), limits))
            return
        await self._set_limit(interaction, LimitScope.DEFAULT, 0, credits, reason)

    @app_commands.command(name="server", description=localized("commands-quota-server"))
    @app_commands.describe(
        reason=localized("commands-quota-reason"), credits=localized("commands-quota-monthly-credits")
    )
    async def server(
        self, interaction: Interaction, credits: NonNegativeCredits | None = None, reason: Reason | None = None
    ) -> None:
        """Set the server's share of the plan, or show it."""
        await only_managers(interaction, check_reason(reason), check_amount(credits, 0))
        if credits is None:
            limits = await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))
            await send_ephemeral(interaction, quota.current_server(private_texts(interaction), limits))
            return
        await self._set_limit(interaction, LimitScope.SERVER, 0, credits, reason)

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
        problem = check_member(member, may_have_left=credits is None)
        await only_managers(interaction, check_reason(reason), problem, check_amount(credits, 0))
        if credits is None:
            balance = await read_balance(self._database, guild_id_of(interaction), member.id, role_ids(member))
            text = quota.current_member(private_texts(interaction), member.id, balance.source)
            await send_ephemeral(interaction, text)
            return
        await self._set_limit(interaction, LimitScope.MEMBER, member.id, credits, reason)

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
        problem = check_role(interaction, role)
        await only_managers(interaction, check_reason(reason), check_amount(credits, 0), problem)
        if credits is None:
            limits = await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))
            await send_ephemeral(interaction, quota.current_role(private_texts(interaction), role.id, limits))
            return
        await self._set_limit(interaction, LimitScope.ROLE, role.id, credits, reason)

    async def _set_limit(
        self, interaction: Interaction, scope: LimitScope, subject_id: int, credits: int, reason: str | None
    ) -> None:
        """Set a limit; for that of the server, also say where the operator's is lower."""
        await self._database.write(set_limit, scope, subject_id, credits, by=audit_context(interaction, reason))
        note = ""
        if scope is LimitScope.SERVER:
            operator = (await self._database.read(guild_settings.guild_quotas, guild_id_of(interaction))).operator
            if operator is not None and credits > operator:
                note = private_texts(interaction)("quota-operator-limits-server", credits=operator)
        await confirm(interaction, _LIMIT_ACTIONS[scope], subject_id, credits, note=note)

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
        await only_managers(
            interaction,
            check_member(member),
            check_amount(credits, 1),
            check_reason(reason),
        )
        wanted, by = CreditsChange(grant=credits), audit_context(interaction, reason)
        made = await self._database.write(member_credits.change, member.id, role_ids(member), wanted, by=by)
        texts, month = private_texts(interaction), Month.containing(self._database.clock.now())
        await send_ephemeral(interaction, quota.changed(texts, made.events, made.balance, month))

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
        await only_managers(
            interaction,
            check_member(member, may_have_left=True),
            check_amount(credits, 1),
            check_reason(reason),
        )
        available = await self._database.write(gifts.revoke, member.id, credits, by=audit_context(interaction, reason))
        if available is not None:
            code = "quota-too-little-bonus" if available else "quota-no-bonus"
            await decline(interaction, Refused(code, {"member": member.id, "credits": available}))
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
        await only_managers(
            interaction,
            check_member(member, may_have_left=True),
            check_reason(reason),
            check_hours(hours),
        )
        await self._database.write(blocks.block, member.id, hours, by=audit_context(interaction, reason))
        await confirm(interaction, AuditAction.BLOCK, member.id, duration_hours=hours)
        await self._queued.ask(interaction, member.id)

    @app_commands.command(name="unblock", description=localized("commands-quota-unblock"))
    @app_commands.describe(reason=localized("commands-quota-reason"), member=localized("commands-quota-member"))
    async def unblock(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Remove a block."""
        texts = private_texts(interaction)
        await only_managers(interaction, check_reason(reason))
        if not await self._database.write(blocks.unblock, member.id, by=audit_context(interaction, reason)):
            await decline(interaction, Refused("quota-not-blocked-member", {"member": member.id}))
        block = await self._database.read(blocks.active_block, guild_id_of(interaction), member.id)
        await confirm(
            interaction, AuditAction.UNBLOCK, member.id, note=texts("quota-operator-blocks-member") if block else ""
        )

    @app_commands.command(name="reset", description=localized("commands-quota-reset"))
    @app_commands.describe(reason=localized("commands-quota-reason"), member=localized("commands-quota-member"))
    async def reset(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Set this month's use of a member's allowance to zero."""
        await only_managers(interaction, check_reason(reason), check_member(member, may_have_left=True))
        used = await self._database.write(gifts.reset_usage, member.id, by=audit_context(interaction, reason))
        if not used:
            await decline(interaction, Refused("quota-nothing-to-reset", {"member": member.id}))
        await confirm(interaction, AuditAction.RESET_USAGE, member.id, used)

    @app_commands.command(name="report", description=localized("commands-quota-report"))
    @app_commands.describe(month=localized("commands-quota-report-month"))
    async def report(self, interaction: Interaction, month: str | None = None) -> None:
        """Show a month's figures, with a chart and a CSV file."""
        await only_managers(interaction)
        parsed = await month_of(interaction, month, self._database.clock.now())
        texts, guild_id = private_texts(interaction), guild_id_of(interaction)
        report = await self._reports.request(texts, guild_id, parsed, requested_by=interaction.user.id)
        if isinstance(report, Refused):
            await decline(interaction, report)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if isinstance(report, PendingReport):
            if report.is_queued:
                with log_discord_errors():
                    await interaction.edit_original_response(**plain(texts("report-in-line")).edited())
            report = await report.result()
        catalogue, sheet = self._database.policy.catalogue, Attachment(report.sheet_name, report.sheet)
        shown = reports.report_message(texts, report.figures, catalogue, report.computed_at, report.chart)
        await interaction.edit_original_response(**shown.plus(sheet).edited())


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


async def confirm(
    interaction: Interaction,
    action: AuditAction,
    subject_id: int = 0,
    credits: int | None = None,
    *,
    duration_hours: int | None = None,
    note: str = "",
) -> None:
    """Confirm a committed change.

    Never raises, because the change is committed even if the message fails.
    """
    event = AuditEvent(audit_context(interaction, None), action, subject_id, credits, duration_hours)
    confirmation = audit_entries.change_confirmation(private_texts(interaction), event)
    await send_ephemeral(interaction, f"{confirmation}\n{note}" if note else confirmation)


async def only_managers(interaction: Interaction, *problems: Refused | None) -> None:
    """Check the permission, then say the first problem of the options, if any.

    Raises:
        Declined: There is one, or the member may not manage the server.
    """
    if not can_manage_guild(interaction):
        await decline(interaction, Refused("quota-not-allowed"))
    for problem in problems:
        if problem is not None:
            await decline(interaction, problem)


def _check_number(code: RefusalCode, given: object, minimum: int, maximum: int) -> Refused | None:
    if given is None or (isinstance(given, int) and not isinstance(given, bool) and minimum <= given <= maximum):
        return None
    return Refused(code, {"given": given, "min": minimum, "max": maximum})


check_amount = partial(_check_number, "quota-bad-credits", maximum=MAX_CREDITS)
"""Check a number of credits; None means the default."""

check_hours = partial(_check_number, "quota-bad-hours", minimum=1, maximum=MAX_BLOCK_HOURS)
"""Check the length of a block; None means no end."""


def check_reason(given: object) -> Refused | None:
    """Check a reason, which is optional."""
    if given is None:
        return None
    if not isinstance(given, str) or not given.strip():
        return Refused("quota-reason-required")
    length = {"characters": len(given), "max": MAX_REASON_LENGTH}
    return Refused("quota-reason-too-long", length) if len(given) > MAX_REASON_LENGTH else None


def check_member(given: MemberOrUser, *, may_have_left: bool = False) -> Refused | None:
    """Check that a member is no bot, and still in the server."""
    if given.bot:
        return Refused("quota-bot-member", {"member": given.id})
    there = may_have_left or isinstance(given, discord.Member)
    return None if there else Refused("quota-not-a-member", {"member": given.id})


def check_role(interaction: Interaction, given: discord.Role) -> Refused | None:
    """Check that a role exists and is not @everyone."""
    if given.is_default():
        return Refused("quota-everyone")
    guild = loaded_guild(interaction)
    deleted = guild is not None and guild.get_role(given.id) is None
    return Refused("quota-role-deleted", {"role": given.id}) if deleted else None


async def month_of(interaction: Interaction, typed: object, now: int) -> Month:
    """Return a month such as 2026-11, without one the current month, or say what is wrong with it.

    Raises:
        Declined: It is none.
    """
    month = Month.parse(typed) if isinstance(typed, str) else Month.containing(now) if typed is None else None
    if month is None:
        await decline(interaction, Refused("quota-bad-month", {"given": str(typed)}))
    return month


class QuotaClear(app_commands.Group):
    """A subcommand for each thing that can be removed.

    So nothing is removed because an option was left empty. Each says so where there is nothing to remove.
    """

    def __init__(self, database: Database) -> None:
        super().__init__(name="clear", description=localized("commands-quota-clear"))
        self._database = database

    @app_commands.command(name="default", description=localized("commands-quota-clear-default"))
    @app_commands.describe(reason=localized("commands-quota-reason"))
    async def default(self, interaction: Interaction, reason: Reason | None = None) -> None:
        """Go back to the bot's default."""
        not_set = private_texts(interaction)("quota-default-not-set")
        await self._clear(interaction, reason, LimitScope.DEFAULT, 0, not_set)

    @app_commands.command(name="server", description=localized("commands-quota-clear-server"))
    @app_commands.describe(reason=localized("commands-quota-reason"))
    async def server(self, interaction: Interaction, reason: Reason | None = None) -> None:
        """Remove the server's budget."""
        not_set = private_texts(interaction)("quota-server-not-set")
        await self._clear(interaction, reason, LimitScope.SERVER, 0, not_set)

    @app_commands.command(name="member", description=localized("commands-quota-clear-member"))
    @app_commands.describe(member=localized("commands-quota-member"), reason=localized("commands-quota-reason"))
    async def member(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Remove a member's allowance, also of one who has left."""
        not_set = private_texts(interaction)("quota-member-not-set", member=mention(member.id))
        problem = check_member(member, may_have_left=True)
        await self._clear(interaction, reason, LimitScope.MEMBER, member.id, not_set, problem)

    @app_commands.command(name="role", description=localized("commands-quota-clear-role"))
    @app_commands.describe(role=localized("commands-quota-role-role"), reason=localized("commands-quota-reason"))
    async def role(self, interaction: Interaction, role: RoleOption, reason: Reason | None = None) -> None:
        """Remove a role's allowance."""
        not_set = private_texts(interaction)("quota-current-role-none", role=f"<@&{role.id}>")
        await self._clear(interaction, reason, LimitScope.ROLE, role.id, not_set, check_role(interaction, role))

    async def _clear(
        self,
        interaction: Interaction,
        reason: str | None,
        scope: LimitScope,
        subject_id: int,
        not_set: str,
        problem: Refused | None = None,
    ) -> None:
        await only_managers(interaction, check_reason(reason), problem)
        by = audit_context(interaction, reason)
        if await self._database.write(clear_limit, scope, subject_id, by=by):
            await confirm(interaction, _LIMIT_ACTIONS[scope], subject_id)
        else:
            await send_ephemeral(interaction, not_set)


class QueuedMovies:
    """Offers to cancel a blocked member's queued movies, and does so.

    Movies in progress finish. `update_messages` edits a job's card, and the message that asks staff about it.
    """

    def __init__(self, database: Database, *, update_messages: Callable[[Job], Awaitable[None]]) -> None:
        self._database = database
        self._update_messages = update_messages
        self.component_handlers: Mapping[str, ComponentHandler] = {quota.CANCEL_QUEUED: self._cancel}

    async def question(self, interaction: Interaction, member_id: int) -> tuple[Part, ...]:
        """Return the question whether to cancel what a member has queued; nothing where there is none."""
        queued = await self._database.read(job_actions.count_queued, interaction.guild_id or 0, member_id)
        if not queued:
            return ()
        return quota.queued_movies(private_texts(interaction), member_id, queued).parts

    async def ask(self, interaction: Interaction, member_id: int) -> None:
        """Ask privately whether to cancel what a member has queued, if anything."""
        if question := await self.question(interaction, member_id):
            await send_private(interaction, plain(*question))

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        member_id, texts = int_argument(arguments, 0), private_texts(interaction)
        await only_staff(interaction, self._database)
        if interaction.guild_id is None:
            raise InvalidCustomId
        cancelled = await self._database.write(
            job_actions.cancel_queued, member_id, by=audit_context(interaction, None)
        )
        said = texts("quota-queued-cancelled", movies=len(cancelled)) if cancelled else texts("quota-none-queued")
        await replace_or_send(interaction, said)
        for job in cancelled:
            await self._update_messages(job)
