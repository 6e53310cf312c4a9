"""What an operator types to run this program."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

PROGRAM: Final = "matinee" if Path(sys.argv[0]).stem == "matinee" else "python -m bot"
"""The command of an installed package; in a checkout, where nothing is installed, the module."""
