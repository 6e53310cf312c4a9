"""Thin: a slash command or a button in, an engine or ledger call, a text out."""
