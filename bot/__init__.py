"""Matinee: a Discord bot with which a community makes movies together."""

__version__ = "0.1.0"
"""Works without an installation. A test compares it with pyproject.toml."""
