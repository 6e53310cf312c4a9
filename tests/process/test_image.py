"""The container image, which runs as in `compose.yaml` and makes a movie; see docs/deploy/container.md."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import container_image, debian_root
from tests.helpers.container_image import USER, Image
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.ports import free_port
from tests.process.bot_process import ENDS_WITHIN, environment, made, posted

MISSING = debian_root.missing(*container_image.TOOLS)
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500), pytest.mark.skipif(bool(MISSING), reason=MISSING)]


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    built = Image.build(tmp_path_factory.mktemp("image"))
    yield built
    built.remove()


async def test_a_read_only_container_makes_a_movie_and_ends_on_sigterm(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, image: Image
) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    os.chown(data, USER, USER)
    tmp_path.parent.chmod(0o755)
    port = str(free_port())
    env = environment(discord, api, PORT=port)
    log = (tmp_path / "log").open("wb")
    command = image.command("bot", data=data, discord_url=discord.url, env=env)
    bot = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        await discord.ready(timeout=30)
        await made(discord, api)
        await posted(discord, api.movie_url("movie-1"))
        await discord.slash(discord.owner_id, "quota report", {}, timeout=30)
        await discord.wait_for_message(lambda sent: any(each.filename.endswith(".png") for each in sent.attachments))
        healthy = image.execute("bot", image.config["Healthcheck"]["Test"][1:])
        assert (healthy.returncode, healthy.stdout) == (0, "/healthz answers 200\n"), healthy.stderr
        mounted = [line.split() for line in image.execute("bot", ["/usr/bin/cat", "/proc/mounts"]).stdout.splitlines()]
        assert "ro" in next(options for _, folder, _, options, *_ in mounted if folder == "/").split(",")
        status = image.execute("bot", ["/usr/bin/cat", "/proc/1/status"]).stdout
        rights = {name: value.split() for name, _, value in (line.partition(":") for line in status.splitlines())}
        assert rights["Uid"] == [str(USER)] * 4
        assert {*rights["CapEff"], *rights["CapBnd"]} == {"0" * 16}
        image.terminate("bot")
        assert await asyncio.wait_for(bot.wait(), ENDS_WITHIN) == 0
    except BaseException as exc:
        exc.add_note((tmp_path / "log").read_text(encoding="utf-8"))
        raise
    finally:
        if bot.returncode is None:
            bot.kill()
            await bot.wait()
        log.close()
    database = (data / "movies.db").stat()
    assert (database.st_uid, database.st_mode & 0o777) == (USER, 0o600)
    audit = image.command("audit", "audit", data=data, discord_url=discord.url, env=env)
    audited = await asyncio.create_subprocess_exec(*audit, stdout=asyncio.subprocess.PIPE)
    assert b"Audit passed" in (await audited.communicate())[0]


def test_the_image_holds_what_runs_and_nothing_else(image: Image) -> None:
    """The token's container has no installer, and Railway refuses a VOLUME."""
    assert {each.name for each in (image.root / "app").iterdir()} == {
        *(".venv-bot", "LICENSE", "bot", "cogs", "data", "requirements.txt", "scripts", "var")
    }
    packages = next((image.root / "app/.venv-bot/lib").glob("python3.*/site-packages"))
    assert not list(packages.glob("pip*"))
    assert not (image.root / "app/bot/sandbox").exists()
    assert not image.config.get("Volumes")
