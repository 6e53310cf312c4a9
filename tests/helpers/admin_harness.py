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
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import SetupPage
from bot.domain.text import Language
from bot.ui.components import custom_id
from data import audit_log, server_setup
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import COMMAND, BotHarness, open_harness
from tests.helpers.reading import message_text, response_text
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
        panel = opened.response.message
        await self.dana.click(panel, custom_id=custom_id("setup-page", SetupPage.STAFF))
        setup = await self.app.database.read(server_setup.get, self.guild.id)
        action = ("setup", ServerSetup.staff_channel, setup.fingerprint([ServerSetup.staff_channel]))
        chosen = [] if channel is None else [channel]
        return response_text(await self.dana.select(panel, chosen, custom_id=custom_id(*action)))

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


open_admin_harness = partial(open_harness, AdminHarness)
