"""All faults of the fake API by name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.sandbox import faults, faults_2026
from bot.sandbox.fault_injection import Fault

FAULTS: Mapping[str, Fault] = {fault.name: fault for fault in (*faults.ALL, *faults_2026.ALL)}


def get_fault(name: str) -> Fault:
    """Look up a fault by name.

    Raises:
        ValueError: the name is unknown; the message lists all names.
    """
    if name not in FAULTS:
        raise ValueError(f"unknown fault {name!r}. Choose from {', '.join(FAULTS)}")
    return FAULTS[name]
