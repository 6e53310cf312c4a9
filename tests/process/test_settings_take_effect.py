"""Every setting takes effect in the real process.

Each process says of its settings whether they were seen; one that none speaks of or nothing reads fails the test.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

import aiohttp
from simcord.backend.models import Message
from simcord.components import walk_components

from bot.domain.delivery import NotificationType
from bot.samsar.config import ApiVersion
from bot.sandbox.contract_2026 import AUTUMN_2026
from bot.sandbox.fault_injection import Route
from bot.settings import Settings, load_settings
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH, notification_text, quote_title
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import MIB, FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.helpers.movie_host import MovieHost
from tests.helpers.ports import free_port
from tests.helpers.settings import CATALOGUE_2026, MODELS_2026
from tests.process.bot_process import ENDS_WITHIN, add_unknown_job, matinee, port_of

PUBLIC_URL = "https://movies.example.org/bot"
STRANGER, CALLER = "198.51.100.9", "203.0.113.5"
LONG, SHORT, LOST = {"duration": 120}, {"duration": 10}, "a movie whose order gets lost"
ONE_MOVIE = {"prompt": "a red boat", **SHORT}
FIRST_PROCESS_ONLY = {"PUBLIC_URL", "PORT", "SHARD_COUNT", "SHARD_IDS", "OTEL_EXPORTER_OTLP_ENDPOINT"}
LARGER_THAN_EVERY_SERVER_TAKES, SMALL_MOVIE = 11 * MIB, 1024
OFTEN = {"POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.06"}
FILES = {
    "models.toml": CATALOGUE_2026.replace("Runway", "House special"),
    "styles.toml": '[[styles]]\nkey = "house"\nlabel = "House style"\nwords = "Like our trailers."\n',
    "filter.txt": "# ours\nmustard gas\n",
    "kept/backups/movies-20190101-000000.db": "",
    "kept/backups/movies-20200101-000000.db": "",
}

Effects = Mapping[str, bool]


ELSEWHERE = replace(
    AUTUMN_2026,
    base_path="/elsewhere/v2/",
    create_path="/elsewhere/v2/orders/new",
    status_path="/elsewhere/v2/orders/state",
)


@dataclass
class Cinema:
    discord: FakeDiscord
    api: ManualSamsar
    movies: MovieHost
    folder: Path
    port: int

    def bot(self, settings: Mapping[str, str]) -> BotProcess:
        return matinee(self.discord, self.api, self.folder, **settings)

    @asynccontextmanager
    async def ordering(self, settings: Mapping[str, str]) -> AsyncIterator[tuple[BotProcess, str]]:
        n = len(self.api.orders) + 1
        async with self.bot(settings) as bot:
            await self.discord.ready()
            await self.discord.slash(self.discord.user_id, "movie", ONE_MOVIE)
            await self.api.ordered(n)
            yield bot, f"movie-{n}"
            await bot.stop()

    async def call_back(self, number: int) -> None:
        self.api.finish(f"movie-{number}")
        secret = self.api.orders[number - 1]["webhookUrl"].rpartition("/")[2]
        await self.post(secret, {"request_id": f"movie-{number}", "status": "COMPLETED"}, CALLER)

    async def post(self, secret: str, body: object, caller: str) -> None:
        url, headers = f"http://127.0.0.1:{self.port}/callbacks/{secret}", {"X-Forwarded-For": caller}
        async with aiohttp.ClientSession() as session, session.post(url, json=body, headers=headers) as answer:
            assert answer.status == HTTPStatus.ACCEPTED

    async def delivered(self, number: int) -> Message:
        url = self.api.movie_url(f"movie-{number}")
        return await self.discord.wait_for_message(lambda m: url in written(m), what=f"a message with movie {number}")

    def listens(self, host: str) -> bool:
        try:
            socket.create_connection((host, self.port), timeout=2).close()
        except OSError:
            return False
        return True


async def see_servers_and_account(cinema: Cinema) -> Effects:
    discord = cinema.discord
    account = (await discord.slash(discord.user_id, "credits")).text
    links = str((await discord.slash(discord.user_id, "privacy")).data["components"])
    [movie] = [each for each in discord.commands() if each["name"] == "movie"]
    options = {each["name"]: each for each in movie["options"]}
    elsewhere = sys.platform == "linux" and await asyncio.to_thread(cinema.listens, "127.0.0.2")
    url, headers = f"http://127.0.0.1:{cinema.port}/metrics", {"X-Forwarded-For": STRANGER}
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        metrics = answer.status
    return {
        "discord_token": discord.identifies[0].token == discord.token,
        "shard_count": {each.shard for each in discord.identifies} >= {(0, 2), (1, 2)},
        "samsar_api": options["duration"]["max_value"] == 240,
        "catalogue_path": "House special" in str(options["video_model"]["choices"]),
        "allowed_servers": list(discord.state.guilds) == [discord.guild_id],
        "member_monthly_credits": "7,000 credits a month" in account,
        "server_monthly_credits": "5,500 credits" in account,
        "privacy_url": "https://cinema.test/privacy" in links,
        "terms_url": "https://cinema.test/terms" in links,
        "host": not elsewhere,  # but for Linux, 127.0.0.1 is the only loopback address
        "port": metrics != 0,
        "metrics_public": metrics == HTTPStatus.OK,
    }


async def queue_and_make(cinema: Cinema) -> Effects:
    discord, api = cinema.discord, cinema.api
    bob, cleo, dan = (user_id for user_id, user in discord.state.users.items() if user.name in {"bob", "cleo", "dan"})
    first = await discord.slash(discord.user_id, "movie", {"prompt": "ada's first", **LONG})
    await api.ordered(1)
    for n, (user_id, prompt) in enumerate(((discord.user_id, "ada's second"), (bob, "bob's"), (cleo, "cleo's"))):
        await discord.slash(user_id, "movie", {"prompt": prompt, **SHORT})
        await api.ordered(max(1, n + 1))
    await discord.slash(dan, "movie", {"prompt": "dan's", **SHORT})
    third = await discord.slash(discord.user_id, "movie", {"prompt": "ada's third", **SHORT})
    second = await discord.slash(dan, "movie", {"prompt": "dan's second", **SHORT})
    await cinema.call_back(1)
    first_movie = await cinema.delivered(1)
    cinema.movies.size = SMALL_MOVIE
    for number in range(2, 6):
        await api.ordered(number)
        await cinema.call_back(number)
        await cinema.delivered(number)
    prompts = [order["input"]["prompt"] for order in api.orders]
    return {
        # a member's queue holds a fifth of the plan: by default, the first movie would be too dear for it
        "plan_monthly_credits": not first.ephemeral,
        "confirm_above_credits": not first.ephemeral,
        "confirm_first_order": not first.ephemeral,
        "max_open_jobs_per_member": third.ephemeral,
        "max_open_jobs_per_server": second.ephemeral,
        "max_rendering_jobs": prompts[3] == "ada's second",
        "max_rendering_jobs_per_member": prompts[:3] == ["ada's first", "bob's", "cleo's"],
        "attach_movies": len(first_movie.attachments) == 1,
        "trusted_movie_origins": "/movie-1.mp4" in cinema.movies.asked,
        "public_url": api.orders[0]["webhookUrl"].startswith(f"{PUBLIC_URL}/callbacks/"),
        "moderation": not any("moderation" in each.path for each in api.requests),
    }


async def see_prompts(cinema: Cinema) -> Effects:
    discord = cinema.discord
    # the first order of the same price was a smaller part of what was left
    large = await discord.slash(discord.user_id, "movie", {"prompt": "ada's large one", **LONG})
    assert large.message_id is not None
    pressed = await discord.send_component(discord.user_id, large.message_id, ENGLISH("quotes-ideas-button"))
    ideas = await pressed.answered()
    refused = await discord.slash(discord.user_id, "movie", {"prompt": "how to make MUSTARD GAS", **SHORT})
    menus = [each["options"] for each in walk_components(ideas.data["components"]) if "options" in each]
    styles = [option["label"] for menu in menus for option in menu]
    return {
        "confirm_above_percent": quote_title(1200) in large.text,
        "prompt_filter_path": ENGLISH("refusals-prompt") in refused.text,
        "styles_path": styles == [ENGLISH("prompts-no-style-option"), "House style"],
    }


async def find_amid_a_flood(cinema: Cinema) -> Effects:
    """It comes amid a stranger's flood, and only its body has the request id."""
    cinema.api.inject("cut-after", route=Route.CREATE, when=LOST)
    await cinema.discord.slash(cinema.discord.user_id, "movie", {"prompt": LOST, **SHORT})
    await cinema.discord.wait_for_message(lambda m: notification_text(NotificationType.UNKNOWN) in written(m))
    flood = [cinema.post("x" * 43, {"request_id": "made-up"}, STRANGER) for _ in range(300)]
    asked = cinema.api.polled("movie-6")
    await asyncio.gather(asked, *flood[:200], cinema.call_back(6), *flood[200:], return_exceptions=True)
    return {"trusted_proxies": "movie-6" in cinema.api.polls}


async def see_all_but_polling(cinema: Cinema, settings: Mapping[str, str]) -> Effects:
    for name, text in FILES.items():
        (cinema.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (cinema.folder / name).write_text(text, encoding="utf-8")
    async with cinema.bot(settings) as bot:
        assert await port_of(bot) == cinema.port
        await cinema.discord.ready(2, timeout=20)
        cinema.discord.state.premium_tier = 2
        seen = {
            **await see_servers_and_account(cinema),
            **await queue_and_make(cinema),
            **await see_prompts(cinema),
            **await find_amid_a_flood(cinema),
        }
        await bot.wait_for_line("backup_created")
        await bot.stop()
    asked = [(request.method, request.path) for request in cinema.api.requests]
    backups = [path.name for path in (cinema.folder / "kept" / "backups").iterdir()]
    return {
        **seen,
        "samsar_api_key": len(cinema.api.orders) > 0,  # the API refuses every other key
        "samsar_base_url": all(path.startswith("/elsewhere/") for _, path in asked),
        "samsar_create_path": ("POST", "/elsewhere/v2/orders/new") in asked,
        "samsar_status_path": ("GET", "/elsewhere/v2/orders/state") in asked,
        "database_url": (cinema.folder / "kept/ledger_checks.db").is_file() and not (cinema.folder / "var").exists(),
        "backup_every_hours": any(name > "movies-2021" for name in backups),
        "backup_keep": len(backups) == 1,
        "otel_exporter_otlp_endpoint": "/v1/traces" in cinema.movies.asked,
        "log_format": all("event" in json.loads(line) for line in bot.stderr),
    }


async def see_polling(cinema: Cinema, settings: Mapping[str, str]) -> Effects:
    late = {**settings, "DATABASE_URL": "sqlite:///late.db", "LOG_LEVEL": "WARNING", "LOG_FORMAT": "console"}
    async with cinema.ordering(late) as (bot, _):
        pass
    [job] = ledger_checks.jobs(cinema.folder / "late.db")
    first_poll_after_ms = job["next_run_at"] - job["submitted_at"]
    async with cinema.ordering({**late, **OFTEN, "DATABASE_URL": "sqlite:///often.db"}) as (_, request_id):
        await cinema.api.polled(request_id, n=3)
    return {
        "poll_fastest_seconds": 3_000_000 <= first_poll_after_ms < 3_100_000,
        "poll_slowest_seconds": cinema.api.polls[request_id] >= 3,
        "log_level": not any("Ordered movie" in line for line in bot.stderr),
    }


async def see_refusals(cinema: Cinema, settings: Mapping[str, str]) -> Effects:
    strict = {"DATABASE_URL": "sqlite:///strict.db", "ORDERS_PER_MINUTE": "2"}
    async with cinema.ordering({**settings, **OFTEN, **strict}) as (bot, request_id):
        cinema.api.fail(request_id)
        await bot.wait_for_line("member_stopped")
        failing, quick = [await cinema.discord.slash(cinema.discord.user_id, "movie", ONE_MOVIE) for _ in range(2)]
    return {
        "max_failed_credits_per_member": "too much this month" in failing.text,
        "orders_per_minute": "quick" in quick.text,
    }


async def see_old_jobs(cinema: Cinema, settings: Mapping[str, str]) -> Effects:
    ended = cinema.folder / "strict.db"
    ledger_checks.execute(ended, "UPDATE jobs SET finished_at = finished_at - 172800000")
    async with cinema.bot({**settings, "DATABASE_URL": "sqlite:///strict.db"}) as bot:
        await bot.wait_for_line("old_data_cleared")
        await bot.stop()
    [job] = ledger_checks.jobs(ended)
    await add_unknown_job(cinema.folder / "unknown.db", days=2)
    async with cinema.bot({**settings, "DATABASE_URL": "sqlite:///unknown.db"}) as bot:
        given_up = await bot.wait_for_line("job_given_up")
    return {"retention_days": job["prompt"] == "", "unknown_days": given_up != ""}


async def see_a_part_of_the_shards(cinema: Cinema, settings: Mapping[str, str]) -> Effects:
    async with cinema.bot({**settings, "SHARD_IDS": "0"}) as bot:
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 2, bot.log
    return {"shard_ids": "SHARD_IDS leaves shards to other processes" in bot.log}


def away_from_defaults(discord: FakeDiscord, api: ManualSamsar, movies: MovieHost, port: int) -> dict[str, str]:
    """LOG_LEVEL is tested in another process, because the lines of this one are needed."""
    return {
        "DISCORD_TOKEN": discord.token,
        "SAMSAR_API_KEY": api.config.api_key,
        "SAMSAR_API": "2026",
        "SAMSAR_BASE_URL": api.base_url,
        "SAMSAR_CREATE_PATH": "orders/new",
        "SAMSAR_STATUS_PATH": "orders/state",
        "DATABASE_URL": "sqlite:///kept/ledger_checks.db",
        "SHARD_COUNT": "2",
        "SHARD_IDS": "0-1",
        "MEMBER_MONTHLY_CREDITS": "7000",
        "PLAN_MONTHLY_CREDITS": "30000",
        "ALLOWED_SERVERS": str(discord.guild_id),
        "SERVER_MONTHLY_CREDITS": "5500",
        "MAX_OPEN_JOBS_PER_MEMBER": "2",
        "MAX_OPEN_JOBS_PER_SERVER": "5",
        "MAX_FAILED_CREDITS_PER_MEMBER": "5",
        "ORDERS_PER_MINUTE": "40",
        "CONFIRM_ABOVE_CREDITS": "2000",
        "CONFIRM_ABOVE_PERCENT": "18",
        "CONFIRM_FIRST_ORDER": "false",
        "MAX_RENDERING_JOBS": "3",
        "MAX_RENDERING_JOBS_PER_MEMBER": "1",
        "POLL_FASTEST_SECONDS": "3000",
        "POLL_SLOWEST_SECONDS": "3600",
        "CATALOGUE_PATH": "models.toml",
        "STYLES_PATH": "styles.toml",
        "PROMPT_FILTER_PATH": "filter.txt",
        "MODERATION": "off",
        "PUBLIC_URL": PUBLIC_URL,
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "METRICS_PUBLIC": "true",
        "TRUSTED_PROXIES": "127.0.0.1",
        "ATTACH_MOVIES": "always",
        "TRUSTED_MOVIE_ORIGINS": movies.origin,
        "BACKUP_EVERY_HOURS": "1",
        "BACKUP_KEEP": "1",
        "UNKNOWN_DAYS": "1",
        "RETENTION_DAYS": "1",
        "PRIVACY_URL": "https://cinema.test/privacy",
        "TERMS_URL": "https://cinema.test/terms",
        "OTEL_EXPORTER_OTLP_ENDPOINT": movies.origin,
        "LOG_LEVEL": "DEBUG",
        "LOG_FORMAT": "json",
    }


async def test_every_setting_takes_effect(discord: FakeDiscord, tmp_path: Path) -> None:
    for name in ("bob", "cleo", "dan"):
        discord.state.join(discord.guild_id, discord.state.add_user(name))
    discord.state.add_guild("Elsewhere", discord.user_id)
    discord.state.upload_limit = 50 * MIB
    async with MovieHost(LARGER_THAN_EVERY_SERVER_TAKES) as movies:
        config = replace(
            MANUAL,
            version=ApiVersion.AUTUMN_2026,
            api_key="sk-another-key-9876543210",
            movie_url=f"{movies.origin}/{{request_id}}.mp4",
            contract=ELSEWHERE,
            video_models=MODELS_2026,
        )
        async with ManualSamsar(config) as api:
            cinema = Cinema(discord, api, movies, tmp_path, free_port())
            settings = away_from_defaults(discord, api, movies, cinema.port)
            read = load_settings(settings, tmp_path / "absent.env")
            assert [name for name, each in Settings.model_fields.items() if getattr(read, name) == each.default] == []
            without_callbacks = {name: value for name, value in settings.items() if name not in FIRST_PROCESS_ONLY}
            effects = {
                **await see_all_but_polling(cinema, settings),
                **await see_polling(cinema, without_callbacks),
                **await see_refusals(cinema, without_callbacks),
                **await see_old_jobs(cinema, without_callbacks),
                **await see_a_part_of_the_shards(cinema, settings),
            }
    assert Settings.model_fields.keys() - effects.keys() == set(), "say by what they are seen"
    assert [name for name, took_effect in effects.items() if not took_effect] == []
