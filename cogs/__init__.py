"""Slash commands and components: each validates its input, calls a service and responds."""
