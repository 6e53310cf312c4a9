"""Every setting takes effect in the real process.

One process runs with every setting away from its default, two more with other paces of polling (where callbacks come,
polling is only a safety net), and one that refuses orders. `EFFECTS` says for each setting by what it is seen. A
setting without a line there fails the test, and so does one that nothing reads.
"""

from __future__ import annotations

import asyncio
import json
import random
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self

import aiohttp
import pytest
from aiohttp import web

from bot.domain.delivery import NotificationType
from bot.settings import Settings, load_settings
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH, notification_text
from tests.helpers.fake_discord.models import Answer, Message
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import MIB, FakeDiscord
from tests.process.bot_process import ENDS_WITHIN, matinee, port_of
from tests.process.samsar_peer import SamsarPeer

PUBLIC_URL = "https://movies.example.org/bot"
FILM = (24).to_bytes(4, "big") + b"ftypisom\0\0\0\0isommp42"
LARGER_THAN_EVERY_SERVER_TAKES = 11 * MIB
STRANGER, CALLER = "198.51.100.9", "203.0.113.5"
LONG, SHORT, LOST = {"duration": 120}, {"duration": 10}, "a movie whose order gets lost"
FIRST_PROCESS_ONLY = {"PUBLIC_URL", "PORT", "SHARD_COUNT", "SHARD_IDS"}
CATALOGUE = """\
[[video_models]]
key = "LUMA"
label = "House special"
credits_per_second = 10
aspect_ratios = ["16:9"]
recommended_for = ["16:9"]

[[image_models]]
key = "FLUX1.1PRO"
label = "Flux"
"""


class ElsewhereApi(SamsarPeer):
    """An API at another address than the documented one.

    `asked` has each request's method and path.

    It hosts its movies itself; the first one is large. It cuts the connection of an order for LOST.
    """

    def __init__(self) -> None:
        super().__init__()
        self.key = "sk-another-key-9876543210"
        self.asked: list[tuple[str, str]] = []

    async def __aenter__(self) -> Self:
        app = web.Application(middlewares=[self._note])
        app.router.add_post("/elsewhere/v2/orders/new", self._create)
        app.router.add_get("/elsewhere/v2/orders/state", self._status)
        app.router.add_get("/movies/{name}.mp4", self._movie)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"{self.origin}/elsewhere/v2/"
        return self

    @property
    def origin(self) -> str:
        """Where its movies are."""
        assert self._runner is not None
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    def movie_url(self, request_id: str) -> str:
        """Return where a finished movie lies."""
        return f"{self.origin}/movies/{request_id}.mp4"

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.asked.append((request.method, request.path))
        return await handler(request)

    async def _create(self, request: web.Request) -> web.Response:
        answer = await super()._create(request)
        if self.orders[-1]["input"]["prompt"] == LOST and request.transport is not None:
            request.transport.close()
        return answer

    async def _movie(self, request: web.Request) -> web.Response:
        size = LARGER_THAN_EVERY_SERVER_TAKES if request.match_info["name"] == "movie-1" else 1024
        return web.Response(body=FILM + bytes(size - len(FILM)), content_type="video/mp4")


@pytest.fixture
async def api() -> AsyncIterator[ElsewhereApi]:
    """A movie API."""
    async with ElsewhereApi() as peer:
        yield peer


@dataclass
class Seen:
    """What was seen of the processes."""

    discord: FakeDiscord
    api: ElsewhereApi
    folder: Path
    port: int
    account: Answer | None = None
    first_order: Answer | None = None
    large_order_title: str = ""
    first_movie: Message | None = None
    refused: dict[str, bool] = field(default_factory=dict[str, bool])
    texts: list[str] = field(default_factory=list[str])
    metrics_from_afar: int = 0
    ports_of_other_addresses: list[bool] = field(default_factory=list[bool])
    found_by_callback: bool = False
    log: list[str] = field(default_factory=list[str])
    quiet_log: list[str] = field(default_factory=list[str])
    refused_part: str = ""
    first_poll_after_ms: int = 0
    polls: int = 0
    prompt_of_old_job: str = "unseen"

    @property
    def prompts(self) -> list[str]:
        """What was ordered of the API, in order."""
        return [order["input"]["prompt"] for order in self.api.orders]

    def field(self, name: str) -> str:
        """A field of the account that /credits showed."""
        assert self.account is not None
        return next((each["value"] for each in self.account.embeds[0]["fields"] if each["name"] == name), "")

    def backups(self) -> list[str]:
        """The files in the backups folder."""
        return sorted(path.name for path in (self.folder / "kept" / "backups").iterdir())


def movie_option(seen: Seen, name: str) -> Any:
    """Return an option of /movie as it is registered."""
    [command] = [each for each in seen.discord.commands() if each["name"] == "movie"]
    [option] = [each for each in command["options"] if each["name"] == name]
    return option


def model_labels(seen: Seen) -> list[str]:
    """What members can choose as a video model."""
    return [choice["name"] for choice in movie_option(seen, "video_model")["choices"]]


EFFECTS: Mapping[str, Callable[[Seen], bool]] = {
    "discord_token": lambda seen: seen.discord.identifies[0].token == seen.discord.token,
    "samsar_api_key": lambda seen: len(seen.api.orders) > 0,  # the API refuses every other key
    "samsar_api": lambda seen: movie_option(seen, "duration")["max_value"] == 240,
    "samsar_base_url": lambda seen: all(path.startswith(("/elsewhere/", "/movies/")) for _, path in seen.api.asked),
    "samsar_create_path": lambda seen: ("POST", "/elsewhere/v2/orders/new") in seen.api.asked,
    "samsar_status_path": lambda seen: ("GET", "/elsewhere/v2/orders/state") in seen.api.asked,
    "database_url": lambda seen: (
        (seen.folder / "kept" / "ledger_checks.db").is_file() and not (seen.folder / "var").exists()
    ),
    "member_monthly_credits": lambda seen: seen.field("Allowance").startswith("7,000 credits a month"),
    # a member's queue holds a fifth of the plan: by default, the first movie would be too dear for it
    "plan_monthly_credits": lambda seen: seen.first_order is not None and not seen.first_order.ephemeral,
    "allowed_servers": lambda seen: list(seen.discord.state.guilds) == [seen.discord.guild_id],
    "server_monthly_credits": lambda seen: seen.field("Shared").startswith("6,500 credits"),
    "max_open_jobs_per_member": lambda seen: seen.refused["ada's third"],
    "max_open_jobs_per_server": lambda seen: seen.refused["dan's second"],
    "max_failed_credits_per_member": lambda seen: "keep failing" in seen.texts[0],
    "shard_count": lambda seen: {each.shard for each in seen.discord.identifies} >= {(0, 2), (1, 2)},
    "shard_ids": lambda seen: "SHARD_IDS leaves shards to other processes" in seen.refused_part,
    "orders_per_minute": lambda seen: "quick" in seen.texts[1],
    "confirm_above_credits": lambda seen: seen.first_order is not None and not seen.first_order.ephemeral,
    # the first order of the same price was a smaller part of what was left
    "confirm_above_percent": lambda seen: ENGLISH("quotes-title", credits=1200) == seen.large_order_title,
    "max_rendering_jobs": lambda seen: seen.prompts[3] == "ada's second",
    "max_rendering_jobs_per_member": lambda seen: seen.prompts[:3] == ["ada's first", "bob's", "cleo's"],
    "poll_fastest_seconds": lambda seen: 3_000_000 <= seen.first_poll_after_ms < 3_100_000,
    "poll_slowest_seconds": lambda seen: seen.polls >= 3,
    "catalogue_path": lambda seen: model_labels(seen) == ["House special"],
    "public_url": lambda seen: seen.api.orders[0]["webhookUrl"].startswith(f"{PUBLIC_URL}/callbacks/"),
    "host": lambda seen: not any(seen.ports_of_other_addresses),
    "port": lambda seen: seen.metrics_from_afar != 0,
    "metrics_public": lambda seen: seen.metrics_from_afar == HTTPStatus.OK,
    "trusted_proxies": lambda seen: seen.found_by_callback,
    "attach_movies": lambda seen: seen.first_movie is not None and len(seen.first_movie.attachments) == 1,
    "trusted_movie_origins": lambda seen: ("GET", "/movies/movie-1.mp4") in seen.api.asked,
    "backup_every_hours": lambda seen: any(name > "movies-2021" for name in seen.backups()),
    "backup_keep": lambda seen: len(seen.backups()) == 1,
    "retention_days": lambda seen: seen.prompt_of_old_job == "",
    "log_level": lambda seen: not any("[info" in line for line in seen.quiet_log),
    "log_format": lambda seen: all("event" in json.loads(line) for line in seen.log),
}
"""By what each setting is seen, by the field's name."""


def away_from_defaults(discord: FakeDiscord, api: ElsewhereApi, port: int) -> dict[str, str]:
    """Return a value for every setting.

    The log's level is seen in another process: lines of this one are needed.
    """
    return {
        "DISCORD_TOKEN": discord.token,
        "SAMSAR_API_KEY": api.key,
        "SAMSAR_API": "2026",
        "SAMSAR_BASE_URL": api.url,
        "SAMSAR_CREATE_PATH": "orders/new",
        "SAMSAR_STATUS_PATH": "orders/state",
        "DATABASE_URL": "sqlite:///kept/ledger_checks.db",
        "SHARD_COUNT": "2",
        "SHARD_IDS": "0-1",
        "MEMBER_MONTHLY_CREDITS": "7000",
        "PLAN_MONTHLY_CREDITS": "6000",
        "ALLOWED_SERVERS": str(discord.guild_id),
        "SERVER_MONTHLY_CREDITS": "6500",
        "MAX_OPEN_JOBS_PER_MEMBER": "2",
        "MAX_OPEN_JOBS_PER_SERVER": "5",
        "MAX_FAILED_CREDITS_PER_MEMBER": "5",
        "ORDERS_PER_MINUTE": "40",
        "CONFIRM_ABOVE_CREDITS": "2000",
        "CONFIRM_ABOVE_PERCENT": "18",
        "MAX_RENDERING_JOBS": "3",
        "MAX_RENDERING_JOBS_PER_MEMBER": "1",
        "POLL_FASTEST_SECONDS": "3000",
        "POLL_SLOWEST_SECONDS": "3600",
        "CATALOGUE_PATH": "models.toml",
        "PUBLIC_URL": PUBLIC_URL,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "METRICS_PUBLIC": "true",
        "TRUSTED_PROXIES": "127.0.0.1",
        "ATTACH_MOVIES": "always",
        "TRUSTED_MOVIE_ORIGINS": api.origin,
        "BACKUP_EVERY_HOURS": "1",
        "BACKUP_KEEP": "1",
        "RETENTION_DAYS": "1",
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": "json",
    }


def free_port() -> int:
    """Return a free port below the kernel's ephemeral ports."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def listens(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    try:
        socket.create_connection((host, port), timeout=2).close()
    except OSError:
        return False
    return True


async def call_back(seen: Seen, number: int, caller: str = CALLER) -> None:
    """Finish a movie, and call back through a proxy."""
    body = {"request_id": f"movie-{number}", "status": "COMPLETED"}
    seen.api.finish(f"movie-{number}")
    await posted(seen, seen.api.orders[number - 1]["webhookUrl"].rpartition("/")[2], body, caller)


async def posted(seen: Seen, secret: str, body: object, caller: str) -> None:
    """Send a callback."""
    url = f"http://127.0.0.1:{seen.port}/callbacks/{secret}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=body, headers={"X-Forwarded-For": caller}) as answer,
    ):
        assert answer.status == HTTPStatus.ACCEPTED


async def delivered(seen: Seen, number: int) -> Message:
    """Wait for the message that brings a movie."""
    url = seen.api.movie_url(f"movie-{number}")
    return await seen.discord.wait_for_message(lambda m: url in m.content, what=f"a message with movie {number}")


async def queue_and_make(seen: Seen) -> None:
    """Order five movies within the two concurrency limits, and make them."""
    discord, api = seen.discord, seen.api
    bob, cleo, dan = (user_id for user_id, user in discord.state.users.items() if user.name in {"bob", "cleo", "dan"})
    seen.first_order = await discord.slash(discord.user_id, "movie", {"prompt": "ada's first", **LONG})
    await api.ordered(1)
    for n, (user_id, prompt) in enumerate(((discord.user_id, "ada's second"), (bob, "bob's"), (cleo, "cleo's"))):
        await discord.slash(user_id, "movie", {"prompt": prompt, **SHORT})
        await api.ordered(max(1, n + 1))
    await discord.slash(dan, "movie", {"prompt": "dan's", **SHORT})
    for user_id, prompt in ((discord.user_id, "ada's third"), (dan, "dan's second")):
        seen.refused[prompt] = (await discord.slash(user_id, "movie", {"prompt": prompt, **SHORT})).ephemeral
    await call_back(seen, 1)
    seen.first_movie = await delivered(seen, 1)
    for number in range(2, 6):
        await api.ordered(number)
        await call_back(seen, number)
        await delivered(seen, number)


async def find_amid_a_flood(seen: Seen) -> None:
    """Lose an order's response, and find it by its callback.

    It comes amid a stranger's flood, and only its body has the request id.
    """
    await seen.discord.slash(seen.discord.user_id, "movie", {"prompt": LOST, **SHORT})
    await seen.discord.wait_for_message(lambda m: notification_text(NotificationType.UNKNOWN) in m.content)
    flood = [posted(seen, "x" * 43, {"request_id": "made-up"}, STRANGER) for _ in range(300)]
    asked = seen.api.polled("movie-6")
    await asyncio.gather(asked, *flood[:200], call_back(seen, 6), *flood[200:], return_exceptions=True)
    seen.found_by_callback = "movie-6" in seen.api.polls


async def see_all_but_polling(seen: Seen, settings: Mapping[str, str]) -> None:
    """Run the process with all settings, and use what they change."""
    discord = seen.discord
    (seen.folder / "models.toml").write_text(CATALOGUE, encoding="utf-8")
    (seen.folder / "kept" / "backups").mkdir(parents=True)
    for year in (2019, 2020):
        (seen.folder / "kept" / "backups" / f"movies-{year}0101-000000.db").touch()
    async with matinee(discord, seen.api, seen.folder, **settings) as bot:
        assert await port_of(bot) == seen.port
        await discord.ready(2, within=20)
        discord.state.guilds[discord.guild_id] = replace(discord.state.guilds[discord.guild_id], premium_tier=2)
        seen.account = await discord.slash(discord.user_id, "credits")
        if sys.platform == "linux":  # elsewhere, 127.0.0.1 is the only loopback address
            seen.ports_of_other_addresses = [await asyncio.to_thread(listens, "127.0.0.2", seen.port)]
        url, headers = f"http://127.0.0.1:{seen.port}/metrics", {"X-Forwarded-For": STRANGER}
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
            seen.metrics_from_afar = answer.status
        await queue_and_make(seen)
        large = await discord.slash(discord.user_id, "movie", {"prompt": "ada's large one", **LONG})
        seen.large_order_title = large.embeds[0]["title"]
        await find_amid_a_flood(seen)
        await bot.wait_for_line("backup_created")
        bot.terminate()
        assert await bot.wait_exit(within=ENDS_WITHIN) == 0, bot.log
    seen.log = bot.stderr


async def see_polling(seen: Seen, settings: Mapping[str, str]) -> None:
    """Run the process with a late first poll, and with frequent ones."""
    without_callbacks = {name: value for name, value in settings.items() if name not in FIRST_PROCESS_ONLY}
    late = {**without_callbacks, "DATABASE_URL": "sqlite:///late.db", "LOG_LEVEL": "WARNING", "LOG_FORMAT": "console"}
    async with ordering(seen, late) as (bot, _):
        pass
    [job] = ledger_checks.jobs(seen.folder / "late.db")
    seen.first_poll_after_ms = job["next_run_at"] - job["submitted_at"]
    seen.quiet_log = bot.stderr
    often = {"DATABASE_URL": "sqlite:///often.db", "POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.06"}
    async with ordering(seen, {**late, **often}) as (_, request_id):
        await seen.api.polled(request_id, n=3)
        seen.polls = seen.api.polls[request_id]


async def see_an_old_job(seen: Seen, settings: Mapping[str, str]) -> None:
    """Run a process on a job that ended two days ago."""
    without_callbacks = {name: value for name, value in settings.items() if name not in FIRST_PROCESS_ONLY}
    place = seen.folder / "strict.db"
    ledger_checks.execute(place, "UPDATE jobs SET finished_at = finished_at - 172800000")
    old = {**without_callbacks, "DATABASE_URL": "sqlite:///strict.db"}
    async with matinee(seen.discord, seen.api, seen.folder, **old) as bot:
        await bot.wait_for_line("old_data_cleared")
        bot.terminate()
        assert await bot.wait_exit(within=ENDS_WITHIN) == 0, bot.log
    [job] = ledger_checks.jobs(place)
    seen.prompt_of_old_job = job["prompt"]


async def see_a_part_of_the_shards(seen: Seen, settings: Mapping[str, str]) -> None:
    """Run a process that leaves a shard to others, which SQLite does not allow."""
    async with matinee(seen.discord, seen.api, seen.folder, **{**settings, "SHARD_IDS": "0"}) as bot:
        assert await bot.wait_exit(within=ENDS_WITHIN) == 2, bot.log
    seen.refused_part = bot.log


async def see_refusals(seen: Seen, settings: Mapping[str, str]) -> None:
    """Run a process with the lowest bounds on failures and orders."""
    without_callbacks = {name: value for name, value in settings.items() if name not in FIRST_PROCESS_ONLY}
    often = {"POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.06"}
    strict = {"DATABASE_URL": "sqlite:///strict.db", "ORDERS_PER_MINUTE": "2"}
    async with ordering(seen, {**without_callbacks, **often, **strict}) as (bot, request_id):
        seen.api.fail(request_id)
        await bot.wait_for_line("member_stopped")
        for _ in range(2):
            answer = await seen.discord.slash(seen.discord.user_id, "movie", {"prompt": "a red boat", **SHORT})
            seen.texts.append(f"{answer.content} {answer.embeds}")


@asynccontextmanager
async def ordering(seen: Seen, settings: Mapping[str, str]) -> AsyncIterator[tuple[BotProcess, str]]:
    """Run a process that orders one movie.

    Yields it with the movie's id, and stops it at the end of the block.
    """
    n = len(seen.api.orders) + 1
    async with matinee(seen.discord, seen.api, seen.folder, **settings) as bot:
        await seen.discord.ready()
        await seen.discord.slash(seen.discord.user_id, "movie", {"prompt": "a red boat", **SHORT})
        await seen.api.ordered(n)
        yield bot, f"movie-{n}"
        bot.terminate()
        assert await bot.wait_exit(within=ENDS_WITHIN) == 0, bot.log


async def test_every_setting_takes_effect(discord: FakeDiscord, api: ElsewhereApi, tmp_path: Path) -> None:
    """Each is away from its default, and is seen to be."""
    for name in ("bob", "cleo", "dan"):
        discord.state.join(discord.guild_id, discord.state.add_user(name))
    discord.state.add_guild("Elsewhere", discord.user_id)
    discord.upload_limit = 50 * MIB
    seen = Seen(discord, api, tmp_path, free_port())
    settings = away_from_defaults(discord, api, seen.port)
    read = load_settings(settings, tmp_path / "absent.env")
    assert [name for name, each in Settings.model_fields.items() if getattr(read, name) == each.default] == []
    await see_all_but_polling(seen, settings)
    await see_polling(seen, settings)
    await see_refusals(seen, settings)
    await see_an_old_job(seen, settings)
    await see_a_part_of_the_shards(seen, settings)
    unknown = [name for name in Settings.model_fields if name not in EFFECTS]
    assert unknown == [], "say in EFFECTS by what they are seen"
    assert [name for name, takes_effect in EFFECTS.items() if not takes_effect(seen)] == []
