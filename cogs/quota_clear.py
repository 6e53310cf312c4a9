"""/quota clear: removes a limit."""

from __future__ import annotations

from discord import app_commands

from bot.discord_client.interaction_texts import private_texts
from bot.domain.quota import MAX_REASON_LENGTH, AuditAction, LimitScope
from bot.services.quotas import QuotaService
from bot.ui import command_descriptions as names
from bot.ui import quota_current
from cogs import quota_checks as check
from cogs.checks import Interaction, MemberOrUser, RoleOption
from cogs.quota_changes import audit_context, confirm

Reason = app_commands.Range[str, 1, MAX_REASON_LENGTH]


class QuotaClear(app_commands.Group):
    """A subcommand for each thing that can be removed.

    So nothing is removed because an option was left empty. Each says so where there is nothing to remove.
    """

    def __init__(self, quotas: QuotaService) -> None:
        super().__init__(name="clear", description=names.QUOTA_CLEAR)
        self._quotas = quotas

    @app_commands.command(name="default", description=names.QUOTA_CLEAR_DEFAULT)
    @app_commands.describe(reason=names.QUOTA_REASON)
    async def default(self, interaction: Interaction, reason: Reason | None = None) -> None:
        """Go back to the bot's default."""
        texts = private_texts(interaction)
        if not await check.refused(interaction, check.reason(texts, reason)):
            not_set = quota_current.default_not_set(texts)
            await self._clear(interaction, reason, LimitScope.DEFAULT, AuditAction.SET_DEFAULT_LIMIT, 0, not_set)

    @app_commands.command(name="server", description=names.QUOTA_CLEAR_SERVER)
    @app_commands.describe(reason=names.QUOTA_REASON)
    async def server(self, interaction: Interaction, reason: Reason | None = None) -> None:
        """Remove the server's budget."""
        texts = private_texts(interaction)
        if not await check.refused(interaction, check.reason(texts, reason)):
            not_set = quota_current.server_not_set(texts)
            await self._clear(interaction, reason, LimitScope.SERVER, AuditAction.SET_SERVER_LIMIT, 0, not_set)

    @app_commands.command(name="member", description=names.QUOTA_CLEAR_MEMBER)
    @app_commands.describe(member=names.QUOTA_MEMBER, reason=names.QUOTA_REASON)
    async def member(self, interaction: Interaction, member: MemberOrUser, reason: Reason | None = None) -> None:
        """Remove a member's allowance, also of one who has left."""
        texts = private_texts(interaction)
        if not await check.refused(
            interaction, check.reason(texts, reason), check.member(texts, member, may_have_left=True)
        ):
            not_set = quota_current.member_not_set(texts, member.id)
            await self._clear(interaction, reason, LimitScope.MEMBER, AuditAction.SET_MEMBER_LIMIT, member.id, not_set)

    @app_commands.command(name="role", description=names.QUOTA_CLEAR_ROLE)
    @app_commands.describe(role=names.QUOTA_ROLE_ROLE, reason=names.QUOTA_REASON)
    async def role(self, interaction: Interaction, role: RoleOption, reason: Reason | None = None) -> None:
        """Remove a role's allowance."""
        texts = private_texts(interaction)
        if not await check.refused(interaction, check.reason(texts, reason), check.role(interaction, role)):
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
        if await self._quotas.clear_limit(audit_context(interaction, reason), scope, subject_id):
            await confirm(interaction, action, subject_id)
        else:
            await check.refuse(interaction, not_set)
