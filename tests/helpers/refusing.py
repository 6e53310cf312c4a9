"""What a test expects of a refusal."""

from __future__ import annotations

from bot.domain.quota import Block
from bot.domain.refusal import RefusalCode, Refused


def blocked(until: int | None, reason: str, *, everywhere: bool = False) -> Refused:
    return Refused("refusals-blocked", {"block": Block(until, reason, everywhere=everywhere)})


def is_refused(outcome: object, code: RefusalCode) -> bool:
    return isinstance(outcome, Refused) and outcome.code == code
