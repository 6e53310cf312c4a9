"""Programs that tests run."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

_OWN = Path(sys.executable).parent
"""Where Python packages install programs, which is not in PATH unless the environment is activated."""


def find(name: str) -> str | None:
    return shutil.which(name, path=f"{_OWN}{os.pathsep}{os.environ.get('PATH', os.defpath)}")
