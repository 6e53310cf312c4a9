"""What other work on the machine costs a test that measures time."""

from __future__ import annotations

import os
import resource

THREAD = getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF)
"""This thread, where the system counts threads apart."""


def interruptions() -> int:
    """Count how often the system has taken the processor away from this thread."""
    return resource.getrusage(THREAD).ru_nivcsw


def slowness() -> float:
    """Estimate how many times slower than usual the machine is, by the tasks that want to run on each processor."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
