"""The container image, which runs as in `compose.yaml` and makes a movie; see docs/deploy/container.md."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import pytest

from tests.helpers import debian_root
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.ports import free_port
from tests.process.bot_process import ENDS_WITHIN, environment, made, posted

ROOT = Path(__file__).parent.parent.parent
TOOLS = ("buildah", "netavark", "runc")
USER = 10001
_LIMITS = ("--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096")
"""Without these options, buildah raises limits, which not every machine allows."""


def read_only_bundle(root: Path, config: Mapping[str, Any], mounts: Mapping[str, Path], **env: str) -> dict[str, Any]:
    user, group = map(int, config["User"].split(":"))
    binds = [
        {"destination": to, "type": "bind", "source": str(source), "options": ["bind", "rw" if to == "/data" else "ro"]}
        for to, source in mounts.items()
    ]
    return {
        "ociVersion": "1.0.2",
        "root": {"path": str(root), "readonly": True},
        "process": {
            "user": {"uid": user, "gid": group},
            "cwd": config["WorkingDir"],
            "args": config["Entrypoint"],
            "env": [*config["Env"], "HOME=/data", *(f"{name}={value}" for name, value in env.items())],
            "noNewPrivileges": True,
            "capabilities": {},
        },
        "mounts": [
            {"destination": "/proc", "type": "proc", "source": "proc"},
            {"destination": "/dev", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "mode=755"]},
            {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", "size=64m"]},  # noqa: S108 - the container's
            *binds,
        ],
        "linux": {"namespaces": [{"type": each} for each in ("pid", "mount", "ipc", "uts")]},
    }


@dataclass(frozen=True)
class Image:
    folder: Path
    name: str
    config: Mapping[str, Any]
    root: Path

    @classmethod
    def build(cls, folder: Path) -> Self:
        base = re.findall(r"^ARG PYTHON=(\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)[0]
        _make_base(folder, base)
        made = (
            "build",
            "--quiet",
            "--pull=never",
            "--format",
            "docker",
            *_LIMITS,
            "--tag",
            "localhost/matinee",
            str(ROOT),
        )
        _buildah(folder, *made)
        described = json.loads(_buildah(folder, "inspect", "--type", "image", "localhost/matinee"))
        container = _buildah(folder, "from", "--pull=never", "localhost/matinee")
        root = Path(_buildah(folder, "mount", container))
        return cls(folder, container, described["Docker"]["config"], root)

    def remove(self) -> None:
        _buildah(self.folder, "rm", "--all")
        _buildah(self.folder, "rmi", "--all", "--force")

    def command(self, name: str, *arguments: str, data: Path, discord_url: str, env: Mapping[str, str]) -> list[str]:
        loopback = self.folder / "loopback"
        debian_root.write_redirect(loopback, discord_url)
        bundle = self.folder / name
        bundle.mkdir()
        mounts = {"/data": data, "/loopback": loopback}
        config = read_only_bundle(self.root, self.config, mounts, PYTHONPATH="/loopback", **env)
        config["process"]["args"] = [*config["process"]["args"], *arguments]
        (bundle / "config.json").write_text(json.dumps(config), encoding="utf-8")
        return [*self._runc("run"), "--bundle", str(bundle), name]

    def execute(self, name: str, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*self._runc("exec"), name, *command], capture_output=True, text=True, check=False)

    def terminate(self, name: str) -> None:
        subprocess.run([*self._runc("kill"), name, "TERM"], check=True)

    def _runc(self, action: str) -> list[str]:
        return ["runc", "--root", str(self.folder / "runc"), action]


def _make_base(folder: Path, name: str) -> None:
    tar = folder / "base.tar"
    debian_root.make(tar, "python3", "python3-venv")
    container = _buildah(folder, "from", "scratch")
    root = Path(_buildah(folder, "mount", container))
    debian_root.run("tar", "--directory", str(root), "--extract", "--file", str(tar))
    tar.unlink()
    debian_root.trust_as_here(root)
    _buildah(folder, "umount", container)
    _buildah(folder, "commit", "--quiet", "--format", "docker", "--rm", container, name)


def _buildah(folder: Path, *arguments: str) -> str:
    stores = ("--root", str(folder / "store"), "--runroot", str(folder / "run"), "--storage-driver", "vfs")
    return debian_root.run("buildah", *stores, *arguments, BUILDAH_ISOLATION="chroot")


MISSING = debian_root.missing(*TOOLS)
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
        await discord.wait_for_message(lambda sent: any(each["filename"].endswith(".png") for each in sent.attachments))
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
        *(".venv-bot", "LICENSE", "bot", "cogs", "data", "scripts", "var"),
        *("requirements-postgresql.txt", "requirements-traces.txt"),
    }
    packages = next((image.root / "app/.venv-bot/lib").glob("python3.*/site-packages"))
    assert not list(packages.glob("pip*"))
    assert not (image.root / "app/bot/sandbox").exists()
    assert not image.config.get("Volumes")
