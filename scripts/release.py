"""Make a release from what CHANGELOG.md has under "Unreleased".

`release.py make` gives it the next version, commits, and tags the commit. Nothing is pushed. `verify TAG` and `notes`
are for .github/workflows/release.yml.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

CHANGELOG = Path("CHANGELOG.md")
VERSION_FILE = Path("bot/__init__.py")
PROJECT = Path("pyproject.toml")
DOCKERFILE = Path("Dockerfile")
UNRELEASED = "## Unreleased\n"
BREAKING = "**Before you upgrade**"
"""Stands above changes that operators have to prepare for."""

_VERSION = re.compile(r'^__version__ = "(\d+)\.(\d+)\.(\d+)"$', re.MULTILINE)
_BASE = re.compile(r"^(ARG PYTHON=[^\s@]+)(@sha256:[0-9a-f]{64})?$", re.MULTILINE)
"""The image that ours is built on, and its digest."""

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_ANY_VERSION = re.compile(r'^((?:__version__|version) = )"[\d.]+"', re.MULTILINE)
Version = tuple[int, int, int]


class Refused(Exception):
    """The release can't be made; the message says why."""


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand, and return the exit status."""
    parser = argparse.ArgumentParser(description="Make a release from what CHANGELOG.md has under Unreleased.")
    commands = parser.add_subparsers(required=True)
    making = commands.add_parser("make", help="version, commit and tag what is unreleased")
    making.add_argument("--fixes-only", action="store_true", help="a patch release: nothing new, nothing to prepare")
    making.add_argument(
        "--base-digest",
        required=True,
        metavar="sha256:...",
        help="the digest of the Dockerfile's base image, which `docker buildx imagetools inspect IMAGE` prints",
    )
    making.set_defaults(run=lambda options: make(options.base_digest, fixes_only=options.fixes_only))
    verifying = commands.add_parser("verify", help="compare a tag with the version and CHANGELOG.md")
    verifying.add_argument("tag")
    verifying.set_defaults(run=lambda options: verify(options.tag))
    commands.add_parser("notes", help="print what CHANGELOG.md says of this version").set_defaults(
        run=lambda _: section(text_of(current()))
    )
    options = parser.parse_args(arguments)
    try:
        print(options.run(options))
    except Refused as exc:
        print(exc, file=sys.stderr)
        return 1
    return 0


def make(base_digest: str, *, fixes_only: bool) -> str:
    """Version, commit and tag what is unreleased; return what to do next."""
    if not _DIGEST.fullmatch(base_digest):
        raise Refused("--base-digest must be sha256: and 64 hexadecimal digits.")
    if git("status", "--porcelain", "--untracked-files=no"):
        raise Refused("There are changes that are not committed.")
    text = CHANGELOG.read_text(encoding="utf-8")
    unreleased = section("Unreleased")
    if not unreleased:
        raise Refused("CHANGELOG.md has nothing under Unreleased.")
    tag = f"v{text_of(following(current(), unreleased, fixes_only=fixes_only))}"
    if git("tag", "--list", tag):
        raise Refused(f"{tag} exists already.")
    today = datetime.now(UTC).date().isoformat()
    CHANGELOG.write_text(text.replace(UNRELEASED, f"{UNRELEASED}\n## {tag[1:]} ({today})\n", 1), encoding="utf-8")
    for file in (VERSION_FILE, PROJECT):
        versioned = _ANY_VERSION.sub(rf'\g<1>"{tag[1:]}"', file.read_text(encoding="utf-8"), count=1)
        file.write_text(versioned, encoding="utf-8")
    pinned = _BASE.sub(rf"\g<1>@{base_digest}", DOCKERFILE.read_text(encoding="utf-8"))
    DOCKERFILE.write_text(pinned, encoding="utf-8")
    changed = (CHANGELOG, VERSION_FILE, PROJECT, DOCKERFILE)
    git("commit", "--quiet", "--message", f"Release {tag[1:]}", *map(str, changed))
    git("tag", "--annotate", "--message", f"Matinee {tag[1:]}", tag)
    return f"{tag} is tagged. To publish it: git push origin HEAD {tag}"


def following(version: Version, unreleased: str, *, fixes_only: bool) -> Version:
    """Return the next version by Semantic Versioning.

    Before 1.0.0, the minor number also counts what operators have to prepare for.
    """
    major, minor, patch = version
    breaking = BREAKING in unreleased
    if fixes_only and breaking:
        raise Refused(f"CHANGELOG.md has {BREAKING} under Unreleased, so these are not only fixes.")
    if fixes_only:
        return major, minor, patch + 1
    return (major + 1, 0, 0) if breaking and major else (major, minor + 1, 0)


def verify(tag: str) -> str:
    """Return a line where the tag fits, else refuse."""
    version = text_of(current())
    if tag != f"v{version}":
        raise Refused(f"The tag is {tag}, but {VERSION_FILE} says {version}.")
    if not section(version):
        raise Refused(f"CHANGELOG.md says nothing of {version}.")
    base = _BASE.search(DOCKERFILE.read_text(encoding="utf-8"))
    if base is None or base[2] is None:
        raise Refused(f"{DOCKERFILE}'s base image has no digest.")
    return f"{tag} fits {VERSION_FILE} and CHANGELOG.md, and {DOCKERFILE}'s base image has a digest."


def section(title: str) -> str:
    """Return what CHANGELOG.md has under a version, or nothing."""
    text = CHANGELOG.read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(title)}(?: \([^)\n]*\))?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def current() -> Version:
    """Return the version of the code."""
    found = _VERSION.search(VERSION_FILE.read_text(encoding="utf-8"))
    if found is None:
        raise Refused(f"{VERSION_FILE} has no version such as 1.2.3.")
    return int(found[1]), int(found[2]), int(found[3])


def text_of(version: Version) -> str:
    """Write a version with dots."""
    return ".".join(map(str, version))


def git(*arguments: str) -> str:
    """Run git, and return what it prints."""
    command = [shutil.which("git") or "git", *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise Refused(done.stderr.strip())
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
