"""discord.py in this process talks to a fake Discord on loopback."""

from __future__ import annotations

from tests.helpers.loopback import discord

__all__ = ["discord"]
