"""Every setting takes effect in the real process.

settings_in_use.py runs one process with every setting away from its default, two more with other paces of polling
(where callbacks come, polling is only a safety net), and others for what one process can't show. `EFFECTS` says for
each setting by what it is seen. A setting without a line there fails the test, and so does one that nothing reads.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Settings, load_settings
from tests.helpers.expected_text import ENGLISH
from tests.helpers.fake_discord.server import MIB, FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.movie_host import MovieHost
from tests.helpers.ports import free_port
from tests.process.settings_in_use import (
    Seen,
    elsewhere,
    see_a_part_of_the_shards,
    see_all_but_polling,
    see_an_old_job,
    see_an_unknown_job,
    see_polling,
    see_refusals,
)

PUBLIC_URL = "https://movies.example.org/bot"
LARGER_THAN_EVERY_SERVER_TAKES = 11 * MIB


@pytest.fixture
async def movies() -> AsyncIterator[MovieHost]:
    async with MovieHost(LARGER_THAN_EVERY_SERVER_TAKES) as host:
        yield host


@pytest.fixture
async def api(movies: MovieHost) -> AsyncIterator[ManualSamsar]:
    async with ManualSamsar(elsewhere(movies)) as samsar:
        yield samsar


def movie_option(seen: Seen, name: str) -> Any:
    """Return an option of /movie as it is registered."""
    [command] = [each for each in seen.discord.commands() if each["name"] == "movie"]
    [option] = [each for each in command["options"] if each["name"] == name]
    return option


def model_labels(seen: Seen) -> list[str]:
    """Return the video models that members can choose."""
    return [choice["name"] for choice in movie_option(seen, "video_model")["choices"]]


EFFECTS: Mapping[str, Callable[[Seen], bool]] = {
    "discord_token": lambda seen: seen.discord.identifies[0].token == seen.discord.token,
    "samsar_api_key": lambda seen: len(seen.api.orders) > 0,  # the API refuses every other key
    "samsar_api": lambda seen: movie_option(seen, "duration")["max_value"] == 240,
    "samsar_base_url": lambda seen: all(path.startswith("/elsewhere/") for _, path in seen.asked),
    "samsar_create_path": lambda seen: ("POST", "/elsewhere/v2/orders/new") in seen.asked,
    "samsar_status_path": lambda seen: ("GET", "/elsewhere/v2/orders/state") in seen.asked,
    "database_url": lambda seen: (
        (seen.folder / "kept" / "ledger_checks.db").is_file() and not (seen.folder / "var").exists()
    ),
    "member_monthly_credits": lambda seen: seen.field("Allowance").startswith("7,000 credits a month"),
    # a member's queue holds a fifth of the plan: by default, the first movie would be too dear for it
    "plan_monthly_credits": lambda seen: seen.first_order is not None and not seen.first_order.ephemeral,
    "allowed_servers": lambda seen: list(seen.discord.state.guilds) == [seen.discord.guild_id],
    "server_monthly_credits": lambda seen: seen.field("Server budget").startswith("6,500 credits"),
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
    "styles_path": lambda seen: seen.style_labels == [ENGLISH("prompts-no-style-option"), "House style"],
    "prompt_filter_path": lambda seen: seen.refused_prompt == ENGLISH("refusals-prompt-title"),
    "public_url": lambda seen: seen.api.orders[0]["webhookUrl"].startswith(f"{PUBLIC_URL}/callbacks/"),
    "host": lambda seen: not any(seen.ports_of_other_addresses),
    "port": lambda seen: seen.metrics_from_afar != 0,
    "metrics_public": lambda seen: seen.metrics_from_afar == HTTPStatus.OK,
    "trusted_proxies": lambda seen: seen.found_by_callback,
    "attach_movies": lambda seen: seen.first_movie is not None and len(seen.first_movie.attachments) == 1,
    "trusted_movie_origins": lambda seen: "/movie-1.mp4" in seen.movies.asked,
    "backup_every_hours": lambda seen: any(name > "movies-2021" for name in seen.backups()),
    "backup_keep": lambda seen: len(seen.backups()) == 1,
    "unknown_days": lambda seen: seen.given_up != "",
    "retention_days": lambda seen: seen.prompt_of_old_job == "",
    "privacy_url": lambda seen: "https://cinema.test/privacy" in seen.privacy_links,
    "terms_url": lambda seen: "https://cinema.test/terms" in seen.privacy_links,
    "otel_exporter_otlp_endpoint": lambda seen: "/v1/traces" in seen.movies.asked,
    "log_level": lambda seen: not any("[info" in line for line in seen.quiet_log),
    "log_format": lambda seen: all("event" in json.loads(line) for line in seen.log),
}
"""The observation that shows each setting, by the field's name."""


def away_from_defaults(discord: FakeDiscord, api: ManualSamsar, movies: MovieHost, port: int) -> dict[str, str]:
    """Return a non-default value for every setting.

    LOG_LEVEL is tested in another process, because the lines of this one are needed.
    """
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
        "STYLES_PATH": "styles.toml",
        "PROMPT_FILTER_PATH": "filter.txt",
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


async def test_every_setting_takes_effect(
    discord: FakeDiscord, api: ManualSamsar, movies: MovieHost, tmp_path: Path
) -> None:
    for name in ("bob", "cleo", "dan"):
        discord.state.join(discord.guild_id, discord.state.add_user(name))
    discord.state.add_guild("Elsewhere", discord.user_id)
    discord.upload_limit = 50 * MIB
    seen = Seen(discord, api, movies, tmp_path, free_port())
    settings = away_from_defaults(discord, api, movies, seen.port)
    read = load_settings(settings, tmp_path / "absent.env")
    assert [name for name, each in Settings.model_fields.items() if getattr(read, name) == each.default] == []
    await see_all_but_polling(seen, settings)
    await see_polling(seen, settings)
    await see_refusals(seen, settings)
    await see_an_old_job(seen, settings)
    await see_an_unknown_job(seen, settings)
    await see_a_part_of_the_shards(seen, settings)
    unknown = [name for name in Settings.model_fields if name not in EFFECTS]
    assert unknown == [], "say in EFFECTS by what they are seen"
    assert [name for name, takes_effect in EFFECTS.items() if not takes_effect(seen)] == []
