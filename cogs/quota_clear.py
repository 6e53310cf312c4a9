"""/quota clear: removes a limit."""

from __future__ import annotations

from discord import app_commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import send_ephemeral
from bot.domain.quota import MAX_REASON_LENGTH, AuditAction, LimitScope
from bot.ui import quota_current
from bot.ui.command_descriptions import localized
from cogs import quota_checks as check
from cogs.checks import Interaction, MemberOrUser, RoleOption
from cogs.quota_changes import audit_context, confirm
from data.database import Database
from data.limits import clear_limit

Reason = app_commands.Range[str, 1, MAX_REASON_LENGTH]


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
        texts = private_texts(interaction)
        if not await check.refused(interaction, check.reason(reason)):
            not_set = texts("quota-default-not-set")
            await self._clear(interaction, reason, LimitScope.DEFAULT, AuditAction.SET_DEFAULT_LIMIT, 0, not_set)

    @app_commands.command(name="server", description=localized("commands-quota-clear-server"))
    @app_commands.describe(reason=localized("commands-quota-reason"))
    async def server(self, interaction: Interaction, reason: Reason | None = None) -> None:
        """Remove the server's budget."""
        texts = private_texts(interaction)
        if not await check.refused(interaction, check.reason(reason)):
            not_set = texts("quota-server-not-set")
            await self._clear(interaction, reason, LimitScope.SERVER, AuditAction.SET_SERVER_LIMIT, 0, not_set)

    @app_commands.command(name="member", description=localized("commands-quota-clear-member"))
    @app_commands.describe(member=localized("commands-quota-member"), reason=localized("commands-quota-reason"))
    async def member(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Remove a member's allowance, also of one who has left."""
        texts = private_texts(interaction)
        if not await check.refused(interaction, check.reason(reason), check.member(member, may_have_left=True)):
            not_set = quota_current.member_not_set(texts, member.id)
            await self._clear(interaction, reason, LimitScope.MEMBER, AuditAction.SET_MEMBER_LIMIT, member.id, not_set)

    @app_commands.command(name="role", description=localized("commands-quota-clear-role"))
    @app_commands.describe(role=localized("commands-quota-role-role"), reason=localized("commands-quota-reason"))
    async def role(self, interaction: Interaction, role: RoleOption, reason: Reason | None = None) -> None:
        """Remove a role's allowance."""
        texts = private_texts(interaction)
        if not await check.refused(interaction, check.reason(reason), check.role(interaction, role)):
            not_set = quota_current.role_not_set(texts, role.id)
            await self._clear(interaction, reason, LimitScope.ROLE, AuditAction.SET_ROLE_LIMIT, role.id, not_set)

    async def _clear(
        self,
        interaction: Interaction,
        reason: str | None,
        scope: LimitScope,
        action: AuditAction,
        subject_id: int,
        not_set: str,
    ) -> None:
        by = audit_context(interaction, reason)
        if await self._database.write(clear_limit, scope, subject_id, by=by):
            await confirm(interaction, action, subject_id)
        else:
            await send_ephemeral(interaction, not_set)
