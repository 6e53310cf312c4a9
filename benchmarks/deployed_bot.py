"""`python -m bot` as it runs where it is deployed: without what only those who develop it install."""

from __future__ import annotations

import runpy
import sys
from types import ModuleType
from typing import cast

if __name__ == "__main__":
    sys.modules["rich"] = cast("ModuleType", None)  # structlog imports it where it can, which takes 20 ms
    runpy.run_module("bot", run_name="__main__", alter_sys=True)
