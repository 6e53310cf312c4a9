"""The Dockerfile's image, built without a registry: mmdebstrap makes the base image, and runc runs the result."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.helpers import debian_root

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
        base = re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)[0]
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
