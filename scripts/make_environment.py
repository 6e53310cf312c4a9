"""Make a virtual environment from hash-locked lists.

`make install`, `make demo` and `make env` run it before anything is installed, so it needs only the standard library.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

STAMP = ".made-from-"
"""Followed by the lists' names, with a plus between them: the file in an environment that says what it holds."""

_FETCHED = ("Collecting ", "Requirement already satisfied")
"""How pip's lines about a package begin, one for each."""

_SHOWN_EVERY = 10
"""Packages between two lines of progress where there is no terminal."""


def main() -> int:
    """Make or complete the environment, and return the exit status."""
    parser = argparse.ArgumentParser(description="Make a virtual environment from hash-locked lists.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("requirements", type=Path, nargs="+")
    parser.add_argument("--on-top-of", type=Path, help="keep an environment that holds this list, a part of the other")
    parser.add_argument("--remove-installer", action="store_true", help="remove pip at the end: it is in no list")
    parser.add_argument("--swap", action="store_true", help="keep the old environment until the new one is whole")
    options = parser.parse_args()
    began = time.monotonic()
    names = [each.name for each in options.requirements]
    print(f"Making {options.folder} from {' and '.join(names)}, with Python {sys.version.split()[0]} ...", flush=True)
    # Scripts in bin hold the path of the folder that they were installed in. So an environment whose scripts are used
    # (.venv: ruff, pyright, coverage) is made in place. Of .venv-bot, only bin/python is used.
    folder = options.folder.with_name(f"{options.folder.name}.new") if options.swap else options.folder
    if not (options.on_top_of and _holds(folder, options.on_top_of)) and not _make_empty(folder):
        return 1
    status = _install(folder, options.requirements)
    if status == 0 and options.remove_installer:
        status = _remove_installer(folder)
    if status == 0:
        (folder / f"{STAMP}{'+'.join(names)}").touch()
        if options.swap:
            _swap(folder, options.folder)
        print(f"  Done after {time.monotonic() - began:.0f} s.", flush=True)
    return status


def _make_empty(folder: Path) -> bool:
    """Make an environment with pip alone.

    Print why where it can't be made.
    """
    if any(importlib.util.find_spec(each) is None for each in ("venv", "ensurepip")):
        print("Python's venv module is missing (on Debian: apt install python3-venv)", file=sys.stderr)
        return False
    _remove(folder)
    if subprocess.run([sys.executable, "-m", "venv", str(folder)], check=False).returncode:
        print(f"{folder} could not be made; Python's message above says why", file=sys.stderr)
        return False
    return True


def _swap(new: Path, folder: Path) -> None:
    """Put the new environment in the old one's place."""
    for script in (new / "bin").iterdir():
        if not script.name.startswith("python"):
            script.unlink()  # it would look for the folder's former name
    old = folder.with_name(f"{folder.name}.old")
    _remove(old)
    if folder.is_symlink() or folder.exists():
        folder.rename(old)
    new.rename(folder)
    _remove(old)


def _remove(folder: Path) -> None:
    """Remove an environment, or the link to one that is elsewhere."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _holds(folder: Path, requirements: Path) -> bool:
    """Return whether the environment runs and matches this list."""
    stamp = folder / f"{STAMP}{requirements.name}"
    return stamp.exists() and stamp.stat().st_mtime >= requirements.stat().st_mtime and _runs(folder)


def _runs(folder: Path) -> bool:
    """Return whether its Python starts: it may have been upgraded or removed."""
    try:
        return subprocess.run([str(folder / "bin" / "python"), "-c", ""], check=False).returncode == 0
    except OSError:
        return False


def _install(folder: Path, requirements: Sequence[Path]) -> int:
    """Run pip, and say how far it is; where it fails, print the end of its output."""
    log = folder / "pip.log"
    pinned = {line for each in requirements for line in each.read_text(encoding="utf-8").split("\n") if "==" in line}
    fetched, total = 0, len(pinned)
    pip = subprocess.Popen(
        [
            *(str(folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check"),
            *("--no-input", "--progress-bar", "off"),
            *("--require-hashes", "--only-binary", ":all:"),
            *(word for each in requirements for word in ("--requirement", str(each))),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    assert pip.stdout is not None
    with log.open("w", encoding="utf-8") as output:
        for line in pip.stdout:
            output.write(line)
            fetched += line.startswith(_FETCHED)
            total -= line.startswith("Ignoring ")  # it is for another Python or system
            if line.startswith(_FETCHED) and (fetched % _SHOWN_EVERY == 0 or sys.stdout.isatty()):
                _show(f"Fetched {min(fetched, total)} of {total} packages")
            elif line.startswith("Installing collected packages"):
                _show(f"Installing {total} packages")
    if sys.stdout.isatty():
        print("\r\033[K", end="", flush=True)
    if pip.wait():
        print("\n".join(log.read_text(encoding="utf-8").splitlines()[-15:]), file=sys.stderr)
        print(
            f"pip could not install {' and '.join(map(str, requirements))}; its whole output is in {log}",
            file=sys.stderr,
        )
    return pip.returncode


def _show(text: str) -> None:
    """Show progress: in place on a terminal."""
    start, end = ("\r\033[K", "") if sys.stdout.isatty() else ("", "\n")
    print(f"{start}  {text}", end=end, flush=True)


def _remove_installer(folder: Path) -> int:
    """Remove what Python's venv brought, often an old release with known holes."""
    pip = [str(folder / "bin" / "python"), "-m", "pip"]
    return subprocess.run([*pip, "uninstall", "-qq", "--yes", "setuptools", "pip"], check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)  # as a shell reports Ctrl-C
