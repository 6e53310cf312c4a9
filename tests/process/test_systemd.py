"""deploy/matinee.service, installed by the commands of docs/deploy/systemd.md in an empty Debian."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest

from tests.conftest import FIGURES
from tests.helpers import debian_root
from tests.helpers.debian_root import Booted
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import environment, made, posted

ROOT = Path(__file__).parent.parent.parent
UNIT = ROOT / "deploy" / "matinee.service"
MOST_EXPOSURE = 2.0
MISSING = debian_root.missing("unshare", "nsenter", "git")
LOOPBACK = "/opt/loopback"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze not found")
def test_the_unit_is_exposed_to_little() -> None:
    """The score is systemd's own, from 0 to 10."""
    command = ("systemd-analyze", "security", "--offline=true", "--no-pager", str(UNIT))
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = re.search(r"Overall exposure level for matinee\.service: ([\d.]+)", shown)
    assert found
    assert float(found[1]) <= MOST_EXPOSURE


@pytest.fixture
async def debian(tmp_path: Path) -> AsyncIterator[Path]:
    root = tmp_path / "debian"
    debian_root.make(root, "systemd", "systemd-sysv", "dbus")
    debian_root.trust_as_here(root)
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    debian_root.run("git", "clone", "--quiet", "--bare", str(ROOT), str(root / "srv/matinee.git"))
    yield root
    shutil.rmtree(root)


def typed(settings: Mapping[str, str]) -> str:
    page = (ROOT / "docs/deploy/systemd.md").read_text(encoding="utf-8")
    commands = page.partition("```sh\n")[2].partition("```")[0]
    assigned = [f"{name}={value}" for name, value in settings.items()]
    written = "\n".join(assigned)
    for old, new in {
        "sudo -u matinee ": f"runuser -u matinee -- env PYTHONPATH={LOOPBACK} ",
        "sudo apt install": "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes",
        "sudo .venv-bot/bin/python -m bot init": (
            f"env PYTHONPATH={LOOPBACK} {shlex.join(assigned)} .venv-bot/bin/python -m bot init --servers own --wait 0"
            f" && cat >> .env <<'END'\n{written}\nEND\n"
        ),
        "REPOSITORY": "/srv/matinee.git",
    }.items():
        assert old in commands
        commands = commands.replace(old, new)
    return commands.replace("sudo ", "")


async def write_drop_in(machine: Booted, root: Path) -> None:
    lines = ["[Service]", f"Environment=PYTHONPATH={LOOPBACK}"]
    lines += [f"{name}=no" for name in ("PrivateUsers", "PrivateDevices") if not await machine.can(f"{name}=yes")]
    folder = root / "etc/systemd/system/matinee.service.d"
    folder.mkdir()
    (folder / "loopback.conf").write_text("\n".join(lines), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.timeout(1500)
@pytest.mark.skipif(bool(MISSING), reason=MISSING)
async def test_a_newcomer_s_commands_in_an_empty_debian_start_a_service_that_makes_a_movie(
    discord: FakeDiscord, api: ManualSamsar, debian: Path, record_property: Callable[[str, object], None]
) -> None:
    """Pillow, which draws a report's chart, works despite the unit's restrictions."""
    debian_root.write_redirect(debian / LOOPBACK.lstrip("/"), discord.url)
    async with debian_root.booted(debian) as machine:
        await write_drop_in(machine, debian)
        began = time.monotonic()
        status, printed = await machine.run("bash", "-exc", typed(environment(discord, api)))
        record_property(FIGURES, f"from nothing to the service: {time.monotonic() - began:.0f} s")
        assert status == 0, printed
        assert "All checks passed" in printed
        await discord.ready(timeout=30)
        await made(discord, api)
        await posted(discord, api.movie_url("movie-1"))
        await discord.slash(discord.owner_id, "quota report", {}, timeout=30)
        await discord.wait_for_message(lambda sent: any(each["filename"].endswith(".png") for each in sent.attachments))
        _, main = await machine.run("systemctl", "show", "--property=MainPID", "--value", "matinee")
        _, rights = await machine.run("cat", f"/proc/{main.strip()}/status")
        assert re.search(r"^NoNewPrivs:\s1\nSeccomp:\s2$", rights, re.MULTILINE)
        assert (await machine.run("systemctl", "stop", "matinee"))[0] == 0
        _, log = await machine.run("journalctl", "--unit=matinee", "--no-pager")
        assert "Deactivated successfully" in log
