"""The whole bot: a real database, fake Samsar, and SimCord."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import discord
from aiolimiter import AsyncLimiter
from simcord.actors import MemberActor, _dispatch_actor_interaction
from simcord.backend import serializers
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle, GuildHandle, RoleHandle, UserHandle
from simcord.enums import OverwriteType
from simcord.env import Env
from simcord.results import InteractionResult
from simcord.types import HttpLogEntry

from bot.app import App
from bot.composition import open_app
from bot.domain.catalogue import Catalogue
from bot.domain.jobs import Job, JobState
from bot.domain.orders import OrderContext
from bot.samsar.config import ApiVersion, ClientOptions
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from data import jobs
from data.catalogue import load_catalogue, load_styles
from tests.helpers import ledger_checks, migrated_file
from tests.helpers.answer_faults import AnswerFaults
from tests.helpers.clock import ManualClock
from tests.helpers.fakes import nothing
from tests.helpers.offline_discord import discord_of
from tests.helpers.reading import Seen, job_action
from tests.helpers.settings import KEY, MODELS_2026, make_settings
from tests.helpers.transactions import read

RENDER_SECONDS = 100.0
"""How long the fake API takes for a movie, on the clock that the test turns."""

UNHURRIED = ClientOptions(requests_per_second=10_000.0)

_SLOW_SECONDS = 180
"""The longest time for a response on a busy machine."""

ENDED = (JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED)

_OPTION_TYPES = {str: 3, int: 4, bool: 5, float: 10}
COMMAND = 2

_COMPONENT, _FORM = 3, 5
_BUTTON, _MENU, _TEXT, _LABEL = 2, 3, 4, 18

H = TypeVar("H", bound="BotHarness")

MESSAGES = "/channels/*/messages"


@dataclass
class BotHarness(AnswerFaults):
    """A server with two members and one channel. The worker runs only in `run_until_idle`."""

    tmp_path: Path
    upstream: FakeSamsar
    clock: ManualClock
    overrides: dict[str, object]
    client_options: ClientOptions
    app: App
    env: Env
    apps: AsyncExitStack
    guild: GuildHandle = field(init=False)
    channel: ChannelHandle = field(init=False)
    alice: MemberActor = field(init=False)
    bob: MemberActor = field(init=False)

    def __post_init__(self) -> None:
        self.guild = self.env.create_guild("Cinema")
        self.channel = self.guild.create_text_channel("movies")
        self.alice = self.guild.add_member(self.env.create_user("alice"))
        self.bob = self.guild.add_member(self.env.create_user("bob"))

    # ── acting ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def movie(self, who: MemberActor | None = None, **options: object) -> InteractionResult:
        return await (who or self.alice).slash(self.channel, "movie", **{"prompt": "a red balloon", **options})

    async def forge(
        self, command: str = "movie", *, kinds: Mapping[str, int] | None = None, **options: object
    ) -> InteractionResult:
        """`kinds` are the numbers of the option types that the payload claims; without one, that of the value."""
        claimed = kinds or {}
        given = [
            {"name": name, "type": claimed.get(name) or _OPTION_TYPES[type(value)], "value": value}
            for name, value in options.items()
        ]
        return await self._sent(self.alice, COMMAND, {"id": "1", "name": command, "type": 1, "options": given})

    async def press(
        self,
        who: MemberActor | UserHandle,
        message: Seen | int,
        custom_id: str,
        values: Sequence[str] = (),
        *,
        channel: ChannelHandle | None = None,
    ) -> InteractionResult:
        """Click a button or select an option, even outdated or forged."""
        data: dict[str, Any] = {"custom_id": custom_id, "component_type": _MENU if values else _BUTTON}
        if values:
            data["values"] = list(values)
        return await self._sent(who, _COMPONENT, data, message if isinstance(message, int) else message.id, channel)

    async def act(
        self, who: MemberActor | UserHandle, card: discord.Message, action: str, *arguments: str
    ) -> InteractionResult:
        """Press a button of a card's movie that is behind ⋯."""
        return await self.press(who, card, job_action(card, action, *arguments))

    async def submit(
        self,
        who: MemberActor,
        custom_id: str,
        fields: Mapping[str, str | Sequence[str]],
        message: Seen | int | None = None,
        *,
        channel: ChannelHandle | None = None,
    ) -> InteractionResult:
        """A text is typed, a list is picked. `message` is the one whose button opened the form."""
        labels = [
            {
                "type": _LABEL,
                "component": {"type": _TEXT, "custom_id": name, "value": value}
                if isinstance(value, str)
                else {"type": _MENU, "custom_id": name, "values": [*value]},
            }
            for name, value in fields.items()
        ]
        message_id = message if message is None or isinstance(message, int) else message.id
        return await self._sent(who, _FORM, {"custom_id": custom_id, "components": labels}, message_id, channel)

    async def _sent(
        self,
        who: MemberActor | UserHandle,
        kind: int,
        data: dict[str, Any],
        message_id: int | None = None,
        channel: ChannelHandle | None = None,
    ) -> InteractionResult:
        where = channel or self.channel
        extra: dict[str, Any] = {}
        if message_id is not None:
            stored = self.env.backend.get_message(where.id, message_id)
            extra["message"] = dict(serializers.message_payload(self.env.backend, stored))
        self.env._begin_operation("slash" if kind == COMMAND else "click")
        try:
            return await _dispatch_actor_interaction(who, kind, where, data, extra=extra, source_message_id=message_id)
        finally:
            self.env._end_operation()

    async def run_until_idle(self, seconds: float = 0) -> int:
        await self.clock.advance(seconds)
        return await self.app.worker.run_until_idle()

    async def finish(self) -> None:
        """Complete every movie that can be, with as few status polls as possible."""
        await self.run_until_idle()
        for seconds in (RENDER_SECONDS, 10, 10):
            if all(job.state in ENDED for job in self.stored_jobs()):
                break
            await self.run_until_idle(seconds)

    async def made(self, who: MemberActor | None = None, **options: object) -> None:
        await self.movie(who, **options)
        await self.finish()

    async def restart(self, **overrides: object) -> None:
        self.overrides |= overrides
        await self.apps.aclose()
        self.app = await self.apps.enter_async_context(open_app(self._settings(), self.clock, self.client_options))
        lift_rate_limit(self.app, self.client_options)
        await self.env.restart_bot(self.app.client)
        await self.app.client.sync_commands()
        self.env.bot = self.app.client
        await self.app.worker.recover()

    def set_bot_permissions(self, permissions: discord.PermissionOverwrite) -> None:
        me = self.guild.me
        assert me is not None
        allow, deny = permissions.pair()
        own = Overwrite(target_id=me.id, type=OverwriteType.MEMBER, allow=allow.value, deny=deny.value)
        self.env.backend.get_channel(self.channel.id).overwrites = [own]

    # ── seeing ───────────────────────────────────────────────────────────────────────────────────────────────────

    def closed_channel(self, name: str, viewer: MemberActor | RoleHandle) -> ChannelHandle:
        hidden, shown = (discord.PermissionOverwrite(view_channel=each) for each in (False, True))
        me = self.guild.me
        assert me is not None
        overwrites = {self.guild.default_role: hidden, me: shown, viewer: shown}
        return self.guild.create_text_channel(name, overwrites=overwrites)

    def forget_threads(self) -> None:
        """Let the gateway know no thread, as it knows no archived one."""
        guild = self.app.client.get_guild(self.guild.id)
        assert guild is not None
        for thread in guild.threads:
            guild._remove_thread(thread)

    def messages(self) -> list[discord.Message]:
        return [each for each in self.channel.history() if not each.flags.ephemeral]

    def direct_messages(self, who: MemberActor) -> list[discord.Message]:
        return who.user.dm_channel.history()

    def requests(self, method: str, part: str) -> list[HttpLogEntry]:
        return [each for each in self.env.http_requests if each.method == method and part in each.path]

    def pressing(self, number: int, member_id: int) -> OrderContext:
        """Return the context of a member's press in the channel, with the number of its interaction."""
        return OrderContext(number, self.guild.id, self.channel.id, member_id, member_name=f"member {member_id}")

    def ordered(self) -> int:
        return sum(each.method == "POST" for each in self.upstream.requests)

    # ── the database ─────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def path(self) -> Path:
        path = self.app.settings.database_path
        assert path is not None, "this test runs on PostgreSQL, too: use `place`, or mark it `sqlite`"
        return path

    @property
    def place(self) -> ledger_checks.Place:
        settings = self.app.settings
        return settings.database_path or settings.database_url

    def member(self) -> ledger_checks.BudgetTotals:
        return ledger_checks.scope_total(self.place, "member")

    def plan(self) -> ledger_checks.BudgetTotals:
        return ledger_checks.scope_total(self.place, "plan")

    def job(self) -> dict[str, Any]:
        [job] = ledger_checks.jobs(self.place)
        return job

    def stored_jobs(self) -> list[Job]:
        ids = [row["id"] for row in ledger_checks.jobs(self.place)]
        return read(self.place, lambda tx: [jobs.get(tx, job_id) for job_id in ids])

    def stored_job(self) -> Job:
        [job] = self.stored_jobs()
        return job

    @property
    def catalogue(self) -> Catalogue:
        settings = self.app.settings
        models = load_catalogue(settings.catalogue_path, settings.api_profile.limits)
        return replace(models, styles=load_styles(settings.styles_path))

    def _settings(self) -> Any:
        return make_settings(self.tmp_path, **{"samsar_base_url": self.upstream.base_url, **self.overrides})


def lift_rate_limit(app: App, options: ClientOptions) -> None:
    """SimCord stops the clock during a press: in a slow test, the limiter would let no request through."""
    if options.requests_per_second == UNHURRIED.requests_per_second:
        app.samsar._limiter = AsyncLimiter(1e12, 1e6)


@asynccontextmanager
async def open_harness(
    make: Callable[..., H],
    tmp_path: Path,
    *,
    client_options: ClientOptions = UNHURRIED,
    version: ApiVersion = ApiVersion.MARCH_2025,
    **overrides: object,
) -> AsyncGenerator[H]:
    """`overrides` are settings by field name; `client_options` are the API client's, on the machine's own clock."""
    clock = ManualClock()
    # a catalogue of the test's own has the API's own prices
    models = MODELS_2026 if version is ApiVersion.AUTUMN_2026 and "catalogue_path" not in overrides else None
    config = FakeSamsarConfig(
        version,
        api_key=KEY,
        render_seconds=RENDER_SECONDS,
        render_films=False,
        callbacks=False,
        keep_alive=False,  # SimCord would wait for the timer of an idle connection, too
        video_models=models,
    )
    overrides = {"samsar_api": version.value, **overrides}

    def now() -> float:
        return clock.now() / 1000

    fake = FakeSamsar(config, now=now, sleep=nothing, utc_now=now)  # the test sets its time
    async with fake as upstream, AsyncExitStack() as apps:
        settings = make_settings(tmp_path, **{"samsar_base_url": upstream.base_url, **overrides})
        path = settings.database_path
        if path is not None and not path.exists():
            migrated_file.create(path)
        app = await apps.enter_async_context(open_app(settings, clock, client_options))
        lift_rate_limit(app, client_options)
        async with discord_of(app) as env:
            env.settle_timeout = _SLOW_SECONDS
            await app.worker.recover()
            harness = make(tmp_path, upstream, clock, overrides, client_options, app, env, apps)
            yield harness
    ledger_checks.assert_ledger_consistent(harness.place)


open_bot_harness = partial(open_harness, BotHarness)
