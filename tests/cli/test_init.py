"""`init` writes .env, all of it or nothing."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli import init
from bot.samsar.config import ApiVersion
from bot.sandbox.contract import ModelSpec
from bot.sandbox.contract_2026 import VIDEO_MODELS
from tests.helpers.command_line import HOUSE, NOBODY, Ended, check, run
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import MANUAL, ManualSamsar
from tests.helpers.settings import KEY

OTHERS_TOKEN = "MTE2NzA2NTI5NjAzNzM1OTYxNg.L0opBk.a-token-that-discord-does-not-know"

BUDGETS = ("PLAN_MONTHLY_CREDITS", "SERVER_MONTHLY_CREDITS", "MEMBER_MONTHLY_CREDITS")


async def init_bot(
    folder: Path, discord: FakeDiscord, base_url: str, *more: str, typed: str | None = None, **settings: str
) -> Ended:
    given = ("--token", discord.token, "--key", KEY, "--servers", "own", "--wait", "0") if typed is None else ()
    return await run(
        folder, "init", *given, *more, discord_url=discord.url, typed=typed, SAMSAR_BASE_URL=base_url, **settings
    )


def written(folder: Path) -> dict[str, str]:
    lines = (folder / ".env").read_text().splitlines()
    return {name: value for name, _, value in (line.partition("=") for line in lines)}


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() if path.is_file() else "" for path in folder.iterdir()}


@asynccontextmanager
async def account(version: ApiVersion = ApiVersion.MARCH_2025, **config: object) -> AsyncIterator[ManualSamsar]:
    async with ManualSamsar(replace(MANUAL, version=version, **config)) as api:
        yield api


DEFAULT = {ApiVersion.MARCH_2025: "Luma Dream Machine, 20 s", ApiVersion.AUTUMN_2026: "Cosmos 3 Super, 10 s"}


@pytest.mark.parametrize("version", ApiVersion)
async def test_options_alone_write_a_file_with_which_the_bot_starts(
    discord: FakeDiscord, tmp_path: Path, version: ApiVersion
) -> None:
    async with account(version) as api:
        ended = await init_bot(tmp_path, discord, api.base_url)
        assert (ended.status, ended.err, init._WAITING in ended.out) == (0, "", False)
        assert (tmp_path / ".env").stat().st_mode & 0o777 == 0o600
        assert written(tmp_path) == {
            "DISCORD_TOKEN": discord.token,
            "SAMSAR_API_KEY": KEY,
            "SAMSAR_API": version.value,
            "SAMSAR_BASE_URL": api.base_url,
            "ALLOWED_SERVERS": str(discord.guild_id),
            "PLAN_MONTHLY_CREDITS": "4200",
            "MEMBER_MONTHLY_CREDITS": "600",
        }
        lines = ended.out.splitlines()
        assert f"A movie with all defaults costs 200 credits ({DEFAULT[version]})" in lines
        assert "A month's plan of 4,200 credits pays for 21 of them" in lines
        assert any(line.startswith("https://discord.com/oauth2/authorize?client_id=") for line in lines)
        assert lines[-1] == f"Start the bot: {sys.executable} -m bot"
        assert not {discord.token, KEY} & set(ended.out.replace("=", " ").split())
        status, checked = await check(tmp_path, discord, {})
        assert (status, [line for line in checked if line.startswith(("fail", "      Warning"))]) == (0, [])
        assert api.orders == []


async def test_secrets_may_come_from_the_environment(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    secrets = {"DISCORD_TOKEN": discord.token, "SAMSAR_API_KEY": KEY, "SAMSAR_BASE_URL": api.base_url}
    ended = await run(tmp_path, "init", "--servers", "any", discord_url=discord.url, **secrets)
    assert (ended.status, written(tmp_path).items() >= secrets.items()) == (0, True)


async def test_a_wrong_answer_is_asked_for_again(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\n", encoding="utf-8")
    answers = ("y", "a-client-secret", OTHERS_TOKEN, discord.token, "another-key", KEY, "maybe", "n")
    ended = await init_bot(tmp_path, discord, api.base_url, typed="".join(f"{each}\n" for each in answers))
    assert ended.status == 0
    assert [line for line in ended.err.splitlines() if not line.endswith(": ") and line] == [
        init._BAD_SHAPE,
        "Discord rejected the token (DISCORD_TOKEN). Copy it from the developer portal (Bot, Reset Token).",
        "The API rejected the key (SAMSAR_API_KEY). Copy it from your Samsar dashboard.",
        f"{init._QUESTIONS['--servers']}Answer y or n.",
        init._QUESTIONS["--servers"],
    ]
    assert written(tmp_path).keys() & {"LOG_LEVEL", "ALLOWED_SERVERS", *BUDGETS} == {*BUDGETS}


Scene = Callable[[FakeDiscord, ManualSamsar, Path], Sequence[str]]


def _leave_all(discord: FakeDiscord, _api: ManualSamsar, _folder: Path) -> Sequence[str]:
    discord.state.guilds.clear()
    return ()


def _discord_down(discord: FakeDiscord, _api: ManualSamsar, _folder: Path) -> Sequence[str]:
    discord.fail("GET", "/users/@me", status=403, times=None)
    return ()


def _existing(_discord: FakeDiscord, _api: ManualSamsar, folder: Path) -> Sequence[str]:
    (folder / ".env").write_text("LOG_LEVEL=DEBUG\n", encoding="utf-8")
    return ()


def _a_folder(_discord: FakeDiscord, _api: ManualSamsar, folder: Path) -> Sequence[str]:
    (folder / ".env").mkdir()
    return ("--yes",)


def options(*given: str) -> Scene:
    return lambda *_: given


WRONG: dict[str, tuple[Scene, int, str]] = {
    "no token": (options("--token", ""), 2, "That isn't a bot's token"),
    "client secret": (options("--token", "kLmN0123456789_kLmN0123456789_kL"), 2, "That isn't a bot's token"),
    "like a token": (options("--token", f"bm90LWEtc25vd2ZsYWtl.{OTHERS_TOKEN[27:]}"), 2, "That isn't a bot's token"),
    "another bot's token": (options("--token", OTHERS_TOKEN), 1, "Discord rejected the token (DISCORD_TOKEN)."),
    "placeholder": (options("--key", "YOUR_ACTUAL_KEY_HERE"), 2, "The key is still the placeholder."),
    "two words": (options("--key", "my key"), 2, "The key contains characters that a token or key can't have."),
    "another service's key": (options("--key", "sk-proj-0123456789"), 1, "The API rejected the key (SAMSAR_API_KEY)."),
    "Discord down": (_discord_down, 1, "Can't reach Discord (403 Forbidden"),
    "no server": (
        _leave_all,
        1,
        "The bot isn't in any server yet. Open the link, then run `python -m bot init` again.",
    ),
    "existing .env": (_existing, 2, "`init` can't ask for confirmation without a terminal. Add --yes."),
    "a folder": (_a_folder, 1, "Can't write {folder}/.env: Is a directory"),
    "wait": (options("--wait", "-1"), 2, "'-1' isn't between 0 and 86,400"),
}


@pytest.mark.parametrize(("scene", "status", "told"), WRONG.values(), ids=WRONG)
async def test_what_is_wrong_is_one_line_and_writes_nothing(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, scene: Scene, status: int, told: str
) -> None:
    given = scene(discord, api, tmp_path)
    before = contents(tmp_path)
    ended = await init_bot(tmp_path, discord, api.base_url, *given)
    *usage, line = ended.err.splitlines()
    assert (ended.status, [each for each in usage if not each.startswith(("usage: ", " "))]) == (status, [])
    assert told.format(folder=tmp_path) in line
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("base_url", "told"),
    [
        (f"{NOBODY}/", f"Can't reach {NOBODY}/ ("),
        ("{discord}/elsewhere", "Unexpected answer from {discord}/elsewhere/: "),
    ],
)
async def test_an_api_that_is_down_or_something_else_is_one_line(
    discord: FakeDiscord, tmp_path: Path, base_url: str, told: str
) -> None:
    ended = await init_bot(tmp_path, discord, base_url.format(discord=discord.url))
    assert (ended.status, ended.err.count("\n"), contents(tmp_path)) == (1, 1, {})
    assert ended.err.startswith(told.format(discord=discord.url))


async def test_a_folder_that_can_not_be_written_is_told_before_any_question(discord: FakeDiscord) -> None:
    told = (await init_bot(Path("/proc/self"), discord, NOBODY)).refused()
    assert told.startswith(".env: can't write to /proc/")
    assert discord.requests == ()


async def test_where_nobody_can_be_asked_each_missing_option_is_named(tmp_path: Path) -> None:
    assert (await run(tmp_path, "init", "--servers", "own")).refused(2).splitlines() == [
        "`init` can't ask without a terminal. Add --token, or set DISCORD_TOKEN.",
        "`init` can't ask without a terminal. Add --key, or set SAMSAR_API_KEY.",
    ]


async def test_it_waits_until_the_bot_is_in_a_server(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(init, "_LOOK_EVERY_SECONDS", 0)
    discord.state.guilds.clear()
    waiting = asyncio.create_task(init_bot(tmp_path, discord, api.base_url, "--wait", "60"))
    await discord.wait_for_request("GET", "/users/@me/guilds", n=3)
    guild = discord.state.add_guild("Ciné\x1b[31mma", discord.owner_id)
    ended = await waiting
    assert f"It is in Ciné[31mma ({guild})." in ended.out.splitlines()
    assert ended.out.splitlines().count(init._WAITING) == 1
    assert written(tmp_path)["ALLOWED_SERVERS"] == str(guild)


RAISED = {key: ModelSpec(70, spec.aspect_ratios) for key, spec in VIDEO_MODELS.items()}
NOT_COSMOS = {key: spec for key, spec in VIDEO_MODELS.items() if key != "COSMOS3SUPERI2V"}

FITTING: dict[str, tuple[dict[str, object], str, int, tuple[str, str, str], str]] = {
    "usual": ({}, "own", 1, ("4200", "", "600"), "pays for 21 of them"),
    "small account": ({"credits": 450}, "own", 1, ("450", "", "450"), "Warning: That is more than a third"),
    "no account": ({"credits": 30}, "own", 1, ("5000", "", "600"), "Warning: the account has only 30 credits."),
    "three servers": ({}, "own", 3, ("4200", "1400", "600"), "pays for 21 of them"),
    "any of three": ({"credits": 9000}, "any", 3, ("9000", "2000", "600"), "pays for 45 of them"),
    "raised": ({"video_models": RAISED}, "own", 1, ("4200", "", "2100"), "costs 700 credits (Cosmos 3 Super, 10 s)"),
    "default gone": ({"video_models": NOT_COSMOS}, "own", 1, ("4200", "", "900"), "costs 300 credits (Runway, 10 s)"),
}


@pytest.mark.parametrize(("config", "servers", "count", "budgets", "told"), FITTING.values(), ids=FITTING)
async def test_the_budgets_fit_the_account_and_what_a_movie_costs_there(
    discord: FakeDiscord,
    tmp_path: Path,
    config: dict[str, object],
    servers: str,
    count: int,
    budgets: tuple[str, str, str],
    told: str,
) -> None:
    for number in range(1, count):
        discord.state.add_guild(f"Cinema {number}", discord.owner_id)
    async with account(ApiVersion.AUTUMN_2026, **config) as api:
        ended = await init_bot(tmp_path, discord, api.base_url, "--servers", servers)
    assert tuple(written(tmp_path).get(name, "") for name in BUDGETS) == budgets
    assert told in ended.out


@asynccontextmanager
async def on_terminal(folder: Path, discord: FakeDiscord, base_url: str) -> AsyncIterator[tuple[Process, int]]:
    """Run it as a process on a terminal of its own, which is the second value."""
    script = (
        "import sys; from tests.helpers.fake_discord.redirect import point_at; from bot.__main__ import main;"
        f" point_at({discord.url!r}); sys.exit(main(['init']))"
    )
    mine, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", script),
        cwd=folder,
        env={"PYTHONPATH": str(HOUSE), "SAMSAR_BASE_URL": base_url},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        start_new_session=True,
    )
    os.close(theirs)
    yield process, mine
    os.close(mine)


@pytest.mark.full  # processes
@pytest.mark.skipif(sys.platform == "win32", reason="POSIX's terminals")
@pytest.mark.parametrize("answered", range(4))
async def test_ctrl_c_at_each_question_is_one_line_and_leaves_everything_as_it_was(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, answered: int
) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=DEBUG\n", encoding="utf-8")
    answers = ["y", discord.token, KEY]
    said = b""
    async with on_terminal(tmp_path, discord, api.base_url) as (process, terminal):
        for answer in [*answers[:answered], None]:
            while not said.endswith((b"[y/N] ", b"Token): ", b"dashboard): ", b"[Y/n] ")):
                said += await asyncio.to_thread(os.read, terminal, 4096)
            if answer is None:
                process.send_signal(signal.SIGINT)
            else:
                os.write(terminal, f"{answer}\n".encode())
            said += b"\0"
        assert await process.wait() == 130
        said += await asyncio.to_thread(os.read, terminal, 4096)
    assert said.split(b"\0")[-1] == b"\r\nStopped. Nothing was written.\r\n"
    assert not any(secret.encode() in said for secret in answers[1:]), "a secret is not shown"
    assert contents(tmp_path) == {".env": "LOG_LEVEL=DEBUG\n"}
