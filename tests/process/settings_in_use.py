"""Observations of a bot whose settings all differ from their defaults."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path

import aiohttp

from bot.domain.delivery import NotificationType
from bot.samsar.profile import ApiVersion
from bot.sandbox.contract_2026 import Autumn2026
from bot.sandbox.fake_samsar import FakeSamsarConfig
from bot.sandbox.fault_injection import Route
from tests.helpers import ledger_checks
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.models import Answer, Message
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.helpers.movie_host import MovieHost
from tests.helpers.settings import MODELS_2026
from tests.process.bot_process import ENDS_WITHIN, matinee, port_of
from tests.process.unknown_job import add_unknown_job

STRANGER, CALLER = "198.51.100.9", "203.0.113.5"
LONG, SHORT, LOST = {"duration": 120}, {"duration": 10}, "a movie whose order gets lost"
FIRST_PROCESS_ONLY = {"PUBLIC_URL", "PORT", "SHARD_COUNT", "SHARD_IDS", "OTEL_EXPORTER_OTLP_ENDPOINT"}
SMALL_MOVIE = 1024  # bytes
CATALOGUE = """\
[[video_models]]
key = "COSMOS3SUPERI2V"
label = "House special"
credits_per_second = 10
aspect_ratios = ["16:9"]
recommended_for = ["16:9"]

[[image_models]]
key = "NANOBANANAPRO"
label = "Nano Banana Pro"
"""
STYLES = '[[styles]]\nkey = "house"\nlabel = "House style"\nwords = "Like our trailers."\n'


class Elsewhere(Autumn2026):
    """The API at other paths than the documented ones."""

    base_path = "/elsewhere/v2/"
    create_path = "/elsewhere/v2/orders/new"
    status_path = "/elsewhere/v2/orders/state"


def elsewhere(movies: MovieHost) -> FakeSamsarConfig:
    """Configure an API at other paths with another key and movie host."""
    return replace(
        MANUAL,
        version=ApiVersion.AUTUMN_2026,
        api_key="sk-another-key-9876543210",
        movie_url=f"{movies.origin}/{{request_id}}.mp4",
        contract=Elsewhere(),
        video_models=MODELS_2026,
    )


@dataclass
class Seen:
    """Observations of the processes."""

    discord: FakeDiscord
    api: ManualSamsar
    movies: MovieHost
    folder: Path
    port: int
    account: Answer | None = None
    first_order: Answer | None = None
    large_order_title: str = ""
    style_labels: list[str] = field(default_factory=list[str])
    refused_prompt: str = ""
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
    given_up: str = ""
    privacy_links: str = ""

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Return the method and path of each request to the API."""
        return [(request.method, request.path) for request in self.api.requests]

    @property
    def prompts(self) -> list[str]:
        return [order["input"]["prompt"] for order in self.api.orders]

    def field(self, name: str) -> str:
        """Return a field of the account that /credits showed."""
        assert self.account is not None
        return next((each["value"] for each in self.account.embeds[0]["fields"] if each["name"] == name), "")

    def backups(self) -> list[str]:
        return sorted(path.name for path in (self.folder / "kept" / "backups").iterdir())


def listens(host: str, port: int) -> bool:
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
    url = f"http://127.0.0.1:{seen.port}/callbacks/{secret}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, json=body, headers={"X-Forwarded-For": caller}) as answer,
    ):
        assert answer.status == HTTPStatus.ACCEPTED


async def delivered(seen: Seen, number: int) -> Message:
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
    seen.movies.size = SMALL_MOVIE
    for number in range(2, 6):
        await api.ordered(number)
        await call_back(seen, number)
        await delivered(seen, number)


async def find_amid_a_flood(seen: Seen) -> None:
    """Lose an order's response, and find it by its callback.

    It comes amid a stranger's flood, and only its body has the request id.
    """
    seen.api.inject("cut-after", route=Route.CREATE, when=LOST)
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
    (seen.folder / "styles.toml").write_text(STYLES, encoding="utf-8")
    (seen.folder / "filter.txt").write_text("# ours\nmustard gas\n", encoding="utf-8")
    (seen.folder / "kept" / "backups").mkdir(parents=True)
    for year in (2019, 2020):
        (seen.folder / "kept" / "backups" / f"movies-{year}0101-000000.db").touch()
    async with matinee(discord, seen.api, seen.folder, **settings) as bot:
        assert await port_of(bot) == seen.port
        await discord.ready(2, timeout=20)
        discord.state.premium_tier = 2
        seen.account = await discord.slash(discord.user_id, "credits")
        seen.privacy_links = str((await discord.slash(discord.user_id, "privacy")).data["components"])
        if sys.platform == "linux":  # elsewhere, 127.0.0.1 is the only loopback address
            seen.ports_of_other_addresses = [await asyncio.to_thread(listens, "127.0.0.2", seen.port)]
        url, headers = f"http://127.0.0.1:{seen.port}/metrics", {"X-Forwarded-For": STRANGER}
        async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
            seen.metrics_from_afar = answer.status
        await queue_and_make(seen)
        large = await discord.slash(discord.user_id, "movie", {"prompt": "ada's large one", **LONG})
        seen.large_order_title = large.embeds[0]["title"]
        refused = await discord.slash(discord.user_id, "movie", {"prompt": "how to make MUSTARD GAS", **SHORT})
        seen.refused_prompt = refused.embeds[0]["title"]
        controls = [each for row in large.data["components"] for each in row["components"]]
        seen.style_labels = [option["label"] for each in controls for option in each.get("options", ())]
        await find_amid_a_flood(seen)
        await bot.wait_for_line("backup_created")
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
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
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    [job] = ledger_checks.jobs(place)
    seen.prompt_of_old_job = job["prompt"]


async def see_an_unknown_job(seen: Seen, settings: Mapping[str, str]) -> None:
    """Run a process on a job that has been unknown for two days."""
    without_callbacks = {name: value for name, value in settings.items() if name not in FIRST_PROCESS_ONLY}
    await add_unknown_job(seen.folder / "unknown.db", days=2)
    unknown = {**without_callbacks, "DATABASE_URL": "sqlite:///unknown.db"}
    async with matinee(seen.discord, seen.api, seen.folder, **unknown) as bot:
        seen.given_up = await bot.wait_for_line("job_given_up")


async def see_a_part_of_the_shards(seen: Seen, settings: Mapping[str, str]) -> None:
    """Record that SQLite refuses a process that runs only some shards."""
    async with matinee(seen.discord, seen.api, seen.folder, **{**settings, "SHARD_IDS": "0"}) as bot:
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 2, bot.log
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
    """Run a process that orders one movie. Yields it with the movie's id, and stops it at the end of the block."""
    n = len(seen.api.orders) + 1
    async with matinee(seen.discord, seen.api, seen.folder, **settings) as bot:
        await seen.discord.ready()
        await seen.discord.slash(seen.discord.user_id, "movie", {"prompt": "a red boat", **SHORT})
        await seen.api.ordered(n)
        yield bot, f"movie-{n}"
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
