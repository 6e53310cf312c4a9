"""An empty Debian, made by mmdebstrap; and one that has started systemd."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.helpers.fake_discord import redirect

_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
_STARTS_WITHIN = 60.0

_BOOT = """
mount --make-rprivate / && mount --bind "$0" "$0" && cd "$0"
mount -t proc proc proc && mount -t tmpfs tmpfs run && mount -t tmpfs tmpfs tmp && mount -t sysfs sysfs sys
if [ -e /sys/fs/cgroup/cgroup.controllers ]; then mount -t cgroup2 cgroup2 sys/fs/cgroup
else mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup && mkdir sys/fs/cgroup/systemd &&
    mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
fi
mount -t tmpfs -o mode=755 tmpfs dev && mkdir dev/shm dev/pts && ln -s /proc/self/fd dev/fd
for each in null zero full random urandom tty; do touch "dev/$each" && mount --bind "/dev/$each" "dev/$each"; done
echo mounted
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=other \
    SYSTEMD_PROC_CMDLINE=SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1 SYSTEMD_CGROUP_ENABLE_LEGACY_FORCE=1 \
    chroot "$0" /lib/systemd/systemd >/dev/null 2>&1
"""

_UNTIL_STARTED = """
until state=$(systemctl is-system-running) || [ "$state" = degraded ]; do sleep 0.2; done
"""
"""Degraded means without kernel modules, for example. With --wait, systemctl may wait forever for a bus that starts."""


def missing(*tools: str) -> str:
    """Return why no root can be made here, or None."""
    path = f"{os.environ['PATH']}:/usr/lib/podman"  # the place of netavark
    absent = [tool for tool in ("mmdebstrap", *tools) if shutil.which(tool, path=path) is None]
    if absent:
        return f"{', '.join(absent)} not found"
    return "" if os.geteuid() == 0 else "only root can make another root"


def make(to: Path, *packages: str) -> None:
    sources = next(each for each in Path("/etc/apt/sources.list.d").glob("debian*.sources"))
    included = f"--include={','.join(('ca-certificates', *packages))}"
    run("mmdebstrap", "--quiet", "--variant=minbase", included, "trixie", str(to), str(sources))


def trust_as_here(root: Path) -> None:
    """This machine's network may have certificates of its own."""
    if Path(_CERTIFICATES).exists():
        shutil.copy(_CERTIFICATES, root / _CERTIFICATES.lstrip("/"))


def write_redirect(folder: Path, discord_url: str) -> None:
    """Write the `sitecustomize.py` that sends discord.py to a fake Discord in every Python with this PYTHONPATH."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(redirect.__file__, folder / "loopback_redirect.py")
    pointed = f"    import loopback_redirect\n    loopback_redirect.point_at({discord_url!r})\n"
    text = f"try:\n{pointed}except ImportError:  # a Python without discord.py\n    pass\n"
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    for each in (folder, *folder.iterdir()):
        each.chmod(0o755)


def run(*command: str, **env: str) -> str:
    done = subprocess.run(command, env=os.environ | env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
    return done.stdout.strip()


class Booted:
    """A Debian whose systemd is process 1 of its own namespaces. It uses this machine's network."""

    def __init__(self, pid: int) -> None:
        self._enter = ("nsenter", f"--target={pid}", "--mount", "--pid", "--ipc", "--uts", "--root", "--wd")

    async def run(self, *command: str) -> tuple[int, str]:
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(
            *self._enter, *command, stdin=asyncio.subprocess.DEVNULL, stdout=pipe, stderr=asyncio.subprocess.STDOUT
        )
        printed, _ = await process.communicate()
        return await process.wait(), printed.decode()

    async def can(self, *properties: str) -> bool:
        options: Sequence[str] = [f"--property={each}" for each in properties]
        status, _ = await self.run("systemd-run", "--quiet", "--wait", *options, "/bin/true")
        return status == 0


@asynccontextmanager
async def booted(root: Path) -> AsyncIterator[Booted]:
    unshare = ("unshare", "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child")
    quiet, pipe = asyncio.subprocess.DEVNULL, asyncio.subprocess.PIPE
    outer = await asyncio.create_subprocess_exec(*unshare, "sh", "-ec", _BOOT, str(root), stdin=quiet, stdout=pipe)
    try:
        async with asyncio.timeout(_STARTS_WITHIN):
            assert outer.stdout is not None
            assert await outer.stdout.readline() == b"mounted\n"
            machine = Booted(_child(outer.pid))
            await machine.run("sh", "-c", _UNTIL_STARTED)
        yield machine
    finally:
        if outer.returncode is None:
            outer.kill()  # and with it, its child: process 1, and so all others
        await outer.communicate()


def _child(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii"))
