"""The wheel's files, and its commands in an environment without the checkout."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from bot import __version__
from tests.helpers.fake_discord import redirect
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import environment

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("bot", "cogs", "data")
TOOLS = Path(sys.executable).parent
TIMEOUT_SECONDS = 100
NOWHERE = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.iterdir()
    return built


class Installed:
    def __init__(self, wheel: Path, folder: Path) -> None:
        self.empty = folder / "empty"
        self.empty.mkdir()
        self._bin = folder / "env/bin"
        venv.create(folder / "env", symlinks=True, with_pip=False)
        target = ["--python", str(self._bin / "python"), "--cache-dir", str(folder / "cache")]
        install = [str(TOOLS / "uv"), "pip", "install", "--quiet", "--offline", "--no-deps", *target, str(wheel)]
        subprocess.run(install, check=True, capture_output=True)
        [packages] = (folder / "env").glob("lib/python*/site-packages")
        (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
        # discord.py has no setting for Discord's address.
        (packages / "loopback_redirect.py").write_text(Path(redirect.__file__).read_text(encoding="utf-8"))
        start = "import os, loopback_redirect; loopback_redirect.point_at(os.environ['LOOPBACK_DISCORD'])"
        (packages / "loopback.pth").write_text(start)

    async def run(self, command: str, *arguments: str, env: dict[str, str] | None = None) -> str:
        process = await asyncio.create_subprocess_exec(
            *(str(self._bin / command), *arguments),
            cwd=self.empty,
            env={"PATH": os.defpath, "HOME": str(self.empty), "LOOPBACK_DISCORD": NOWHERE, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        async with asyncio.timeout(TIMEOUT_SECONDS):
            out, _ = await process.communicate()
        assert process.returncode == 0, out.decode()
        return out.decode()


@pytest.fixture
def installed(wheel: Path, tmp_path: Path) -> Installed:
    return Installed(wheel, tmp_path)


def test_the_wheel_holds_every_file_of_the_packages_that_git_knows_and_no_other(wheel: Path) -> None:
    """Migrations, texts, fonts and catalogues are read at run time."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", *PACKAGES]
    known = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    with zipfile.ZipFile(wheel) as files:
        packed = {name for name in files.namelist() if ".dist-info/" not in name}
    assert packed == {name for name in known if (ROOT / name).exists()}


async def test_the_installed_wheel_tells_its_version_and_checks_its_settings(
    installed: Installed, discord: FakeDiscord, api: ManualSamsar
) -> None:
    where = await installed.run("python", "-c", "import bot, cogs, data; print(bot, cogs, data)")
    assert where.count("/env/lib/python") == len(PACKAGES)
    assert await installed.run("matinee", "--version") == f"matinee {__version__}\n"
    env = environment(discord, api) | {"LOOPBACK_DISCORD": discord.url}
    lines = (await installed.run("matinee", "check", env=env)).splitlines()
    assert [line for line in lines if line.startswith("fail")] == []
    assert lines[-1] == "All checks passed. Start the bot: matinee"
    assert (await installed.run("matinee", "--help", env=env)).startswith("usage: matinee ")
