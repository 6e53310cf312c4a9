"""Matinee: a Discord bot with which a community makes movies together."""

__version__ = "0.1.0"
