"""The drawing process's script: it lowers its priority before matplotlib is loaded.

It runs isolated (`python -I`), so it adds the project's folder to the module path itself.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path
from typing import Final

NICENESS: Final = 10
"""The bot answers first where both want the processor."""

if __name__ == "__main__":
    os.nice(NICENESS)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    runpy.run_module("bot.ui.chart_drawing", run_name="__main__")
