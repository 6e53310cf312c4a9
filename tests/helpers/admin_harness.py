"""The whole bot in a server that Dana manages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

import discord
from simcord import interactions
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle, RoleHandle, UserHandle
from simcord.results import InteractionResult

from bot.domain.quota import AuditEntry
from bot.domain.setting_kinds import SetupPage
from bot.domain.text import Language
from bot.ui.components import custom_id
from data import audit_log
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import COMMAND, BotHarness, open_harness
from tests.helpers.reading import Seen, message_text, response_text
from tests.helpers.transactions import read


@dataclass
class AdminHarness(BotHarness):
    dana: MemberActor = field(init=False)
    stars: RoleHandle = field(init=False)
    lines: ChannelHandle = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        crew = self.guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
        self.stars = self.guild.create_role("Stars")
        self.dana = self.guild.add_member(self.env.create_user("dana"), roles=[crew])
        self.lines = self.guild.create_text_channel("audit")

    async def quota(self, command: str, who: MemberActor | None = None, **options: Any) -> InteractionResult:
        return await (who or self.dana).slash(self.channel, f"quota {command}", **options)

    async def set_staff_channel(self, channel: ChannelHandle | None) -> str:
        opened = await self.dana.slash(self.channel, "setup panel")
        assert opened.response is not None
        form = await self.form(opened.response.id, SetupPage.STAFF)
        chosen = [] if channel is None else [str(channel.id)]
        return response_text(await form.submit(self.dana, staff_channel=chosen))

    async def let_manage_channels(self, *, allowed: bool) -> None:
        me, backend = self.guild.me, self.env.backend
        assert me is not None
        [role_id] = backend.get_member(self.guild.id, me.id).role_ids
        permissions = discord.Permissions(backend.get_role(self.guild.id, role_id).permissions)
        permissions.manage_channels = allowed
        backend.edit_role(self.guild.id, role_id, {"permissions": permissions.value})
        await self.env.settle()

    async def form(self, panel: Seen | int, page: SetupPage) -> Form:
        """Open the form of a group of settings."""
        opened = (await self.press(self.dana, panel, custom_id("setup-page", page))).modal
        shown = {each["component"]["custom_id"]: _shown(each["component"]) for each in opened["components"]}
        return Form(self, panel if isinstance(panel, int) else panel.id, opened["custom_id"], shown)

    async def forged(self, who: MemberActor, command: str, **options: Any) -> InteractionResult:
        return await self.send(who, self.forgery(who, command, **options))

    def forgery(self, who: MemberActor, command: str, **options: Any) -> dict[str, Any]:
        root_name, *path = command.split()
        root = self.env.backend.find_command(root_name, self.guild.id, type=1)
        assert root is not None
        leaf, nesting = interactions.walk_to_subcommand(root, path)
        types = {option["name"]: option["type"] for option in leaf.get("options", [])}
        resolved: dict[str, dict[str, Any]] = {}
        wire: list[dict[str, Any]] = []
        for name, value in options.items():
            if isinstance(value, (MemberActor, UserHandle, RoleHandle, ChannelHandle)):
                interactions.resolve_handle(who, value, resolved, channel_id=self.channel.id)
                wire.append({"name": name, "type": types[name], "value": str(value.id)})
            else:
                wire.append({"name": name, "type": types[name], "value": value})
        nested = interactions.nest_options(root, nesting, wire)
        return {"id": root["id"], "name": root["name"], "type": 1, "options": nested, "resolved": resolved}

    async def send(self, who: MemberActor, data: dict[str, Any]) -> InteractionResult:
        return await self._sent(who, COMMAND, data)

    def posted(self) -> list[str]:
        return [message_text(message) for message in self.lines.history()]

    def noted(self) -> list[dict[str, Any]]:
        return ledger_checks.query(self.place, "SELECT * FROM audit_log ORDER BY id")

    def audit_entries(self) -> list[AuditEntry]:
        sql = f"SELECT *, '{Language.ENGLISH}' AS language FROM audit_log ORDER BY id"
        return [audit_log._entry(row) for row in read(self.place, lambda tx: tx.fetch_all(sql))]

    def snapshot(self) -> dict[str, list[dict[str, Any]]]:
        return ledger_checks.snapshot(self.place)

    def budget(self, scope: str, who: MemberActor | None = None, month: str = "2026-11") -> ledger_checks.BudgetTotals:
        member = (who or self.alice).id if scope in ("member", "extra") else 0
        guild = 0 if scope == "plan" else self.guild.id
        key = (scope, guild, member, "" if scope == "extra" else month)
        return ledger_checks.assert_ledger_consistent(self.place).get(key, ledger_checks.BudgetTotals())


@dataclass(frozen=True)
class Form:
    """A form, and what its inputs show."""

    bot: AdminHarness
    panel: int
    custom_id: str
    shown: dict[str, str | list[str]]

    async def submit(self, who: MemberActor, **changed: str | list[str]) -> InteractionResult:
        return await self.bot.submit(who, self.custom_id, {**self.shown, **changed}, self.panel)


def _shown(component: dict[str, Any]) -> str | list[str]:
    """Return what an input holds as it comes back unless it is changed."""
    if component["type"] == discord.ComponentType.text_input.value:
        return component.get("value") or ""
    picked = [each["value"] for each in component.get("options", ()) if each.get("default")]
    return [*picked, *(str(each["id"]) for each in component.get("default_values", ()))]


open_admin_harness = partial(open_harness, AdminHarness)
