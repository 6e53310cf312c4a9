"""The bot without the optional packages, as `make install` leaves it."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sysconfig
import venv
from importlib.metadata import distributions
from pathlib import Path

from packaging.utils import canonicalize_name

from tests.helpers.fake_discord import redirect
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import ENDS_WITHIN, environment, made, posted

ROOT = Path(__file__).parent.parent.parent
ELSEWHERE = "postgresql://matinee@127.0.0.1:1/matinee"
LINE = 'needs packages that are not installed. Run: make install EXTRAS="{}"'


def installed(folder: Path, requirements: str) -> Path:
    """Make an environment that holds the packages of a list and nothing else, and return its Python."""
    venv.create(folder, symlinks=True, with_pip=False)
    [packages] = folder.glob("lib/python*/site-packages")
    site = Path(sysconfig.get_path("purelib"))
    listed = re.findall(r"^([\w.-]+)==", (ROOT / requirements).read_text(encoding="utf-8"), re.MULTILINE)
    found = [each for each in distributions(path=[str(site)]) if canonicalize_name(each.name) in listed]
    for entry in {file.parts[0] for each in found for file in each.files or ()} - {"..", "__pycache__"}:
        (packages / entry).symlink_to(site / entry)
    return folder / "bin/python"


async def test_a_movie_is_made_without_extras_and_what_needs_one_says_how_to_install_it(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    python, folder = installed(tmp_path / "env", "requirements.txt"), tmp_path / "empty"
    folder.mkdir()

    async def start(*arguments: str, **settings: str) -> asyncio.subprocess.Process:
        env = {"PATH": os.defpath, "HOME": str(folder), "PYTHONPATH": str(ROOT)} | environment(discord, api, **settings)
        pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        module = (python, "-m", redirect.__name__, discord.url)
        return await asyncio.create_subprocess_exec(*module, *arguments, cwd=folder, env=env, **pipes)

    async def output(*arguments: str, **settings: str) -> str:
        read, _ = await (await start(*arguments, **settings)).communicate()
        return read.decode()

    bot = await start()
    try:
        await discord.ready(timeout=30)
        await made(discord, api)
        await posted(discord, api.movie_url("movie-1"))
        bot.terminate()
        read, _ = await asyncio.wait_for(bot.communicate(), ENDS_WITHIN)
        assert bot.returncode == 0, read.decode()
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()
    checked = await output("check", DATABASE_URL=ELSEWHERE, OTEL_EXPORTER_OTLP_ENDPOINT="http://127.0.0.1:1")
    assert f"DATABASE_URL {LINE.format('postgresql')}" in checked
    assert f"OTEL_EXPORTER_OTLP_ENDPOINT {LINE.format('traces')}" in checked
    assert f"URL {LINE.format('postgresql')}" in await output("move", "--yes", ELSEWHERE)
    [packages] = (tmp_path / "env").glob("lib/python*/site-packages")
    for module in ("psycopg", "opentelemetry"):  # as who installs a part of an extra has it
        (packages / module).mkdir()
    for setting, value, extra in (
        ("DATABASE_URL", ELSEWHERE, "postgresql"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1", "traces"),
    ):
        assert f"{setting} {LINE.format(extra)}" in await output("check", **{setting: value})
